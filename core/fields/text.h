#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

// Characters and texts of the sheets, without a locale. (What RFC 9110 says of characters is in net/ascii.h.)
namespace roadmap {

constexpr char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_letter(char c) { return lower(c) >= 'a' && lower(c) <= 'z'; }

// ASCII letters lowered, everything else as it is. So tab names, frameworks and lifecycle words compare.
inline std::string lower(std::string_view text) {
  std::string lowered(text);
  for (char& c : lowered)
    c = lower(c);
  return lowered;
}

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

// White space at both ends removed.
inline std::string_view trim(std::string_view text) {
  while (const std::size_t length = leading_space(text))
    text.remove_prefix(length);
  while (const std::size_t length = trailing_space(text))
    text.remove_suffix(length);
  return text;
}

// Whether the byte belongs to a UTF-8 character that began before it.
constexpr bool continues_character(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

// The longest start of at most `limit` bytes that does not end inside a character.
std::string_view start_within(std::string_view text, std::size_t limit);
// The same, and an ellipsis behind it where something was cut.
std::string shortened(std::string_view text, std::size_t limit);
// How many bytes of what somebody typed a message repeats.
inline constexpr std::size_t kQuotedBytes = 60;

// "A" for 0, "AA" for 26.
std::string column_letters(int column);

// At most `limit` characters (code points), the last one an ellipsis where something was cut.
std::string cut(const std::string& text, std::size_t limit);

// "a, b and c"; "nothing" for none. `last` stands before the last one.
std::string spoken_list(const std::vector<std::string_view>& names, std::string_view last = "and");

}  // namespace roadmap
