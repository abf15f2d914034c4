#include "core/ledger/open_runs.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <utility>

namespace roadmap {

bool OpenRuns::announce(const std::string& run_id, const std::string& request_hash, int max_queued) {
  const std::lock_guard lock(mutex_);
  if (queued_ + static_cast<int>(announced_.size()) >= max_queued) return false;
  announced_.emplace(run_id, request_hash);
  by_hash_.emplace(request_hash, run_id);
  return true;
}

void OpenRuns::withdraw(const std::string& run_id) {
  const std::lock_guard lock(mutex_);
  const auto announced = announced_.find(run_id);
  if (announced == announced_.end()) return;
  forget_hash(run_id, announced->second);
  announced_.erase(announced);
}

std::vector<std::string> OpenRuns::equal_to(const std::string& request_hash) const {
  const std::lock_guard lock(mutex_);
  std::vector<std::string> run_ids;
  const auto [first, last] = by_hash_.equal_range(request_hash);
  for (auto it = first; it != last; ++it)
    run_ids.push_back(it->second);
  // A run that was put back is older than an equal one that was queued while it ran.
  const auto age = [&](const std::string& run_id) {
    const auto seq = seq_of_.find(run_id);
    return seq == seq_of_.end() ? std::numeric_limits<std::int64_t>::max() : seq->second;
  };
  std::stable_sort(run_ids.begin(), run_ids.end(),
                   [&](const std::string& a, const std::string& b) { return age(a) < age(b); });
  return run_ids;
}

void OpenRuns::add(OpenRun run) {
  const std::lock_guard lock(mutex_);
  if (const auto announced = announced_.find(run.run_id); announced != announced_.end()) {
    announced_.erase(announced);
  } else if (!run.running) {
    by_hash_.emplace(run.request_hash, run.run_id);
  }
  seq_of_[run.run_id] = run.seq;
  const std::int64_t seq = run.seq;
  const OpenRun& added =
      runs_.insert_or_assign(seq, Entry{std::move(run), ++last_version_, {}, 0}).first->second.run;
  if (added.running) {
    hold(added);
  } else {
    ++queued_;
    join_queues(added);
  }
}

void OpenRuns::started(const std::string& run_id) {
  const std::lock_guard lock(mutex_);
  Entry* entry = find(run_id);
  if (entry == nullptr || entry->run.running) return;
  entry->run.running = true;
  entry->version = ++last_version_;
  forget_hash(run_id, entry->run.request_hash);
  --queued_;
  hold(entry->run);
  leave_queues(entry->run);
}

void OpenRuns::queued_again(const std::string& run_id) {
  const std::lock_guard lock(mutex_);
  Entry* entry = find(run_id);
  if (entry == nullptr || !entry->run.running) return;
  entry->run.running = false;
  entry->run.cancel_requested = false;
  entry->version = ++last_version_;
  entry->step.clear();
  by_hash_.emplace(entry->run.request_hash, run_id);
  ++queued_;
  let_go(entry->run);
  join_queues(entry->run);
}

void OpenRuns::cancel_requested(const std::string& run_id) {
  const std::lock_guard lock(mutex_);
  if (Entry* entry = find(run_id)) entry->run.cancel_requested = true;
}

void OpenRuns::cancel_forgotten(const std::string& run_id) {
  const std::lock_guard lock(mutex_);
  if (Entry* entry = find(run_id)) entry->run.cancel_requested = false;
}

void OpenRuns::stepped(const std::string& run_id, const std::string& step) {
  const std::lock_guard lock(mutex_);
  Entry* entry = find(run_id);
  if (entry == nullptr) return;
  entry->version = ++last_version_;
  if (entry->step == step) return;
  entry->step = step;
  ++entry->step_events;
}

void OpenRuns::ended(const std::string& run_id) {
  const std::lock_guard lock(mutex_);
  const auto found = seq_of_.find(run_id);
  if (found == seq_of_.end()) return;
  const auto entry = runs_.find(found->second);
  const OpenRun run = std::move(entry->second.run);
  ++last_version_;
  runs_.erase(entry);
  seq_of_.erase(found);
  if (run.running) {
    let_go(run);
  } else {
    forget_hash(run_id, run.request_hash);
    --queued_;
    leave_queues(run);
  }
}

void OpenRuns::join_queues(const OpenRun& run) {
  for (const std::string& spreadsheet : run.holds) {
    std::set<std::int64_t>& waiting = spreadsheets_[spreadsheet].waiting;
    // An older run, put back, comes before one that could have started.
    if (!waiting.empty() && run.seq < *waiting.begin()) ready_.erase(*waiting.begin());
    waiting.insert(run.seq);
  }
  judge(run.seq);
}

void OpenRuns::leave_queues(const OpenRun& run) {
  ready_.erase(run.seq);
  for (const std::string& spreadsheet : run.holds) {
    spreadsheets_[spreadsheet].waiting.erase(run.seq);
    look_at_front(spreadsheet);
  }
}

void OpenRuns::hold(const OpenRun& run) {
  for (const std::string& spreadsheet : run.holds)
    ++spreadsheets_[spreadsheet].running;
}

void OpenRuns::let_go(const OpenRun& run) {
  for (const std::string& spreadsheet : run.holds) {
    --spreadsheets_[spreadsheet].running;
    look_at_front(spreadsheet);
  }
}

void OpenRuns::look_at_front(const std::string& spreadsheet) {
  const auto found = spreadsheets_.find(spreadsheet);
  if (!found->second.waiting.empty()) {
    judge(*found->second.waiting.begin());
  } else if (found->second.running == 0) {
    spreadsheets_.erase(found);
  }
}

// Whether a queued run may start now; if it newly may, somebody is woken to start it.
void OpenRuns::judge(std::int64_t seq) {
  const std::vector<std::string>& holds = runs_.at(seq).run.holds;
  const bool may_start = std::all_of(holds.begin(), holds.end(), [&](const std::string& spreadsheet) {
    const Spreadsheet& wanted = spreadsheets_.at(spreadsheet);
    return wanted.running == 0 && *wanted.waiting.begin() == seq;
  });
  if (may_start && ready_.insert(seq).second) work_.notify_one();
}

std::optional<OpenRuns::Candidate> OpenRuns::next() const {
  const std::lock_guard lock(mutex_);
  if (stopped_ || ready_.empty()) return std::nullopt;
  return Candidate{*ready_.begin(), runs_.at(*ready_.begin()).run.run_id};
}

void OpenRuns::wait_for_next() {
  std::unique_lock lock(mutex_);
  work_.wait(lock, [&] { return stopped_ || !ready_.empty(); });
}

void OpenRuns::stop() {
  const std::lock_guard lock(mutex_);
  stopped_ = true;
  work_.notify_all();
}

int OpenRuns::queued_count() const {
  const std::lock_guard lock(mutex_);
  return queued_;
}

int OpenRuns::running_count() const {
  const std::lock_guard lock(mutex_);
  return static_cast<int>(runs_.size()) - queued_;
}

bool OpenRuns::is_cancel_requested(const std::string& run_id) const {
  const std::lock_guard lock(mutex_);
  const Entry* entry = find(run_id);
  return entry != nullptr && entry->run.cancel_requested;
}

bool OpenRuns::is_new_step(const std::string& run_id, const std::string& step) const {
  const std::lock_guard lock(mutex_);
  const Entry* entry = find(run_id);
  return entry != nullptr && entry->step != step && entry->step_events < kMaxStepEvents;
}

std::uint64_t OpenRuns::version(const std::string& run_id) const {
  const std::lock_guard lock(mutex_);
  const Entry* entry = find(run_id);
  return entry == nullptr ? 0 : entry->version;
}

std::uint64_t OpenRuns::changes() const {
  const std::lock_guard lock(mutex_);
  return last_version_;
}

OpenRuns::Entry* OpenRuns::find(const std::string& run_id) {
  return const_cast<Entry*>(std::as_const(*this).find(run_id));
}

const OpenRuns::Entry* OpenRuns::find(const std::string& run_id) const {
  const auto found = seq_of_.find(run_id);
  return found == seq_of_.end() ? nullptr : &runs_.at(found->second);
}

void OpenRuns::forget_hash(const std::string& run_id, const std::string& request_hash) {
  const auto [first, last] = by_hash_.equal_range(request_hash);
  const auto found = std::find_if(first, last, [&](const auto& entry) { return entry.second == run_id; });
  if (found != last) by_hash_.erase(found);
}

}  // namespace roadmap
