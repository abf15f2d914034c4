#include "app/demo/demo_story.h"

#include <fmt/format.h>

#include <algorithm>

#include "app/client/run_report.h"
#include "app/client/table_text.h"
#include "app/demo/tab_diff.h"
#include "core/fields/header_match.h"
#include "core/fields/registry.h"
#include "core/fields/text.h"
#include "core/sync/initiative_scores.h"
#include "sheets_client/emulator/emulator.h"

namespace roadmap::app {
namespace {

constexpr std::size_t kShownRows = 12;

// Rows of the example workbooks that the story is about.
constexpr const char* kBadRow = "INIT-000009";        // words where a number belongs
constexpr const char* kCompared = "INIT-000003";      // RICE and WSJF filled, none chosen
constexpr const char* kActiveInMath = "INIT-000007";  // a math model, approved and filled

// A score as the sheet's number format shows it.
std::string score_text(const Cell& cell) {
  const auto* number = std::get_if<double>(&cell);
  return number != nullptr ? fmt::format("{:.6g}", *number) : to_text(cell);
}

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
std::string typed_cell(std::int64_t sheet_id, int row, int column, const Cell& value) {
  const auto* number = std::get_if<double>(&value);
  const std::string entered = number != nullptr ? fmt::format(R"("numberValue": {})", *number)
                                                : fmt::format(R"("stringValue": "{}")", to_text(value));
  return fmt::format(
      R"([{{"updateCells": {{"start": {{"sheetId": {}, "rowIndex": {}, "columnIndex": {}}},)"
      R"( "rows": [{{"values": [{{"userEnteredValue": {{{}}}}}]}}], "fields": "userEnteredValue"}}}}])",
      sheet_id, row, column, entered);
}

// A column of a tab whose header is in row 1.
int column_of(Tab kind, const TabGrid& grid, FieldId id) {
  const std::optional<int> column = match_headers(kind, grid.rows.front()).column_of(id);
  if (!column) throw Error("demo", fmt::format("tab {} has no column for {}", grid.title, field(id).name));
  return *column;
}

Cell cell_at(const TabGrid& grid, std::size_t row, int column) {
  const auto index = static_cast<std::size_t>(column);
  return row < grid.rows.size() && index < grid.rows[row].size() ? grid.rows[row][index] : Cell{};
}

// The row of a key, 0-based; nullopt when it does not stand there.
std::optional<std::size_t> row_of(Tab kind, const TabGrid& grid, const std::string& key) {
  const int column = column_of(kind, grid, fields::key());
  for (std::size_t row = 1; row < grid.rows.size(); ++row) {
    if (to_text(cell_at(grid, row, column)) == key) return row;
  }
  return std::nullopt;
}

// What a PM compares on Scoring_Inputs, with what stood there before in brackets.
std::string scores_table(const TabGrid& before, const TabGrid& after) {
  constexpr Tab kTab = Tab::kScoringInputs;
  const FieldId columns[] = {score_fields(Framework::kRice).overall, score_fields(Framework::kWsjf).overall,
                             score_fields(Framework::kMathModel).overall, fields::overall_score()};
  TableText table({"row", "key", "RICE", "WSJF", "math", "active", "Status"});
  const int keys = column_of(kTab, after, fields::key());
  for (std::size_t row = 1; row < after.rows.size(); ++row) {
    const std::string key = to_text(cell_at(after, row, keys));
    const std::optional<std::size_t> row_before = row_of(kTab, before, key);
    if (!row_before || before.rows[*row_before] == after.rows[row]) continue;
    std::vector<std::string> line = {fmt::format("{}", row + 1), key};
    for (const FieldId id : columns) {
      const std::string then = score_text(cell_at(before, *row_before, column_of(kTab, before, id)));
      const std::string now = score_text(cell_at(after, row, column_of(kTab, after, id)));
      line.push_back(then == now ? now : fmt::format("{} → {}", then.empty() ? "(blank)" : then, now));
    }
    line.push_back(to_text(cell_at(after, row, column_of(kTab, after, fields::run_status()))));
    table.add(line);
  }
  return table.text();
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
      tabs_.push_back({"Intake", Tab::kIntake, tab.layout});
  }
  for (const BacklogSettings& backlog : settings_.backlogs)
    tabs_.push_back({"Central Backlog", Tab::kBacklog, backlog.layout});
  for (const Tab tab : {Tab::kScoringInputs, Tab::kMathModels, Tab::kParams})
    tabs_.push_back({"Product Ops", tab, settings_.product_ops.layout_of(tab)});
}

bool DemoStory::play() {
  return run_and_show("A PM clicks: See latest intake", request_for("pm.backlog_sync")) &&
         run_and_show("The PM clicks it again: nothing is new, nothing is written",
                      request_for("pm.backlog_sync")) &&
         save_an_edit() && score() && switch_frameworks() && fix_and_score_again() &&
         run_and_show("The PM clicks: Update Backlog", request_for("flow1.backlog_sync"));
}

DemoStory::Reading DemoStory::read_tabs() {
  Reading reading;
  for (const WatchedTab& tab : tabs_) {
    reading.push_back(read(tab));
  }
  return reading;
}

bool DemoStory::run_and_show(const std::string& heading, const ActionRequest& request) {
  out_ << "\n== " << heading << "\n\n";
  const Reading before = read_tabs();
  const std::string run_id = client_.start_run(request);
  std::string run = client_.get_run(run_id, std::chrono::seconds{0});
  while (!has_ended(status_of(run)))
    run = client_.get_run(run_id, ApiClient::kLongestWait);
  out_ << describe_run(run) << "\n";
  show_changes(before, read_tabs());
  return status_of(run) == to_string(RunStatus::kSuccess);
}

void DemoStory::show_changes(const Reading& before, const Reading& after) {
  std::vector<std::string_view> unchanged;
  for (std::size_t i = 0; i < tabs_.size(); ++i) {
    if (!show_tab(tabs_[i], before[i], after[i])) unchanged.push_back(tabs_[i].layout.tab);
  }
  if (!unchanged.empty()) out_ << "As before: " << spoken_list(unchanged) << "\n";
  out_.flush();
}

bool DemoStory::show_tab(const WatchedTab& tab, const TabGrid& before, const TabGrid& after) {
  // Intake rows get their keys from the job, and Params has several rows a key: they are told apart by where
  // they stand.
  const bool by_number = tab.kind == Tab::kIntake || tab.kind == Tab::kParams;
  const RowIdentity identity = by_number ? RowIdentity::kRowNumber : RowIdentity::kKey;
  const TabDiff diff = compare_tabs(tab.kind, before, after, identity);
  const bool unchanged = diff.added.empty() && diff.changed.empty() && diff.rows_before == diff.rows_after;
  if (unchanged) return false;
  out_ << fmt::format("{}, tab {}: {} rows before, {} after, {} cells changed in rows that were there\n",
                      tab.title, tab.layout.tab, diff.rows_before, diff.rows_after, diff.changed.size());
  if (!diff.added.empty()) out_ << "  new rows\n" << added_table(diff.added);
  if (tab.kind == Tab::kScoringInputs) {
    out_ << "  overall scores, before → after\n" << scores_table(before, after);
  } else if (!diff.changed.empty()) {
    out_ << "  changed cells\n" << changed_table(diff.changed);
  }
  if (!diff.own_columns.empty()) {
    const std::vector<std::string_view> names(diff.own_columns.begin(), diff.own_columns.end());
    out_ << fmt::format("  people's own columns ({}): {} of {} cells as before; rows in {} order\n",
                        spoken_list(names), diff.own_cells_kept, diff.own_cells,
                        diff.same_order ? "the same" : "another");
  }
  return true;
}

const DemoStory::WatchedTab& DemoStory::watched(Tab kind) const {
  const auto found =
      std::find_if(tabs_.begin(), tabs_.end(), [&](const WatchedTab& tab) { return tab.kind == kind; });
  if (found == tabs_.end()) throw Error("demo", "the example workbooks lack a tab");
  return *found;
}

TabGrid DemoStory::read(const WatchedTab& tab) {
  std::vector<TabRead> read =
      sheets_.client().read_tabs(tab.layout.spreadsheet_id, {tab.layout.tab}, RunControl{});
  if (!read.front().grid) throw Error("demo", fmt::format("{}: {}", tab.title, read.front().problem));
  return *std::move(read.front().grid);
}

void DemoStory::type(const WatchedTab& tab, const std::string& key, FieldId id, const Cell& value) {
  const TabGrid grid = read(tab);
  const std::optional<std::size_t> row = row_of(tab.kind, grid, key);
  const sheets::SpreadsheetInfo info = sheets_.client().describe(tab.layout.spreadsheet_id, RunControl{});
  const sheets::TabInfo* sheet = info.find_tab(tab.layout.tab);
  if (!row || sheet == nullptr) throw Error("demo", fmt::format("tab {} has no {}", tab.layout.tab, key));
  emulator_.apply_as_owner(tab.layout.spreadsheet_id, typed_cell(sheet->sheet_id, static_cast<int>(*row),
                                                                 column_of(tab.kind, grid, id), value));
}

ActionRequest DemoStory::click(const std::string& action, const WatchedTab& tab,
                               const std::vector<std::string>& keys) {
  const TabGrid grid = read(tab);
  ActionRequest request = request_for(action);
  request.scope.type = ScopeType::kSelection;
  request.scope.initiative_keys = keys;
  for (const std::string& key : keys) {
    if (const auto row = row_of(tab.kind, grid, key))
      request.scope.rows.push_back({static_cast<int>(*row) + 1, key});
  }
  request.sheet_context = SheetContext{tab.layout.spreadsheet_id, tab.layout.tab};
  return request;
}

std::vector<std::string> DemoStory::keys_on(const WatchedTab& tab) {
  const TabGrid grid = read(tab);
  const int column = column_of(tab.kind, grid, fields::key());
  std::vector<std::string> keys;
  for (std::size_t row = 1; row < grid.rows.size(); ++row)
    keys.push_back(to_text(cell_at(grid, row, column)));
  return keys;
}

bool DemoStory::save_an_edit() {
  const WatchedTab& backlog = watched(Tab::kBacklog);
  const std::string key = keys_on(backlog).front();
  const std::string stored_before = client_.stored_value(key, field(fields::status()).name);
  const std::string status = stored_before == "in discovery" ? "planned" : "in discovery";
  type(backlog, key, fields::status(), Cell(status));
  const bool worked =
      run_and_show(fmt::format("The PM sets the Status of {} to '{}' and clicks: Save selected", key, status),
                   click("pm.save_selected", backlog, {key}));
  out_ << fmt::format("\nStored Status of {}: '{}' before, '{}' after\n", key, stored_before,
                      client_.stored_value(key, field(fields::status()).name));
  return worked;
}

bool DemoStory::score() {
  const WatchedTab& scoring = watched(Tab::kScoringInputs);
  return run_and_show("The PM selects all rows of Scoring_Inputs and clicks: Score selected",
                      click("pm.score_selected", scoring, keys_on(scoring)));
}

bool DemoStory::switch_frameworks() {
  const WatchedTab& scoring = watched(Tab::kScoringInputs);
  type(scoring, kCompared, fields::active_framework(), Cell("WSJF"));
  return run_and_show(
      fmt::format("The PM chooses WSJF for {}, selects two rows and clicks: Switch framework", kCompared),
      click("pm.switch_framework", scoring, {kCompared, kActiveInMath}));
}

bool DemoStory::fix_and_score_again() {
  const WatchedTab& scoring = watched(Tab::kScoringInputs);
  const FieldId reach = field_id(Table::kInitiatives, "rice_reach");
  type(scoring, kBadRow, reach, Cell(2000.0));
  type(scoring, kCompared, reach, Cell(30000.0));
  return run_and_show(
      fmt::format("The PM puts a number into the bad row, {}, changes another and clicks: Score selected",
                  kBadRow),
      click("pm.score_selected", scoring, {kBadRow, kCompared}));
}

}  // namespace roadmap::app
