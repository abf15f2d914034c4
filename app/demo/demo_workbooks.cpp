#include "app/demo/demo_workbooks.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <stdexcept>
#include <utility>
#include <variant>
#include <vector>

#include "app/demo/demo_data.h"
#include "core/setup/setup_plan.h"
#include "sheets_client/emulator/emulator.h"
#include "sheets_client/setup_body.h"

namespace roadmap::app {
namespace {

using sheets::emulator::SeedCell;
using sheets::emulator::SeedTab;
using sheets::emulator::WorkbookSeed;

SeedCell seed_cell(const Cell& cell) {
  return std::visit([](const auto& value) { return SeedCell(value); }, cell);
}

// Of a new tab: room for what people and jobs add.
constexpr int kTabRows = 100;

WorkbookSeed seed_of(const std::string& id, const DemoWorkbook& workbook) {
  WorkbookSeed seed;
  seed.id = id;
  seed.title = workbook.title;
  for (const DemoTab& tab : workbook.tabs) {
    SeedTab& seeded = seed.tabs.emplace_back();
    seeded.id = static_cast<int>(seed.tabs.size()) - 1;
    seeded.title = tab.title;
    seeded.frozen_rows = 1;
    seeded.row_count = kTabRows;
    // Room for a column that a person or a job adds at the right end.
    seeded.column_count = static_cast<int>(tab.rows.front().size()) + 4;
    for (const std::vector<Cell>& row : tab.rows) {
      std::vector<SeedCell>& cells = seeded.rows.emplace_back();
      for (const Cell& cell : row)
        cells.push_back(seed_cell(cell));
    }
  }
  return seed;
}

// What people keep in columns of their own: a word or two, or notes.
constexpr std::size_t kNotesFrom = 16;  // characters
constexpr int kWordPixels = 84;
constexpr int kNotesPixels = 250;

TabState state_of(const DemoTab& tab, int sheet_id) {
  TabState state;
  state.sheet_id = sheet_id;
  state.title = tab.title;
  state.rows = kTabRows;
  state.columns = static_cast<int>(tab.rows.front().size());
  state.frozen_rows = 1;
  state.top_rows = {tab.rows.front()};
  state.column_states.resize(tab.rows.front().size());
  for (ColumnState& column : state.column_states)
    column.used = true;
  for (std::size_t row = 1; row < tab.rows.size(); ++row) {
    for (std::size_t column = 0; column < tab.rows[row].size(); ++column) {
      if (std::holds_alternative<std::string>(tab.rows[row][column]))
        state.column_states[column].texts_below = true;
    }
  }
  return state;
}

// Columns that people added, with where they stand.
std::pair<WantedTab, std::vector<std::optional<int>>> with_own_columns(WantedTab wanted, const DemoTab& tab) {
  std::vector<std::optional<int>> at = find_columns(wanted, tab.rows.front()).at;
  std::vector<bool> known(tab.rows.front().size());
  for (const std::optional<int>& column : at) {
    if (!column) throw std::logic_error("the tab " + tab.title + " lacks a column");
    known[static_cast<std::size_t>(*column)] = true;
  }
  for (std::size_t column = 0; column < known.size(); ++column) {
    if (known[column]) continue;
    std::size_t longest = 0;
    for (std::size_t row = 1; row < tab.rows.size(); ++row)
      longest = std::max(longest, to_text(tab.rows[row][column]).size());
    WantedColumn& own = wanted.columns.emplace_back();
    own.header = to_text(tab.rows.front()[column]);
    own.look = CellLook::kTyped;
    own.pixels = longest < kNotesFrom ? kWordPixels : kNotesPixels;
    at.emplace_back(static_cast<int>(column));
  }
  return {std::move(wanted), std::move(at)};
}

// The batchUpdate requests, a JSON list, that make an example workbook look as `roadmapd setup-sheets` makes
// new tabs: notes, checkboxes, lists, warnings and the look of a new tab. Its tabs have the sheet ids 0, 1, …
// Columns that people added look like typed ones.
std::string look_requests(const DemoWorkbook& workbook) {
  WantedWorkbook wanted;
  WorkbookState state;
  for (const DemoTab& tab : workbook.tabs) {
    const int sheet_id = static_cast<int>(state.tabs.size());
    wanted.tabs.push_back(wanted_tab(tab.kind, {workbook.title, tab.title, 1, 2}, tab.title));
    wanted.tabs.back().care = TabCare::kWhole;  // the teams' tabs were made by it too
    state.tabs.push_back({state_of(tab, sheet_id), false, {}});
  }
  WorkbookPlan plan = plan_setup(wanted, state);
  for (std::size_t i = 0; i < workbook.tabs.size(); ++i) {
    const auto [tab, at] = with_own_columns(wanted.tabs[i], workbook.tabs[i]);
    for (SetupStep& step : look_steps(tab, at))
      plan.tabs[i].steps.push_back(std::move(step));
  }
  return nlohmann::json::parse(sheets::setup_body(plan))["requests"].dump();
}

nlohmann::ordered_json entered_value(const Cell& cell) {
  if (const auto* text = std::get_if<std::string>(&cell)) return {{"stringValue", *text}};
  if (const auto* number = std::get_if<double>(&cell)) return {{"numberValue", *number}};
  if (const auto* flag = std::get_if<bool>(&cell)) return {{"boolValue", *flag}};
  return nlohmann::ordered_json::object();
}

std::string append_request(int sheet_id, const std::vector<Cell>& cells) {
  nlohmann::ordered_json values = nlohmann::ordered_json::array();
  for (const Cell& cell : cells)
    values.push_back(is_blank(cell) ? nlohmann::ordered_json::object()
                                    : nlohmann::ordered_json{{"userEnteredValue", entered_value(cell)}});
  nlohmann::ordered_json row = {{"values", std::move(values)}};
  return nlohmann::ordered_json::array(
             {{{"appendCells",
                {{"sheetId", sheet_id}, {"rows", {std::move(row)}}, {"fields", "userEnteredValue"}}}}})
      .dump();
}

IntakeTabSettings intake_tab_settings(const std::string& spreadsheet_id, std::string key, std::string tab) {
  IntakeTabSettings settings;
  settings.key = std::move(key);
  settings.layout.spreadsheet_id = spreadsheet_id;
  settings.layout.tab = std::move(tab);
  return settings;
}

}  // namespace

void create_demo_workbooks(sheets::emulator::Emulator& emulator) {
  const auto create = [&](const std::string& id, const DemoWorkbook& workbook) {
    if (emulator.has_workbook(id)) return;
    emulator.create_workbook(seed_of(id, workbook));
    emulator.apply_as_owner(id, look_requests(workbook));
  };
  create(kDemoIntakeEmea, demo_intake_emea());
  create(kDemoIntakeApac, demo_intake_apac());
  create(kDemoBacklog, demo_backlog());
  create(kDemoProductOps, demo_product_ops());
}

bool has_demo_workbooks(const sheets::emulator::Emulator& emulator) {
  const auto ids = {kDemoIntakeEmea, kDemoIntakeApac, kDemoBacklog, kDemoProductOps};
  return std::any_of(ids.begin(), ids.end(), [&](const char* id) { return emulator.has_workbook(id); });
}

void add_fresh_wishes(sheets::emulator::Emulator& emulator) {
  const std::vector<std::pair<std::string, DemoWorkbook>> workbooks = {{kDemoIntakeEmea, demo_intake_emea()},
                                                                       {kDemoIntakeApac, demo_intake_apac()}};
  for (const FreshWish& wish : fresh_wishes()) {
    for (const auto& [id, workbook] : workbooks) {
      for (std::size_t i = 0; i < workbook.tabs.size(); ++i) {
        if (workbook.tabs[i].title == wish.tab)
          emulator.apply_as_owner(id, append_request(static_cast<int>(i), wish.cells));
      }
    }
  }
}

void configure_demo_workbooks(Config& config) {
  BacklogSettings backlog;
  backlog.layout.spreadsheet_id = kDemoBacklog;
  backlog.layout.tab = "Backlog";
  config.central_backlogs = {backlog};

  config.product_ops = ProductOpsSettings{};
  config.product_ops.spreadsheet_id = kDemoProductOps;

  IntakeSettings emea;
  emea.sheet_key = "intake_emea";
  emea.spreadsheet_id = kDemoIntakeEmea;
  emea.tabs = {intake_tab_settings(kDemoIntakeEmea, "emea_marketing", "Marketing_EMEA"),
               intake_tab_settings(kDemoIntakeEmea, "emea_sales", "Sales_EMEA")};
  IntakeSettings apac;
  apac.sheet_key = "intake_apac";
  apac.spreadsheet_id = kDemoIntakeApac;
  apac.tabs = {intake_tab_settings(kDemoIntakeApac, "apac_growth", "Growth_APAC")};
  config.intakes = {emea, apac};
}

}  // namespace roadmap::app
