#include "core/actions/job_context.h"

#include <algorithm>

#include "core/actions/write_settlement.h"

namespace roadmap {

void JobContext::step(std::string name, std::string label) {
  control.check();
  // A job that plans again after a lost write passes its steps again; the bar does not run past its end.
  const int done = std::min(steps_begun_, steps_total_ - 1);
  reporter.step({std::move(name), std::move(label), done, steps_total_});
  ++steps_begun_;
}

std::vector<TabRead> JobContext::read_tabs(const std::string& spreadsheet_id,
                                           const std::vector<std::string>& tabs) {
  read_.insert(spreadsheet_id);
  settle_open_write(*this, spreadsheet_id);
  return sheets.read_tabs(spreadsheet_id, tabs, control);
}

Planning JobContext::begin_planning() { return store.begin_planning(dry_run() ? &assumed_ : nullptr); }

void JobContext::commit(Planning& planning, const StoreChanges& changes) {
  if (dry_run()) {
    assumed_.add(changes);
  } else {
    planning.commit(changes, *this);
  }
}

}  // namespace roadmap
