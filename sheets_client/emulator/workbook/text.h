#pragma once

#include <string>
#include <string_view>

namespace sheets::emulator {

inline bool is_digit(char c) { return c >= '0' && c <= '9'; }
inline bool is_letter(char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }  // of ASCII
inline char lower_case(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
inline char upper_case(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }
std::string upper_case(std::string_view text);  // of ASCII letters

// Lower case for comparing titles and texts: ASCII, Latin-1, Greek and Cyrillic letters.
std::string fold_case(std::string_view text);
// The other way round, of the same letters.
std::string raise_case(std::string_view text);
// Without blanks, tabs and line breaks around it.
std::string_view trimmed(std::string_view text);
// The number of Unicode characters in a UTF-8 text.
std::size_t count_characters(std::string_view text);
// Its length in UTF-16: a character beyond U+FFFF is two.
std::size_t count_utf16_units(std::string_view text);

}  // namespace sheets::emulator
