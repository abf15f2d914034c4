#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "core/run/run_result.h"
#include "core/store/store.h"
#include "core/sync/intake_identity.h"

namespace roadmap {

enum class StatusOverride : std::uint8_t { kPerTab, kAllowed };  // may a withdrawn initiative go back to new?

struct IntakeInput {
  const std::vector<IntakeSource>& sources;
  const InitiativeIndex& stored;
  const std::map<std::string, RowBase>& bases;  // of all intake tabs together
  const std::vector<PendingKeyWrite>& pending;
  std::int64_t next_key_number = 1;
  std::int64_t highest_number_seen = 0;  // in other sheets of this run
  StatusOverride status_override = StatusOverride::kPerTab;
  UtcTime now{};
};

// A key to put into an intake row.
struct KeyWrite {
  std::string key;
  std::size_t source = 0;  // index into the sources
  int row = 0;             // 1-based, where the row stood when it was read
  std::string title;       // trimmed; tells whether the row moved
};

struct IntakePlan {
  StoreChanges changes;
  std::vector<KeyWrite> key_writes;
  // Every row with content is counted once: in one of the two sets or one of the five numbers.
  std::set<std::string> created;  // keys
  std::set<std::string> updated;  // keys
  std::int64_t unchanged = 0;
  std::int64_t no_title = 0;
  std::int64_t duplicates = 0;
  std::int64_t left_alone = 0;   // unreadable or unknown key
  std::int64_t bad_rows = 0;     // a cell that is no value of its field
  std::vector<RowOutcome> rows;  // but for unchanged ones
  std::vector<std::string> warnings;
  std::vector<KeptCell> kept_pm_values;
};

// Plans intake → database: new initiatives with their keys and pending key writes, changed fields, moved
// bases. Pure: the same input gives the same plan. One bad row never stops the others.
IntakePlan plan_intake(const IntakeInput& input);

}  // namespace roadmap
