#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/fields/cell.h"

namespace roadmap {

enum class RowStatus : std::uint8_t { kOk, kFailed, kSkipped };

// How a run went for one row, in words that a PM can act on.
struct RowOutcome {
  std::string initiative_key;  // empty where the row has none
  int row = 0;                 // 1-based; 0: not on the tab
  RowStatus status = RowStatus::kOk;
  std::string message;  // empty for a plain OK
};

// What the Status cell shows: "OK", "OK · detail", "FAILED: why", "SKIPPED: why"; at most 200 characters.
std::string status_text(RowStatus status, const std::string& message);

// A PM's cell that a run left as it is.
struct KeptCell {
  std::string initiative_key;
  std::string column;  // the header
  Cell kept;           // what stays
  Cell other;          // what did not replace it
};

struct FailedSource {
  std::string spreadsheet_id;
  std::string tab;
  std::string reason;
};

// One cell of a dry run's plan.
struct PlannedChange {
  std::string spreadsheet_id;
  std::string tab;
  int row = 0;  // 1-based; 0: a new row
  std::string initiative_key;
  std::string column;
  Cell before;
  Cell after;
};

struct RunSummary {
  std::int64_t success = 0;
  std::int64_t skipped = 0;
  std::int64_t failed = 0;
  std::int64_t total() const { return success + skipped + failed; }
};

// Lists that are left out of the JSON when they are empty, as bits. An action names those that its result
// always has; `substeps`, `rows` and `warnings` are always there.
enum ResultList : std::uint8_t {
  kListKeptUnsavedEdits = 1,
  kListKeptPmValues = 2,
  kListFailedSources = 4,
  kListPlan = 8,  // dry runs
};

// What a run answers with.
struct RunResult {
  std::vector<std::pair<std::string, std::int64_t>> counts;  // result fields of the registry, in order
  std::vector<std::pair<std::string, std::string>> texts;    // result fields that are words
  using Counts = std::vector<std::pair<std::string, std::int64_t>>;
  std::vector<std::pair<std::string, Counts>> count_groups;  // {"scored": {"RICE": 3}}
  std::vector<RowOutcome> rows;
  std::vector<std::string> warnings;
  std::vector<std::string> hints;  // how scores could be better calibrated; never in a toast
  std::vector<KeptCell> kept_unsaved_edits;
  std::vector<KeptCell> kept_pm_values;
  std::vector<FailedSource> failed_sources;
  std::string flow;                 // of a substep: "flow0.intake_sync"
  std::vector<RunResult> substeps;  // in the order in which they ran
  std::vector<PlannedChange> plan;  // dry runs only
  RunSummary summary;
  std::uint8_t always_listed = 0;  // ResultList bits

  void count(std::string name, std::int64_t value) { counts.emplace_back(std::move(name), value); }
  void add_substep(std::string name, RunResult part) {
    part.flow = std::move(name);
    substeps.push_back(std::move(part));
  }
  // Sets the rows of a result that has none yet, and counts them in its summary.
  void take_rows(std::vector<RowOutcome> outcomes);
  // Adds a part's counts, lists and summary to a total of the same kind (one backlog of several).
  void merge(RunResult part);
  // Gives a job of several flows the one outcome that its reader sees: the last flow's counts and rows, the
  // failed and skipped rows, warnings and kept cells of all. Initiatives done are counted once, in the last
  // flow.
  void lift_substeps();
};

// {"summary": {...}, "raw": {...}}, the `result` of a run.
std::string to_json(const RunResult& result);

// The summary in a text that to_json made, without reading all of it; nullopt for another text.
std::optional<RunSummary> summary_of(const std::string& result_json_text);

// How many entries a list in a result may have; the rest is counted under "<list>_left_out".
inline constexpr std::size_t kMaxListedEntries = 20000;

}  // namespace roadmap
