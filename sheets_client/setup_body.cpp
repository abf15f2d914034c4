#include "sheets_client/setup_body.h"

#include <nlohmann/json.hpp>
#include <string_view>
#include <variant>

#include "core/fields/cell_value.h"

namespace sheets {
namespace {

using nlohmann::json;
using namespace roadmap;  // NOLINT(google-build-using-namespace): the steps, all of them

json grid_range(std::int64_t sheet_id, int first_row, int column) {
  return {{"sheetId", sheet_id},
          {"startRowIndex", first_row - 1},
          {"startColumnIndex", column},
          {"endColumnIndex", column + 1}};
}

json rule_json(CellRule rule) {
  if (rule == CellRule::kCheckbox) return {{"condition", {{"type", "BOOLEAN"}}}, {"strict", false}};
  json values = json::array();
  for (const std::string_view name : kFrameworkNames)
    values.push_back({{"userEnteredValue", name}});
  return {{"condition", {{"type", "ONE_OF_LIST"}, {"values", std::move(values)}}},
          {"strict", false},
          {"showCustomUi", true}};
}

// A step as a request to batchUpdate.
struct RequestOf {
  std::int64_t sheet_id;
  const std::string& title;

  json operator()(const AddTab& add) const {
    return {{"addSheet",
             {{"properties",
               {{"sheetId", sheet_id},
                {"title", title},
                {"gridProperties",
                 {{"rowCount", add.rows},
                  {"columnCount", add.columns},
                  {"frozenRowCount", add.frozen_rows}}}}}}}};
  }
  json operator()(const AppendRows& add) const { return append("ROWS", add.count); }
  json operator()(const AppendColumns& add) const { return append("COLUMNS", add.count); }

  json operator()(const AddHeader& add) const {
    json cell = {{"userEnteredValue", {{"stringValue", add.header}}}};
    if (add.note.empty()) return update(add.row, add.column, std::move(cell), "userEnteredValue");
    cell["note"] = add.note;
    return update(add.row, add.column, std::move(cell), "userEnteredValue,note");
  }
  json operator()(const AddNote& add) const {
    return update(add.row, add.column, {{"note", add.note}}, "note");
  }
  json operator()(const FreezeRows& freeze) const {
    return {{"updateSheetProperties",
             {{"properties", {{"sheetId", sheet_id}, {"gridProperties", {{"frozenRowCount", freeze.count}}}}},
              {"fields", "gridProperties.frozenRowCount"}}}};
  }
  json operator()(const AddRule& add) const {
    json range = grid_range(sheet_id, add.first_row, add.column);
    range["endRowIndex"] = add.last_row;
    return {{"setDataValidation", {{"range", std::move(range)}, {"rule", rule_json(add.rule)}}}};
  }
  json operator()(const ProtectColumn& protect) const {
    return {{"addProtectedRange",
             {{"protectedRange",
               {{"range", grid_range(sheet_id, protect.first_row, protect.column)},
                {"description", protect.description},
                {"warningOnly", true}}}}}};
  }

 private:
  json append(const char* dimension, int count) const {
    return {{"appendDimension", {{"sheetId", sheet_id}, {"dimension", dimension}, {"length", count}}}};
  }
  json update(int row, int column, json cell, const char* fields) const {
    return {{"updateCells",
             {{"start", {{"sheetId", sheet_id}, {"rowIndex", row - 1}, {"columnIndex", column}}},
              {"rows", json::array({{{"values", json::array({std::move(cell)})}}})},
              {"fields", fields}}}};
  }
};

}  // namespace

std::string setup_body(const WorkbookPlan& plan) {
  json requests = json::array();
  for (const TabSetup& tab : plan.tabs) {
    for (const SetupStep& step : tab.steps)
      requests.push_back(std::visit(RequestOf{tab.sheet_id, tab.title}, step));
  }
  const json body = {{"requests", std::move(requests)}};
  return body.dump(-1, ' ', false, json::error_handler_t::replace);
}

PlannedStep step_of_request(const WorkbookPlan& plan, std::size_t request) {
  for (const TabSetup& tab : plan.tabs) {
    if (request < tab.steps.size()) return {&tab, &tab.steps[request]};
    request -= tab.steps.size();
  }
  return {};
}

}  // namespace sheets
