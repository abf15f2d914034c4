#include "sheets_client/emulator/workbook/text.h"

#include <algorithm>

namespace sheets::emulator {
namespace {

// The lower-case form of a two-byte UTF-8 character of the scripts that pair letters at a fixed distance.
unsigned fold_code_point(unsigned code) {
  const bool latin1 = code >= 0xC0 && code <= 0xDE && code != 0xD7;
  const bool greek = code >= 0x391 && code <= 0x3A9;
  const bool cyrillic = code >= 0x410 && code <= 0x42F;
  if (latin1 || greek || cyrillic) return code + 0x20;
  if (code >= 0x400 && code <= 0x40F) return code + 0x50;
  if (code >= 0x100 && code <= 0x137) return code | 1U;
  return code;
}

unsigned raise_code_point(unsigned code) {
  const bool latin1 = code >= 0xE0 && code <= 0xFE && code != 0xF7;
  const bool greek = code >= 0x3B1 && code <= 0x3C9 && code != 0x3C2;
  const bool cyrillic = code >= 0x430 && code <= 0x44F;
  if (latin1 || greek || cyrillic) return code - 0x20;
  if (code >= 0x450 && code <= 0x45F) return code - 0x50;
  if (code >= 0x100 && code <= 0x137) return code & ~1U;
  return code;
}

// A text with its two-byte characters changed by `change`; ASCII letters are the caller's.
template <typename Change>
std::string with_code_points(std::string_view text, Change&& change) {
  std::string changed;
  changed.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte >= 0xC3 && byte < 0xE0 && i + 1 < text.size()) {
      const auto next = static_cast<unsigned char>(text[++i]);
      const unsigned code = change((byte & 0x1FU) << 6 | (next & 0x3FU));
      changed += static_cast<char>(0xC0U | code >> 6);
      changed += static_cast<char>(0x80U | (code & 0x3FU));
    } else {
      changed += text[i];
    }
  }
  return changed;
}

}  // namespace

std::string raise_case(std::string_view text) { return with_code_points(upper_case(text), raise_code_point); }

std::string upper_case(std::string_view text) {
  std::string upper(text);
  for (char& c : upper)
    c = upper_case(c);
  return upper;
}

std::string fold_case(std::string_view text) {
  std::string folded = with_code_points(text, fold_code_point);
  for (char& c : folded)
    c = lower_case(c);
  return folded;
}

std::string_view trimmed(std::string_view text) {
  const auto blank = [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; };
  while (!text.empty() && blank(text.front()))
    text.remove_prefix(1);
  while (!text.empty() && blank(text.back()))
    text.remove_suffix(1);
  return text;
}

std::size_t count_characters(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(
      text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

std::size_t count_utf16_units(std::string_view text) {
  // Beyond U+FFFF a character is four bytes, the first of them 0xF0 or more.
  const auto beyond =
      std::count_if(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) >= 0xF0; });
  return count_characters(text) + static_cast<std::size_t>(beyond);
}

}  // namespace sheets::emulator
