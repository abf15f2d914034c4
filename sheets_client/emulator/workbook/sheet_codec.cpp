#include "sheets_client/emulator/workbook/sheet_codec.h"

#include <map>
#include <nlohmann/json.hpp>
#include <stdexcept>

namespace sheets::emulator {
namespace {

Json encode_detail(const CellDetail& detail) {
  Json json = Json::object();
  if (!detail.formula.empty()) json["formula"] = detail.formula;
  if (!detail.note.empty()) json["note"] = detail.note;
  if (!detail.number_format.empty())
    json["number"] = {detail.number_format.type, detail.number_format.pattern};
  if (detail.format) json["format"] = *detail.format;
  if (detail.validation) json["validation"] = *detail.validation;
  return json;
}

std::shared_ptr<const CellDetail> decode_detail(const Json& json) {
  CellDetail detail;
  detail.formula = json.value("formula", "");
  detail.note = json.value("note", "");
  if (json.contains("number"))
    detail.number_format = {json["number"].at(0).get<std::string>(), json["number"].at(1).get<std::string>()};
  if (json.contains("format")) detail.format = std::make_shared<const Json>(json["format"]);
  if (json.contains("validation")) detail.validation = std::make_shared<const Json>(json["validation"]);
  return std::make_shared<const CellDetail>(std::move(detail));
}

Json encode_value(const Value& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return *text;
  if (const auto* number = std::get_if<double>(&value)) return *number;
  if (const auto* flag = std::get_if<bool>(&value)) return *flag;
  if (const auto* error = std::get_if<CellError>(&value)) return {{"error", static_cast<int>(*error)}};
  return nullptr;
}

Value decode_value(const Json& json) {
  if (json.is_string()) return json.get<std::string>();
  if (json.is_number()) return json.get<double>();
  if (json.is_boolean()) return json.get<bool>();
  if (json.is_object()) return static_cast<CellError>(json.at("error").get<int>());
  return {};
}

Json encode_bounds(const GridBounds& b) {
  const auto side = [](const std::optional<int>& value) { return value ? Json(*value) : Json(nullptr); };
  return {side(b.start_row), side(b.end_row), side(b.start_column), side(b.end_column)};
}

GridBounds decode_bounds(const Json& json) {
  const auto side = [&](std::size_t i) {
    return json.at(i).is_null() ? std::optional<int>{} : std::optional<int>(json.at(i).get<int>());
  };
  return {side(0), side(1), side(2), side(3)};
}

template <typename Item, typename Encode>
Json encode_all(const std::vector<Item>& list, Encode&& encode) {
  Json json = Json::array();
  for (const Item& item : list)
    json.push_back(encode(item));
  return json;
}

template <typename Decode>
auto decode_all(const Json& json, Decode&& decode) {
  std::vector<decltype(decode(json))> list;
  for (const Json& item : json)
    list.push_back(decode(item));
  return list;
}

Json encode_dimensions(const std::map<int, DimensionProperties>& properties) {
  Json json = Json::array();
  for (const auto& [index, p] : properties)
    json.push_back({index, p.hidden, p.pixel_size ? Json(*p.pixel_size) : Json(nullptr), p.group_depth});
  return json;
}

std::map<int, DimensionProperties> decode_dimensions(const Json& json) {
  std::map<int, DimensionProperties> properties;
  for (const Json& item : json) {
    DimensionProperties& p = properties[item.at(0).get<int>()];
    p.hidden = item.at(1).get<bool>();
    if (!item.at(2).is_null()) p.pixel_size = item.at(2).get<int>();
    p.group_depth = item.at(3).get<int>();
  }
  return properties;
}

Json encode_rule(const RangedRule& rule) {
  return {{"id", rule.id}, {"bounds", encode_bounds(rule.bounds)}, {"content", *rule.content}};
}

RangedRule decode_rule(const Json& json) {
  return {json.at("id").get<int>(), decode_bounds(json.at("bounds")),
          std::make_shared<const Json>(json.at("content"))};
}

Json encode_properties(const SheetProperties& p) {
  return {{"id", p.id},
          {"title", p.title},
          {"rows", p.row_count},
          {"columns", p.column_count},
          {"frozenRows", p.frozen_rows},
          {"frozenColumns", p.frozen_columns},
          {"hideGridlines", p.hide_gridlines},
          {"rowGroupControlAfter", p.row_group_control_after},
          {"columnGroupControlAfter", p.column_group_control_after},
          {"hidden", p.hidden},
          {"rightToLeft", p.right_to_left},
          {"tabColor", p.tab_color_style ? *p.tab_color_style : Json(nullptr)}};
}

SheetProperties decode_properties(const Json& json) {
  SheetProperties p;
  p.id = json.at("id").get<int>();
  p.title = json.at("title").get<std::string>();
  p.row_count = json.at("rows").get<int>();
  p.column_count = json.at("columns").get<int>();
  p.frozen_rows = json.at("frozenRows").get<int>();
  p.frozen_columns = json.at("frozenColumns").get<int>();
  p.hide_gridlines = json.at("hideGridlines").get<bool>();
  // Files of earlier versions lack these.
  p.row_group_control_after = json.value("rowGroupControlAfter", false);
  p.column_group_control_after = json.value("columnGroupControlAfter", false);
  p.hidden = json.at("hidden").get<bool>();
  p.right_to_left = json.at("rightToLeft").get<bool>();
  if (!json.at("tabColor").is_null()) p.tab_color_style = std::make_shared<const Json>(json.at("tabColor"));
  return p;
}

Json encode_protected(const ProtectedRange& range) {
  return {{"id", range.id},
          {"bounds", encode_bounds(range.bounds)},
          {"description", range.description},
          {"warningOnly", range.warning_only},
          {"editors",
           {{"users", range.editors.users},
            {"groups", range.editors.groups},
            {"domainUsersCanEdit", range.editors.domain_users_can_edit}}},
          {"unprotected", encode_all(range.unprotected, encode_bounds)}};
}

ProtectedRange decode_protected(const Json& json) {
  ProtectedRange range;
  range.id = json.at("id").get<int>();
  range.bounds = decode_bounds(json.at("bounds"));
  range.description = json.at("description").get<std::string>();
  range.warning_only = json.at("warningOnly").get<bool>();
  const Json& editors = json.at("editors");
  range.editors = {editors.value("users", std::vector<std::string>{}),
                   editors.value("groups", std::vector<std::string>{}),
                   editors.value("domainUsersCanEdit", false)};
  range.unprotected = decode_all(json.at("unprotected"), decode_bounds);
  return range;
}

Json encode_conditional(const ConditionalFormat& format) {
  return {{"ranges", encode_all(format.ranges, encode_bounds)}, {"rule", *format.rule}};
}

ConditionalFormat decode_conditional(const Json& json) {
  return {decode_all(json.at("ranges"), decode_bounds), std::make_shared<const Json>(json.at("rule"))};
}

Json encode_named(const NamedRange& range) {
  return {{"id", range.id}, {"name", range.name}, {"bounds", encode_bounds(range.bounds)}};
}

NamedRange decode_named(const Json& json) {
  return {json.at("id").get<std::string>(), json.at("name").get<std::string>(),
          decode_bounds(json.at("bounds"))};
}

Json encode_datum(const DeveloperMetadata& m) {
  Json line = m.line ? Json::array({m.line->dimension == Dimension::kRows, m.line->index}) : Json(nullptr);
  return {{"id", m.id}, {"key", m.key}, {"value", m.value}, {"visibility", m.visibility}, {"line", line}};
}

DeveloperMetadata decode_datum(const Json& json) {
  DeveloperMetadata m{json.at("id").get<int>(),
                      json.at("key").get<std::string>(),
                      json.at("value").get<std::string>(),
                      json.at("visibility").get<std::string>(),
                      {}};
  const Json& line = json.at("line");
  if (!line.is_null())
    m.line = {line.at(0).get<bool>() ? Dimension::kRows : Dimension::kColumns, line.at(1).get<int>()};
  return m;
}

std::string dumped(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

// Reads what this file wrote; `what` names it when something else stands there.
template <typename Read>
auto decoded(std::string_view text, const char* what, Read&& read) {
  try {
    return read(Json::parse(text));
  } catch (const Json::exception& error) {
    throw std::runtime_error(std::string("a stored ") + what + " cannot be read: " + error.what());
  }
}

Sheet decode_frame_json(const Json& json) {
  Sheet sheet;
  sheet.properties = decode_properties(json.at("properties"));
  sheet.protected_ranges = decode_all(json.at("protected"), decode_protected);
  sheet.conditional_formats = decode_all(json.at("conditional"), decode_conditional);
  sheet.merges = decode_all(json.at("merges"), decode_bounds);
  if (!json.at("basicFilter").is_null()) sheet.basic_filter = decode_rule(json.at("basicFilter"));
  sheet.filter_views = decode_all(json.at("filterViews"), decode_rule);
  sheet.bandings = decode_all(json.at("bandings"), decode_rule);
  sheet.named_ranges = decode_all(json.at("namedRanges"), decode_named);
  sheet.developer_metadata = decode_all(json.at("metadata"), decode_datum);
  sheet.row_properties = decode_dimensions(json.at("rowProperties"));
  sheet.column_properties = decode_dimensions(json.at("columnProperties"));
  return sheet;
}

}  // namespace

std::string encode_frame(const Sheet& sheet) {
  return dumped({{"properties", encode_properties(sheet.properties)},
                 {"protected", encode_all(sheet.protected_ranges, encode_protected)},
                 {"conditional", encode_all(sheet.conditional_formats, encode_conditional)},
                 {"merges", encode_all(sheet.merges, encode_bounds)},
                 {"basicFilter", sheet.basic_filter ? encode_rule(*sheet.basic_filter) : Json(nullptr)},
                 {"filterViews", encode_all(sheet.filter_views, encode_rule)},
                 {"bandings", encode_all(sheet.bandings, encode_rule)},
                 {"namedRanges", encode_all(sheet.named_ranges, encode_named)},
                 {"metadata", encode_all(sheet.developer_metadata, encode_datum)},
                 {"rowProperties", encode_dimensions(sheet.row_properties)},
                 {"columnProperties", encode_dimensions(sheet.column_properties)}});
}

Sheet decode_frame(std::string_view text) {
  return decoded(text, "sheet", [](const Json& json) { return decode_frame_json(json); });
}

std::string encode_row(const Row& row) {
  Json cells = Json::array();
  for (const Cell& cell : row) {
    Json value = encode_value(cell.value);
    if (cell.detail) value = Json::array({std::move(value), encode_detail(*cell.detail)});
    cells.push_back(std::move(value));
  }
  return dumped(cells);
}

Row RowReader::decode(std::string_view text) {
  return decoded(text, "row", [this](const Json& json) {
    Row row;
    for (const Json& cell : json) {
      Cell& added = row.emplace_back();
      added.value = decode_value(cell.is_array() ? cell.at(0) : cell);
      if (cell.is_array()) added.detail = detail(cell.at(1));
    }
    return row;
  });
}

std::shared_ptr<const CellDetail> RowReader::detail(const Json& json) {
  auto& known = details_[json.dump()];
  if (!known) known = decode_detail(json);
  return known;
}

std::string encode_metadata(const std::vector<DeveloperMetadata>& list) {
  return dumped(encode_all(list, encode_datum));
}

std::vector<DeveloperMetadata> decode_metadata(std::string_view text) {
  return decoded(text, "metadata", [](const Json& json) { return decode_all(json, decode_datum); });
}

}  // namespace sheets::emulator
