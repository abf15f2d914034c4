#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "net/http_message.h"
#include "sheets_client/emulator/rest/api_route.h"
#include "sheets_client/emulator/workbook/json_fwd.h"

namespace sheets::emulator {

// A request that the API's schema has, in one spelling: camelCase names, numbers as numbers, nulls left out.
struct CheckedRequest {
  std::vector<std::pair<std::string, std::string>> query;
  std::shared_ptr<const Json> body;  // {} where there is none
};

// Checks a call's query, read mask and body against the schema, as leniently as Google's JSON reader: numbers
// and booleans as text, snake_case names, null members, enumerations by number. Throws ApiError in Google's
// words, naming everything that is wrong: "Invalid JSON payload received. Unknown name "X" at 'requests[0]':
// Cannot find field."
CheckedRequest check_request(const net::HttpRequest& request, const ApiRoute& route);

// The same for a list of batchUpdate requests that did not come over HTTP.
Json check_batch_requests(const Json& requests);

}  // namespace sheets::emulator
