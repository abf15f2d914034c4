#pragma once

#include <optional>

#include "core/fields/cell.h"
#include "core/fields/field.h"
#include "core/store/records.h"
#include "core/sync/sheet_table.h"

namespace roadmap {

// The three-way merge of one cell (sheet, stored value, base; sync.md, "What changed since we last looked").
// Pure functions; every job's plan is made of these, and no other place decides whose value a cell is. `base`
// is nullptr where the two never met.

// Whether nothing has changed on either side since the two last met, so that every merge says nothing.
// Compares the cell as it stands: most cells of most runs need no conversion and no copy.
bool nothing_moved(const Cell& raw, const Cell& stored, const BaseCell* base);

struct IntakeMerge {
  bool take = false;             // the intake cell becomes the stored value
  bool kept_pm = false;          // the team's value is not taken: a PM has saved another one
  std::optional<BaseCell> base;  // set when the base moves
};
// Intake → database. The base is what the team's cell showed last. A stored value that is something else was
// saved by a PM: it holds against every later edit of the team, until both say the same.
IntakeMerge merge_intake(FieldType type, const ReadCell& cell, const Cell& stored, const BaseCell* base);

struct PmMerge {
  bool write = false;         // the stored value goes into the cell (unless the cell holds a formula)
  bool unsaved_edit = false;  // a person typed here since we last looked: it stays
  std::optional<BaseCell> base;
};
// Database → a PM's cell of an existing row. Written only where nobody touched the cell and something new
// came in. At first sight a blank cell, or an unticked box, is filled; another value is an unsaved edit.
PmMerge merge_pm(FieldType type, const ReadCell& cell, const Cell& stored, const BaseCell* base);

struct SaveMerge {
  bool take = false;   // the cell becomes the stored value
  bool write = false;  // the cell is a stale copy: the stored value goes into it
  // Nobody is known to have typed what the cell shows: it is not taken before a person has been told. The
  // base forgets that, so that saving again takes it.
  bool undecided = false;
  std::optional<BaseCell> base;
};
// A PM's cell → database. What merge_pm calls an unsaved edit is taken, everything else is refreshed: a stale
// copy of a value never undoes what was saved elsewhere.
SaveMerge merge_save(FieldType type, const ReadCell& cell, const Cell& stored, const BaseCell* base);

// Database → the system's Title on Scoring_Inputs: where the cell is blank or shows what was written before.
// A person's text stays; it is no edit.
PmMerge merge_title(const Cell& shown, const Cell& stored, const BaseCell* base);

// The base of a cell in a row that a job adds with that value.
BaseCell base_of_new_cell(const Cell& value);

// Whether a cell shows what was last seen, or what a run was about to write there.
bool agrees_with_base(FieldType type, const Cell& shown, const BaseCell& base);

// Blank, or a checkbox that nobody ticked: it says nothing.
bool says_nothing(FieldType type, const Cell& shown);

}  // namespace roadmap
