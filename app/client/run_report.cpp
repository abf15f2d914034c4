#include "app/client/run_report.h"

#include <fmt/format.h>

#include <chrono>
#include <nlohmann/json.hpp>

#include "app/client/table_text.h"
#include "core/run/run_result.h"

namespace roadmap::app {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kMaxShownEntries = 20;

std::string text_in(const Json& json, const char* name) {
  const auto found = json.find(name);
  return found != json.end() && found->is_string() ? found->get<std::string>() : "";
}

// "    - …" for each entry, at most kMaxShownEntries.
template <class ToLine>
void append_list(std::string& text, const std::string& title, const Json& entries, ToLine to_line) {
  if (!entries.is_array() || entries.empty()) return;
  text += fmt::format("  {}:\n", title);
  std::size_t shown = 0;
  for (const Json& entry : entries) {
    if (shown++ == kMaxShownEntries) {
      text += fmt::format("    … and {} more\n", entries.size() - kMaxShownEntries);
      return;
    }
    text += fmt::format("    - {}\n", to_line(entry));
  }
}

std::string place_of(const Json& entry) {
  std::string place = text_in(entry, "initiative_key");
  const auto row = entry.find("row");
  if (row != entry.end() && row->is_number())
    place += fmt::format("{}row {}", place.empty() ? "" : ", ", row->dump());
  return place.empty() ? "a row" : place;
}

// Messages of intake rows name tab and row themselves.
std::string outcome_line(const Json& row) {
  const std::string message = text_in(row, "message");
  const auto number = row.find("row");
  const bool names_row = number != row.end() && message.find("row " + number->dump()) != std::string::npos;
  return names_row ? message : place_of(row) + ": " + message;
}

std::string value_text(const Json& value) {
  if (value.is_null()) return "(blank)";
  return value.is_string() ? fmt::format("'{}'", value.get<std::string>()) : value.dump();
}

void append_counts(std::string& text, const Json& raw) {
  std::string counts;
  for (const auto& item : raw.items()) {
    if (!item.value().is_number()) continue;
    counts += fmt::format("{}{} {}", counts.empty() ? "" : ", ", item.key(), item.value().dump());
  }
  if (!counts.empty()) text += fmt::format("  {}\n", counts);
}

// The warnings that do not tell of a row that is listed as not done already.
Json warnings_besides(const Json& raw, const Json& troubled) {
  Json besides = Json::array();
  for (const Json& warning : raw.value("warnings", Json::array())) {
    const std::string text = warning.is_string() ? warning.get<std::string>() : warning.dump();
    bool told = false;
    for (const Json& row : troubled) {
      const std::string message = text_in(row, "message");
      told = told || (!message.empty() && text.compare(0, message.size(), message) == 0);
    }
    if (!told) besides.push_back(warning);
  }
  return besides;
}

void append_result(std::string& text, const Json& result) {
  const Json& raw = result.at("raw");
  const Json& summary = result.at("summary");
  append_counts(text, raw);
  text +=
      fmt::format("  {} considered: {} done, {} skipped, {} failed\n", summary.at("total").dump(),
                  summary.at("success").dump(), summary.at("skipped").dump(), summary.at("failed").dump());
  Json troubled = Json::array();
  for (const Json& row : raw.value("rows", Json::array())) {
    if (text_in(row, "status") != "ok") troubled.push_back(row);
  }
  append_list(text, "not done", troubled, outcome_line);
  append_list(text, "sources that could not be read", raw.value("failed_sources", Json::array()),
              [](const Json& source) { return text_in(source, "tab") + ": " + text_in(source, "reason"); });
  append_list(
      text, "unsaved edits that stayed", raw.value("kept_unsaved_edits", Json::array()),
      [](const Json& cell) { return text_in(cell, "initiative_key") + ", " + text_in(cell, "column"); });
  append_list(text, "saved values that stayed although intake says otherwise",
              raw.value("kept_pm_values", Json::array()), [](const Json& cell) {
                return fmt::format("{}, {}: {} stays, intake says {}", text_in(cell, "initiative_key"),
                                   text_in(cell, "column"), value_text(cell.value("kept", Json())),
                                   value_text(cell.value("intake", Json())));
              });
  append_list(text, "would change", raw.value("plan", Json::array()), [](const Json& cell) {
    return fmt::format("{}, {} · {}: {} becomes {}", text_in(cell, "tab"), place_of(cell),
                       text_in(cell, "column"), value_text(cell.value("before", Json())),
                       value_text(cell.value("after", Json())));
  });
  append_list(text, "warnings", warnings_besides(raw, troubled), [](const Json& warning) {
    return warning.is_string() ? warning.get<std::string>() : warning.dump();
  });
}

}  // namespace

std::string describe_run(const std::string& run_json) {
  const Json run = Json::parse(run_json, nullptr, false);
  if (!run.is_object()) return run_json + "\n";
  std::string text =
      fmt::format("{} ({}): {}\n", text_in(run, "action"), text_in(run, "run_id"), text_in(run, "status"));
  const auto error = run.find("error");
  if (error != run.end() && error->is_object()) {
    text += fmt::format("  {}\n", text_in(*error, "message"));
    if (!text_in(*error, "detail").empty()) text += fmt::format("  detail: {}\n", text_in(*error, "detail"));
  }
  const auto result = run.find("result");
  if (result != run.end() && result->is_object()) append_result(text, *result);
  return text;
}

std::string status_of(const std::string& run_json) {
  const Json run = Json::parse(run_json, nullptr, false);
  return run.is_object() ? text_in(run, "status") : "";
}

std::string progress_of(const std::string& run_json) {
  const Json run = Json::parse(run_json, nullptr, false);
  if (!run.is_object()) return "";
  const auto progress = run.find("progress");
  if (progress == run.end() || !progress->is_object())
    return text_in(run, "status") == "queued" ? "waiting for its turn" : "";
  return fmt::format("[{}/{}] {}", progress->value("done", 0), progress->value("total", 0),
                     text_in(*progress, "label"));
}

bool has_ended(const std::string& status) {
  const auto known = run_status_from(status);
  return known && is_final(*known);
}

// "2.5 s", from the first worker to the end; "" before that.
std::string time_taken(const ActionRun& run) {
  if (!run.started_at || !run.finished_at) return "";
  return fmt::format("{:.1f} s", std::chrono::duration<double>(*run.finished_at - *run.started_at).count());
}

std::string describe_events(const std::vector<RunEvent>& events) {
  std::string text;
  for (const RunEvent& event : events) {
    text += fmt::format("  {}  {}{}{}\n", to_iso8601(event.at), event.kind, event.detail.empty() ? "" : ": ",
                        event.detail);
  }
  return text;
}

std::string describe_runs(const std::vector<ActionRun>& runs) {
  TableText table({"run", "asked for", "took", "action", "status", "scope", "done", "failed", "by", "why"});
  for (const ActionRun& run : runs) {
    const std::optional<RunSummary> summary = run.result ? summary_of(*run.result) : std::nullopt;
    table.add({run.run_id, to_iso8601(run.created_at), time_taken(run), run.action,
               std::string(to_string(run.status)), run.scope_summary,
               summary ? fmt::format("{}", summary->success) : "",
               summary ? fmt::format("{}", summary->failed) : "", run.requested_by_email,
               run.error ? run.error->message : ""});
  }
  return table.text();
}

}  // namespace roadmap::app
