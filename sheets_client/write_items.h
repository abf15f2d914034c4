#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "core/run/sheets_gateway.h"

namespace sheets {

enum class ItemKind : std::uint8_t { kHeader, kRow, kInsertedRow };

// One header or row of a SheetWrite: the smallest thing that is sent, or dropped, whole.
struct WriteItem {
  std::size_t tab = 0;  // in SheetWrite::tabs
  ItemKind kind = ItemKind::kRow;
  std::span<const roadmap::PlannedCell> cells;  // not empty
  std::size_t number = 0;                       // among all items of the write
  bool alone = false;  // it shares no request with others: one that it shared was refused
};

// All items in the order in which they are sent: per tab headers, rows, inserted rows. They refer to cells of
// `write` and, for its headers, of `headers`, which is filled.
std::vector<WriteItem> items_of(const roadmap::SheetWrite& write, std::vector<roadmap::PlannedCell>& headers);

// Throws std::logic_error for what a planner must never ask for: a number that is not finite, a row or
// column out of range, rows or columns that are not ascending,
// a tab twice.
void require_writable(const roadmap::SheetWrite& write);

}  // namespace sheets
