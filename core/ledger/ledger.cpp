#include "core/ledger/ledger.h"

#include <utility>

#include "core/ledger/ledger_impl.h"

namespace roadmap {

Ledger::Ledger(Database& database, const Clock& clock, LedgerOptions options, std::string boot_id)
    : impl_(std::make_unique<Impl>(database, clock, std::move(options), std::move(boot_id))) {}

Ledger::~Ledger() = default;

EnqueueResult Ledger::enqueue(const NewRun& asked) { return impl_->enqueue(asked); }

std::optional<ActionRun> Ledger::find(const std::string& run_id) const { return impl_->find(run_id); }

std::vector<RunEvent> Ledger::events(const std::string& run_id) const { return impl_->events(run_id); }

RunPage Ledger::list(const RunFilter& filter, int limit, const std::string& cursor) const {
  return impl_->list(filter, limit, cursor);
}

RunCounts Ledger::count(const RunFilter& filter) const { return impl_->count(filter); }

std::map<UtcTime, RunCounts> Ledger::count_over_time(const RunFilter& filter, RunPeriod period) const {
  return impl_->count_over_time(filter, period);
}

CancelResult Ledger::cancel(const std::string& run_id) { return impl_->cancel(run_id); }

int Ledger::queued_count() const { return impl_->open().queued_count(); }

int Ledger::running_count() const { return impl_->open().running_count(); }

std::uint64_t Ledger::version(const std::string& run_id) const { return impl_->open().version(run_id); }

Ledger::Subscription Ledger::subscribe(const std::string& run_id, std::function<void()> changed) {
  return impl_->listeners().add(run_id, std::move(changed));
}

std::optional<ActionRun> Ledger::claim() { return impl_->claim(); }

void Ledger::wait_for_work() { impl_->open().wait_for_next(); }

void Ledger::stop_waiting() { impl_->open().stop(); }

void Ledger::set_progress(const std::string& run_id, int attempt, const RunProgress& progress) {
  impl_->set_progress(run_id, attempt, progress);
}

bool Ledger::finish_success(const std::string& run_id, int attempt, const std::string& result_json) {
  return impl_->finish(run_id, attempt, {RunStatus::kSuccess, result_json, std::nullopt});
}

bool Ledger::finish_failed(const std::string& run_id, int attempt, const RunError& error,
                           const std::optional<std::string>& result_json) {
  return impl_->finish(run_id, attempt, {RunStatus::kFailed, result_json, error});
}

bool Ledger::finish_cancelled(const std::string& run_id, int attempt) {
  return impl_->finish(run_id, attempt, {RunStatus::kCancelled, std::nullopt, std::nullopt});
}

bool Ledger::put_back(const std::string& run_id, int attempt, const std::string& why) {
  return impl_->put_back(run_id, attempt, why);
}

Ledger::Subscription Ledger::on_cancel(const std::string& run_id, const std::function<void()>& stop) {
  return impl_->on_cancel(run_id, stop);
}

int Ledger::recover() { return impl_->recover(); }

void Ledger::begin_drain() { impl_->begin_drain(); }

int Ledger::prune(std::chrono::hours keep) { return impl_->prune(keep); }

}  // namespace roadmap
