#include "core/sync/row_agreement.h"

#include "core/fields/registry.h"
#include "core/sync/merge_rule.h"

namespace roadmap {

int count_agreeing_cells(const SheetTable& table, const TableRow& row, const RowBase& base) {
  int count = 0;
  for (const auto& [id, cell] : base.cells) {
    if (table.has(id) && agrees_with_base(field(id).type, table.shown(row, id), cell)) ++count;
  }
  return count;
}

}  // namespace roadmap
