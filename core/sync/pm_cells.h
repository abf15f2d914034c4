#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/run/run_result.h"
#include "core/scoring/framework.h"
#include "core/store/store.h"
#include "core/sync/tab_address.h"
#include "core/sync/tab_plan.h"

namespace roadmap {

// Database → the cells of one row that people type in (Backlog and Scoring_Inputs), under merge_rule.

// The row's bases, of a tab whose rows people may delete and type anew: nullptr where nothing was ever seen,
// and for a row that shows nothing but its key. That one is seen for the first time, whatever was known of an
// earlier one.
const RowBase* last_seen(const SheetTable& table, const TableRow& row,
                         const std::map<std::string, RowBase>& bases);
// The base of a cell of it; nullptr: the two never met.
const BaseCell* find_base(const RowBase* seen, FieldId id);

// One initiative's own row of a tab, what is stored of it, and the bases that move.
struct MergedRow {
  // `bases` are the tab's. Refers to all of them.
  MergedRow(const SheetTable& table, const TableRow& its_row, const InitiativeRecord& its_record,
            const std::map<std::string, RowBase>& bases)
      : row(its_row),
        record(its_record),
        seen(last_seen(table, row, bases)),
        base{address_of(table.layout()), row.key, row.row, {}} {}

  const TableRow& row;
  const InitiativeRecord& record;
  const RowBase* seen;
  BaseChange base;                      // filled by the functions below
  std::vector<KeptCell> unsaved_edits;  // likewise
};

// Writes the cell where nobody touched it and the database holds something new; an unsaved edit stays and is
// listed. A cell that holds a formula stays. True: a write was planned.
bool refresh_pm_cell(TabPlan& plan, MergedRow& merged, FieldId id, int column);

// The active framework and its three scores: written together or not at all. A choice that no Switch has
// taken over leaves all four.
struct FrameworkUnit {
  bool written = false;
  bool is_choice = false;  // the cell says another framework than the database
  std::string note;        // "WSJF is chosen but not active: Switch framework"; empty: no choice
  std::optional<Framework> chosen = std::nullopt;  // by a choice; nullopt: none, or another word
};
FrameworkUnit refresh_framework_unit(TabPlan& plan, MergedRow& merged);

// The scores of the active framework alone. True: one was written.
bool write_active_scores(TabPlan& plan, const MergedRow& merged);

// What a Status says of a choice that no Switch has taken over, and what has to come before a Switch.
std::string choice_note(const InitiativeRecord& initiative, Framework chosen);

// The system's Title on Scoring_Inputs.
void refresh_title(TabPlan& plan, MergedRow& merged);

// Adds an initiative's row to the new ones of a tab, with that number (1, 2, …), a Status of OK and its note,
// and `token` as Updated Source; answers with the bases of the cells that these functions look at.
BaseChange add_initiative_row(RowsInsert& insert, const SheetTable& table, const InitiativeRecord& record,
                              int number, const std::string& note, const std::string& token);

// Throws Error (`code`) naming the first row whose key shows an error or Loading..., and what to do:
// `advice` is a sentence or two.
void refuse_unreadable_keys(const SheetTable& table, const std::string& code, const std::string& advice);

// The fields of which a Save takes the cells on that tab: a PM's, but for the choice of a framework.
bool is_saved_from(FieldId id, Tab tab);

}  // namespace roadmap
