#pragma once

#include <utility>
#include <vector>

#include "sheets_client/emulator/formula/parser.h"
#include "sheets_client/emulator/workbook/sheet.h"

namespace sheets::emulator {

// Whether a formula may give a block that is laid over the cells beside it; a plain range takes the cell in
// its row.
bool spills(const Expression& expression);
bool spills(const Cell& cell);
// Whether it is an IFERROR or IFNA that looks at each cell of such a block.
bool guards_block(const FunctionCall& call);

// What has to be known of a sheet's cells before any of them is worked out: how far they reach, and which
// formulas lay blocks over other cells.
class SheetOutline {
 public:
  explicit SheetOutline(const Sheet& sheet);
  // Looks at one row again.
  void look(const Sheet& sheet, int row);

  // Typed cells end before these.
  int rows() const;
  int columns() const;
  // Row and column of each formula that spills, in order.
  const std::vector<std::pair<int, int>>& spilling() const { return spilling_; }

 private:
  std::vector<int> used_;  // cells of each row up to its last one with content
  std::vector<std::pair<int, int>> spilling_;
};

}  // namespace sheets::emulator
