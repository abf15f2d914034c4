#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "core/run/run_result.h"
#include "core/store/store.h"
#include "core/sync/initiative_index.h"
#include "core/sync/sheet_table.h"
#include "core/run/sheets_gateway.h"

namespace roadmap {

// Whether existing rows get the active framework and its three scores. Looking for new intake must not
// publish what a colleague is trying out; Update Backlog is the explicit act that does.
enum class Publish : std::uint8_t { kScores, kNoScores };

struct BacklogInput {
  const SheetTable& table;
  const InitiativeIndex& stored;
  const std::map<std::string, RowBase>& bases;  // of this tab
  const std::set<std::string>& unconfirmed;     // keys not known to stand in intake yet: not appended
  std::set<std::string> belongs_here;           // keys of the initiatives that this backlog shows
  Publish publish = Publish::kScores;
  bool add_status_column = false;  // add Last Run Status where the tab lacks it
};

struct BacklogPlan {
  StoreChanges changes;              // bases only
  std::vector<PlannedCell> writes;  // cells of existing rows
  std::vector<PlannedCell>
      merged;        // those of `writes` in a PM's columns: their cells are looked at once more
  TabWrite appends;  // added header and inserted rows; rows of `writes` are not in here
  std::vector<std::string> appended_keys;
  std::set<std::string> changed_keys;  // existing rows with a cell changed beside status and provenance
  RunResult result;
};

// Plans database → backlog tab. Pure. Throws Error ("backlog_key_unreadable") naming the row when a key cell
// shows an error or Loading...: nothing must be changed then.
BacklogPlan plan_backlog(const BacklogInput& input);

}  // namespace roadmap
