#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/clock.h"
#include "core/llm/assistant.h"
#include "core/run/action_request.h"
#include "core/run/run_control.h"
#include "core/run/run_result.h"
#include "core/run/settings.h"
#include "core/run/sheets_gateway.h"
#include "core/store/store.h"

namespace roadmap {

class InitiativeIndex;

// Where a job is, for the progress view. Without a name it is not spoken of.
struct JobStep {
  std::string name;   // "read_tab"
  std::string label;  // "Reading Params"
};

// What a handler works with: one run's request and the product's services, all owned by the caller and
// outliving the job. Sheets, store and reporter are reached through the skeleton alone (job.h): what a
// handler plans, it commits, writes and settles. Used on the run's own thread only.
class JobContext : private CommitGate {
 public:
  JobContext(std::string job_run_id, const ActionRequest& job_request, const Settings& job_settings,
             SheetsGateway& gateway, Store& job_store, const Clock& job_clock, const RunControl& run_control,
             RunReporter& run_reporter, Assistant* language_model = nullptr)
      : run_id(std::move(job_run_id)),
        request(job_request),
        settings(job_settings),
        clock(job_clock),
        control(run_control),
        assistant(language_model),
        sheets_(gateway),
        store_(job_store),
        reporter_(run_reporter) {}

  const std::string run_id;
  const ActionRequest& request;
  const Settings& settings;
  const Clock& clock;
  const RunControl& control;
  Assistant* const assistant;  // nullptr: none is configured

  // How many steps the progress bar has; a job that learns it on its way says so again.
  void expect_steps(int total) { steps_total_ = total; }
  // Says where the job is now. Throws RunStopped when it must stop here.
  void step(JobStep step);
  void note(std::string_view message) { reporter_.note(message); }  // to the log only
  bool dry_run() const { return request.options.dry_run; }

  // Reads tabs as SheetsGateway::read_tabs does, once what an earlier write of that spreadsheet left open is
  // settled. The only way in which jobs read.
  std::vector<TabRead> read_tabs(const std::string& spreadsheet_id, const std::vector<std::string>& tabs);
  // The stored initiatives as they are now. Read from the database once a run, and again where somebody has
  // changed them since.
  std::shared_ptr<const InitiativeIndex> stored(const Planning& planning);
  // For a question before the first plan. Waits for the planning lock.
  std::shared_ptr<const InitiativeIndex> stored() { return stored(begin_planning()); }

  // Adds what settling the writes of the spreadsheets that were read found and no result has told yet. This
  // run's does, once it is stored; a dry run's leaves it to the next. Throws StorageError.
  void add_news(RunResult& result);

 private:
  friend class JobCarrier;
  friend class WriteSettler;

  void about_to_commit() override { control.check(clock.steady_now()); }
  void committed() override { reporter_.committed(); }

  // Waits for the planning lock. In a dry run what earlier parts would have stored counts as stored.
  Planning begin_planning();
  // Stores what a planning changes; a dry run only assumes it from now on. Throws RunStopped when the run was
  // told to stop.
  void commit(Planning& planning, const StoreChanges& changes);
  // Ends an intent as Store::end_intent does; in a dry run what is known of it only counts as stored.
  void end_intent(const std::string& spreadsheet_id, const IntentOutcome& outcome);
  // Waits before a write is tried once more whose answer was lost. Throws SheetsError with that sentence
  // after Settings::max_write_retries.
  void wait_for_another(int attempt, std::chrono::milliseconds lost, const std::string& spreadsheet_id,
                        const std::string& sentence);

  SheetsGateway& sheets_;
  Store& store_;
  RunReporter& reporter_;
  // What settling writes found that every result says, whichever job came across it.
  std::int64_t rows_moved_ = 0;                    // rows whose cells were put right
  std::vector<std::string> news_;                  // what Google refused while an earlier write was put right
  std::vector<Assumed> assumed_;                   // by a dry run, one part after the other
  std::set<std::string> read_;                     // spreadsheets
  std::shared_ptr<const InitiativeIndex> stored_;  // as of stored_version_; nullptr: not read, or given up
  std::uint64_t stored_version_ = 0;
  int steps_total_ = 1;
  int steps_begun_ = 0;
};

}  // namespace roadmap
