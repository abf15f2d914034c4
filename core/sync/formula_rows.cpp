#include "core/sync/formula_rows.h"

#include "core/fields/text.h"

namespace roadmap {
namespace {

constexpr std::size_t kMostColumnLetters = 3;

// Length of the quoted text at the front, "…" or '…', a doubled quote being part of it.
std::size_t quoted_length(std::string_view text) {
  const char quote = text.front();
  std::size_t end = 1;
  while (end < text.size()) {
    if (text[end] == quote) {
      if (end + 1 >= text.size() || text[end + 1] != quote) return end + 1;
      ++end;
    }
    ++end;
  }
  return text.size();
}

bool is_word(char c) { return is_letter(c) || is_digit(c) || c == '_' || c == '.'; }

}  // namespace

std::string formula_in_row(std::string_view formula, int then, int now) {
  std::string moved;
  const std::string row_then = std::to_string(then);
  while (!formula.empty()) {
    const char c = formula.front();
    std::size_t length = 1;
    if (c == '"' || c == '\'') {
      length = quoted_length(formula);
    } else if (is_word(c) || c == '$') {
      while (length < formula.size() && (is_word(formula[length]) || formula[length] == '$'))
        ++length;
      std::string_view word = formula.substr(0, length);
      const bool of_other_tab = !moved.empty() && moved.back() == '!';
      const bool is_call = length < formula.size() && (formula[length] == '(' || formula[length] == '!');
      std::size_t letters = word.front() == '$' ? 1 : 0;
      const std::size_t first = letters;
      while (letters < word.size() && is_letter(word[letters]))
        ++letters;
      const bool is_column = letters > first && letters - first <= kMostColumnLetters;
      if (is_column && !of_other_tab && !is_call && word.substr(letters) == row_then) {
        moved += word.substr(0, letters);
        moved += std::to_string(now);
        formula.remove_prefix(length);
        continue;
      }
    }
    moved += formula.substr(0, length);
    formula.remove_prefix(length);
  }
  return moved;
}

SeenCell cell_in_row(const SeenCell& cell, int then, int now) {
  return cell.is_formula() ? SeenCell{cell.shown, formula_in_row(cell.formula, then, now)} : cell;
}

}  // namespace roadmap
