#pragma once

#include <cstdint>
#include <string>

#include "core/worker/active_run.h"

namespace roadmap {

// How the execution of a job ended.
struct JobEnd {
  enum class Kind : std::uint8_t { kSuccess, kFailed, kCancelled, kPutBack };
  Kind kind = Kind::kSuccess;
  std::string result_json;  // with kSuccess
  RunError error{};         // with kFailed

  // The run's status that follows: "success", …, "queued".
  std::string_view status() const;
};

// Executes the job. Throws nothing: every exception becomes an end.
JobEnd execute_job(const WorkerPool::Execute& execute, ActiveRun& active) noexcept;

// Records the end in the ledger. False when the run was not this attempt's any more. Throws StorageError.
bool record_end(Ledger& ledger, const ActionRun& run, const JobEnd& end);

}  // namespace roadmap
