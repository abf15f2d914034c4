#include "core/actions/job_context.h"

#include <algorithm>

namespace roadmap {

void JobContext::step(std::string name, std::string label) {
  control.check();
  // A job that plans again after a lost write passes its steps again; the bar does not run past its end.
  const int done = std::min(steps_begun_, steps_total_ - 1);
  reporter.step({std::move(name), std::move(label), done, steps_total_});
  ++steps_begun_;
}

}  // namespace roadmap
