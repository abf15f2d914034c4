#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "core/clock.h"
#include "core/llm/assistant.h"
#include "core/run/action_request.h"
#include "core/run/run_control.h"
#include "core/run/run_progress.h"
#include "core/run/settings.h"
#include "core/run/sheets_gateway.h"
#include "core/store/store.h"

namespace roadmap {

// What settling writes found that every result says, whichever job came across it.
struct WriteNews {
  std::int64_t rows_moved = 0;        // rows whose cells were put right
  std::vector<std::string> warnings;  // what Google refused while an earlier write was put right
};

// What a handler works with: one run's request and the product's services, all owned by the caller and
// outliving the job. Used on the run's own thread only.
class JobContext : private CommitGate {
 public:
  JobContext(std::string job_run_id, const ActionRequest& job_request, const Settings& job_settings,
             SheetsGateway& gateway, Store& job_store, const Clock& job_clock, const RunControl& run_control,
             RunReporter& run_reporter, Assistant* language_model = nullptr)
      : run_id(std::move(job_run_id)),
        request(job_request),
        settings(job_settings),
        sheets(gateway),
        store(job_store),
        clock(job_clock),
        control(run_control),
        reporter(run_reporter),
        assistant(language_model) {}

  const std::string run_id;
  const ActionRequest& request;
  const Settings& settings;
  SheetsGateway& sheets;
  Store& store;
  const Clock& clock;
  const RunControl& control;
  RunReporter& reporter;
  Assistant* const assistant;  // nullptr: none is configured

  // How many steps the progress bar has; set by the handler before its first step.
  void expect_steps(int total) { steps_total_ = total; }
  // Says where the job is now. Throws RunStopped when it must stop here.
  void step(std::string name, std::string label);
  bool dry_run() const { return request.options.dry_run; }

  // Reads tabs as SheetsGateway::read_tabs does, once what an earlier write of that spreadsheet left open is
  // settled. The only way in which jobs read.
  std::vector<TabRead> read_tabs(const std::string& spreadsheet_id, const std::vector<std::string>& tabs);
  // Waits for the planning lock. In a dry run what earlier parts would have stored counts as stored.
  Planning begin_planning();
  // Stores what a planning changes; a dry run only assumes it from now on. Throws RunStopped when the run was
  // told to stop.
  void commit(Planning& planning, const StoreChanges& changes);

  // What settling the writes of the spreadsheets that were read found and no result has told yet; this run's
  // does, once it is stored. Throws StorageError.
  std::vector<std::string> take_news() { return store.take_news(read_, run_id); }

  WriteNews news;

 private:
  void about_to_commit() override { control.check(); }
  void committed() override { reporter.committed(); }

  StoreChanges assumed_;        // by a dry run
  std::set<std::string> read_;  // spreadsheets
  int steps_total_ = 1;
  int steps_begun_ = 0;
};

}  // namespace roadmap
