#pragma once

#include <condition_variable>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

namespace roadmap {

// A run that has not ended, as the queue needs it.
struct OpenRun {
  std::int64_t seq = 0;  // order of arrival
  std::string run_id;
  std::string request_hash;
  std::vector<std::string> holds;  // spreadsheets that it keeps other runs off while it runs
  bool running = false;
  bool cancel_requested = false;
};

// How many step events one run may leave in the audit trail; later steps show in its progress only.
inline constexpr int kMaxStepEvents = 500;

// The queue in memory, one for each spreadsheet: what the ledger's table says of runs that have not ended,
// kept in step with it by being told of each change once that is committed, in the order of the commits. No
// call's cost grows with how many runs wait. Thread-safe; only wait_for_next() blocks.
class OpenRuns {
 public:
  // --- before a commit
  // Takes a place in the queue for a run about to be recorded; false when `max_queued` runs have one.
  bool announce(const std::string& run_id, const std::string& request_hash, int max_queued);
  void withdraw(const std::string& run_id);  // its commit failed
  // Queued or announced runs of an equal request. Announced ones may turn out not to be recorded.
  std::vector<std::string> equal_to(const std::string& request_hash) const;

  // --- after a commit
  void add(OpenRun run);  // a new queued run, or one found at start
  void started(const std::string& run_id);
  void queued_again(const std::string& run_id);
  void cancel_requested(const std::string& run_id);
  void cancel_forgotten(const std::string& run_id);
  void stepped(const std::string& run_id, const std::string& step);
  void ended(const std::string& run_id);  // forgets it

  // --- reading
  // The oldest queued run none of whose spreadsheets is held by a running run, or wanted by an older queued
  // one: those on one spreadsheet keep their order. None after stop().
  struct Candidate {
    std::int64_t seq = 0;
    std::string run_id;
  };
  std::optional<Candidate> next() const;
  // Blocks until there is a next one or stop() was called, ever. A run that becomes the next one wakes one
  // thread.
  void wait_for_next();
  void stop();

  int queued_count() const;
  int running_count() const;
  bool is_cancel_requested(const std::string& run_id) const;
  // Whether the audit trail should tell of this step.
  bool is_new_step(const std::string& run_id, const std::string& step) const;
  std::uint64_t version(const std::string& run_id) const;  // 0: not open
  std::uint64_t changes() const;                           // grows with each change of any run

 private:
  struct Entry {
    OpenRun run;
    std::uint64_t version = 0;
    std::string step;
    int step_events = 0;
  };

  // Who uses and who waits for one spreadsheet.
  struct Spreadsheet {
    int running = 0;
    std::set<std::int64_t> waiting;
  };

  void join_queues(const OpenRun& run);
  void leave_queues(const OpenRun& run);
  void hold(const OpenRun& run);
  void let_go(const OpenRun& run);
  void look_at_front(const std::string& spreadsheet);
  void judge(std::int64_t seq);
  Entry* find(const std::string& run_id);
  const Entry* find(const std::string& run_id) const;
  void forget_hash(const std::string& run_id, const std::string& request_hash);

  mutable std::mutex mutex_;
  std::condition_variable work_;
  std::map<std::int64_t, Entry> runs_;  // by seq
  std::unordered_map<std::string, Spreadsheet> spreadsheets_;
  std::set<std::int64_t> ready_;  // queued runs that may start: first on each of their spreadsheets, all free
  std::unordered_map<std::string, std::int64_t> seq_of_;
  std::unordered_map<std::string, std::string> announced_;     // run id → hash
  std::unordered_multimap<std::string, std::string> by_hash_;  // hash → queued and announced run ids
  int queued_ = 0;
  std::uint64_t last_version_ = 0;
  bool stopped_ = false;
};

}  // namespace roadmap
