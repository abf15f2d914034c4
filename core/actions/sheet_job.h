#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "core/actions/job_context.h"
#include "core/run/run_result.h"
#include "core/run/selection.h"
#include "core/sync/initiative_index.h"
#include "core/sync/row_report.h"
#include "core/sync/tab_plan.h"

namespace roadmap {

// The one skeleton of every job that touches a sheet (sync.md, "Functional core, I/O at the edges"):
//
//   read → plan → commit, with the write's intent → write → settle
//
// A job is its reading, its planner and its words; everything between stands in carry_out, once. Jobs on the
// database alone have store_job.h.

// What one planning says: what is stored, and what is written where.
struct JobPlan {
  StoreChanges changes;
  std::vector<TabPlan> tabs;  // of any spreadsheets; their tables stay valid until the next read

  // Whether it may be carried out: no column wants a look at its formulas first.
  bool is_complete() const;
};

// What people and the progress view read.
struct JobWords {
  std::string read_step;  // "read_tab"; "again" is added to the label where it is read again
  std::string read_label;
  std::string plan_step;  // "compute"; empty: planning is no step of its own
  std::string plan_label;
  std::string write_step;  // "write_scores"
  std::string write_label;
  // Where Google never confirmed: "The rows are saved, but Google did not confirm the cells of tab 'Params'.
  // Run it again."
  std::string written;   // "the cells of tab 'Params'"
  std::string stored{};  // "The rows are saved"; empty: nothing to speak of
  std::string again = "Run it again.";
};

class SheetJob {
 public:
  virtual ~SheetJob() = default;
  // Reads the tabs of the plan through the job's context: before the first plan, unless there are tables
  // already, and whenever what was read may not hold any more.
  virtual void read() = 0;
  // Those that were read, none before; they outlive the plans made of them.
  virtual std::vector<SheetTable*> tables() = 0;
  // Works out everything from what was read and what is stored. Called under the planning lock, again after
  // every read; the first complete plan is the one whose outcome a result reports, for later ones find it
  // done. Throws Error where nothing must be changed. Never calls a sheet.
  virtual JobPlan plan(const Planning& planning) = 0;
  virtual JobWords words() const = 0;
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
Carried carry_out(JobContext& job, SheetJob& what);

// The table of a job with one tab, once it was read.
inline std::vector<SheetTable*> read_of(std::optional<SheetTable>& table) {
  return table ? std::vector<SheetTable*>{&*table} : std::vector<SheetTable*>{};
}

// What a row says whose cells do not stand in the sheet.
inline constexpr const char* kNotWritten = "Google refused the row, or it was not found again";

// Adds what every result of such a job says: refusals, moved rows, a dry run's cells.
void add_outcome(const JobContext& job, Carried carried, RunResult& result);

// The keys that a request is about: those of its scope, or all that stand on the tab.
Selection keys_in_scope(const JobContext& job, const SheetTable& table);

// The result of a job on a selection: selected_count, saved_count, failed_count and skipped_no_key, a row for
// each selected key, the summary. saved_count is the initiatives that are OK.
RunResult selection_result(const Selection& selection, TabReport report);

// The answer to a selection without a usable key: nothing was read.
RunResult nothing_selected(const Selection& selection);

// A job with one planner, whose first complete plan is what its result reports. `Plan` has `changes`, `tab`
// or `tabs`, and mostly a `report`.
template <class Plan>
class PlannedJob : public SheetJob {
 public:
  JobPlan plan(const Planning& planning) final {
    const std::shared_ptr<const InitiativeIndex> stored = job_.stored(planning);
    Plan made = ask(planning, *stored);
    JobPlan plan{std::move(made.changes), {}};
    if constexpr (requires { made.tabs; }) {
      plan.tabs = std::move(made.tabs);
    } else {
      plan.tabs.push_back(std::move(made.tab));
    }
    if (!first_ && plan.is_complete()) first_ = std::move(made);
    return plan;
  }

 protected:
  // `selection`: what the job works on; nullopt: what select() finds after the first reading.
  explicit PlannedJob(JobContext& job, std::optional<Selection> selection = std::nullopt)
      : job_(job), selection_(std::move(selection)) {}

  // Asks the planner.
  virtual Plan ask(const Planning& planning, const InitiativeIndex& stored) = 0;
  virtual Selection select() { return keys_in_scope(job_, *tables().front()); }

  // Runs the job to its end. Initiatives whose cells do not stand fail in the plan's report.
  Carried carry() {
    Carried carried = carry_out(job_, *this);
    if constexpr (requires { first_->report; }) {
      for (const std::string& key : carried.unwritten)
        first_->report.fail_initiative(key, kNotWritten);
    }
    return carried;
  }

  const Selection& selection() {
    if (!selection_) selection_ = select();
    return *selection_;
  }

  JobContext& job_;
  std::optional<Plan> first_;

 private:
  std::optional<Selection> selection_;
};

}  // namespace roadmap
