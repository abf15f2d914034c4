#pragma once

#include <cstddef>
#include <string_view>

namespace roadmap {

// White space as people type and paste it: ASCII, and U+00A0. How many bytes of one such character the text
// begins or ends with; 0: none.
inline constexpr std::string_view kAsciiSpaces = " \t\r\n\f\v";
inline constexpr std::string_view kNoBreakSpace = "\xC2\xA0";

inline std::size_t leading_space(std::string_view text) {
  if (!text.empty() && kAsciiSpaces.find(text.front()) != std::string_view::npos) return 1;
  return text.starts_with(kNoBreakSpace) ? kNoBreakSpace.size() : 0;
}

inline std::size_t trailing_space(std::string_view text) {
  if (!text.empty() && kAsciiSpaces.find(text.back()) != std::string_view::npos) return 1;
  return text.ends_with(kNoBreakSpace) ? kNoBreakSpace.size() : 0;
}

}  // namespace roadmap
