#include "core/worker/run_end.h"

#include <exception>
#include <utility>

namespace roadmap {
namespace {

JobEnd failed(std::string code, std::string message, std::string detail) {
  return {JobEnd::Kind::kFailed, {}, {std::move(code), std::move(message), std::move(detail)}};
}

JobEnd end_of_stopped(const RunStopped& stopped) {
  switch (stopped.reason()) {
    case StopReason::kCancelled:
      return {JobEnd::Kind::kCancelled, {}, {}};
    case StopReason::kDraining:
      return {JobEnd::Kind::kPutBack, {}, {}};
    case StopReason::kDeadline:
      break;
  }
  return failed(stopped.code(), stopped.what(), stopped.detail());
}

JobEnd end_of_bug(ActiveRun& active, const std::string& what) {
  active.note("internal error: " + what);
  return failed("internal",
                "This is a bug in roadmapd, not in your sheet. Give the operator the run id " +
                    active.run().run_id + ": the log says more.",
                what);
}

}  // namespace

std::string_view JobEnd::status() const {
  switch (kind) {
    case Kind::kSuccess:
      return to_string(RunStatus::kSuccess);
    case Kind::kFailed:
      return to_string(RunStatus::kFailed);
    case Kind::kCancelled:
      return to_string(RunStatus::kCancelled);
    case Kind::kPutBack:
      break;
  }
  return to_string(RunStatus::kQueued);
}

JobEnd execute_job(const WorkerPool::Execute& execute, ActiveRun& active) noexcept {
  try {
    return {JobEnd::Kind::kSuccess, to_json(execute(active.run(), active.control(), active)), {}};
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

bool record_end(Ledger& ledger, const ActionRun& run, const JobEnd& end) {
  switch (end.kind) {
    case JobEnd::Kind::kSuccess:
      return ledger.finish_success(run.run_id, run.attempt, end.result_json);
    case JobEnd::Kind::kFailed:
      return ledger.finish_failed(run.run_id, run.attempt, end.error, std::nullopt);
    case JobEnd::Kind::kCancelled:
      return ledger.finish_cancelled(run.run_id, run.attempt);
    case JobEnd::Kind::kPutBack:
      break;
  }
  return ledger.put_back(run.run_id, run.attempt,
                         "The service was shut down while this ran; it starts again.");
}

}  // namespace roadmap
