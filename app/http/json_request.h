#pragma once

#include "net/http_message.h"

namespace roadmap::app {

// Whether the body is declared as application/json, with no other charset than UTF-8 (RFC 8259, 8.1).
bool declares_json(const net::HttpRequest& request);

// The answer to a request whose body is not.
net::HttpResponse not_declared_as_json();

}  // namespace roadmap::app
