#pragma once

#include <chrono>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "core/run/action_request.h"
#include "net/http_message.h"

namespace roadmap::app {

// The document as text; bytes that are no UTF-8, which a cell may hold, are replaced.
std::string dumped(const nlohmann::ordered_json& json);

net::HttpResponse json_response(int status, std::string body);

// A problem document (RFC 9457). `detail` is one sentence that a PM can read; `errors` name the members of
// the request that are wrong.
net::HttpResponse problem(int status, const std::string& detail,
                          const std::vector<RequestProblem>& errors = {});

// The same with Retry-After, for answers that a later try may change.
net::HttpResponse problem_for_now(int status, const std::string& detail, std::chrono::seconds retry_after);

// Answers that a client has already (RFC 9110, 8.8.3 and 13.1.2).

// If-None-Match of the request names that tag, compared weakly (RFC 9110, 13.1.2).
bool has_already(const net::HttpRequest& request, std::string_view tag);
net::HttpResponse not_modified(const std::string& tag);  // 304
net::HttpResponse tagged(net::HttpResponse response, const std::string& tag);
// The answer with a tag made of its body, or 304 where the request names that: it costs the making, saves the
// sending.
net::HttpResponse tagged_by_content(net::HttpResponse response, const net::HttpRequest& request);

}  // namespace roadmap::app
