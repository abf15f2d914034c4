#include "sheets_client/emulator/formula/reference.h"

#include <algorithm>
#include <charconv>

#include "sheets_client/emulator/workbook/a1_range.h"
#include "sheets_client/emulator/workbook/text.h"

namespace sheets::emulator {
namespace {

constexpr std::size_t kMaxTitleBytes = 400;  // 100 characters

// Of an unquoted tab title or a name.
bool is_word(char c) {
  return is_letter(c) || is_digit(c) || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}

std::size_t past_blanks(std::string_view text, std::size_t at) {
  return std::min(text.find_first_not_of(' ', at), text.size());
}

std::optional<ReferenceCorner> read_corner(std::string_view text, std::size_t& at) {
  ReferenceCorner corner;
  std::size_t i = at;
  const auto dollar = [&] {
    const bool there = i < text.size() && text[i] == '$';
    if (there) ++i;
    return there;
  };
  bool fixed = dollar();
  const std::size_t letters = i;
  while (i < text.size() && is_letter(text[i]))
    ++i;
  if (i > letters) {
    corner.column = column_from_letters(text.substr(letters, i - letters));
    if (!corner.column) return std::nullopt;
    corner.column_fixed = fixed;
    fixed = dollar();
  }
  const std::size_t digits = i;
  while (i < text.size() && is_digit(text[i]))
    ++i;
  if (i > digits) {
    int row = 0;
    const auto [end, error] = std::from_chars(text.data() + digits, text.data() + i, row);
    if (error != std::errc{} || row < 1 || row > kMaxRow) return std::nullopt;
    corner.row = row - 1;
    corner.row_fixed = fixed;
  } else if (fixed || !corner.column) {
    return std::nullopt;
  }
  at = i;
  return corner;
}

// "Tab!" or "'My tab'!" before a reference.
std::optional<std::string> read_title(std::string_view text, std::size_t& at) {
  std::string title;
  std::size_t i = 0;
  if (!text.empty() && text.front() == '\'') {
    for (i = 1; i < text.size() && title.size() <= kMaxTitleBytes; ++i) {
      if (text[i] != '\'') {
        title += text[i];
      } else if (i + 1 < text.size() && text[i + 1] == '\'') {
        title += text[i++];
      } else {
        ++i;
        break;
      }
    }
  } else {
    while (i < text.size() && is_word(text[i]))
      title += text[i++];
  }
  if (title.empty() || i >= text.size() || text[i] != '!') return std::nullopt;
  at = i + 1;
  return title;
}

void order(std::optional<int>& start, std::optional<int>& end, std::optional<int> a, std::optional<int> b) {
  start = a ? a : b;
  if (a && b) {
    start = std::min(*a, *b);
    end = std::max(*a, *b) + 1;
  }
}

void append_corner(std::string& text, const ReferenceCorner& corner) {
  if (corner.column) {
    if (corner.column_fixed) text += '$';
    text += column_letters(*corner.column);
  }
  if (corner.row) {
    if (corner.row_fixed) text += '$';
    text += std::to_string(*corner.row + 1);
  }
}

}  // namespace

GridBounds Reference::bounds() const {
  const ReferenceCorner& other = last ? *last : first;
  GridBounds bounds;
  order(bounds.start_row, bounds.end_row, first.row, other.row);
  order(bounds.start_column, bounds.end_column, first.column, other.column);
  return bounds;
}

std::optional<Reference> read_reference(std::string_view text, std::size_t& length) {
  Reference reference;
  std::size_t at = 0;
  reference.title = read_title(text, at);
  const auto first = read_corner(text, at);
  if (!first) return std::nullopt;
  reference.first = *first;
  if (const std::size_t colon = past_blanks(text, at); colon < text.size() && text[colon] == ':') {
    std::size_t after = past_blanks(text, colon + 1);
    const auto last = read_corner(text, after);
    const bool shape = last && ((first->row && last->row) || (first->column && last->column));
    if (shape) {
      reference.last = *last;
      at = after;
    }
  }
  const bool whole_cell = first->row && first->column;
  if (!reference.last && !whole_cell) return std::nullopt;
  if (at < text.size() && (is_word(text[at]) || text[at] == '(' || text[at] == '!')) return std::nullopt;
  length = at;
  return reference;
}

std::string reference_text(const Reference& reference) {
  std::string text;
  if (reference.title) {
    text += quoted_title(*reference.title);
    text += '!';
  }
  append_corner(text, reference.first);
  if (reference.last) {
    text += ':';
    append_corner(text, *reference.last);
  }
  return text;
}

std::vector<FoundReference> find_references(std::string_view formula) {
  std::vector<FoundReference> found;
  for (std::size_t i = 0; i < formula.size();) {
    std::size_t length = 0;
    if (formula[i] == '"') {
      i = std::min(formula.find('"', i + 1), formula.size() - 1) + 1;
    } else if (auto reference = read_reference(formula.substr(i), length)) {
      found.push_back({i, length, std::move(*reference)});
      i += length;
    } else if (is_word(formula[i])) {
      while (i < formula.size() && is_word(formula[i]))
        ++i;
    } else {
      ++i;
    }
  }
  return found;
}

}  // namespace sheets::emulator
