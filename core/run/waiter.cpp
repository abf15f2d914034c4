#include "core/run/waiter.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>

namespace roadmap {

void ThreadWaiter::wait_until(std::chrono::steady_clock::time_point moment, const std::stop_token& stop) {
  std::mutex mutex;
  std::condition_variable_any woken;
  // cppcheck-suppress localMutex; nobody else takes it: only the time or the stop ends the wait
  std::unique_lock lock(mutex);
  woken.wait_until(lock, stop, moment, [] { return false; });
}

void wait_labelled(Waiter& waiter, const Clock& clock, std::chrono::steady_clock::time_point moment,
                   std::string_view label, const RunControl& control) {
  control.on_wait(label);
  waiter.wait_until(std::min(moment, control.deadline), control.stop);
  control.on_wait("");
  control.check(clock.steady_now());
}

}  // namespace roadmap
