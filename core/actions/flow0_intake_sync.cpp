#include "core/actions/handlers.h"
#include "core/actions/sync_flows.h"

namespace roadmap {

RunResult run_flow0_intake_sync(JobContext& job) {
  job.expect_steps(3);
  job.step("read_intake", "Reading intake");
  return sync_intake(job, read_intake(job), nullptr);
}

}  // namespace roadmap
