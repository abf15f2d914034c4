#include "core/worker/run_end.h"

#include <exception>
#include <utility>

namespace roadmap {
namespace {

RunEnd failed(std::string code, std::string message, std::string detail) {
  return {RunStatus::kFailed, {}, RunError{std::move(code), std::move(message), std::move(detail)}};
}

RunEnd end_of_stopped(const RunStopped& stopped) {
  switch (stopped.reason()) {
    case StopReason::kCancelled:
      return {RunStatus::kCancelled};
    case StopReason::kDraining:
      return {RunStatus::kQueued};
    case StopReason::kDeadline:
      break;
  }
  return failed(stopped.code(), stopped.what(), stopped.detail());
}

RunEnd end_of_bug(ActiveRun& active, const std::string& what) {
  active.note("internal error: " + what);
  return failed("internal",
                "This is a bug in roadmapd, not in your sheet. Give the operator the run id " +
                    active.run().run_id + ": the log says more.",
                what);
}

}  // namespace

RunEnd execute_job(const WorkerPool::Execute& execute, ActiveRun& active) noexcept {
  try {
    return {RunStatus::kSuccess, to_json(execute(active.run(), active.control(), active))};
  } catch (const RunStopped& stopped) {
    return end_of_stopped(stopped);
  } catch (const Error& error) {
    return failed(error.code(), error.what(), error.detail());
  } catch (const std::exception& error) {
    return end_of_bug(active, error.what());
  } catch (...) {
    return end_of_bug(active, "an exception of an unknown type");
  }
}

bool record_end(Ledger& ledger, const ActionRun& run, const RunEnd& end) {
  if (end.status != RunStatus::kQueued) return ledger.finish(run.run_id, run.attempt, end);
  return ledger.put_back(run.run_id, run.attempt,
                         "The service was shut down while this ran; it starts again.");
}

}  // namespace roadmap
