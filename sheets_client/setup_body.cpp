#include "sheets_client/setup_body.h"

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "core/fields/cell_value.h"
#include "sheets_client/api_error.h"
#include "sheets_client/google_sheets.h"

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

// "#rrggbb" as the API takes it.
json colour(std::uint32_t rgb) {
  const auto part = [&](int shift) { return static_cast<double>((rgb >> shift) & 0xffU) / 255.0; };
  return {{"rgbColor", {{"red", part(16)}, {"green", part(8)}, {"blue", part(0)}}}};
}

constexpr std::uint32_t kTypedHeaderTint = 0xdbe7fd;
constexpr std::uint32_t kWrittenHeaderTint = 0xe2e5ea;
constexpr std::uint32_t kWrittenTint = 0xf6f7f9;

json header_json(std::uint32_t tint) {
  return {{"backgroundColorStyle", colour(tint)},
          {"textFormat", {{"bold", true}}},
          {"verticalAlignment", "MIDDLE"},
          {"wrapStrategy", "WRAP"}};
}

// A CellFormat. Long texts are cut off at their column, but for sentences, which are read whole: their row
// grows.
json format_json(CellLook look) {
  if (look == CellLook::kTypedHeader) return header_json(kTypedHeaderTint);
  if (look == CellLook::kWrittenHeader) return header_json(kWrittenHeaderTint);
  json format = {{"verticalAlignment", "MIDDLE"},
                 {"wrapStrategy", look == CellLook::kSentence ? "WRAP" : "CLIP"}};
  if (look == CellLook::kTyped) return format;
  format["backgroundColorStyle"] = colour(kWrittenTint);
  if (look == CellLook::kScore) format["numberFormat"] = {{"type", "NUMBER"}, {"pattern", "#,##0.00"}};
  return format;
}

json outcome_rule(Outcome outcome) {
  struct Colours {
    const char* begins_with;
    std::uint32_t background;
    std::uint32_t text;
  };
  const Colours colours = outcome == Outcome::kOk        ? Colours{"OK", 0xe0f2e4, 0x14532d}
                          : outcome == Outcome::kSkipped ? Colours{"SKIPPED", 0xfdf0cf, 0x614400}
                                                         : Colours{"FAILED", 0xfcdedb, 0x8c1d18};
  return {{"condition",
           {{"type", "TEXT_STARTS_WITH"},
            {"values", json::array({{{"userEnteredValue", colours.begins_with}}})}}},
          {"format",
           {{"backgroundColorStyle", colour(colours.background)},
            {"textFormat", {{"foregroundColorStyle", colour(colours.text)}}}}}};
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
  json operator()(const FreezeRows& freeze) const { return hold("frozenRowCount", freeze.count); }
  json operator()(const FreezeColumns& freeze) const { return hold("frozenColumnCount", freeze.count); }
  json operator()(const SetRowHeight& size) const { return resize("ROWS", size.row - 1, 1, size.pixels); }
  json operator()(const SetColumnWidth& size) const {
    return resize("COLUMNS", size.first_column, size.column_count, size.pixels);
  }
  json operator()(const FormatCells& cells) const {
    json range = grid_range(sheet_id, cells.first_row, cells.first_column);
    range["endColumnIndex"] = cells.first_column + cells.column_count;
    if (cells.last_row > 0) range["endRowIndex"] = cells.last_row;
    json format = format_json(cells.look);
    std::string fields;
    for (const auto& [member, value] : format.items())
      fields += (fields.empty() ? "userEnteredFormat." : ",userEnteredFormat.") + member;
    return {{"repeatCell",
             {{"range", std::move(range)},
              {"cell", {{"userEnteredFormat", std::move(format)}}},
              {"fields", std::move(fields)}}}};
  }
  json operator()(const ColourOutcome& rule) const {
    return {{"addConditionalFormatRule",
             {{"rule",
               {{"ranges", json::array({grid_range(sheet_id, rule.first_row, rule.column)})},
                {"booleanRule", outcome_rule(rule.outcome)}}},
              {"index", 0}}}};
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
  json hold(const std::string& property, int count) const {
    return {{"updateSheetProperties",
             {{"properties", {{"sheetId", sheet_id}, {"gridProperties", {{property, count}}}}},
              {"fields", "gridProperties." + property}}}};
  }
  json resize(const char* dimension, int start, int count, int pixels) const {
    return {{"updateDimensionProperties",
             {{"range",
               {{"sheetId", sheet_id},
                {"dimension", dimension},
                {"startIndex", start},
                {"endIndex", start + count}}},
              {"properties", {{"pixelSize", pixels}}},
              {"fields", "pixelSize"}}}};
  }
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

// The tab and step behind a request; nullptr members when there is none.
struct PlannedStep {
  const TabSetup* tab = nullptr;
  const SetupStep* step = nullptr;
};

PlannedStep step_of_request(const WorkbookPlan& plan, std::size_t request) {
  for (const TabSetup& tab : plan.tabs) {
    if (request < tab.steps.size()) return {&tab, &tab.steps[request]};
    request -= tab.steps.size();
  }
  return {};
}

// What Google refused, and who can help. `message` is Google's own.
std::string refusal(const PlannedStep& refused, const std::string& message, const std::string& account) {
  return without_request_name(message) + " (to " + in_words(*refused.step) +
         "). Nothing was changed in this spreadsheet. Let " + account +
         " edit there (Data, Protected sheets and ranges), or do it by hand, and run setup-sheets again.";
}

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

void GoogleSheets::apply(const WorkbookPlan& plan, const RunControl& control) {
  if (plan.step_count() == 0) return;
  const CallResult result =
      api_.perform(batch_update(plan.spreadsheet_id, text_body(setup_body(plan))), control);
  const auto* failure = std::get_if<CallFailure>(&result);
  if (failure == nullptr) return;
  CallFailure told = *failure;
  std::string tabs;
  const std::optional<std::size_t> request = refused_request(told.message);
  const PlannedStep refused = request ? step_of_request(plan, *request) : PlannedStep{};
  if (refused.step != nullptr) {
    tabs = "'" + refused.tab->title + "'";
    told.message = refusal(refused, failure->message, account());
  }
  const SheetsError error = directory_.error(told, plan.spreadsheet_id, CallKind::kWrite, tabs);
  std::string message = error.what();
  if (told.maybe_applied) message += " It may have been done all the same: run setup-sheets again to see.";
  throw SheetsError(error.failure(), plan.spreadsheet_id, message, failure->message);
}

}  // namespace sheets
