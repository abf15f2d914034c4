#include "sheets_client/emulator/requests/spreadsheet_json.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "sheets_client/emulator/requests/batch_update.h"
#include "sheets_client/emulator/requests/developer_metadata.h"

namespace sheets::emulator {
namespace {

const Json& default_theme() {
  static const Json kTheme = Json::parse(R"({
    "primaryFontFamily": "Arial",
    "themeColors": [
      {"colorType": "TEXT", "color": {"rgbColor": {}}},
      {"colorType": "BACKGROUND", "color": {"rgbColor": {"red": 1, "green": 1, "blue": 1}}},
      {"colorType": "ACCENT1", "color": {"rgbColor": {"red": 0.25882354, "green": 0.52156866, "blue": 0.95686275}}},
      {"colorType": "ACCENT2", "color": {"rgbColor": {"red": 0.91764706, "green": 0.2627451, "blue": 0.20784314}}},
      {"colorType": "ACCENT3", "color": {"rgbColor": {"red": 0.9843137, "green": 0.7372549, "blue": 0.015686275}}},
      {"colorType": "ACCENT4", "color": {"rgbColor": {"red": 0.20392157, "green": 0.65882355, "blue": 0.3254902}}},
      {"colorType": "ACCENT5", "color": {"rgbColor": {"red": 1, "green": 0.42745098, "blue": 0.003921569}}},
      {"colorType": "ACCENT6", "color": {"rgbColor": {"red": 0.27450982, "green": 0.7411765, "blue": 0.7764706}}},
      {"colorType": "LINK", "color": {"rgbColor": {"red": 0.06666667, "green": 0.33333334, "blue": 0.8}}}
    ]
  })");
  return kTheme;
}

Json properties_json(const Workbook& workbook) {
  return {{"title", workbook.title},
          {"locale", workbook.locale},
          {"autoRecalc", "ON_CHANGE"},
          {"timeZone", workbook.time_zone},
          {"defaultFormat", default_cell_format()},
          {"spreadsheetTheme", default_theme()}};
}

std::vector<GridRect> rects_on(const Sheet& sheet, const std::vector<SheetRange>& ranges) {
  std::vector<GridRect> rects;
  for (const SheetRange& range : ranges) {
    if (range.sheet == &sheet) rects.push_back(range.rect);
  }
  if (ranges.empty()) rects.push_back(sheet.whole());
  return rects;
}

// What belongs to the whole of a spreadsheet or sheet; rows and columns show their own.
void write_metadata(JsonWriter& writer, const std::vector<DeveloperMetadata>& list, const Sheet* sheet) {
  Json shown = Json::array();
  for (const DeveloperMetadata& metadata : list) {
    if (!metadata.line) shown.push_back(metadata_json(metadata, sheet));
  }
  if (!shown.empty()) writer.member("developerMetadata", shown);
}

template <typename Entry, typename Shown>
void write_list(JsonWriter& writer, std::string_view name, const std::vector<Entry>& list, Shown&& shown) {
  if (list.empty() || !writer.key(name)) return;
  writer.begin_array();
  for (const Entry& entry : list)
    writer.json(shown(entry));
  writer.end_array();
}

void write_groups(JsonWriter& writer, std::string_view name, const Sheet& sheet, Dimension dimension) {
  const Json groups = dimension_groups_json(sheet, dimension);
  if (!groups.empty()) writer.member(name, groups);
}

void write_named_ranges(JsonWriter& writer, const Workbook& workbook) {
  Json named = Json::array();
  for (std::size_t i = 0; i < workbook.size(); ++i) {
    for (const NamedRange& range : workbook.sheet(i).named_ranges)
      named.push_back(named_range_json(workbook.sheet(i), range));
  }
  if (!named.empty()) writer.member("namedRanges", named);
}

// Of a sheet that has one.
Json basic_filter_json(const Sheet& sheet) {
  Json json = {{"range", bounds_json(sheet.properties.id, sheet.basic_filter->bounds)}};
  json.update(*sheet.basic_filter->content);
  return json;
}

}  // namespace

Json conditional_format_json(const Sheet& sheet, const ConditionalFormat& format) {
  Json ranges = Json::array();
  for (const GridBounds& bounds : format.ranges)
    ranges.push_back(bounds_json(sheet.properties.id, bounds));
  Json json = {{"ranges", std::move(ranges)}};
  json.update(*format.rule);
  return json;
}

