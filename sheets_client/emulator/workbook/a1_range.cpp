#include "sheets_client/emulator/workbook/a1_range.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace sheets::emulator {
namespace {

constexpr int kMaxColumn = 18'278;  // "ZZZ"

constexpr std::size_t kMaxColumnLetters = 3;

// "D3", "AB12": unquoted, a title like this would read as a cell.
bool reads_as_cell(std::string_view title) {
  const auto digits = std::find_if_not(title.begin(), title.end(), is_letter);
  const auto letters = static_cast<std::size_t>(digits - title.begin());
  return letters >= 1 && letters <= kMaxColumnLetters && digits != title.end() &&
         std::all_of(digits, title.end(), is_digit);
}

std::optional<int> one_based(std::string_view digits, int limit) {
  int number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  const bool whole = error == std::errc{} && end == digits.data() + digits.size();
  if (!whole || digits.empty() || !is_digit(digits.front()) || number < 1 || number > limit)
    return std::nullopt;
  return number - 1;
}

std::optional<ReferenceCorner> whole_corner(std::string_view text) {
  std::size_t at = 0;
  const auto corner = read_corner(text, at);
  return at == text.size() ? corner : std::nullopt;
}

// "R2C3", both numbers given.
std::optional<ReferenceCorner> parse_r1c1_corner(std::string_view text) {
  if (text.size() < 4 || (text[0] != 'R' && text[0] != 'r')) return std::nullopt;
  const std::size_t c = text.find_first_of("Cc", 1);
  if (c == std::string_view::npos) return std::nullopt;
  const auto row = one_based(text.substr(1, c - 1), kMaxRow);
  const auto column = one_based(text.substr(c + 1), kMaxColumn);
  return row && column ? std::optional(ReferenceCorner{row, column}) : std::nullopt;
}

void set_axis(std::optional<int>& start, std::optional<int>& end, std::optional<int> first,
              std::optional<int> second) {
  if (first && second) {
    start = std::min(*first, *second);
    end = std::max(*first, *second) + 1;
  } else {  // "A5:A" starts at row 5, whichever side names it
    start = first ? first : second;
  }
}

std::optional<GridBounds> bounds_of(const ReferenceCorner& first, const ReferenceCorner& second) {
  const bool by_rows = first.row && second.row && !first.column && !second.column;
  const bool by_columns = first.column && second.column;
  const bool mixed = first.column.has_value() != second.column.has_value() && first.row && second.row;
  if (!by_rows && !by_columns && !mixed) return std::nullopt;
  return bounds_between(first, second);
}

std::string corner_text(int row, int column) { return column_letters(column) + std::to_string(row + 1); }

std::string cells_text(const GridRect& rect) {
  std::string first = corner_text(rect.start_row, rect.start_column);
  if (rect.rows() <= 1 && rect.columns() <= 1) return first;
  return first + ":" + corner_text(rect.end_row - 1, rect.end_column - 1);
}

ApiError unable_to_parse(std::string_view text) {
  return invalid_argument(fmt::format("Unable to parse range: {}", text));
}

// The bounds in full, open sides at the grid's end but never before the start.
GridRect requested_rect(const Sheet& sheet, const GridBounds& bounds) {
  GridRect rect;
  rect.start_row = bounds.start_row.value_or(0);
  rect.start_column = bounds.start_column.value_or(0);
  rect.end_row = bounds.end_row.value_or(std::max(sheet.properties.row_count, rect.start_row + 1));
  rect.end_column =
      bounds.end_column.value_or(std::max(sheet.properties.column_count, rect.start_column + 1));
  return rect;
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
    column = column * 26 + ((c & ~0x20) - 'A' + 1);
  }
  return column - 1;
}

std::optional<ReferenceCorner> read_corner(std::string_view text, std::size_t& at) {
  ReferenceCorner corner;
  std::size_t i = at;
  const auto dollar = [&] {
    const bool there = i < text.size() && text[i] == '$';
    if (there) ++i;
    return there;
  };
  const auto run_of = [&](bool (*kind)(char)) {
    const std::size_t start = i;
    while (i < text.size() && kind(text[i]))
      ++i;
    return text.substr(start, i - start);
  };
  bool fixed = dollar();
  if (const std::string_view letters = run_of(is_letter); !letters.empty()) {
    corner.column = column_from_letters(letters);
    if (!corner.column) return std::nullopt;
    corner.column_fixed = fixed;
    fixed = dollar();
  }
  if (const std::string_view digits = run_of(is_digit); !digits.empty()) {
    corner.row = one_based(digits, kMaxRow);
    if (!corner.row) return std::nullopt;
    corner.row_fixed = fixed;
  } else if (fixed || !corner.column) {
    return std::nullopt;
  }
  at = i;
  return corner;
}

GridBounds bounds_between(const ReferenceCorner& first, const ReferenceCorner& second) {
  GridBounds bounds;
  set_axis(bounds.start_row, bounds.end_row, first.row, second.row);
  set_axis(bounds.start_column, bounds.end_column, first.column, second.column);
  return bounds;
}

