#include "core/run/run_control.h"

namespace roadmap {

void RunControl::check(std::chrono::steady_clock::time_point now) const {
  if (stop.stop_requested()) throw RunStopped(why_stopped());
  if (now >= deadline) throw RunStopped(StopReason::kDeadline);
}

}  // namespace roadmap
