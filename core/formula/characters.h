#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace roadmap::formula {

// The first character of a text that is not empty.
struct Character {
  char32_t code = 0;     // the code point; the byte itself where it is no UTF-8
  std::size_t size = 1;  // in bytes
  bool valid = true;     // false: a byte that is no UTF-8; it counts as one character
};

Character first_character(std::string_view text);

// How many characters a text has.
std::size_t count_characters(std::string_view text);

// Characters at which some programs break a line and others do not: what follows them in a comment may look
// like a line of its own.
bool breaks_lines_elsewhere(Character character);

// Why this character cannot stand in a formula, and what to write instead:
// "'×' (U+00D7) is not part of a formula: write *".
std::string refusal_of(Character character, std::string_view text);

// ASCII text of a formula as messages repeat it: cut after 24 characters.
std::string quotable(std::string_view text);
std::string quoted(std::string_view text);  // the same between '…'

}  // namespace roadmap::formula
