#include "app/demo/demo_story.h"

#include <fmt/format.h>

#include <algorithm>

#include "app/commands/run_report.h"
#include "app/demo/tab_diff.h"
#include "app/table_text.h"
#include "core/actions/action_options.h"
#include "core/fields/header_match.h"
#include "core/fields/registry.h"
#include "sheets_client/emulator/emulator.h"

namespace roadmap::app {
namespace {

constexpr std::size_t kShownRows = 12;
constexpr std::chrono::seconds kLongestWait{25};

std::string shown(const Cell& cell) { return is_blank(cell) ? "(blank)" : to_text(cell); }

ActionRequest request_for(const std::string& action) {
  ActionRequest request;
  request.action = action;
  request.requested_by = {"demo", "pm@example.com"};
  return request;
}

std::string more_line(std::size_t count) {
  return count > kShownRows ? fmt::format("  … and {} more\n", count - kShownRows) : "";
}

std::string added_table(const std::vector<AddedRow>& rows) {
  TableText table({"row", "key", "title", "team"});
  for (std::size_t i = 0; i < std::min(rows.size(), kShownRows); ++i) {
    table.add({fmt::format("{}", rows[i].row), rows[i].key, rows[i].title, rows[i].team});
  }
  return table.text() + more_line(rows.size());
}

std::string changed_table(const std::vector<ChangedCell>& cells) {
  TableText table({"row", "key", "column", "before", "after"});
  for (std::size_t i = 0; i < std::min(cells.size(), kShownRows); ++i) {
    table.add({fmt::format("{}", cells[i].row), cells[i].key, cells[i].column, shown(cells[i].before),
               shown(cells[i].after)});
  }
  return table.text() + more_line(cells.size());
}

// The batchUpdate requests that a person's typing makes. Rows and columns are 0-based.
std::string typed_text(std::int64_t sheet_id, std::size_t row, int column, const std::string& text) {
  return fmt::format(
      R"([{{"updateCells": {{"start": {{"sheetId": {}, "rowIndex": {}, "columnIndex": {}}},)"
      R"( "rows": [{{"values": [{{"userEnteredValue": {{"stringValue": "{}"}}}}]}}], "fields": "userEnteredValue"}}}}])",
      sheet_id, row, column, text);
}

}  // namespace

DemoStory::DemoStory(const Config& config, const std::string& service_url,
                     sheets::emulator::Emulator& emulator, const Clock& clock, std::ostream& out)
    : settings_(config.job_settings()),
      sheets_(config.sheets, clock, nullptr),
      client_(service_url, config.secret),
      emulator_(emulator),
      out_(out) {
  for (const IntakeSettings& intake : settings_.intakes) {
    for (const IntakeTabSettings& tab : intake.tabs)
      tabs_.push_back({"Intake " + intake.region, Tab::kIntake, tab.layout});
  }
  for (const BacklogSettings& backlog : settings_.backlogs)
    tabs_.push_back({"Central Backlog", Tab::kBacklog, backlog.layout});
}

bool DemoStory::play() { return see_intake() && see_intake_again() && save_an_edit(); }

bool DemoStory::see_intake() {
  return run_and_show("A PM clicks: See latest intake", request_for("pm.backlog_sync"));
}

bool DemoStory::see_intake_again() {
  return run_and_show("The PM clicks it again: nothing is new, nothing is written",
                      request_for("pm.backlog_sync"));
}

DemoStory::Reading DemoStory::read_tabs() {
  Reading reading;
  for (const WatchedTab& tab : tabs_) {
    std::vector<TabRead> read =
        sheets_.client().read_tabs(tab.layout.spreadsheet_id, {tab.layout.tab}, RunControl{});
    if (!read.front().grid) throw Error("demo", fmt::format("{}: {}", tab.title, read.front().problem));
    reading.push_back(*std::move(read.front().grid));
  }
  return reading;
}

bool DemoStory::run_and_show(const std::string& heading, const ActionRequest& request) {
  out_ << "\n== " << heading << "\n\n";
  const Reading before = read_tabs();
  const std::string run_id = client_.start_run(request);
  std::string run = client_.get_run(run_id, std::chrono::seconds{0});
  while (!has_ended(status_of(run)))
    run = client_.get_run(run_id, kLongestWait);
  out_ << describe_run(run) << "\n";
  show_changes(before, read_tabs());
  return status_of(run) == to_string(RunStatus::kSuccess);
}

void DemoStory::show_changes(const Reading& before, const Reading& after) {
  for (std::size_t i = 0; i < tabs_.size(); ++i)
    show_tab(tabs_[i], before[i], after[i]);
  out_.flush();
}

void DemoStory::show_tab(const WatchedTab& tab, const TabGrid& before, const TabGrid& after) {
  // Intake rows get their keys from the job, so that they are told apart by where they stand.
  const RowIdentity identity = tab.kind == Tab::kIntake ? RowIdentity::kRowNumber : RowIdentity::kKey;
  const TabDiff diff = compare_tabs(tab.kind, before, after, identity);
  const bool unchanged = diff.added.empty() && diff.changed.empty() && diff.rows_before == diff.rows_after;
  out_ << fmt::format("{}, tab {}: ", tab.title, tab.layout.tab);
  if (unchanged) {
    out_ << fmt::format("all {} rows as before\n", diff.rows_before);
    return;
  }
  out_ << fmt::format("{} rows before, {} after, {} cells changed in rows that were there\n",
                      diff.rows_before, diff.rows_after, diff.changed.size());
  if (!diff.added.empty()) out_ << "  new rows\n" << added_table(diff.added);
  if (!diff.changed.empty()) out_ << "  changed cells\n" << changed_table(diff.changed);
  if (!diff.own_columns.empty()) {
    const std::vector<std::string_view> names(diff.own_columns.begin(), diff.own_columns.end());
    out_ << fmt::format("  people's own columns ({}): {} of {} cells as before; rows in {} order\n",
                        spoken_list(names), diff.own_cells_kept, diff.own_cells,
                        diff.same_order ? "the same" : "another");
  }
}

bool DemoStory::save_an_edit() {
  const TabLayout& layout = settings_.backlogs.front().layout;
  const TabGrid backlog = read_tabs().back();
  const ColumnMap columns = match_headers(Tab::kBacklog, backlog.rows.front());
  const std::optional<int> key_column = columns.column_of(fields::key());
  const std::optional<int> status_column = columns.column_of(fields::status());
  const sheets::SpreadsheetInfo info = sheets_.client().describe(layout.spreadsheet_id, RunControl{});
  const sheets::TabInfo* tab = info.find_tab(layout.tab);
  const auto row = static_cast<std::size_t>(layout.first_data_row);
  if (!key_column || !status_column || tab == nullptr || backlog.rows.size() < row) {
    throw Error("demo", "the example backlog has no row to edit");
  }
  const Cell edited_before = static_cast<std::size_t>(*status_column) < backlog.rows[row - 1].size()
                                 ? backlog.rows[row - 1][static_cast<std::size_t>(*status_column)]
                                 : Cell{};
  const std::string key = to_text(backlog.rows[row - 1].at(static_cast<std::size_t>(*key_column)));
  const std::string status = to_text(edited_before) == "in discovery" ? "planned" : "in discovery";
  emulator_.apply_as_owner(layout.spreadsheet_id, typed_text(tab->sheet_id, row - 1, *status_column, status));

  ActionRequest request = request_for("pm.save_selected");
  request.scope.type = ScopeType::kSelection;
  request.scope.initiative_keys = {key};
  request.scope.rows = {{layout.first_data_row, key}};
  request.sheet_context = SheetContext{layout.spreadsheet_id, layout.tab};
  const std::string stored_before = client_.stored_value(key, field(fields::status()).name);
  const bool worked = run_and_show(
      fmt::format("The PM sets the Status of {} to '{}' and clicks: Save selected", key, status), request);
  out_ << fmt::format("\nStored Status of {}: '{}' before, '{}' after\n", key, stored_before,
                      client_.stored_value(key, field(fields::status()).name));
  return worked;
}

}  // namespace roadmap::app
