#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "sheets_client/emulator/requests/cell_data.h"
#include "sheets_client/emulator/requests/request_handlers.h"
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

}  // namespace

Json set_data_validation(BatchContext& batch, const RequestMessage& request) {
  const RequestRange range = read_grid_range(batch.workbook, request, "range");
  const GridRect rect = range.rect;
  std::shared_ptr<const Json> rule;
  if (request.has("rule")) {
    const RequestMessage given = request.message("rule");
    if (given.message("condition").text("type").empty())
      throw invalid_argument("A data validation rule needs a condition with a type.");
    rule = std::make_shared<const Json>(echoed_rule(given));
  }
  check_editable(batch.workbook, range.sheet, rect, batch.caller);
  Sheet& sheet = batch.workbook.edit(range.sheet.properties.id);
  const int end_row = rule ? rect.end_row : std::min(rect.end_row, sheet.stored_rows());
  for (int r = rect.start_row; r < end_row; ++r) {
    Row& row = sheet.edit_row(r, rect.end_column);
    for (int c = rect.start_column; c < rect.end_column; ++c) {
      row[static_cast<std::size_t>(c)].change_detail([&](CellDetail& detail) { detail.validation = rule; });
    }
  }
  return Json::object();
}

Json add_conditional_format_rule(BatchContext& batch, const RequestMessage& request) {
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
  auto& formats = batch.workbook.edit(sheet_id).conditional_formats;
  const auto index = static_cast<std::size_t>(std::max(request.integer_or("index", 0), 0));
  formats.insert(formats.begin() + static_cast<std::ptrdiff_t>(std::min(index, formats.size())),
                 std::move(format));
  return Json::object();
}

}  // namespace sheets::emulator
