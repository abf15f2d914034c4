#pragma once

#include "core/worker/active_run.h"

namespace roadmap {

// Executes the job. Throws nothing: every exception becomes an end. kQueued: it stopped for a drain and is to
// be put back.
RunEnd execute_job(const WorkerPool::Execute& execute, ActiveRun& active) noexcept;

// Records the end in the ledger. False when the run was not this attempt's any more. Throws StorageError.
bool record_end(Ledger& ledger, const ActionRun& run, const RunEnd& end);

}  // namespace roadmap
