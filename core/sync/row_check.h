#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "core/fields/field.h"
#include "core/run/sheets_gateway.h"
#include "core/sync/sheet_table.h"

namespace roadmap {

// Rows that moved between read and write (somebody sorted, inserted, moved a column). After a write the
// header row and the identifying columns are read once more; what landed in the wrong place is put right.

// The fields whose cells together tell a row of that tab from all others: in intake the title, since keys are
// what is written there; on Params the key, framework and name; elsewhere the key.
const std::vector<FieldId>& identifying_fields(Tab tab);

enum class RowOrigin : std::uint8_t {
  kRead,      // the row was there when the tab was read
  kInserted,  // the write itself inserted it
};

// A cell that was written to a row addressed by number.
struct CheckedWrite {
  std::string label;  // of the row it was meant for, as Repair names it: the key, or in intake the title
  int row = 0;        // 1-based
  int column = 0;     // 0-based
  FieldId id{0};
  Cell after;
  RowOrigin origin = RowOrigin::kRead;
};

// What a tab shows after the write.
struct TabNow {
  CellRow header;
  std::map<FieldId, std::vector<Cell>> cells;  // of the key and the identifying fields; [0] is row 1
};

struct Repair {
  std::vector<RowWrite> rows;       // cells to write, sheet order
  std::set<std::string> moved;      // labels of the rows that had moved
  std::set<std::string> misplaced;  // of those whose cells could not be put right: their row was not found
};

// What a tab has to be asked for after a write: the columns of the key and of the identifying fields.
CheckRead check_read_of(const SheetTable& table);
// The same once the header row is known: the columns may have moved. nullopt: they stand where they stood.
std::optional<CheckRead> moved_check_read(const SheetTable& table, const CellRow& header_now);
TabNow tab_now(const SheetTable& table, CheckResult read);

// Plans what puts the cells right. A wrong cell gets back what had been read for the row and column that
// stand there now; the right one is written. A row whose identifying cells are all blank, or one of which
// reads as an error or as Loading..., is unknown: nothing is moved for it. Pure.
Repair plan_repair(const SheetTable& table, const std::vector<CheckedWrite>& writes, const TabNow& now);

}  // namespace roadmap
