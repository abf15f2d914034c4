#pragma once

#include <chrono>
#include <functional>
#include <stop_token>
#include <string>
#include <string_view>

#include "core/errors.h"

namespace roadmap {

// What a job asks before each call to the outside, and what a long call watches while it waits.
// `stop` wakes waits and transfers at once; `why_stopped` tells cancel from the end of a drain.
struct RunControl {
  std::stop_token stop;
  std::chrono::steady_clock::time_point deadline = std::chrono::steady_clock::time_point::max();
  std::function<StopReason()> why_stopped = [] { return StopReason::kCancelled; };
  // Called when a call has to wait (quota, backoff) with words for the progress view: "Waiting for Google's
  // quota". Called again with an empty text when the wait is over. Throws nothing.
  std::function<void(std::string_view label)> on_wait = [](std::string_view) {};

  // Throws RunStopped when stop was requested or, at that moment, the deadline has passed.
  void check(std::chrono::steady_clock::time_point now) const {
    if (stop.stop_requested()) throw RunStopped(why_stopped());
    if (now >= deadline) throw RunStopped(StopReason::kDeadline);
  }
};

struct RunProgress {
  std::string step;   // "write_backlog"
  std::string label;  // "Writing the backlog"
  int done = 0;
  int total = 0;
};

// How the job under way tells where it is. Called from the job's thread only.
class RunReporter {
 public:
  virtual ~RunReporter() = default;
  // Stored, and told to who waits for the run. Throws StorageError.
  virtual void step(const RunProgress& progress) = 0;
  virtual void note(std::string_view message) = 0;  // to the log only
  // Call right after the first commit. From here on cancel no longer stops the run: it has committed and
  // finishes, also when the cancel came in between its last check and this call.
  virtual void committed() = 0;
};

// Where runs tell what they do: the log and the metrics. Called from worker threads, many at once;
// implementations are thread-safe and do not block. No argument ever holds a cell's content or a secret.
class RunObserver {
 public:
  virtual ~RunObserver() = default;
  virtual void run_started(std::string_view run_id, std::string_view action, int attempt) = 0;
  virtual void step(std::string_view run_id, std::string_view action, std::string_view step,
                    std::chrono::milliseconds previous_step_took) = 0;
  virtual void note(std::string_view run_id, std::string_view action, std::string_view message) = 0;
  virtual void run_finished(std::string_view run_id, std::string_view action, std::string_view status,
                            std::chrono::milliseconds took, std::string_view error) = 0;
};

}  // namespace roadmap
