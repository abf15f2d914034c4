#include "core/run/run_result.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <nlohmann/json.hpp>
#include <string_view>
#include <utility>

#include "core/fields/text.h"
#include "core/run/json_text.h"

namespace roadmap {
namespace {

using OrderedJson = nlohmann::ordered_json;

constexpr std::size_t kMaxStatusCharacters = 200;
// In the order of RowStatus.
constexpr std::array<std::string_view, 3> kStatusNames = {"ok", "failed", "skipped"};
constexpr std::array<const char*, 3> kStatusBegins = {"OK · ", "FAILED: ", "SKIPPED: "};

enum class WhenEmpty { kLeaveOut, kWrite };

// Writes a list under `name`, cut at kMaxListedEntries with the rest counted.
template <class Entry, class ToJson>
void put_list(OrderedJson& raw, const std::string& name, const std::vector<Entry>& entries,
              WhenEmpty when_empty, ToJson to_json_entry) {
  if (entries.empty() && when_empty == WhenEmpty::kLeaveOut) return;
  OrderedJson list = OrderedJson::array();
  const std::size_t listed = std::min(entries.size(), kMaxListedEntries);
  for (std::size_t i = 0; i < listed; ++i) {
    list.push_back(to_json_entry(entries[i]));
  }
  raw[name] = std::move(list);
  if (listed < entries.size()) raw[name + "_left_out"] = entries.size() - listed;
}

OrderedJson row_json(const RowOutcome& row) {
  return {{"initiative_key", row.initiative_key},
          {"row", row.row == 0 ? OrderedJson(nullptr) : OrderedJson(row.row)},
          {"status", kStatusNames[static_cast<std::size_t>(row.status)]},
          {"message", row.message}};
}

OrderedJson kept_json(const KeptCell& cell, const char* kept, const char* other) {
  return {{"initiative_key", cell.initiative_key},
          {"column", cell.column},
          {kept, cell_to_json(cell.kept)},
          {other, cell_to_json(cell.other)}};
}

OrderedJson planned_json(const PlannedChange& cell) {
  return {{"spreadsheet_id", cell.spreadsheet_id},
          {"tab", cell.tab},
          {"row", cell.row == 0 ? OrderedJson(nullptr) : OrderedJson(cell.row)},
          {"initiative_key", cell.initiative_key},
          {"column", cell.column},
          {"before", cell_to_json(cell.before)},
          {"after", cell_to_json(cell.after)}};
}

OrderedJson summary_json(const RunSummary& summary) {
  return {{"total", summary.total()},
          {"success", summary.success},
          {"skipped", summary.skipped},
          {"failed", summary.failed}};
}

// The summary stands first: who only wants it need not read on.
OrderedJson result_json(const RunResult& result) {
  const auto when_empty = [&](ResultList list) {
    return (result.always_listed & list) != 0 ? WhenEmpty::kWrite : WhenEmpty::kLeaveOut;
  };
  OrderedJson raw = OrderedJson::object();
  for (const auto& [name, value] : result.counts) {
    raw[name] = value;
  }
  for (const auto& [name, text] : result.texts) {
    raw[name] = text;
  }
  for (const auto& [name, counts] : result.count_groups) {
    OrderedJson group = OrderedJson::object();
    for (const auto& [counted, value] : counts)
      group[counted] = value;
    raw[name] = std::move(group);
  }
  put_list(raw, "kept_unsaved_edits", result.kept_unsaved_edits, when_empty(kListKeptUnsavedEdits),
           [](const KeptCell& cell) { return kept_json(cell, "shown", "stored"); });
  put_list(raw, "kept_pm_values", result.kept_pm_values, when_empty(kListKeptPmValues),
           [](const KeptCell& cell) { return kept_json(cell, "kept", "intake"); });
  put_list(raw, "failed_sources", result.failed_sources, when_empty(kListFailedSources),
           [](const FailedSource& source) {
             return OrderedJson{
                 {"spreadsheet_id", source.spreadsheet_id}, {"tab", source.tab}, {"reason", source.reason}};
           });
  put_list(raw, "plan", result.plan, when_empty(kListPlan), planned_json);
  put_list(raw, "substeps", result.substeps, WhenEmpty::kWrite, [](const RunResult& substep) {
    OrderedJson json = {{"action", substep.flow}};
    json.update(result_json(substep));
    return json;
  });
  put_list(raw, "rows", result.rows, WhenEmpty::kWrite, row_json);
  put_list(raw, "warnings", result.warnings, WhenEmpty::kWrite,
           [](const std::string& warning) { return OrderedJson(warning); });
  put_list(raw, "hints", result.hints, WhenEmpty::kLeaveOut,
           [](const std::string& hint) { return OrderedJson(hint); });
  return {{"summary", summary_json(result.summary)}, {"raw", std::move(raw)}};
}

// Leaves `from` empty.
template <typename List>
void append(List& to, List&& from) {
  std::move(from.begin(), from.end(), std::back_inserter(to));
  from.clear();
}

// Leaves the part's lists empty.
void add_lists(RunResult& total, RunResult& part) {
  append(total.warnings, std::move(part.warnings));
  append(total.hints, std::move(part.hints));
  append(total.kept_unsaved_edits, std::move(part.kept_unsaved_edits));
  append(total.kept_pm_values, std::move(part.kept_pm_values));
  append(total.failed_sources, std::move(part.failed_sources));
  append(total.plan, std::move(part.plan));
}

}  // namespace

void RunResult::take_rows(std::vector<RowOutcome> outcomes) {
  rows = std::move(outcomes);
  for (const RowOutcome& row : rows) {
    if (row.status == RowStatus::kOk) ++summary.success;
    if (row.status == RowStatus::kSkipped) ++summary.skipped;
    if (row.status == RowStatus::kFailed) ++summary.failed;
  }
}

void RunResult::merge(RunResult part) {
  for (const auto& counted : part.counts) {
    const auto there = std::find_if(counts.begin(), counts.end(),
                                    [&](const auto& count) { return count.first == counted.first; });
    if (there == counts.end()) {
      counts.push_back(counted);
    } else {
      there->second += counted.second;
    }
  }
  append(rows, std::move(part.rows));
  add_lists(*this, part);
  summary.success += part.summary.success;
  summary.skipped += part.summary.skipped;
  summary.failed += part.summary.failed;
}

void RunResult::lift_substeps() {
  for (std::size_t i = 0; i < substeps.size(); ++i) {
    // Its lists are moved: listed once, where the reader looks; the substep shows its counts.
    RunResult& part = substeps[i];
    if (i + 1 == substeps.size()) {
      counts = part.counts;
      summary.success += part.summary.success;
    } else {
      std::erase_if(part.rows, [](const RowOutcome& row) { return row.status == RowStatus::kOk; });
    }
    append(rows, std::move(part.rows));
    add_lists(*this, part);
    always_listed |= std::exchange(part.always_listed, std::uint8_t{0});
    summary.skipped += part.summary.skipped;
    summary.failed += part.summary.failed;
  }
}

std::string status_text(RowStatus status, const std::string& message) {
  if (status == RowStatus::kOk && message.empty()) return "OK";
  return cut(kStatusBegins[static_cast<std::size_t>(status)] + message, kMaxStatusCharacters);
}

std::string to_json(const RunResult& result) {
  return result_json(result).dump(-1, ' ', false, OrderedJson::error_handler_t::replace);
}

std::optional<RunSummary> summary_of(const std::string& result_json_text) {
  // to_json writes the summary first, an object of numbers: the rest, perhaps thousands of rows, is not read.
  constexpr std::string_view kStart = R"({"summary":)";
  if (result_json_text.compare(0, kStart.size(), kStart) != 0) return std::nullopt;
  const std::size_t end = result_json_text.find('}');
  if (end == std::string::npos) return std::nullopt;
  const auto begin = result_json_text.begin() + static_cast<std::ptrdiff_t>(kStart.size());
  const OrderedJson json = OrderedJson::parse(
      begin, result_json_text.begin() + static_cast<std::ptrdiff_t>(end) + 1, nullptr, false);
  if (!json.is_object()) return std::nullopt;
  const auto number = [&](const char* name) {
    const auto found = json.find(name);
    return found != json.end() && found->is_number_integer() ? found->get<std::int64_t>() : 0;
  };
  return RunSummary{number("success"), number("skipped"), number("failed")};
}

}  // namespace roadmap
