#include "core/actions/handlers.h"
#include "core/actions/sync_flows.h"

namespace roadmap {

RunResult run_flow1_backlog_sync(JobContext& job) {
  job.expect_steps(4);
  job.step("read_backlog", "Reading the backlog");
  return sync_backlogs(job, read_backlogs(job), {});
}

}  // namespace roadmap
