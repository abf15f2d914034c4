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

}  // namespace

std::string upper_case(std::string_view text) {
  std::string upper(text);
  for (char& c : upper)
    c = upper_case(c);
  return upper;
}

std::string fold_case(std::string_view text) {
  std::string folded;
  folded.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte >= 'A' && byte <= 'Z') {
      folded += static_cast<char>(byte - 'A' + 'a');
    } else if (byte >= 0xC3 && byte < 0xE0 && i + 1 < text.size()) {
      const auto next = static_cast<unsigned char>(text[++i]);
      const unsigned code = fold_code_point((byte & 0x1FU) << 6 | (next & 0x3FU));
      folded += static_cast<char>(0xC0U | code >> 6);
      folded += static_cast<char>(0x80U | (code & 0x3FU));
    } else {
      folded += text[i];
    }
  }
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

}  // namespace sheets::emulator
