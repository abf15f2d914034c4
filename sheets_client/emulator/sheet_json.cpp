#include "sheets_client/emulator/sheet_json.h"

#include <nlohmann/json.hpp>

#include "sheets_client/emulator/batch_update.h"
#include "sheets_client/emulator/protection.h"

namespace sheets::emulator {

Json sheet_properties_json(const Workbook& workbook, const Sheet& sheet) {
  const SheetProperties& p = sheet.properties;
  Json grid = {{"rowCount", p.row_count}, {"columnCount", p.column_count}};
  if (p.frozen_rows > 0) grid["frozenRowCount"] = p.frozen_rows;
  if (p.frozen_columns > 0) grid["frozenColumnCount"] = p.frozen_columns;
  if (p.hide_gridlines) grid["hideGridlines"] = true;
  Json properties = {{"sheetId", p.id},
                     {"title", p.title},
                     {"index", workbook.index_of(p.id)},
                     {"sheetType", "GRID"},
                     {"gridProperties", std::move(grid)}};
  if (p.hidden) properties["hidden"] = true;
  if (p.tab_color_style) {
    const auto rgb = p.tab_color_style->find("rgbColor");
    if (rgb != p.tab_color_style->end()) properties["tabColor"] = *rgb;
  }
  if (p.right_to_left) properties["rightToLeft"] = true;
  if (p.tab_color_style) properties["tabColorStyle"] = *p.tab_color_style;
  return properties;
}

Json editors_json(const Editors& editors) {
  Json json = Json::object();
  if (!editors.users.empty()) json["users"] = editors.users;
  if (!editors.groups.empty()) json["groups"] = editors.groups;
  if (editors.domain_users_can_edit) json["domainUsersCanEdit"] = true;
  return json;
}

Json protected_range_json(const Workbook& workbook, const Sheet& sheet, const ProtectedRange& range,
                          const Caller& caller) {
  const int sheet_id = sheet.properties.id;
  const bool editor = may_edit(workbook, range, caller);
  Json json = {{"protectedRangeId", range.id}, {"range", bounds_json(sheet_id, range.bounds)}};
  if (!range.description.empty()) json["description"] = range.description;
  if (range.warning_only) json["warningOnly"] = true;
  if (editor || range.warning_only) json["requestingUserCanEdit"] = true;
  if (!range.unprotected.empty()) {
    Json open = Json::array();
    for (const GridBounds& bounds : range.unprotected)
      open.push_back(bounds_json(sheet_id, bounds));
    json["unprotectedRanges"] = std::move(open);
  }
  if (editor) json["editors"] = editors_json(range.editors);
  return json;
}

Json conditional_format_json(const Sheet& sheet, const ConditionalFormat& format) {
  Json ranges = Json::array();
  for (const GridBounds& bounds : format.ranges)
    ranges.push_back(bounds_json(sheet.properties.id, bounds));
  Json json = {{"ranges", std::move(ranges)}};
  json.update(*format.rule);
  return json;
}

}  // namespace sheets::emulator
