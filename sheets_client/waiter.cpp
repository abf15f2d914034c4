#include "sheets_client/waiter.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>

namespace sheets {

void ThreadWaiter::wait_until(std::chrono::steady_clock::time_point moment, const std::stop_token& stop) {
  std::mutex mutex;
  std::condition_variable_any woken;
  // cppcheck-suppress localMutex; nobody else takes it: only the time or the stop ends the wait
  std::unique_lock lock(mutex);
  woken.wait_until(lock, stop, moment, [] { return false; });
}

void check_stopped(const roadmap::RunControl& control, const roadmap::Clock& clock) {
  if (control.stop.stop_requested()) throw roadmap::RunStopped(control.why_stopped());
  if (clock.steady_now() >= control.deadline) throw roadmap::RunStopped(roadmap::StopReason::kDeadline);
}

void wait_labelled(Waiter& waiter, const roadmap::Clock& clock, std::chrono::steady_clock::time_point moment,
                   std::string_view label, const roadmap::RunControl& control) {
  control.on_wait(label);
  waiter.wait_until(std::min(moment, control.deadline), control.stop);
  control.on_wait("");
  check_stopped(control, clock);
}

}  // namespace sheets
