#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <regex>
#include <set>
#include <tuple>

#include "sheets_client/emulator/formula/reference.h"
#include "sheets_client/emulator/requests/cell_data.h"
#include "sheets_client/emulator/requests/request_handlers.h"
#include "sheets_client/emulator/requests/values_reading.h"
#include "sheets_client/emulator/workbook/a1_range.h"
#include "sheets_client/emulator/workbook/api_error.h"
#include "sheets_client/emulator/workbook/cell_input.h"
#include "sheets_client/emulator/workbook/serial_date.h"

namespace sheets::emulator {
namespace {

// Cells that are on their way, row by row.
struct CellBlock {
  int rows = 0;
  int columns = 0;
  std::vector<Cell> cells;
  std::size_t index(int row, int column) const {
    return static_cast<std::size_t>(row) * static_cast<std::size_t>(columns) +
           static_cast<std::size_t>(column);
  }
  Cell& at(int row, int column) { return cells[index(row, column)]; }
};

CellBlock copied_block(const Sheet& sheet, const GridRect& rect) {
  CellBlock block{rect.rows(), rect.columns(), {}};
  rect.for_each([&](int row, int column) { block.cells.push_back(sheet.cell(row, column)); });
  return block;
}

void clear_block(Sheet& sheet, const GridRect& rect) {
  sheet.for_each_stored(rect, [&](int row, int column, const Cell&) { sheet.edit(row, column) = Cell{}; });
}

// `change` gets the cell's format as an object.
template <typename Change>
void change_format(Cell& cell, Change&& change) {
  cell.change_detail([&](CellDetail& detail) {
    Json format = detail.format ? *detail.format : Json::object();
    change(format);
    detail.format = format.empty() ? nullptr : std::make_shared<const Json>(std::move(format));
  });
}

void paste_content(Cell& target, const Cell& source, int rows, int columns) {
  target.set_value(source.value);
  if (source.has_formula()) target.set_formula(copied_formula(source.details().formula, rows, columns));
}

// One cell onto another that lies so many rows and columns away. `shown`: the source's effective value.
void paste_cell(Cell& target, const Cell& source, const Value& shown, const std::string& type, int rows,
                int columns) {
  if (type == "PASTE_VALUES") {
    target.set_value(shown);
  } else if (type == "PASTE_FORMULA") {
    paste_content(target, source, rows, columns);
  } else if (type == "PASTE_FORMAT") {
    target.change_detail([&](CellDetail& detail) {
      detail.number_format = source.details().number_format;
      detail.format = source.details().format;
    });
  } else if (type == "PASTE_DATA_VALIDATION") {
    target.change_detail([&](CellDetail& detail) { detail.validation = source.details().validation; });
  } else if (type != "PASTE_CONDITIONAL_FORMATTING") {
    target.detail = source.detail;
    paste_content(target, source, rows, columns);
    if (type == "PASTE_NO_BORDERS") change_format(target, [](Json& format) { format.erase("borders"); });
  }
}

std::vector<Value> shown_values(const BatchContext& batch, const Sheet& sheet, const GridRect& rect) {
  Calculation calculation(batch.workbooks, nullptr);
  std::vector<Value> values;
  rect.for_each(
      [&](int row, int column) { values.push_back(calculation.value(batch.workbook, sheet, row, column)); });
  return values;
}

// Rules of conditional formatting that touch the source are said of the target too.
void paste_conditional_formats(Sheet& target, const Sheet& source, const GridRect& from, const GridRect& to) {
  if (target.properties.id != source.properties.id) return;
  for (ConditionalFormat& format : target.conditional_formats) {
    const bool touched =
        std::any_of(format.ranges.begin(), format.ranges.end(),
                    [&](const GridBounds& bounds) { return source.cut(bounds).intersects(from); });
    if (touched) format.ranges.push_back({to.start_row, to.end_row, to.start_column, to.end_column});
  }
}

// A destination takes the source as often as it is a multiple of it, and once otherwise.
GridRect pasted_rect(const GridRect& destination, int rows, int columns) {
  const int down = destination.rows() % rows == 0 ? destination.rows() : rows;
  const int across = destination.columns() % columns == 0 ? destination.columns() : columns;
  return {destination.start_row, destination.start_row + down, destination.start_column,
          destination.start_column + across};
}

void check_inside_grid(const Sheet& sheet, const GridRect& rect) {
  if (!sheet.whole().contains(rect)) throw exceeds_grid(sheet, rect);
}

std::string paste_type(const RequestMessage& request, const char* member) {
  const std::string type = request.text(member);
  return type.empty() ? "PASTE_NORMAL" : type;
}

// "a,\"b, c\"" and line breaks; quotes are doubled inside quotes.
std::vector<std::vector<std::string>> split_data(const std::string& data, const std::string& delimiter) {
  std::vector<std::vector<std::string>> rows(1, std::vector<std::string>(1));
  bool quoted = false;
  for (std::size_t i = 0; i < data.size();) {
    std::string& field = rows.back().back();
    if (quoted && data[i] == '"' && data.compare(i, 2, "\"\"") == 0) {
      field += '"';
      i += 2;
    } else if (data[i] == '"' && (quoted || field.empty())) {
      quoted = !quoted;
      ++i;
    } else if (!quoted && data.compare(i, delimiter.size(), delimiter) == 0) {
      rows.back().emplace_back();
      i += delimiter.size();
    } else if (!quoted && (data[i] == '\n' || data[i] == '\r')) {
      i += data.compare(i, 2, "\r\n") == 0 ? 2 : 1;
      if (i < data.size()) rows.emplace_back(1);
    } else {
      field += data[i++];
    }
  }
  return rows;
}

// The end of what is filled in a band of the sheet.
int last_used(const Sheet& sheet, const GridRect& rect, Dimension dimension) {
  int last = 0;
  sheet.for_each_stored(rect, [&](int row, int column, const Cell& cell) {
    if (cell.has_content()) last = std::max(last, dimension == Dimension::kRows ? row + 1 : column + 1);
  });
  return last;
}

// Moves cells of one sheet; where they were is empty then.
void shift_block(Sheet& sheet, const GridRect& from, int rows, int columns) {
  if (from.empty()) return;
  CellBlock block = copied_block(sheet, from);
  clear_block(sheet, from);
  from.moved(rows, columns).for_each([&, next = block.cells.begin()](int row, int column) mutable {
    Cell& cell = *next++;
    if (cell.has_content() || cell.detail || sheet.cell(row, column).detail)
      sheet.edit(row, column) = std::move(cell);
  });
}

LineChange band_change(GridChange kind, const GridRect& rect, Dimension along) {
  return {kind,
          along,
          rect.start(along),
          rect.length(along),
          0,
          std::pair(rect.start(other(along)), rect.end(other(along)))};
}

// The cells from `rect` on to the end of the grid, within the band that is shifted.
GridRect rest_of_band(const Sheet& sheet, const GridRect& rect, Dimension dimension) {
  GridRect rest = rect;
  rest.end(dimension) = sheet.properties.count(dimension);
  return rest;
}

// What findReplace counts.
struct Replacements {
  std::size_t values = 0, formulas = 0, occurrences = 0;
  std::set<std::pair<int, int>> rows;
  std::set<int> sheets;
};

std::regex find_pattern(const RequestMessage& request) {
  std::string text = request.text("find");
  if (text.empty()) throw invalid_argument("Must specify what to find.");
  if (!request.flag("searchByRegex")) {
    static const std::regex kSpecial(R"([.^$|()\[\]{}*+?\\])");
    text = std::regex_replace(text, kSpecial, R"(\$&)");
  }
  const auto options =
      request.flag("matchCase") ? std::regex::ECMAScript : std::regex::ECMAScript | std::regex::icase;
  try {
    return std::regex(text, options);
  } catch (const std::regex_error&) {
    throw invalid_argument(fmt::format("'{}' is no regular expression.", request.text("find")));
  }
}

// Replaces in one text; nullopt when nothing is found.
std::optional<std::string> replaced(const std::string& text, const std::regex& pattern,
                                    const RequestMessage& request, std::size_t& occurrences) {
  const auto found = std::distance(std::sregex_iterator(text.begin(), text.end(), pattern), {});
  if (found == 0 || (request.flag("matchEntireCell") && !std::regex_match(text, pattern)))
    return std::nullopt;
  occurrences += static_cast<std::size_t>(found);
  std::string replacement = request.text("replacement");
  if (!request.flag("searchByRegex")) {
    static const std::regex kDollar(R"(\$)");
    replacement = std::regex_replace(replacement, kDollar, "$$$$");
  }
  return std::regex_replace(text, pattern, replacement);
}

void replace_in(BatchContext& batch, int sheet_id, const GridRect& rect, const std::regex& pattern,
                const RequestMessage& request, Replacements& counts) {
  const Sheet& sheet = *batch.workbook.find(sheet_id);
  std::vector<std::tuple<int, int, std::string>> changes;
  sheet.for_each_stored(rect, [&](int row, int column, const Cell& cell) {
    const bool formula = cell.has_formula();
    if (!cell.has_content() || (formula && !request.flag("includeFormulas"))) return;
    const std::string text = formula ? cell.details().formula : formatted_text(cell, cell.value);
    auto changed = replaced(text, pattern, request, counts.occurrences);
    if (!changed) return;
    check_editable(batch.workbook, sheet, {row, row + 1, column, column + 1}, batch.caller);
    ++(formula ? counts.formulas : counts.values);
    counts.rows.emplace(sheet_id, row);
    counts.sheets.insert(sheet_id);
    changes.emplace_back(row, column, std::move(*changed));
  });
  const int this_year = year_of(batch.workbooks.now());
  for (const auto& [row, column, text] : changes)
    enter(batch.workbook.edit(sheet_id).edit(row, column), parse_user_entered(text, this_year));
}

void set_border(Sheet& sheet, int row, int column, const char* side, const Json& border) {
  change_format(sheet.edit(row, column), [&](Json& format) {
    if (border.value("style", "NONE") != "NONE") {
      format["borders"][side] = border;
    } else if (format.contains("borders")) {
      format["borders"].erase(side);
      if (format["borders"].empty()) format.erase("borders");
    }
  });
}

}  // namespace

void copy_paste(BatchContext& batch, const RequestMessage& request) {
  const RequestRange source = read_grid_range(batch.workbook, request, "source");
  const RequestRange destination = read_grid_range(batch.workbook, request, "destination");
  const std::string type = paste_type(request, "pasteType");
  const bool transpose = request.text("pasteOrientation") == "TRANSPOSE";
  const GridRect from = source.rect;
  CellBlock block = copied_block(source.sheet, from);
  const auto shown = shown_values(batch, source.sheet, from);
  const int rows = transpose ? from.columns() : from.rows(),
            columns = transpose ? from.rows() : from.columns();
  const GridRect to = pasted_rect(destination.rect, rows, columns);
  const int to_id = destination.sheet.properties.id, from_id = source.sheet.properties.id;
  check_inside_grid(destination.sheet, to);
  check_editable(batch.workbook, destination.sheet, to, batch.caller);
  Sheet& sheet = batch.workbook.edit(to_id);
  to.for_each([&](int row, int column) {
    const int r = (row - to.start_row) % rows, c = (column - to.start_column) % columns;
    const int source_row = transpose ? c : r, source_column = transpose ? r : c;
    const Value& value = shown[block.index(source_row, source_column)];
    paste_cell(sheet.edit(row, column), block.at(source_row, source_column), value, type,
               row - from.start_row - source_row, column - from.start_column - source_column);
  });
  if (type == "PASTE_NORMAL" || type == "PASTE_FORMAT" || type == "PASTE_CONDITIONAL_FORMATTING")
    paste_conditional_formats(sheet, *batch.workbook.find(from_id), from, to);
}

void cut_paste(BatchContext& batch, const RequestMessage& request) {
  const RequestRange source = read_grid_range(batch.workbook, request, "source");
  const RequestCell destination = read_coordinate(batch.workbook, request, "destination");
  const std::string type = paste_type(request, "pasteType");
  const GridRect from = source.rect;
  const int from_id = source.sheet.properties.id, to_id = destination.sheet.properties.id;
  const int down = destination.row - from.start_row, across = destination.column - from.start_column;
  const GridRect to = from.moved(down, across);
  check_inside_grid(destination.sheet, to);
  check_editable(batch.workbook, source.sheet, from, batch.caller);
  check_editable(batch.workbook, destination.sheet, to, batch.caller);
  CellBlock block = copied_block(source.sheet, from);
  const auto shown = shown_values(batch, source.sheet, from);
  clear_block(batch.workbook.edit(from_id), from);
  Sheet& sheet = batch.workbook.edit(to_id);
  to.for_each([&, i = std::size_t{0}](int row, int column) mutable {
    paste_cell(sheet.edit(row, column), block.cells[i], shown[i], type, 0, 0);
    ++i;
  });
  follow_block(batch.workbook, from_id, from, to_id, down, across);
}

void paste_data(BatchContext& batch, const RequestMessage& request) {
  const RequestCell start = read_coordinate(batch.workbook, request, "coordinate");
  if (request.flag("html")) throw invalid_argument("HTML data is not served here.");
  const std::string type = paste_type(request, "type"), delimiter = request.text("delimiter");
  if (delimiter.empty()) throw invalid_argument("Must specify a delimiter, or that the data is HTML.");
  const auto rows = split_data(request.text("data"), delimiter);
  std::size_t width = 0;
  for (const auto& row : rows)
    width = std::max(width, row.size());
  const GridRect rect{start.row, start.row + static_cast<int>(rows.size()), start.column,
                      start.column + static_cast<int>(width)};
  check_inside_grid(start.sheet, rect);
  Sheet& sheet = edit_cells(batch, start.sheet, rect);
  const int this_year = year_of(batch.workbooks.now());
  for (std::size_t r = 0; r < rows.size(); ++r) {
    for (std::size_t c = 0; c < rows[r].size(); ++c) {
      Cell& cell = sheet.edit(rect.start_row + static_cast<int>(r), rect.start_column + static_cast<int>(c));
      const TypedInput typed = parse_user_entered(rows[r][c], this_year);
      if (type == "PASTE_NORMAL" || type == "PASTE_NO_BORDERS") {
        enter(cell, typed);
      } else if (type == "PASTE_VALUES" || type == "PASTE_FORMULA") {
        cell.set_value(typed.value);
        if (!typed.formula.empty()) cell.set_formula(typed.formula);
      }
    }
  }
}

void insert_range(BatchContext& batch, const RequestMessage& request) {
  const RequestRange range = read_grid_range(batch.workbook, request, "range");
  const Dimension along = required_dimension(request, "shiftDimension");
  const GridRect rect = range.rect;
  const int id = range.sheet.properties.id, count = rect.length(along);
  GridRect moved = rest_of_band(range.sheet, rect, along);
  check_editable(batch.workbook, range.sheet, moved, batch.caller);
  const int end = last_used(range.sheet, moved, along) + count, size = range.sheet.properties.count(along);
  if (end > size) {
    check_growth(batch.workbook, range.sheet, along, end - size);
    batch.workbook.edit(id).insert(along, size, end - size);
  }
  moved.end(along) = std::max(end - count, rect.start(along));
  const bool rows = along == Dimension::kRows;
  shift_block(batch.workbook.edit(id), moved, rows ? count : 0, rows ? 0 : count);
  shift_formulas(batch.workbook, id, band_change(GridChange::kInsert, rect, along));
}

void delete_range(BatchContext& batch, const RequestMessage& request) {
  const RequestRange range = read_grid_range(batch.workbook, request, "range");
  const Dimension along = required_dimension(request, "shiftDimension");
  const bool rows = along == Dimension::kRows;
  const GridRect rect = range.rect;
  GridRect moved = rest_of_band(range.sheet, rect, along);
  Sheet& sheet = edit_cells(batch, range.sheet, moved);
  clear_block(sheet, rect);
  moved.start(along) = rect.end(along);
  if (rows) moved.end_row = std::min(moved.end_row, std::max(sheet.stored_rows(), moved.start_row));
  shift_block(sheet, moved, rows ? -rect.rows() : 0, rows ? 0 : -rect.columns());
  shift_formulas(batch.workbook, sheet.properties.id, band_change(GridChange::kRemove, rect, along));
}

Json find_replace(BatchContext& batch, const RequestMessage& request) {
  const std::regex pattern = find_pattern(request);
  Replacements counts;
  if (request.has("range")) {
    const RequestRange range = read_grid_range(batch.workbook, request, "range");
    replace_in(batch, range.sheet.properties.id, range.rect, pattern, request, counts);
  } else if (request.has("sheetId")) {
    const Sheet& sheet = require_sheet(batch.workbook, request.integer_or("sheetId", 0));
    replace_in(batch, sheet.properties.id, sheet.whole(), pattern, request, counts);
  } else if (request.flag("allSheets")) {
    for (std::size_t i = 0; i < batch.workbook.size(); ++i) {
      const Sheet& sheet = batch.workbook.sheet(i);
      replace_in(batch, sheet.properties.id, sheet.whole(), pattern, request, counts);
    }
  } else {
    throw invalid_argument("Must specify a range, a sheet or all sheets.");
  }
  Json reply = Json::object();
  const auto count = [&](const char* name, std::size_t number) {
    if (number != 0) reply[name] = number;
  };
  count("valuesChanged", counts.values);
  count("formulasChanged", counts.formulas);
  count("rowsChanged", counts.rows.size());
  count("sheetsChanged", counts.sheets.size());
  count("occurrencesChanged", counts.occurrences);
  return reply;
}

void update_borders(BatchContext& batch, const RequestMessage& request) {
  const RequestRange range = read_grid_range(batch.workbook, request, "range");
  const GridRect rect = range.rect;
  Sheet& sheet = edit_cells(batch, range.sheet, rect);
  const auto border = [&](const char* name) -> std::optional<Json> {
    if (!request.has(name)) return std::nullopt;
    return with_color_twins(with_google_colors(*request.find(name)));
  };
  const auto top = border("top"), bottom = border("bottom"), left = border("left"), right = border("right"),
             across = border("innerHorizontal"), down = border("innerVertical");
  rect.for_each([&](int r, int c) {
    const auto set = [&](const char* side, bool edge, const std::optional<Json>& outer,
                         const std::optional<Json>& inner) {
      if (const auto& chosen = edge ? outer : inner) set_border(sheet, r, c, side, *chosen);
    };
    static const std::optional<Json> kNone;
    set("top", r == rect.start_row, top, kNone);
    set("bottom", r == rect.end_row - 1, bottom, across);
    set("left", c == rect.start_column, left, kNone);
    set("right", c == rect.end_column - 1, right, down);
  });
}

}  // namespace sheets::emulator
