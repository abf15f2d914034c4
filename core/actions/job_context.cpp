#include "core/actions/job_context.h"

#include <algorithm>

#include "core/actions/write_settlement.h"
#include "core/sync/initiative_index.h"

namespace roadmap {

void JobContext::step(JobStep step) {
  if (step.name.empty()) return;
  control.check(clock.steady_now());
  // A job that plans again after a lost write passes its steps again; the bar does not run past its end.
  const int done = std::min(steps_begun_, steps_total_ - 1);
  reporter_.step({std::move(step.name), std::move(step.label), done, steps_total_});
  ++steps_begun_;
}

std::vector<TabRead> JobContext::read_tabs(const std::string& spreadsheet_id,
                                           const std::vector<std::string>& tabs) {
  // A dry run does not end an intent: it has seen what became of it.
  if (!read_.contains(spreadsheet_id) || !dry_run()) settle_open_write(*this, spreadsheet_id);
  read_.insert(spreadsheet_id);
  return sheets_.read_tabs(spreadsheet_id, tabs, control);
}

void JobContext::add_news(RunResult& result) {
  if (rows_moved_ > 0) result.count("rows_moved", rows_moved_);
  const std::vector<std::string> told = store_.take_news(read_, dry_run() ? "" : run_id);
  result.warnings.insert(result.warnings.end(), news_.begin(), news_.end());
  result.warnings.insert(result.warnings.end(), told.begin(), told.end());
}

Planning JobContext::begin_planning() { return store_.begin_planning(dry_run() ? &assumed_ : nullptr); }

std::shared_ptr<const InitiativeIndex> JobContext::stored(const Planning& planning) {
  const bool is_assumed = !assumed_.empty();
  if (!stored_ || is_assumed || stored_version_ != planning.initiatives_version()) {
    stored_ = std::make_shared<const InitiativeIndex>(planning.initiatives());
    stored_version_ = planning.initiatives_version();
  }
  return stored_;
}

void JobContext::commit(Planning& planning, const StoreChanges& changes) {
  // What follows is a write, whose rows want the memory.
  if (!changes.empty()) stored_.reset();
  if (dry_run()) {
    assumed_.emplace_back(changes);
  } else {
    planning.commit(changes, *this);
  }
}

void JobContext::end_intent(const std::string& spreadsheet_id, const IntentOutcome& outcome) {
  if (!dry_run()) return store_.end_intent(spreadsheet_id, outcome);
  assumed_.emplace_back(EndedIntent{spreadsheet_id, outcome});
  news_.insert(news_.end(), outcome.news.begin(), outcome.news.end());
}

void JobContext::wait_for_another(int attempt, std::chrono::milliseconds lost,
                                  const std::string& spreadsheet_id, const std::string& sentence) {
  if (attempt >= settings.max_write_retries)
    throw SheetsError(SheetsFailure::kUnavailable, spreadsheet_id, sentence,
                      "every attempt's answer was lost");
  sheets_.back_off(attempt, lost, control);
}

}  // namespace roadmap
