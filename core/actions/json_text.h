#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace roadmap {

// How deep a JSON document of a client may nest. What is deeper is refused before it is parsed.
inline constexpr int kMaxJsonDepth = 32;

// What keeps a text from being taken as a JSON document: nested too deeply, a member given twice, or bad
// syntax with line and column. Empty when it is fine.
std::string json_trouble(std::string_view text);

}  // namespace roadmap
