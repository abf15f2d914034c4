#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "core/actions/job_context.h"
#include "core/actions/job_tabs.h"
#include "core/run/run_result.h"
#include "core/run/selection.h"
#include "core/sync/initiative_index.h"
#include "core/sync/row_report.h"
#include "core/sync/tab_plan.h"

namespace roadmap {

// The one skeleton of every job (sync.md, "Functional core, I/O at the edges"):
//
//   read → plan → commit, with the write's intent → write → settle
//
// A job is its reading, its planner and its words; everything between stands in carry_out, once. A job on the
// database alone has nothing to read, to write and to settle.

// What one planning says: what is stored, and what is written where.
struct JobPlan {
  StoreChanges changes;
  std::vector<TabPlan> tabs;  // of any spreadsheets; their tables stay valid until the next read

  // Whether it may be carried out: no column wants a look at its formulas first.
  bool is_complete() const;
};

// What people and the progress view read. A step without a name is not spoken of.
struct JobWords {
  JobStep read;  // "again" is added to the label where it is read again
  JobStep plan;
  JobStep write{};
  // Where Google never confirmed: "The rows are saved, but Google did not confirm the cells of tab 'Params'.
  // Run it again."
  std::string written{};  // "the cells of tab 'Params'"
  std::string stored{};   // "The rows are saved"; empty: nothing to speak of
  std::string again = "Run it again.";
};

struct Job {
  JobWords words;
  // Reads the tabs of the plan through the job's context: before the first plan, unless there are tables
  // already, and whenever what was read may not hold any more.
  std::function<void()> read;
  // Those that were read, none before; they outlive the plans made of them.
  std::function<std::vector<SheetTable*>()> tables;
  // Works out everything from what was read and what is stored. Called under the planning lock, again after
  // every read; the first complete plan is the one whose outcome a result reports, for later ones find it
  // done. Throws Error where nothing must be changed. Never calls a sheet.
  std::function<JobPlan(const Planning&)> plan;
};

// What became of a job's writes.
struct Carried {
  std::set<std::string> unwritten;     // keys of rows whose cells beside Status and provenance do not stand
  std::vector<RefusedRow> refused;     // what Google refused
  std::vector<PlannedChange> planned;  // every cell of the first plan, in a dry run
  std::int64_t cells = 0;              // of the first plan, without those of unwritten rows
};

// Runs the job to its end: every write is seen to stand, or named. A dry run plans and changes nothing.
// A write whose answer was lost is settled, read and planned again, at most Settings::max_write_retries
// times. Throws SheetsError that says so after that, and as SheetsGateway and Store do.
Carried carry_out(JobContext& job, const Job& what);

// What a row says whose cells do not stand in the sheet.
inline constexpr const char* kNotWritten = "Google refused the row, or it was not found again";

// Adds to `result` what every job's says: what Google refused and, in a dry run, the planned cells.
RunResult with_outcome(const JobContext& job, Carried carried, RunResult result);

// The keys that a request is about: those of its scope, or all that stand on the tab.
Selection keys_in_scope(const JobContext& job, const SheetTable& table);

// The result of a job on a selection: selected_count, saved_count, failed_count and skipped_no_key, a row for
// each selected key, the summary. saved_count is the initiatives that are OK.
RunResult selection_result(const Selection& selection, TabReport report);

// What a job did: its first complete plan, which is what its result reports, and what became of it.
template <class Plan>
struct CarriedPlan {
  Plan plan;
  Carried carried;
};

// Runs a job to its end that works on what `reading` reads (JobTabs, IntakeRead; it outlives the call): `ask`
// makes a plan of that and of what is stored. It is called under the planning lock, again after every
// reading, and never calls a sheet; the first complete plan is the one returned. A plan has `changes`, mostly
// a `report`, and `tab` or `tabs` where the job writes any. Initiatives whose cells do not stand fail in the
// report. Throws as carry_out does.
template <class Reading, class Ask>
auto carry_out(JobContext& job, Reading& reading, JobWords words, const Ask& ask) {
  using Plan = std::invoke_result_t<Ask, const Planning&, const InitiativeIndex&>;
  std::optional<Plan> first;
  const auto planner = [&](const Planning& planning) {
    const std::shared_ptr<const InitiativeIndex> stored = job.stored(planning);
    Plan made = ask(planning, *stored);
    JobPlan plan{std::move(made.changes), {}};
    if constexpr (requires { made.tabs; }) plan.tabs = std::move(made.tabs);
    if constexpr (requires { made.tab; }) plan.tabs.push_back(std::move(made.tab));
    if (!first && plan.is_complete()) first = std::move(made);
    return plan;
  };
  Carried carried = carry_out(
      job, {std::move(words), [&] { reading.read(job); }, [&] { return reading.tables(); }, planner});
  if constexpr (requires { first->report; }) {
    for (const std::string& key : carried.unwritten)
      first->report.fail_initiative(key, kNotWritten);
  }
  return CarriedPlan<Plan>{std::move(*first), std::move(carried)};
}

}  // namespace roadmap
