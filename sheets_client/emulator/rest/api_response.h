#pragma once

#include <string>
#include <string_view>

#include "net/http_message.h"
#include "sheets_client/emulator/workbook/api_error.h"

namespace sheets::emulator {

// Compresses the answer's body for a client that takes gzip and names it in its User-Agent too, as Google
// asks of programs (https://developers.google.com/workspace/sheets/api/guides/performance). Small answers
// stay as they are. Throws std::bad_alloc.
void compress_for(const net::HttpRequest& request, net::HttpResponse& response);

// Adds the headers of every answer of Google's API to it.
net::HttpResponse json_response(int status, std::string body);
// {"error": {"code", "message", "status", "details"}}.
net::HttpResponse error_response(const ApiError& refused);

// 401 for a token that is unknown or has expired.
ApiError invalid_credentials();
// No token at all: 403 for GET, 401 for the others.
ApiError missing_credentials(std::string_view http_method);
// 403 for a token without a Sheets scope.
ApiError insufficient_scope(std::string_view rpc_method);
// 429. `kind` is "Read" or "Write".
ApiError quota_exceeded(std::string_view kind, int limit);

}  // namespace sheets::emulator
