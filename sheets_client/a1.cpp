#include "sheets_client/a1.h"

#include <algorithm>
#include <charconv>

#include "core/fields/text.h"

namespace sheets {
namespace {

constexpr std::size_t kMaxColumnLetters = 3;  // "ZZZ": Google allows 18,278 columns

struct Corner {
  int row;
  int column;
};

// "AB12" and nothing else.
std::optional<Corner> corner(std::string_view text) {
  const auto letters_end = std::find_if_not(text.begin(), text.end(), roadmap::is_letter);
  const auto letters = static_cast<std::size_t>(letters_end - text.begin());
  const std::optional<int> column = column_from_letters(text.substr(0, letters));
  int row = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data() + letters, end, row);
  if (!column || error != std::errc{} || stop != end || row < 1) return std::nullopt;
  return Corner{row - 1, *column};
}

}  // namespace

std::optional<int> column_from_letters(std::string_view letters) {
  if (letters.empty() || letters.size() > kMaxColumnLetters) return std::nullopt;
  int column = 0;
  for (const char c : letters) {
    if (!roadmap::is_letter(c)) return std::nullopt;
    column = column * 26 + (roadmap::lower(c) - 'a' + 1);
  }
  return column - 1;
}

std::string always_quoted_tab(std::string_view title) {
  std::string quoted = "'";
  for (const char c : title) {
    quoted += c;
    if (c == '\'') quoted += c;
  }
  return quoted + "'";
}

bool same_title(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return roadmap::lower(x) == roadmap::lower(y); });
}

std::optional<RangeBounds> range_bounds(std::string_view range) {
  // Coordinates never hold a '!', so the last one ends the title.
  if (const std::size_t mark = range.rfind('!'); mark != std::string_view::npos)
    range.remove_prefix(mark + 1);
  const std::size_t colon = range.find(':');
  const std::optional<Corner> first = corner(range.substr(0, colon));
  const std::optional<Corner> last =
      colon == std::string_view::npos ? first : corner(range.substr(colon + 1));
  if (!first || !last) return std::nullopt;
  return RangeBounds{first->row, first->column, last->row, last->column};
}

}  // namespace sheets