std::optional<std::string> unquote(std::string_view text, std::string_view& rest) {
  std::string title;
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (text[i] != '\'') {
      title += text[i];
    } else if (i + 1 < text.size() && text[i + 1] == '\'') {
      title += text[i++];
    } else {
      rest = text.substr(i + 1);
      return title;
    }
  }
  return std::nullopt;
}

std::string quoted_title(std::string_view title) {
  const bool plain =
      !title.empty() && !is_digit(title.front()) && !reads_as_cell(title) &&
      std::all_of(title.begin(), title.end(), [](char c) { return is_letter(c) || is_digit(c) || c == '_'; });
  if (plain) return std::string(title);
  std::string quoted = "'";
  for (const char c : title) {
    quoted += c;
    if (c == '\'') quoted += c;
  }
  return quoted + "'";
}

std::optional<GridBounds> parse_a1_cells(std::string_view text) {
  const std::size_t colon = text.find(':');
  const std::string_view left = text.substr(0, colon);
  const std::string_view right = colon == std::string_view::npos ? left : text.substr(colon + 1);
  if (const auto a = whole_corner(left), b = whole_corner(right); a && b) {
    const bool one_cell = a->row && a->column;
    if (colon == std::string_view::npos && !one_cell) return std::nullopt;
    return bounds_of(*a, *b);
  }
  if (const auto a = parse_r1c1_corner(left), b = parse_r1c1_corner(right); a && b) return bounds_of(*a, *b);
  return std::nullopt;
}

std::optional<A1Range> parse_a1(std::string_view text) {
  A1Range range;
  std::string_view cells = text;
  if (!text.empty() && text.front() == '\'') {
    range.title = unquote(text, cells);
    if (!range.title) return std::nullopt;
    if (cells.empty()) return range;
    if (cells.front() != '!') return std::nullopt;
    cells.remove_prefix(1);
  } else if (const std::size_t bang = text.rfind('!'); bang != std::string_view::npos) {
    range.title = std::string(text.substr(0, bang));
    cells = text.substr(bang + 1);
  } else if (!parse_a1_cells(text)) {
    if (text.empty()) return std::nullopt;
    range.title = std::string(text);
    return range;
  }
  const auto bounds = parse_a1_cells(cells);
  if (!bounds) return std::nullopt;
  range.bounds = *bounds;
  range.has_cells = true;
  return range;
}

namespace {

// The tab of a title as it stands before a '!'.
const Sheet* tab_titled(const Workbook& workbook, std::string_view title) {
  if (title.empty() || title.front() != '\'') return workbook.find(title);
  std::string_view rest;
  const auto unquoted = unquote(title, rest);
  return unquoted && rest.empty() ? workbook.find(*unquoted) : nullptr;
}

}  // namespace

std::optional<LocatedRange> locate(const Workbook& workbook, std::string_view text) {
  const auto parsed = parse_a1(text);
  // A bare word is a named range before it is a title.
  const bool bare = parsed && parsed->title && !parsed->has_cells && text.front() != '\'';
  const std::size_t bang = text.rfind('!');
  if (bare || (!parsed && bang != std::string_view::npos)) {
    const auto [on, named] = workbook.find_named_range(bare ? text : text.substr(bang + 1));
    if (named && (bare || tab_titled(workbook, text.substr(0, bang)) == on))
      return LocatedRange{on, named->bounds, true};
  }
  if (!parsed) return std::nullopt;
  const Sheet* sheet = parsed->title ? workbook.find(*parsed->title) : workbook.first_visible();
  if (!sheet) return std::nullopt;
  return LocatedRange{sheet, parsed->bounds, parsed->has_cells};
}

SheetRange resolve_range(const Workbook& workbook, std::string_view text, PastEnd past_end) {
  const auto located = locate(workbook, text);
  if (!located) throw unable_to_parse(text);
  const Sheet* sheet = located->sheet;
  SheetRange range;
  range.sheet = sheet;
  range.names_cells = located->has_cells;
  const GridRect wanted = requested_rect(*sheet, located->bounds);
  range.rect = {wanted.start_row, std::min(wanted.end_row, sheet->properties.row_count), wanted.start_column,
                std::min(wanted.end_column, sheet->properties.column_count)};
  range.rows_bounded = located->bounds.end_row.has_value();
  range.columns_bounded = located->bounds.end_column.has_value();
  range.single_cell =
      range.rows_bounded && range.columns_bounded && wanted.rows() == 1 && wanted.columns() == 1;
  range.requested = range_text(*sheet, wanted);
  if (range.rect.empty() || (past_end == PastEnd::kRefuse && !(range.rect == wanted)))
    throw exceeds_grid(*sheet, wanted);
  return range;
}

ApiError exceeds_grid(const Sheet& sheet, const GridRect& rect) {
  return invalid_argument(fmt::format("Range ({}) exceeds grid limits. Max rows: {}, max columns: {}",
                                      range_text(sheet, rect), sheet.properties.row_count,
                                      sheet.properties.column_count));
}

std::string range_text(const Sheet& sheet, const GridRect& rect) {
  return quoted_title(sheet.properties.title) + "!" + cells_text(rect);
}

}  // namespace sheets::emulator
