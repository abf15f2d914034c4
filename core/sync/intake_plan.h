#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "core/actions/run_result.h"
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
  RunResult result;  // counts, rows, warnings, kept_pm_values, summary; no substeps
};

// Plans intake → database: new initiatives with their keys and pending key writes, changed fields, moved
// bases. Pure: the same input gives the same plan. One bad row never stops the others.
IntakePlan plan_intake(const IntakeInput& input);

}  // namespace roadmap
