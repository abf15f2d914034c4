#pragma once

#include "core/store/records.h"
#include "core/sync/sheet_table.h"

namespace roadmap {

// How many cells of a row still show what was last seen for an initiative. Tells an initiative's row from its
// copies.
int count_agreeing_cells(const SheetTable& table, const TableRow& row, const RowBase& base);

}  // namespace roadmap
