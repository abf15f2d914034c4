#include "sheets_client/a1.h"

#include <algorithm>
#include <cctype>

namespace sheets {
namespace {

constexpr std::size_t kMaxColumnLetters = 3;  // "ZZZ": Google allows 18,278 columns

bool is_letter(char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

// "D3", "AB12": a bare title like this would read as a cell.
bool looks_like_cell(std::string_view title) {
  const auto letters_end = std::find_if_not(title.begin(), title.end(), is_letter);
  const auto letters = letters_end - title.begin();
  return letters >= 1 && letters <= static_cast<std::ptrdiff_t>(kMaxColumnLetters) &&
         letters_end != title.end() && std::all_of(letters_end, title.end(), is_digit);
}

}  // namespace

std::string column_letters(int column) {
  std::string letters;
  for (int rest = column; rest >= 0; rest = rest / 26 - 1)
    letters.insert(letters.begin(), static_cast<char>('A' + rest % 26));
  return letters;
}

std::optional<int> column_from_letters(std::string_view letters) {
  if (letters.empty() || letters.size() > kMaxColumnLetters) return std::nullopt;
  int column = 0;
  for (const char c : letters) {
    if (!is_letter(c)) return std::nullopt;
    column = column * 26 + (std::toupper(static_cast<unsigned char>(c)) - 'A' + 1);
  }
  return column - 1;
}

std::string quote_tab(std::string_view title) {
  const bool plain =
      !title.empty() && !is_digit(title.front()) && !looks_like_cell(title) &&
      std::all_of(title.begin(), title.end(), [](char c) { return is_letter(c) || is_digit(c) || c == '_'; });
  if (plain) return std::string(title);
  std::string quoted = "'";
  for (const char c : title) {
    quoted += c;
    if (c == '\'') quoted += c;
  }
  return quoted + "'";
}

}  // namespace sheets
