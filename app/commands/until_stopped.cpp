#include "app/commands/until_stopped.h"

#include <thread>

#include "app/commands/commands.h"

namespace roadmap::app {

int serve_until_stopped(Service& service, StopSignals& signals) {
  const bool failed = signals.wait() == StopSignals::Wake::kFailed;
  if (failed) service.hurry();
  std::thread impatient([&] {
    if (signals.wait() == StopSignals::Wake::kSignal) service.hurry();
  });
  service.drain();
  signals.release();
  impatient.join();
  return failed ? kExitFailed : kExitOk;
}

}  // namespace roadmap::app
