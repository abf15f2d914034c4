#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include "app/telemetry/log.h"
#include "core/clock.h"
#include "core/ledger/ledger.h"
#include "core/run/run_control.h"
#include "core/run/settings.h"
#include "sheets_client/google_sheets.h"

namespace roadmap::app {

struct RunLogOptions {
  // After the first run that ended, further ones are waited for so long: a burst costs few calls.
  std::chrono::milliseconds gather{2000};
  // How long one batch may take, waiting for quota and retries included.
  std::chrono::seconds batch_timeout{300};
  // Runs that may wait for their line; those beyond are left out, which the log says.
  std::size_t max_waiting = 1000;
};

// Gives each run that has ended a line on a tab for people, on a thread of its own: no run waits for it, and
// what cannot be written is told to the log and left out. Writes the header row when it is empty.
// Thread safety: run_ended and hurry from any thread; the rest from one.
class RunLog {
 public:
  // The first line stands below the header of `place`. All references outlive this. No call to Google before
  // the first run has ended.
  RunLog(TabLayout place, sheets::GoogleSheets& sheets, const Ledger& ledger, const Clock& clock, Log& log,
         RunLogOptions options = {});
  ~RunLog();  // drain(0)
  RunLog(const RunLog&) = delete;
  RunLog& operator=(const RunLog&) = delete;

  // The run's end is on disk. Never blocks, never throws for what Google says.
  void run_ended(const std::string& run_id);
  // Writes what waits, for at most so long, then ends the thread. Runs that end later get no line. Blocks.
  void drain(std::chrono::milliseconds at_most);
  // Ends a drain under way, or the next one, at once.
  void hurry();

 private:
  struct EndedRun {
    std::string run_id;
    std::string action;  // once the run was looked up
  };
  using Batch = std::vector<EndedRun>;

  void work();
  bool next_batch(Batch& batch);
  void write(Batch& batch);
  void append(std::vector<CellRow> lines, const Batch& batch);
  bool needs_header(const RunControl& control);
  CellRow line_of(EndedRun& ended) const;
  void leave_out(const Batch& batch, const std::string& why, const std::string& detail);

  const TabLayout place_;
  sheets::GoogleSheets& sheets_;
  const Ledger& ledger_;
  const Clock& clock_;
  Log& log_;
  const RunLogOptions options_;
  bool header_stands_ = false;  // of the thread

  std::stop_source stop_;
  std::mutex mutex_;
  std::condition_variable changed_;  // waiting_, draining_ or ended_
  std::deque<EndedRun> waiting_;
  bool draining_ = false;
  bool ended_ = false;
  std::thread thread_;
};

}  // namespace roadmap::app
