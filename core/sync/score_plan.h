#pragma once

#include <string>
#include <vector>

#include "core/sync/sheet_table.h"
#include "core/sync/stored_scoring.h"
#include "core/run/sheets_gateway.h"

namespace roadmap {

// What computing did for one initiative.
struct ScoredInitiative {
  std::string key;
  std::string failure;  // why it keeps its old scores; empty: computed
  std::string message;  // for its Status: what was not scored, adjustments, hints
  FrameworkScores scores;
  InitiativeRecord after;  // with the new scores
  bool changed = false;    // a stored score changed

  bool has_any_score() const;
};

struct ScorePlanInput {
  const std::vector<ScoringCase>& cases;
  const StoredScoring& stored;  // newest computations
  const ScoringSettings& settings;
  UtcTime now{};
};

struct ScorePlan {
  StoreChanges changes;
  std::vector<ScoredInitiative> initiatives;  // parallel to the cases
  std::vector<std::string> hints;             // about the selection as a whole
};

// Computes all frameworks of each initiative (scoring.md): its per-framework scores and warnings, and a new
// entry of the history where a computation differs from the newest one. Never touches the active framework
// or the active scores; says where they are older. Pure.
ScorePlan plan_scores(const ScorePlanInput& input);

// Adds the cells of a row of Scoring_Inputs or Backlog that differ from the record's scores: those of the
// frameworks and Math: Warnings, the active ones, or all. A score that does not exist clears its cell.
enum class ScoreColumns : std::uint8_t { kFrameworks, kActive, kAll };
void write_scores(const SheetTable& table, const TableRow& row, const InitiativeRecord& initiative,
                  ScoreColumns columns, std::vector<PlannedCell>& writes);

}  // namespace roadmap
