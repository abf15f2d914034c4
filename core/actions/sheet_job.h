#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "core/actions/job_context.h"
#include "core/run/run_result.h"
#include "core/sync/tab_plan.h"

namespace roadmap {

// The one skeleton of every job that touches a sheet (sync.md, "Functional core, I/O at the edges"):
//
//   read → plan → commit, with the write's intent → write → settle
//
// A job is its reading, its planner and its words; everything between stands in carry_out, once.

// What one planning says: what is stored, and what is written where.
struct JobPlan {
  StoreChanges changes;
  std::vector<TabPlan> tabs;  // of any spreadsheets; their tables stay valid until the next read_again

  // Whether it may be carried out: no column wants a look at its formulas first.
  bool is_complete() const;
};

// What people and the progress view read.
struct JobWords {
  std::string plan_step;  // "compute"; empty: planning is no step of its own
  std::string plan_label;
  std::string write_step;  // "write_scores"
  std::string write_label;
  std::string lost;  // when Google never confirmed: "The scores are computed, but Google did not confirm …"
};

class SheetJob {
 public:
  virtual ~SheetJob() = default;
  // Works out everything from what was read and what is stored. Called under the planning lock, again after
  // every read_again; the first call is the one whose outcome a result reports, for later ones find it done.
  // Throws Error where nothing must be changed. Never calls a sheet.
  virtual JobPlan plan(const Planning& planning) = 0;
  // The tables that were read; they outlive the plans made of them.
  virtual std::vector<SheetTable*> tables() = 0;
  // Reads the tabs of the plan anew, through the job's context.
  virtual void read_again() = 0;
  virtual JobWords words() const = 0;
};

// What became of a job's writes.
struct Carried {
  std::set<std::string> unwritten;     // keys of rows whose cells beside Status and provenance do not stand
  std::vector<RefusedRow> refused;     // what Google refused
  std::vector<PlannedChange> planned;  // every cell of the first plan, in a dry run
  std::int64_t cells = 0;              // of the first plan, without those of unwritten rows
};

// Runs the job to its end: every write is seen to stand, or named. In a dry run it plans and changes nothing.
// A write whose answer was lost is settled, read and planned again, at most Settings::max_write_retries
// times. Throws SheetsError with words().lost after that, and as SheetsGateway and Store do.
Carried carry_out(JobContext& job, SheetJob& what);

// What a row says whose cells do not stand in the sheet.
inline constexpr const char* kNotWritten = "Google refused the row, or it was not found again";

// Whether the column says how a run went, and nothing of the initiative.
bool is_provenance(FieldId id);

// Adds what every result of such a job says: refusals, moved rows, a dry run's cells.
void add_outcome(const JobContext& job, Carried carried, RunResult& result);

}  // namespace roadmap
