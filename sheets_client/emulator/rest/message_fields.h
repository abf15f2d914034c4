#pragma once

#include <optional>
#include <string_view>

namespace sheets::emulator {

// The message type of field `field` of message `message`, both named as in Google's discovery document:
// ("Sheet", "properties") is "SheetProperties". "" for a field whose parts are not told apart here (scalars,
// colours, charts); nullopt when there is no such field.
std::optional<std::string_view> field_type(std::string_view message, std::string_view field);

}  // namespace sheets::emulator
