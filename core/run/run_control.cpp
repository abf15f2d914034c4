#include "core/run/run_control.h"

namespace roadmap {

void RunControl::check() const {
  if (stop.stop_requested()) throw RunStopped(why_stopped());
  if (std::chrono::steady_clock::now() >= deadline) throw RunStopped(StopReason::kDeadline);
}

}  // namespace roadmap
