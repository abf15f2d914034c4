#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/actions/run_result.h"
#include "core/store/store.h"
#include "core/sync/initiative_index.h"
#include "core/sync/merge_rule.h"
#include "core/sync/selection.h"
#include "core/sync/sheet_table.h"
#include "core/sync/written_cells.h"

namespace roadmap {

// Which rows get a Status.
enum class StatusPolicy : std::uint8_t {
  kEverySelectedRow,      // a PM asked for these rows and reads the answer there
  kChangedAndFailedRows,  // whole-tab saves: rows without news stay as they are
};

struct BacklogSaveInput {
  const SheetTable& table;
  const InitiativeIndex& stored;
  const std::map<std::string, RowBase>& bases;  // of this tab
  Selection selection;
  SaveRule rule = SaveRule::kRowAsItStands;  // for fields that only this tab has
  StatusPolicy status = StatusPolicy::kEverySelectedRow;
  std::string sheet_token;  // Updated Source of the rows: "pm.save_selected"
  UtcTime now{};
};

struct BacklogSavePlan {
  StoreChanges changes;
  std::vector<PlannedWrite> writes;  // Status and provenance
  std::int64_t saved = 0;
  RunResult result;  // rows in the order of the selection, summary
};

// Plans backlog rows → database: each selected row whole, or not at all when one of its cells is bad. The
// active framework is checked but not stored: only Switch framework does that. Pure.
BacklogSavePlan plan_backlog_save(const BacklogSaveInput& input);

}  // namespace roadmap
