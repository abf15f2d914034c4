#pragma once

#include <memory>

#include "sheets_client/emulator/formula/known_results.h"
#include "sheets_client/emulator/workbook/workbook.h"

namespace sheets::emulator {

// The effective values of cells at one moment. Formulas are evaluated when they are asked for, once each, and
// not at all where `results` knows what they gave; formulas that lead back to themselves give #REF!; one that
// uses what is not known here gives #NAME?.
// The workbooks passed in and `results` must outlive it. Thread safety: one thread.
class Calculation {
 public:
  // `results` may be nullptr: all is worked out.
  Calculation(const WorkbookLookup& workbooks, KnownResults* results);
  ~Calculation();
  Calculation(const Calculation&) = delete;
  Calculation& operator=(const Calculation&) = delete;

  // The reference is good until the next call.
  const Value& value(const Workbook& workbook, const Sheet& sheet, int row, int column);
  // What `sheet` shows ends before this row and column: typed cells and what formulas spill.
  struct Extent {
    int rows = 0;
    int columns = 0;
  };
  Extent extent(const Workbook& workbook, const Sheet& sheet);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace sheets::emulator
