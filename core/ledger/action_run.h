#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/clock.h"
#include "core/run/run_control.h"

namespace roadmap {

// A run that somebody asks for, as Ledger::enqueue takes it.
struct NewRun {
  std::string action;
  std::string payload;  // canonical request, JSON: equal texts are the same request
  std::string requested_by_email;
  std::string requested_by_ui;
  std::string tab;  // of the sheet context; empty: none
  std::string scope_type;
  std::string scope_summary;
  std::vector<std::string> held;  // spreadsheets that it keeps other runs off; the first is shown in lists
  std::string idempotency_key;    // empty: none
};

// queued → running → success | failed | cancelled; queued → cancelled; running → queued (recovery, drain).
// What each means after a crash: queued is run at the next start; running of another boot is queued again;
// the final three are never touched again.
enum class RunStatus : std::uint8_t { kQueued, kRunning, kSuccess, kFailed, kCancelled };

inline constexpr std::array<std::string_view, 5> kRunStatusNames = {"queued", "running", "success", "failed",
                                                                    "cancelled"};
constexpr std::string_view to_string(RunStatus status) {
  return kRunStatusNames[static_cast<std::size_t>(status)];
}
constexpr std::optional<RunStatus> run_status_from(std::string_view text) {
  const auto* const found = std::find(kRunStatusNames.begin(), kRunStatusNames.end(), text);
  if (found == kRunStatusNames.end()) return std::nullopt;
  return static_cast<RunStatus>(found - kRunStatusNames.begin());
}
constexpr bool is_final(RunStatus status) { return status >= RunStatus::kSuccess; }

struct RunError {
  std::string code;     // for programs
  std::string message;  // a sentence for the PM
  std::string detail;   // for the operator
};

// How a run ended.
struct RunEnd {
  RunStatus status = RunStatus::kSuccess;
  std::optional<std::string> result = {};  // JSON
  std::optional<RunError> error = {};      // with kFailed
};

// One run as the ledger holds it. payload, result are JSON texts.
struct ActionRun {
  std::int64_t seq = 0;  // order of arrival
  std::string run_id;    // "run_20260102T030405Z_a1b2c3d4"
  std::string action;
  RunStatus status = RunStatus::kQueued;
  std::string payload;  // canonical request
  std::optional<std::string> result;
  std::optional<RunError> error;
  std::string requested_by_email;
  std::string requested_by_ui;
  std::string spreadsheet_id;  // the first that it holds, for lists; runs are ordered by all that they hold
  std::string tab;
  std::string scope_type;
  std::string scope_summary;
  std::string idempotency_key;  // empty: none
  int attempt = 0;              // 1 once it has been started
  std::string boot_id;          // of the process that runs or ran it
  UtcTime created_at{};
  std::optional<UtcTime> started_at;
  std::optional<UtcTime> finished_at;
  std::optional<RunProgress> progress;
};

struct RunEvent {
  UtcTime at{};
  std::string kind;    // "queued", "running", "step", "success", …
  std::string detail;  // the step's label, the reason of a recovery
};

}  // namespace roadmap
