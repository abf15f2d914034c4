#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>

#include "core/run/run_result.h"
#include "core/store/store.h"
#include "core/sync/initiative_index.h"
#include "core/sync/tab_plan.h"

namespace roadmap {

// Whether existing rows get the active framework and its three scores. Looking for new intake must not
// publish what a colleague is trying out; Update Backlog is the explicit act that does.
enum class Publish : std::uint8_t { kScores, kNoScores };

struct BacklogInput {
  const SheetTable& table;
  const InitiativeIndex& stored;
  const std::map<std::string, RowBase>& bases;  // of this tab
  const std::map<std::string, RowBase>&
      intake_bases;                          // of all intake tabs, where values of teams were kept out
  const std::set<std::string>& unconfirmed;  // keys not known to stand in intake yet: not appended
  std::set<std::string> belongs_here;        // keys of the initiatives that this backlog shows
  std::string first_org;  // what an empty product_org means, for the rows of initiatives that moved
  Publish publish = Publish::kScores;
  bool add_status_column = false;  // add Last Run Status where the tab lacks it
  // Of a job that saves the rows first: what it stored, and why it could not (by key).
  std::set<std::string> saved{};
  std::map<std::string, std::string> refused{};
};

struct BacklogPlan {
  StoreChanges changes;  // bases only
  // Refers to `with_status` where the tab gets its Last Run Status column, else to the input's table.
  TabPlan tab;
  std::shared_ptr<const SheetTable> with_status;  // nullptr: the tab has that column, or does not get it
  std::set<std::string> appended;                 // keys
  std::set<std::string> changed;  // existing rows with a cell changed beside status and provenance, or saved
  std::int64_t not_active = 0;    // rows whose choice of a framework no Switch has taken over
  RunResult result;               // rows, warnings, kept cells, summary; no counts
};

// Plans database → backlog tab. Pure. Throws Error ("backlog_key_unreadable") naming the row when a key cell
// shows an error or Loading...: nothing must be changed then.
BacklogPlan plan_backlog(const BacklogInput& input);

}  // namespace roadmap
