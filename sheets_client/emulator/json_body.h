#pragma once

#include <string_view>

#include "sheets_client/emulator/json_fwd.h"

namespace sheets::emulator {

// A request's body: a JSON object, {} when the body is blank. Throws ApiError (400) for anything else and for
// more nesting than Google's reader takes.
Json parse_json_body(std::string_view body);

}  // namespace sheets::emulator
