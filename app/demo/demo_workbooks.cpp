#include "app/demo/demo_workbooks.h"

#include <nlohmann/json.hpp>
#include <utility>
#include <variant>
#include <vector>

#include "app/demo/demo_data.h"
#include "app/demo/demo_look.h"
#include "sheets_client/emulator/emulator.h"

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

void create_demo_workbooks(const DemoWorkbookIds& ids, sheets::emulator::Emulator& emulator) {
  const auto create = [&](const std::string& id, const DemoWorkbook& workbook) {
    if (emulator.has_workbook(id)) return;
    emulator.create_workbook(seed_of(id, workbook));
    emulator.apply_as_owner(id, look_requests(workbook, kTabRows));
  };
  create(ids.intake_emea, demo_intake_emea());
  create(ids.intake_apac, demo_intake_apac());
  create(ids.backlog, demo_backlog());
  create(ids.product_ops, demo_product_ops());
}

bool has_demo_workbooks(const DemoWorkbookIds& ids, const sheets::emulator::Emulator& emulator) {
  return emulator.has_workbook(ids.intake_emea) || emulator.has_workbook(ids.intake_apac) ||
         emulator.has_workbook(ids.backlog) || emulator.has_workbook(ids.product_ops);
}

void add_fresh_wishes(const DemoWorkbookIds& ids, sheets::emulator::Emulator& emulator) {
  const std::vector<std::pair<std::string, DemoWorkbook>> workbooks = {{ids.intake_emea, demo_intake_emea()},
                                                                       {ids.intake_apac, demo_intake_apac()}};
  for (const FreshWish& wish : fresh_wishes()) {
    for (const auto& [id, workbook] : workbooks) {
      for (std::size_t i = 0; i < workbook.tabs.size(); ++i) {
        if (workbook.tabs[i].title == wish.tab)
          emulator.apply_as_owner(id, append_request(static_cast<int>(i), wish.cells));
      }
    }
  }
}

void configure_demo_workbooks(const DemoWorkbookIds& ids, Config& config) {
  BacklogSettings backlog;
  backlog.layout.spreadsheet_id = ids.backlog;
  backlog.layout.tab = "Backlog";
  config.central_backlogs = {backlog};

  config.product_ops = ProductOpsSettings{};
  config.product_ops.spreadsheet_id = ids.product_ops;

  IntakeSettings emea;
  emea.sheet_key = "intake_emea";
  emea.spreadsheet_id = ids.intake_emea;
  emea.tabs = {intake_tab_settings(ids.intake_emea, "emea_marketing", "Marketing_EMEA"),
               intake_tab_settings(ids.intake_emea, "emea_sales", "Sales_EMEA")};
  IntakeSettings apac;
  apac.sheet_key = "intake_apac";
  apac.spreadsheet_id = ids.intake_apac;
  apac.tabs = {intake_tab_settings(ids.intake_apac, "apac_growth", "Growth_APAC")};
  config.intakes = {emea, apac};
}

}  // namespace roadmap::app
