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

void require_cells(const std::string& tab, const std::vector<roadmap::CellWrite>& cells) {
  int previous = -1;
  for (const roadmap::CellWrite& cell : cells) {
    if (cell.column <= previous || cell.column >= kMaxColumn)
      reject(tab, "column " + std::to_string(cell.column) + " after " + std::to_string(previous));
    previous = cell.column;
    const double* number = std::get_if<double>(&cell.value);
    if (number != nullptr && !std::isfinite(*number)) reject(tab, "a number that is not finite");
  }
}

void require_row(const std::string& tab, int row) {
  if (row < 1 || row > kMaxRow) reject(tab, "row " + std::to_string(row));
}

}  // namespace

std::vector<WriteItem> items_of(const roadmap::SheetWrite& write) {
  std::vector<WriteItem> items;
  for (std::size_t t = 0; t < write.tabs.size(); ++t) {
    const roadmap::TabWrite& tab = write.tabs[t];
    for (std::size_t i = 0; i < tab.headers.size(); ++i)
      items.push_back({t, ItemKind::kHeader, i});
    for (std::size_t i = 0; i < tab.rows.size(); ++i)
      items.push_back({t, ItemKind::kRow, i});
    for (std::size_t i = 0; tab.insert && i < tab.insert->rows.size(); ++i)
      items.push_back({t, ItemKind::kInsertedRow, i});
  }
  return items;
}

const roadmap::RowWrite& row_of(const roadmap::SheetWrite& write, const WriteItem& item) {
  const roadmap::TabWrite& tab = write.tabs[item.tab];
  return item.kind == ItemKind::kInsertedRow ? tab.insert->rows[item.index] : tab.rows[item.index];
}

void require_writable(const roadmap::SheetWrite& write) {
  for (const roadmap::TabWrite& tab : write.tabs) {
    const auto same = [&](const roadmap::TabWrite& other) { return same_title(other.tab, tab.tab); };
    if (std::count_if(write.tabs.begin(), write.tabs.end(), same) > 1) reject(tab.tab, "its tab twice");
    for (const roadmap::HeaderAdd& header : tab.headers) {
      require_row(tab.tab, header.header_row);
      require_cells(tab.tab, {{header.column, header.text}});
    }
    for (const roadmap::RowWrite& row : tab.rows) {
      require_row(tab.tab, row.row);
      require_cells(tab.tab, row.cells);
    }
    if (!tab.insert) continue;
    require_row(tab.tab, tab.insert->after_row);
    for (const roadmap::RowWrite& row : tab.insert->rows)
      require_cells(tab.tab, row.cells);
  }
}

}  // namespace sheets
