#include "sheets_client/write_items.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "sheets_client/a1.h"

namespace sheets {
namespace {

constexpr int kMaxRow = 10'000'000;  // Google's limit of cells, were a tab one column wide
constexpr int kMaxColumn = 18'278;   // "ZZZ"

[[noreturn]] void reject(const std::string& tab, const std::string& what) {
  throw std::logic_error("a write to tab '" + tab + "' asks for " + what);
}

void require_row(const std::string& tab, int row) {
  if (row < 1 || row > kMaxRow) reject(tab, "row " + std::to_string(row));
}

void require_value(const std::string& tab, const roadmap::Cell& value) {
  const double* number = std::get_if<double>(&value);
  if (number != nullptr && !std::isfinite(*number)) reject(tab, "a number that is not finite");
}

void require_cells(const std::string& tab, const std::vector<roadmap::PlannedCell>& cells) {
  int row = 0, column = -1;
  for (const roadmap::PlannedCell& cell : cells) {
    require_row(tab, cell.row);
    if (cell.row < row) reject(tab, "row " + std::to_string(cell.row) + " after " + std::to_string(row));
    if (cell.row > row) column = -1;
    if (cell.column <= column || cell.column >= kMaxColumn)
      reject(tab, "column " + std::to_string(cell.column) + " after " + std::to_string(column));
    row = cell.row;
    column = cell.column;
    require_value(tab, cell.after);
  }
}

void append_rows(std::size_t tab, ItemKind kind, std::span<const roadmap::PlannedCell> cells,
                 std::vector<WriteItem>& items) {
  while (!cells.empty()) {
    const auto end = std::ranges::find_if(
        cells, [&](const roadmap::PlannedCell& cell) { return cell.row != cells.front().row; });
    const auto count = static_cast<std::size_t>(end - cells.begin());
    items.push_back({tab, kind, cells.first(count), items.size(), false});
    cells = cells.subspan(count);
  }
}

}  // namespace

std::vector<WriteItem> items_of(const roadmap::SheetWrite& write,
                                std::vector<roadmap::PlannedCell>& headers) {
  for (const roadmap::TabWrite& tab : write.tabs) {
    for (const roadmap::HeaderAdd& header : tab.headers) {
      roadmap::PlannedCell& cell = headers.emplace_back();
      cell.row = header.header_row;
      cell.column = header.column;
      cell.after = header.text;
    }
  }
  std::vector<WriteItem> items;
  std::span<const roadmap::PlannedCell> left = headers;
  for (std::size_t t = 0; t < write.tabs.size(); ++t) {
    const roadmap::TabWrite& tab = write.tabs[t];
    for (std::size_t i = 0; i < tab.headers.size(); ++i, left = left.subspan(1))
      items.push_back({t, ItemKind::kHeader, left.first(1), items.size(), false});
    append_rows(t, ItemKind::kRow, tab.cells, items);
    if (tab.insert) append_rows(t, ItemKind::kInsertedRow, tab.insert->cells, items);
  }
  return items;
}

void require_writable(const roadmap::SheetWrite& write) {
  for (const roadmap::TabWrite& tab : write.tabs) {
    const auto same = [&](const roadmap::TabWrite& other) { return same_title(other.tab, tab.tab); };
    if (std::count_if(write.tabs.begin(), write.tabs.end(), same) > 1) reject(tab.tab, "its tab twice");
    for (const roadmap::HeaderAdd& header : tab.headers) {
      require_row(tab.tab, header.header_row);
      if (header.column < 0 || header.column >= kMaxColumn)
        reject(tab.tab, "column " + std::to_string(header.column));
    }
    require_cells(tab.tab, tab.cells);
    if (!tab.insert) continue;
    require_row(tab.tab, tab.insert->after_row);
    require_cells(tab.tab, tab.insert->cells);
  }
}

}  // namespace sheets
