#include "sheets_client/emulator/workbook/sheet_codec.h"

#include <map>
#include <nlohmann/json.hpp>
#include <stdexcept>

namespace sheets::emulator {
namespace {

// Details are shared between cells; each is written once and cells name its number.
class DetailTable {
 public:
  int number_of(const std::shared_ptr<const CellDetail>& detail) {
    const auto [entry, is_new] = numbers_.try_emplace(detail.get(), static_cast<int>(numbers_.size()));
    if (is_new) details_.push_back(encode(*detail));
    return entry->second;
  }
  Json take() { return std::move(details_); }

 private:
  static Json encode(const CellDetail& detail) {
    Json json = Json::object();
    if (!detail.formula.empty()) json["formula"] = detail.formula;
    if (!detail.note.empty()) json["note"] = detail.note;
    if (!detail.number_format.empty())
      json["number"] = {detail.number_format.type, detail.number_format.pattern};
    if (detail.format) json["format"] = *detail.format;
    if (detail.validation) json["validation"] = *detail.validation;
    return json;
  }
  std::map<const CellDetail*, int> numbers_;
  Json details_ = Json::array();
};

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

// A cell is its value, or [value, number of its detail].
Json encode_row(const Row* row, DetailTable& details) {
  Json cells = Json::array();
  for (std::size_t c = 0; row && c < row->size(); ++c) {
    const Cell& cell = (*row)[c];
    Json value = encode_value(cell.value);
    cells.push_back(cell.detail ? Json::array({std::move(value), details.number_of(cell.detail)})
                                : std::move(value));
  }
  return cells;
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

Json encode_all(const std::vector<GridBounds>& list) {
  Json json = Json::array();
  for (const GridBounds& bounds : list)
    json.push_back(encode_bounds(bounds));
  return json;
}

std::vector<GridBounds> decode_all(const Json& json) {
  std::vector<GridBounds> list;
  for (const Json& item : json)
    list.push_back(decode_bounds(item));
  return list;
}

Json encode_dimensions(const std::map<int, DimensionProperties>& properties) {
  Json json = Json::array();
  for (const auto& [index, p] : properties)
    json.push_back({index, p.hidden, p.pixel_size ? Json(*p.pixel_size) : Json(nullptr)});
  return json;
}

std::map<int, DimensionProperties> decode_dimensions(const Json& json) {
  std::map<int, DimensionProperties> properties;
  for (const Json& item : json) {
    DimensionProperties& p = properties[item.at(0).get<int>()];
    p.hidden = item.at(1).get<bool>();
    if (!item.at(2).is_null()) p.pixel_size = item.at(2).get<int>();
  }
  return properties;
}

Json encode_properties(const SheetProperties& p) {
  return {{"id", p.id},
          {"title", p.title},
          {"rows", p.row_count},
          {"columns", p.column_count},
          {"frozenRows", p.frozen_rows},
          {"frozenColumns", p.frozen_columns},
          {"hideGridlines", p.hide_gridlines},
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
          {"unprotected", encode_all(range.unprotected)}};
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
  range.unprotected = decode_all(json.at("unprotected"));
  return range;
}

Json encoded_metadata(const std::vector<DeveloperMetadata>& list) {
  Json json = Json::array();
  for (const DeveloperMetadata& m : list) {
    Json line = m.line ? Json::array({m.line->dimension == Dimension::kRows, m.line->index}) : Json(nullptr);
    json.push_back(
        {{"id", m.id}, {"key", m.key}, {"value", m.value}, {"visibility", m.visibility}, {"line", line}});
  }
  return json;
}

std::vector<DeveloperMetadata> metadata_from(const Json& json) {
  std::vector<DeveloperMetadata> list;
  for (const Json& item : json) {
    DeveloperMetadata m{item.at("id").get<int>(),
                        item.at("key").get<std::string>(),
                        item.at("value").get<std::string>(),
                        item.at("visibility").get<std::string>(),
                        {}};
    const Json& line = item.at("line");
    if (!line.is_null())
      m.line = {line.at(0).get<bool>() ? Dimension::kRows : Dimension::kColumns, line.at(1).get<int>()};
    list.push_back(std::move(m));
  }
  return list;
}

void decode_rows(Sheet& sheet, const Json& rows,
                 const std::vector<std::shared_ptr<const CellDetail>>& details) {
  for (std::size_t r = 0; r < rows.size(); ++r) {
    if (rows[r].empty()) continue;
    Row& row = sheet.edit_row(static_cast<int>(r), static_cast<int>(rows[r].size()));
    for (std::size_t c = 0; c < rows[r].size(); ++c) {
      const Json& cell = rows[r][c];
      row[c].value = decode_value(cell.is_array() ? cell.at(0) : cell);
      if (cell.is_array()) row[c].detail = details.at(cell.at(1).get<std::size_t>());
    }
  }
}

Sheet decode(const Json& json) {
  Sheet sheet;
  sheet.properties = decode_properties(json.at("properties"));
  for (const Json& range : json.at("protected"))
    sheet.protected_ranges.push_back(decode_protected(range));
  for (const Json& format : json.at("conditional")) {
    sheet.conditional_formats.push_back(
        {decode_all(format.at("ranges")), std::make_shared<const Json>(format.at("rule"))});
  }
  if (json.contains("metadata")) sheet.developer_metadata = metadata_from(json["metadata"]);
  sheet.row_properties = decode_dimensions(json.at("rowProperties"));
  sheet.column_properties = decode_dimensions(json.at("columnProperties"));
  std::vector<std::shared_ptr<const CellDetail>> details;
  for (const Json& detail : json.at("details"))
    details.push_back(decode_detail(detail));
  decode_rows(sheet, json.at("cells"), details);
  return sheet;
}

}  // namespace

std::string encode_sheet(const Sheet& sheet) {
  Json protected_ranges = Json::array(), conditional = Json::array();
  for (const auto& range : sheet.protected_ranges)
    protected_ranges.push_back(encode_protected(range));
  for (const auto& format : sheet.conditional_formats)
    conditional.push_back({{"ranges", encode_all(format.ranges)}, {"rule", *format.rule}});
  DetailTable details;
  Json cells = Json::array();
  for (int r = 0; r < sheet.stored_rows(); ++r)
    cells.push_back(encode_row(sheet.row(r), details));
  Json encoded = {{"properties", encode_properties(sheet.properties)},
                  {"protected", std::move(protected_ranges)},
                  {"conditional", std::move(conditional)},
                  {"metadata", encoded_metadata(sheet.developer_metadata)},
                  {"rowProperties", encode_dimensions(sheet.row_properties)},
                  {"columnProperties", encode_dimensions(sheet.column_properties)},
                  {"cells", std::move(cells)}};
  encoded["details"] = details.take();
  return encoded.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Sheet decode_sheet(std::string_view text) {
  try {
    return decode(Json::parse(text));
  } catch (const Json::exception& error) {
    throw std::runtime_error(std::string("a stored sheet cannot be read: ") + error.what());
  }
}

std::string encode_metadata(const std::vector<DeveloperMetadata>& list) {
  return encoded_metadata(list).dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::vector<DeveloperMetadata> decode_metadata(std::string_view text) {
  try {
    return metadata_from(Json::parse(text));
  } catch (const Json::exception& error) {
    throw std::runtime_error(std::string("stored metadata cannot be read: ") + error.what());
  }
}

}  // namespace sheets::emulator
