#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <nlohmann/json.hpp>
#include <optional>
#include <tuple>
#include <vector>

#include "sheets_client/emulator/formula/reference.h"
#include "sheets_client/emulator/requests/request_handlers.h"
#include "sheets_client/emulator/workbook/api_error.h"
#include "sheets_client/emulator/workbook/cell_input.h"

namespace sheets::emulator {
namespace {

constexpr std::string_view kBlanks = " \t\r\n\v\f";

std::string single_spaced(std::string_view text) {
  std::string result;
  for (std::size_t at = text.find_first_not_of(kBlanks); at != std::string_view::npos;) {
    const std::size_t end = std::min(text.find_first_of(kBlanks, at), text.size());
    if (!result.empty()) result += ' ';
    result += text.substr(at, end - at);
    at = text.find_first_not_of(kBlanks, end);
  }
  return result;
}

// Cells that a range goes on over.
struct Fill {
  GridRect source;
  Dimension dimension;
  int length;  // beyond the source; before it where negative
};

Fill explicit_fill(const RequestRange& range, const RequestMessage& given) {
  return {range.rect, required_dimension(given, "dimension"), given.integer_or("fillLength", 0)};
}

// What is filled at the upper (or left) end of the range goes on over the rest of it.
Fill detected_fill(const Sheet& sheet, const GridRect& rect) {
  int last_row = rect.start_row, last_column = rect.start_column;
  sheet.for_each_stored(rect, [&](int row, int column, const Cell& cell) {
    if (!cell.has_content()) return;
    last_row = row + 1;
    last_column = std::max(last_column, column + 1);
  });
  if (last_row < rect.end_row && last_row > rect.start_row)
    return {{rect.start_row, last_row, rect.start_column, rect.end_column},
            Dimension::kRows,
            rect.end_row - last_row};
  return {{rect.start_row, rect.end_row, rect.start_column, last_column},
          Dimension::kColumns,
          last_column > rect.start_column ? rect.end_column - last_column : 0};
}

GridRect filled_rect(const Fill& fill) {
  GridRect rect = fill.source;
  int &start = rect.start(fill.dimension), &end = rect.end(fill.dimension);
  if (fill.length > 0) {
    start = end;
    end += fill.length;
  } else {
    end = start;
    start += fill.length;
  }
  return rect;
}

// By how much each cell of a line differs from the one before it: numbers in equal steps go on, everything
// else is repeated. The other series has a single number go on, and steps repeated.
std::optional<double> step_of(const std::vector<Cell>& line, bool other_series) {
  const auto is_number = [](const Cell& cell) { return std::holds_alternative<double>(cell.value); };
  if (!std::all_of(line.begin(), line.end(), is_number)) return std::nullopt;
  if (line.size() == 1) return other_series ? std::optional(1.0) : std::nullopt;
  if (other_series) return std::nullopt;
  const auto number = [&](std::size_t i) { return std::get<double>(line[i].value); };
  const double step = number(1) - number(0);
  for (std::size_t i = 2; i < line.size(); ++i) {
    const double other = number(i) - number(i - 1);
    if (std::abs(other - step) > std::abs(step) * 1e-9) return std::nullopt;
  }
  return step;
}

// One line of a fill, away from its source: `cell_at(i)` is the cell i lines behind the source's first one,
// also before it.
template <typename CellAt>
void fill_line(Sheet& sheet, const Fill& fill, bool other_series, CellAt&& cell_at) {
  const bool rows = fill.dimension == Dimension::kRows;
  const int size = fill.source.length(fill.dimension);
  std::vector<Cell> line;
  for (int i = 0; i < size; ++i) {
    const auto [row, column] = cell_at(i);
    line.push_back(sheet.cell(row, column));
  }
  const auto step = step_of(line, other_series);
  const int first = fill.length > 0 ? size : fill.length, last = fill.length > 0 ? size + fill.length : 0;
  for (int i = first; i < last; ++i) {
    const int from = ((i % size) + size) % size;
    const Cell& source = line[static_cast<std::size_t>(from)];
    const auto [row, column] = cell_at(i);
    Cell& target = sheet.edit(row, column);
    target = source;
    if (step) target.set_value(std::get<double>(line[0].value) + *step * i);
    const int away = i - from;
    if (source.has_formula())
      target.set_formula(copied_formula(source.details().formula, rows ? away : 0, rows ? 0 : away));
  }
}

// The delimiter of a request; where it is to be found out, the first of the usual ones that the cells hold.
std::string delimiter_of(const RequestMessage& request, const std::vector<std::string>& texts) {
  constexpr std::array<std::pair<std::string_view, const char*>, 4> kTypes = {
      {{"COMMA", ","}, {"SEMICOLON", ";"}, {"PERIOD", "."}, {"SPACE", " "}}};
  const std::string type = request.text("delimiterType");
  if (type == "CUSTOM") {
    if (request.text("delimiter").empty()) throw invalid_argument("Must specify a custom delimiter.");
    return request.text("delimiter");
  }
  for (const auto& [name, delimiter] : kTypes) {
    const bool is_used = std::any_of(
        texts.begin(), texts.end(),
        [&, text = delimiter](const std::string& cell) { return cell.find(text) != std::string::npos; });
    if (type == name || (type == "AUTODETECT" && is_used)) return delimiter;
  }
  if (type == "AUTODETECT") return ",";
  throw invalid_argument("Must specify a delimiter type.");
}

std::vector<std::string> parts_of(const std::string& text, const std::string& delimiter) {
  std::vector<std::string> parts;
  std::size_t start = 0;
  for (std::size_t at = text.find(delimiter); at != std::string::npos; at = text.find(delimiter, start)) {
    parts.push_back(text.substr(start, at - start));
    start = at + delimiter.size();
  }
  parts.push_back(text.substr(start));
  return parts;
}

std::string text_of(const Cell& cell) {
  const auto* text = std::get_if<std::string>(&cell.value);
  return text && !cell.has_formula() ? *text : std::string();
}

}  // namespace

void auto_fill(BatchContext& batch, const RequestMessage& request) {
  const bool is_explicit = request.has("sourceAndDestination");
  const RequestMessage given = is_explicit ? request.message("sourceAndDestination") : request;
  const RequestRange range = read_grid_range(batch.workbook, given, is_explicit ? "source" : "range");
  const Fill fill = is_explicit ? explicit_fill(range, given) : detected_fill(range.sheet, range.rect);
  const GridRect to = filled_rect(fill);
  if (!range.sheet.whole().contains(to)) throw invalid_argument("The fill would leave the sheet.");
  const bool rows = fill.dimension == Dimension::kRows;
  Sheet& sheet = edit_cells(batch, range.sheet, to);
  const GridRect& source = fill.source;
  for (int line = source.start(other(fill.dimension)); line < source.end(other(fill.dimension)); ++line) {
    fill_line(sheet, fill, request.flag("useAlternateSeries"), [&](int i) {
      return rows ? std::pair(source.start_row + i, line) : std::pair(line, source.start_column + i);
    });
  }
}

void text_to_columns(BatchContext& batch, const RequestMessage& request) {
  const RequestRange range = read_grid_range(batch.workbook, request, "source");
  const GridRect rect = range.rect;
  if (rect.columns() != 1) throw invalid_argument("The source range must span exactly one column.");
  std::vector<std::string> texts;
  for (int r = rect.start_row; r < rect.end_row; ++r)
    texts.push_back(text_of(range.sheet.cell(r, rect.start_column)));
  const std::string delimiter = delimiter_of(request, texts);
  std::vector<std::vector<std::string>> split;
  std::size_t columns = 1;
  for (const std::string& text : texts) {
    split.push_back(parts_of(text, delimiter));
    columns = std::max(columns, split.back().size());
  }
  const GridRect to{rect.start_row, rect.end_row, rect.start_column,
                    rect.start_column + static_cast<int>(columns)};
  Sheet& sheet = edit_cells(batch, range.sheet, to);
  if (to.end_column > sheet.properties.column_count) sheet.resize(sheet.properties.row_count, to.end_column);
  for (std::size_t r = 0; r < split.size(); ++r) {
    if (split[r].size() == 1) continue;
    for (std::size_t c = 0; c < split[r].size(); ++c)
      enter(sheet.edit(rect.start_row + static_cast<int>(r), rect.start_column + static_cast<int>(c)),
            parse_user_entered(split[r][c], kNoYear));
  }
}

Json trim_whitespace(BatchContext& batch, const RequestMessage& request) {
  const RequestRange range = read_grid_range(batch.workbook, request, "range");
  check_editable(batch.workbook, range.sheet, range.rect, batch.caller);
  std::vector<std::tuple<int, int, std::string>> changes;
  range.sheet.for_each_stored(range.rect, [&](int row, int column, const Cell& cell) {
    const std::string text = text_of(cell);
    std::string trimmed = single_spaced(text);
    if (trimmed != text) changes.emplace_back(row, column, std::move(trimmed));
  });
  for (auto& [row, column, text] : changes)
    batch.workbook.edit(range.sheet.properties.id).edit(row, column).set_value(std::move(text));
  Json reply = Json::object();
  if (!changes.empty()) reply["cellsChangedCount"] = changes.size();
  return reply;
}

}  // namespace sheets::emulator
