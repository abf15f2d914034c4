#include "core/run_log/run_log_line.h"

#include <fmt/format.h>

#include <array>
#include <chrono>
#include <optional>
#include <string>

#include "core/run/run_result.h"

namespace roadmap {
namespace {

Cell text_or_empty(const std::string& text) { return text.empty() ? Cell{} : Cell{text}; }

Cell time_of(const ActionRun& run) { return to_iso8601(run.finished_at.value_or(run.created_at)); }

Cell who_of(const ActionRun& run) {
  return text_or_empty(run.requested_by_email.empty() ? run.requested_by_ui : run.requested_by_email);
}

Cell counts_of(const ActionRun& run) {
  const std::optional<RunSummary> summary = run.result ? summary_of(*run.result) : std::nullopt;
  if (!summary) return {};
  return fmt::format("{} considered, {} done, {} skipped, {} failed", summary->total(), summary->success,
                     summary->skipped, summary->failed);
}

// A run that was cancelled while it was queued took no time.
Cell seconds_of(const ActionRun& run) {
  if (!run.started_at || !run.finished_at) return {};
  return std::chrono::duration<double>(*run.finished_at - *run.started_at).count();
}

Cell error_of(const ActionRun& run) { return run.error ? text_or_empty(run.error->message) : Cell{}; }

constexpr std::array<RunLogColumn, 9> kRunLogColumns{{
    {"Time", "When the run ended (UTC).", time_of},
    {"Run", "The run's id, as the operator finds it.",
     [](const ActionRun& run) -> Cell { return run.run_id; }},
    {"Action", "What was run.", [](const ActionRun& run) -> Cell { return run.action; }},
    {"Who", "Who asked for it.", who_of},
    {"Scope", "What it was asked to work on.",
     [](const ActionRun& run) { return text_or_empty(run.scope_summary); }},
    {"Status", "How it ended: success, failed or cancelled.",
     [](const ActionRun& run) -> Cell { return std::string(to_string(run.status)); }},
    {"Counts", "Initiatives considered, done, skipped and failed.", counts_of},
    {"Seconds", "How long it ran.", seconds_of},
    {"Error", "Why it failed.", error_of},
}};

}  // namespace

std::span<const RunLogColumn> run_log_columns() { return kRunLogColumns; }

std::vector<Cell> run_log_header() {
  std::vector<Cell> row;
  row.reserve(kRunLogColumns.size());
  for (const RunLogColumn& column : kRunLogColumns)
    row.emplace_back(std::string(column.header));
  return row;
}

std::vector<Cell> run_log_line(const ActionRun& run) {
  std::vector<Cell> row;
  row.reserve(kRunLogColumns.size());
  for (const RunLogColumn& column : kRunLogColumns)
    row.push_back(column.cell(run));
  return row;
}

}  // namespace roadmap
