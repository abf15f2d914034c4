#pragma once

#include <string>
#include <string_view>

#include "net/http_message.h"

namespace net {

enum class Persistence { kKeepOpen, kClose };

// "Not Found" (RFC 9110, 15); empty for a status that is not used here.
std::string_view reason_phrase(int status);

// RFC 9110, 6.4.1: informational answers, 204 and 304 have no body.
bool may_have_body(int status);

// The status line and field lines of an answer with their empty line. Date, Content-Length and Connection are
// made here; what the response or the defaults say of them is left out. Control characters in a value become
// blanks, so that no value can end its line.
std::string response_head(const HttpResponse& response, const Headers& defaults, Persistence persistence);

}  // namespace net
