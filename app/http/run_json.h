#pragma once

#include <cstddef>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "core/ledger/action_run.h"
#include "core/ledger/ledger.h"

namespace roadmap::app {

// Why parts of a run failed: a message as the PM read it, and how often it was said.
struct FailureReason {
  std::string message;
  int count = 0;
};

// How many reasons of one run are told, those said most often.
inline constexpr std::size_t kMaxFailureReasons = 10;
// Results that one list reads at most, in bytes: about a quarter of a second.
inline constexpr std::size_t kResultsReadByAList = 32 << 20;

// Reads the reasons out of stored results. A result names each of its rows and may be long, so it is read
// once: a run that has ended never changes. Thread-safe; blocks for a read of the ledger the first time.
class FailureReasons {
 public:
  // Keeps one request from reading without end: bytes of results that it may still read.
  using Budget = std::size_t;

  explicit FailureReasons(const Ledger& ledger) : ledger_(ledger) {}

  // Of a run as Ledger::list hands it out. Empty where nothing failed or the run is gone; nullopt when
  // `budget` is used up and the reasons are not known yet: a later request finds them.
  std::optional<std::vector<FailureReason>> of(const ActionRun& listed, Budget& budget);

 private:
  const Ledger& ledger_;
  std::mutex mutex_;
  std::map<std::string, std::vector<FailureReason>> known_;
  std::deque<std::string> order_;  // of known_, the oldest first
};

// The reasons in the text of a result: failed rows, and tabs that could not be read. Empty for another text.
std::vector<FailureReason> failure_reasons(const std::string& result_json_text);

// A run as GET /actions/run/{run_id} answers it.
std::string run_json(const ActionRun& run);

// A run as lists show it: with the summary of its result, without the rows. `failures` nullopt: not read yet.
std::string listed_run_json(const ActionRun& run, const std::optional<std::vector<FailureReason>>& failures);

// What the ledger holds of a run beside it: the exact request, and its events.
std::string run_record_json(const ActionRun& run, const std::vector<RunEvent>& events);

}  // namespace roadmap::app
