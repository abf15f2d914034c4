#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <numeric>
#include <random>
#include <set>
#include <vector>

#include "sheets_client/emulator/formula/operand.h"
#include "sheets_client/emulator/formula/reference.h"
#include "sheets_client/emulator/requests/request_handlers.h"
#include "sheets_client/emulator/workbook/api_error.h"
#include "sheets_client/emulator/workbook/text.h"
#include "sheets_client/emulator/workbook/workbook.h"

namespace sheets::emulator {
namespace {

struct SortKey {
  int column;
  bool descending;
};

std::vector<SortKey> read_keys(const RequestMessage& request, const GridRect& rect) {
  std::vector<SortKey> keys;
  const Json& specs = request.list("sortSpecs");
  for (std::size_t i = 0; i < specs.size(); ++i) {
    const RequestMessage spec(&specs[i], fmt::format("{}.sort_specs[{}]", request.place(), i));
    const int column = spec.integer_or("dimensionIndex", 0);
    if (column < rect.start_column || column >= rect.end_column)
      throw invalid_argument(fmt::format("sortSpecs[{}].dimensionIndex[{}] is outside the range", i, column));
    keys.push_back({column, spec.text("sortOrder") == "DESCENDING"});
  }
  if (keys.empty()) throw invalid_argument("Must specify at least one sort spec.");
  return keys;
}

// Numbers, text, booleans, errors; empty cells last in either order.
int order_of(const Value& left, const Value& right, bool descending) {
  if (is_empty(left) || is_empty(right)) return int{is_empty(left)} - int{is_empty(right)};
  const int order = compare(left, right);
  return descending ? -order : order;
}

// The effective values of the key columns, row by row: sorting must not see cells that it already moved.
std::vector<std::vector<Value>> key_values(const BatchContext& batch, const Sheet& sheet,
                                           const GridRect& rect, const std::vector<SortKey>& keys) {
  Calculation calculation(batch.workbooks, nullptr);
  std::vector<std::vector<Value>> values(static_cast<std::size_t>(rect.rows()));
  for (int r = 0; r < rect.rows(); ++r) {
    for (const SortKey& key : keys) {
      values[static_cast<std::size_t>(r)].push_back(
          calculation.value(batch.workbook, sheet, rect.start_row + r, key.column));
    }
  }
  return values;
}

Row cut_row(const Sheet& sheet, int row, const GridRect& rect) {
  Row cells;
  for (int c = rect.start_column; c < rect.end_column; ++c)
    cells.push_back(sheet.cell(row, c));
  return cells;
}

void place_row(Sheet& sheet, int from, int to, const GridRect& rect, Row cells) {
  for (Cell& cell : cells) {
    if (cell.has_formula()) cell.set_formula(formula_moved_to_row(cell.details().formula, from, to));
  }
  Row& target = sheet.edit_row(to, rect.end_column);
  std::move(cells.begin(), cells.end(), target.begin() + rect.start_column);
}

// Puts row `order[i]` of the range into its place i. Formulas follow their row.
void reorder_rows(BatchContext& batch, int sheet_id, const GridRect& rect, const std::vector<int>& order) {
  const Sheet& before = *batch.workbook.find(sheet_id);
  std::vector<Row> rows;
  rows.reserve(order.size());
  for (const int from : order)
    rows.push_back(cut_row(before, rect.start_row + from, rect));
  Sheet& sheet = batch.workbook.edit(sheet_id);
  for (std::size_t to = 0; to < order.size(); ++to) {
    if (order[to] != static_cast<int>(to))
      place_row(sheet, rect.start_row + order[to], rect.start_row + static_cast<int>(to), rect,
                std::move(rows[to]));
  }
}

// What tells rows apart: their values, text whatever its case.
std::string comparison_text(const Value& value) {
  return std::to_string(value.index()) + fold_case(to_text(value)) + '\0';
}

// The columns of a range that a request compares: those that it names, or all.
std::vector<int> read_comparison_columns(const RequestMessage& request, const GridRect& rect) {
  std::vector<int> columns;
  const Json& ranges = request.list("comparisonColumns");
  for (std::size_t i = 0; i < ranges.size(); ++i) {
    const RequestMessage range(&ranges[i], fmt::format("{}.comparison_columns[{}]", request.place(), i));
    const int start = range.integer_or("startIndex", 0), end = range.integer_or("endIndex", rect.end_column);
    if (range.text("dimension") != "COLUMNS" || start < rect.start_column || end > rect.end_column)
      throw invalid_argument(fmt::format("comparisonColumns[{}] must name columns of the range.", i));
    for (int column = start; column < end; ++column)
      columns.push_back(column);
  }
  if (!columns.empty()) return columns;
  columns.resize(static_cast<std::size_t>(rect.columns()));
  std::iota(columns.begin(), columns.end(), rect.start_column);
  return columns;
}

}  // namespace

void sort_rows(BatchContext& batch, int sheet_id, const GridRect& rect, const RequestMessage& request) {
  const Sheet& before = *batch.workbook.find(sheet_id);
  const std::vector<SortKey> keys = read_keys(request, rect);
  check_editable(batch.workbook, before, rect, batch.caller);
  const auto values = key_values(batch, before, rect, keys);
  std::vector<int> order(static_cast<std::size_t>(rect.rows()));
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(), [&](int a, int b) {
    for (std::size_t k = 0; k < keys.size(); ++k) {
      const int compared = order_of(values[static_cast<std::size_t>(a)][k],
                                    values[static_cast<std::size_t>(b)][k], keys[k].descending);
      if (compared != 0) return compared < 0;
    }
    return false;
  });
  reorder_rows(batch, sheet_id, rect, order);
}

void sort_range(BatchContext& batch, const RequestMessage& request) {
  const RequestRange range = read_grid_range(batch.workbook, request, "range");
  sort_rows(batch, range.sheet.properties.id, range.rect, request);
}

void randomize_range(BatchContext& batch, const RequestMessage& request) {
  const RequestRange range = read_grid_range(batch.workbook, request, "range");
  check_editable(batch.workbook, range.sheet, range.rect, batch.caller);
  std::vector<int> order(static_cast<std::size_t>(range.rect.rows()));
  std::iota(order.begin(), order.end(), 0);
  thread_local std::mt19937 generator{std::random_device{}()};
  std::shuffle(order.begin(), order.end(), generator);
  reorder_rows(batch, range.sheet.properties.id, range.rect, order);
}

Json delete_duplicates(BatchContext& batch, const RequestMessage& request) {
  const RequestRange range = read_grid_range(batch.workbook, request, "range");
  const GridRect rect = range.rect;
  check_editable(batch.workbook, range.sheet, rect, batch.caller);
  const std::vector<int> columns = read_comparison_columns(request, rect);
  Calculation calculation(batch.workbooks, nullptr);
  std::set<std::string> seen;
  std::vector<int> kept, duplicates;
  for (int r = 0; r < rect.rows(); ++r) {
    std::string texts;
    for (const int column : columns)
      texts += comparison_text(calculation.value(batch.workbook, range.sheet, rect.start_row + r, column));
    (seen.insert(texts).second ? kept : duplicates).push_back(r);
  }
  if (duplicates.empty()) return Json::object();
  const int id = range.sheet.properties.id;
  reorder_rows(batch, id, rect, kept);
  batch.workbook.edit(id).clear_content(
      {rect.start_row + static_cast<int>(kept.size()), rect.end_row, rect.start_column, rect.end_column});
  return {{"duplicatesRemovedCount", duplicates.size()}};
}

}  // namespace sheets::emulator
