#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "core/run/run_result.h"
#include "core/store/store.h"
#include "core/sync/intake_identity.h"
#include "core/sync/tab_plan.h"

namespace roadmap {

enum class StatusOverride : std::uint8_t { kPerTab, kAllowed };  // may a withdrawn initiative go back to new?

struct IntakeInput {
  const std::vector<IntakeSource>& sources;
  const InitiativeIndex& stored;
  const std::map<std::string, RowBase>& bases;  // of all intake tabs together
  const std::vector<PendingKeyWrite>& pending;
  std::int64_t next_key_number = 1;
  const std::set<std::int64_t>& seen_numbers;  // stored as never to be issued
  const std::set<std::string>& shown_keys;     // that some backlog ever showed
  StatusOverride status_override = StatusOverride::kPerTab;
  UtcTime now{};
  std::set<std::int64_t> numbers_elsewhere{};  // that other sheets of this run show
};

struct IntakePlan {
  StoreChanges changes;
  // Keys to put into rows, and stray ones to take out (a blank value); one plan for each tab that has some.
  std::vector<TabPlan> tabs;
  // Every row with content is counted once: in one of the two sets or one of the four numbers.
  std::set<std::string> created;  // keys
  std::set<std::string> updated;  // keys
  std::int64_t unchanged = 0;
  std::int64_t no_title = 0;
  std::int64_t duplicates = 0;
  std::int64_t left_alone = 0;   // unreadable or unknown key
  std::vector<RowOutcome> rows;  // but for unchanged ones that there is nothing to say of
  std::vector<std::string> warnings;
  std::vector<KeptCell> kept_pm_values;  // every one that stands, whenever the team's edit was seen
};

// Plans intake → database: new initiatives with their keys and pending key writes, changed fields, moved
// bases. Pure: the same input gives the same plan. One bad row never stops the others, and one bad cell never
// keeps its row back: the field stays empty or as it was, and the row's outcome says so. Throws Error
// ("keys_used_up") when all numbers are issued.
IntakePlan plan_intake(const IntakeInput& input);

}  // namespace roadmap