Json dimension_groups_json(const Sheet& sheet, Dimension dimension) {
  Json groups = Json::array();
  const auto& lines = sheet.lines(dimension);
  int deepest = 0;
  for (const auto& [index, line] : lines)
    deepest = std::max(deepest, line.group_depth);
  for (int depth = 1; depth <= deepest; ++depth) {
    int start = -1, last = -1;
    const auto close = [&] {
      if (start < 0) return;
      groups.push_back(
          {{"range", lines_json(sheet.properties.id, dimension, start, last + 1)}, {"depth", depth}});
      start = -1;
    };
    for (const auto& [index, line] : lines) {
      if (line.group_depth < depth) continue;
      if (index != last + 1) close();
      if (start < 0) start = index;
      last = index;
    }
    close();
  }
  return groups;
}

Json filter_view_json(const Sheet& sheet, const RangedRule& view) {
  Json json = {{"filterViewId", view.id}};
  if (view.content->contains("title")) json["title"] = view.content->at("title");
  json["range"] = bounds_json(sheet.properties.id, view.bounds);
  json.update(*view.content);
  return json;
}

Json banding_json(const Sheet& sheet, const RangedRule& banding) {
  Json json = {{"bandedRangeId", banding.id}, {"range", bounds_json(sheet.properties.id, banding.bounds)}};
  json.update(*banding.content);
  return json;
}

Json named_range_json(const Sheet& sheet, const NamedRange& named) {
  return {{"namedRangeId", named.id},
          {"name", named.name},
          {"range", bounds_json(sheet.properties.id, named.bounds)}};
}

Json sheet_properties_json(const Workbook& workbook, const Sheet& sheet) {
  const SheetProperties& p = sheet.properties;
  Json grid = {{"rowCount", p.row_count}, {"columnCount", p.column_count}};
  for (const auto& [name, number, flag] : kGridProperties) {
    if (number && p.*number > 0) grid[name] = p.*number;
    if (flag && p.*flag) grid[name] = true;
  }
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

void write_spreadsheet(JsonWriter& writer, Calculation& calculation, const Workbook& workbook,
                       const std::vector<SheetRange>& ranges, GridData grid_data, const Caller& caller) {
  writer.begin_object();
  writer.member("spreadsheetId", workbook.id);
  writer.member("properties", properties_json(workbook));
  if (writer.key("sheets")) {
    writer.begin_array();
    for (std::size_t i = 0; i < workbook.size(); ++i) {
      const Sheet& sheet = workbook.sheet(i);
      const auto rects = rects_on(sheet, ranges);
      if (rects.empty()) continue;
      writer.begin_object();
      writer.member("properties", sheet_properties_json(workbook, sheet));
      if (grid_data == GridData::kIncluded && writer.key("data")) {
        writer.begin_array();
        for (const GridRect& rect : rects)
          write_grid_data(writer, calculation, workbook, sheet, rect);
        writer.end_array();
      }
      write_list(writer, "merges", sheet.merges,
                 [&](const auto& merge) { return bounds_json(sheet.properties.id, merge); });
      write_list(writer, "conditionalFormats", sheet.conditional_formats,
                 [&](const auto& format) { return conditional_format_json(sheet, format); });
      write_list(writer, "filterViews", sheet.filter_views,
                 [&](const auto& view) { return filter_view_json(sheet, view); });
      write_list(writer, "protectedRanges", sheet.protected_ranges,
                 [&](const auto& range) { return protected_range_json(workbook, sheet, range, caller); });
      if (sheet.basic_filter) writer.member("basicFilter", basic_filter_json(sheet));
      write_list(writer, "bandedRanges", sheet.bandings,
                 [&](const auto& banding) { return banding_json(sheet, banding); });
      write_metadata(writer, sheet.developer_metadata, &sheet);
      write_groups(writer, "rowGroups", sheet, Dimension::kRows);
      write_groups(writer, "columnGroups", sheet, Dimension::kColumns);
      writer.end_object();
    }
    writer.end_array();
  }
  write_named_ranges(writer, workbook);
  write_metadata(writer, workbook.developer_metadata, nullptr);
  writer.member("spreadsheetUrl", "https://docs.google.com/spreadsheets/d/" + workbook.id + "/edit");
  writer.end_object();
}

}  // namespace sheets::emulator
