#pragma once

#include <chrono>
#include <nlohmann/json_fwd.hpp>
#include <string>
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

}  // namespace roadmap::app
