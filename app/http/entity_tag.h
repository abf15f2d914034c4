#pragma once

#include <string>
#include <string_view>

#include "net/http_message.h"

namespace roadmap::app {

// Answers that a client has already (RFC 9110, 8.8.3 and 13.1.2).

// If-None-Match of the request names that tag, compared weakly (RFC 9110, 13.1.2).
bool has_already(const net::HttpRequest& request, std::string_view tag);
net::HttpResponse not_modified(const std::string& tag);  // 304
net::HttpResponse tagged(net::HttpResponse response, const std::string& tag);
// The answer with a tag made of its body, or 304 where the request names that: it costs the making, saves the
// sending.
net::HttpResponse tagged_by_content(net::HttpResponse response, const net::HttpRequest& request);

}  // namespace roadmap::app
