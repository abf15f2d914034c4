#pragma once

#include <optional>
#include <string_view>

#include "core/clock.h"

namespace sheets {

// "Sun, 06 Nov 1994 08:49:37 GMT" (RFC 9110, 5.6.7: the form that senders must use). nullopt for anything
// else, the two obsolete forms included.
std::optional<roadmap::UtcTime> parse_http_date(std::string_view text);

}  // namespace sheets
