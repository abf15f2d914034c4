#pragma once

#include <string>
#include <vector>

#include "core/fields/field.h"
#include "core/run/sheets_gateway.h"

namespace roadmap {

// A cell of an existing row that a plan writes, with what verification and a dry run need to know of it.
struct PlannedWrite {
  std::string key;  // of the row
  int row = 0;      // 1-based, where it stood when it was read
  int column = 0;   // 0-based
  FieldId id{0};
  Cell before;
  Cell after;
};

// Groups planned writes by row, in sheet order. `label` of a row is its key.
std::vector<RowWrite> group_by_row(const std::vector<PlannedWrite>& writes);

}  // namespace roadmap
