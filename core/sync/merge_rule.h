#pragma once

#include <optional>

#include "core/fields/cell.h"
#include "core/fields/field.h"
#include "core/store/records.h"

namespace roadmap {

// The three-way merge of one cell (sheet, stored value, base). Pure functions; every job's plan is made of
// these. `base` is nullptr where the two never met. `shown` is the sheet's cell as converted.

struct IntakeMerge {
  bool take = false;             // the intake cell becomes the stored value
  bool kept_pm = false;          // intake changed, but a PM has saved something else since: the PM's stays
  std::optional<BaseCell> base;  // set when the base moves
};
// Intake → database. A field is taken only where the cell differs from its base and the stored value still
// equals it.
IntakeMerge merge_intake(FieldType type, const Cell& shown, const Cell& stored, const BaseCell* base);

struct BacklogMerge {
  bool write = false;         // the stored value goes into the cell (unless the cell holds a formula)
  bool unsaved_edit = false;  // a person typed here since we last looked: it stays
  std::optional<BaseCell> base;
};
// Database → a PM's column of an existing row. Written only where nobody touched the cell and something new
// came in. First sight sets the base and overwrites nothing.
BacklogMerge merge_backlog(FieldType type, const Cell& shown, const Cell& stored, const BaseCell* base);

enum class SaveRule {
  kRowAsItStands,  // the cell is the value
  kEditsOnly,  // only where the cell differs from this tab's base; at first sight only if it says something:
               // not blank, and no unticked checkbox
};

struct SaveMerge {
  bool take = false;
  std::optional<BaseCell> base;
};
// A PM's cell → database.
SaveMerge merge_save(FieldType type, SaveRule rule, const Cell& shown, const Cell& stored,
                     const BaseCell* base);

// How many of a row's cells agree with the base, as evidence of whose row it is: equal and not blank.
// (Used to tell an initiative's row from a copy of it.)
bool agrees_with_base(FieldType type, const Cell& shown, const BaseCell* base);

}  // namespace roadmap
