#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <tuple>

#include "sheets_client/emulator/requests/cell_data.h"
#include "sheets_client/emulator/requests/request_handlers.h"
#include "sheets_client/emulator/requests/spreadsheet_json.h"
#include "sheets_client/emulator/workbook/api_error.h"
#include "sheets_client/emulator/workbook/workbook.h"

namespace sheets::emulator {
namespace {

// A DataValidationRule as Google echoes it: false and empty members disappear.
Json echoed_rule(const RequestMessage& rule) {
  Json echoed = {{"condition", *rule.find("condition")}};
  const std::string message = rule.text("inputMessage");
  if (!message.empty()) echoed["inputMessage"] = message;
  if (rule.flag("strict")) echoed["strict"] = true;
  if (rule.flag("showCustomUi")) echoed["showCustomUi"] = true;
  return echoed;
}

// The rule of a request, and the sheet of its ranges.
std::pair<int, ConditionalFormat> read_conditional_format(const BatchContext& batch,
                                                          const RequestMessage& request) {
  const RequestMessage rule = request.message("rule");
  const Json& ranges = rule.list("ranges");
  if (ranges.empty()) throw invalid_argument("A conditional format rule needs a range.");
  if (rule.has("booleanRule") == rule.has("gradientRule"))
    throw invalid_argument("A conditional format rule is either a booleanRule or a gradientRule.");
  ConditionalFormat format;
  int sheet_id = 0;
  for (std::size_t i = 0; i < ranges.size(); ++i) {
    const RequestMessage range(&ranges[i], fmt::format("{}.ranges[{}]", rule.place(), i));
    sheet_id = require_sheet(batch.workbook, range.integer_or("sheetId", 0)).properties.id;
    format.ranges.push_back(read_bounds(range));
  }
  const std::string kind = rule.has("booleanRule") ? "booleanRule" : "gradientRule";
  format.rule = std::make_shared<const Json>(Json{{kind, with_google_colors(*rule.find(kind))}});
  return {sheet_id, std::move(format)};
}

std::size_t read_rule_index(const BatchContext& batch, int sheet_id, const RequestMessage& request,
                            const char* name) {
  const auto& formats = require_sheet(batch.workbook, sheet_id).conditional_formats;
  const int index = request.integer_or(name, 0);
  if (index < 0 || static_cast<std::size_t>(index) >= formats.size())
    throw invalid_argument(fmt::format("No conditional format on sheet: {} at index: {}", sheet_id, index));
  return static_cast<std::size_t>(index);
}

}  // namespace

void set_data_validation(BatchContext& batch, const RequestMessage& request) {
  const RequestRange range = read_grid_range(batch.workbook, request, "range");
  const GridRect rect = range.rect;
  std::shared_ptr<const Json> rule;
  if (request.has("rule")) {
    const RequestMessage given = request.message("rule");
    if (given.message("condition").text("type").empty())
      throw invalid_argument("A data validation rule needs a condition with a type.");
    rule = std::make_shared<const Json>(echoed_rule(given));
  }
  Sheet& sheet = edit_cells(batch, range.sheet, rect);
  const int end_row = rule ? rect.end_row : std::min(rect.end_row, sheet.stored_rows());
  for (int r = rect.start_row; r < end_row; ++r) {
    Row& row = sheet.edit_row(r, rect.end_column);
    for (int c = rect.start_column; c < rect.end_column; ++c) {
      row[static_cast<std::size_t>(c)].change_detail([&](CellDetail& detail) { detail.validation = rule; });
    }
  }
}

void add_conditional_format_rule(BatchContext& batch, const RequestMessage& request) {
  auto [sheet_id, format] = read_conditional_format(batch, request);
  auto& formats = batch.workbook.edit(sheet_id).conditional_formats;
  const auto index = static_cast<std::size_t>(std::max(request.integer_or("index", 0), 0));
  formats.insert(formats.begin() + static_cast<std::ptrdiff_t>(std::min(index, formats.size())),
                 std::move(format));
}

Json update_conditional_format_rule(BatchContext& batch, const RequestMessage& request) {
  const bool moves = request.has("newIndex");
  int sheet_id = request.integer_or("sheetId", 0);
  ConditionalFormat replacement;
  if (!moves) std::tie(sheet_id, replacement) = read_conditional_format(batch, request);
  const std::size_t index = read_rule_index(batch, sheet_id, request, "index");
  Sheet& sheet = batch.workbook.edit(sheet_id);
  auto& formats = sheet.conditional_formats;
  const auto at = [&](std::size_t i) { return formats.begin() + static_cast<std::ptrdiff_t>(i); };
  Json reply = Json::object();
  std::size_t new_index = index;
  if (moves) {
    new_index = read_rule_index(batch, sheet_id, request, "newIndex");
    if (new_index < index) std::rotate(at(new_index), at(index), at(index + 1));
    if (new_index > index) std::rotate(at(index), at(index + 1), at(new_index + 1));
    if (index != 0) reply["oldIndex"] = index;
  } else {
    reply["oldRule"] = conditional_format_json(sheet, formats[index]);
    formats[index] = std::move(replacement);
  }
  reply["newRule"] = conditional_format_json(sheet, formats[new_index]);
  if (new_index != 0) reply["newIndex"] = new_index;
  return reply;
}

Json delete_conditional_format_rule(BatchContext& batch, const RequestMessage& request) {
  const int sheet_id = request.integer_or("sheetId", 0);
  const std::size_t index = read_rule_index(batch, sheet_id, request, "index");
  Sheet& sheet = batch.workbook.edit(sheet_id);
  Json rule = conditional_format_json(sheet, sheet.conditional_formats[index]);
  sheet.conditional_formats.erase(sheet.conditional_formats.begin() + static_cast<std::ptrdiff_t>(index));
  return {{"rule", std::move(rule)}};
}

}  // namespace sheets::emulator
