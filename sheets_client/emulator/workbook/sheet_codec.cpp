#include "sheets_client/emulator/workbook/sheet_codec.h"

#include <concepts>
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

// The members of what is stored, listed once for writing and for reading: by name in an object, or as the
// items of a list.
template <typename T, typename Wanted>
concept Is = std::same_as<std::remove_const_t<T>, Wanted>;

void members(Is<GridBounds> auto& b, auto&& each) {
  each.items(b.start_row, b.end_row, b.start_column, b.end_column);
}
using DimensionLines = std::map<int, DimensionProperties>;
using DimensionLine = std::pair<int, DimensionProperties>;
void members(auto& line, auto&& each) requires Is<decltype(line.second), DimensionProperties> {
  each.items(line.first, line.second.hidden, line.second.pixel_size, line.second.group_depth);
}
void members(Is<DeveloperMetadata::Line> auto& line, auto&& each) { each.items(line.dimension, line.index); }
void members(Is<DeveloperMetadata> auto& m, auto&& each) {
  each("id", m.id, "key", m.key, "value", m.value, "visibility", m.visibility, "line", m.line);
}
void members(Is<RangedRule> auto& r, auto&& each) {
  each("id", r.id, "bounds", r.bounds, "content", r.content);
}
void members(Is<ConditionalFormat> auto& f, auto&& each) { each("ranges", f.ranges, "rule", f.rule); }
void members(Is<NamedRange> auto& r, auto&& each) { each("id", r.id, "name", r.name, "bounds", r.bounds); }
void members(Is<Editors> auto& e, auto&& each) {
  each("users", e.users, "groups", e.groups, "domainUsersCanEdit", e.domain_users_can_edit);
}
void members(Is<ProtectedRange> auto& r, auto&& each) {
  each("id", r.id, "bounds", r.bounds, "description", r.description, "warningOnly", r.warning_only);
  each("editors", r.editors, "unprotected", r.unprotected);
}
void members(Is<SheetProperties> auto& p, auto&& each) {
  each("id", p.id, "title", p.title, "rows", p.row_count, "columns", p.column_count);
  each("frozenRows", p.frozen_rows, "frozenColumns", p.frozen_columns, "hideGridlines", p.hide_gridlines);
  each.added_later("rowGroupControlAfter", p.row_group_control_after);
  each.added_later("columnGroupControlAfter", p.column_group_control_after);
  each("hidden", p.hidden, "rightToLeft", p.right_to_left, "tabColor", p.tab_color_style);
}
void members(Is<Sheet> auto& s, auto&& each) {
  each("properties", s.properties, "protected", s.protected_ranges, "conditional", s.conditional_formats);
  each("merges", s.merges, "basicFilter", s.basic_filter, "filterViews", s.filter_views);
  each("bandings", s.bandings, "namedRanges", s.named_ranges, "metadata", s.developer_metadata);
  each("rowProperties", s.row_properties, "columnProperties", s.column_properties);
}

template <typename T>
concept List = !Is<T, std::string> && !Is<T, Json> && requires(T & list) {
  list.insert(list.end(), *list.begin());
};

struct Encoder {
  Json json{};

  void operator()() {}
  void operator()(const char* name, const auto& member, const auto&... others) {
    json[name] = encoded(member);
    (*this)(others...);
  }
  void items(const auto&... all) { (json.push_back(encoded(all)), ...); }
  void added_later(const char* name, const auto& member) { (*this)(name, member); }

  static Json encoded(const auto& stored) {
    using T = std::decay_t<decltype(stored)>;
    if constexpr (requires { members(stored, Encoder{}); }) {
      Encoder encoder;
      members(stored, encoder);
      return std::move(encoder.json);
    } else if constexpr (List<T>) {
      Json list = Json::array();
      for (const auto& item : stored)
        list.push_back(encoded(item));
      return list;
    } else if constexpr (requires { *stored; }) {
      return stored ? encoded(*stored) : Json(nullptr);
    } else if constexpr (Is<T, Dimension>) {
      return stored == Dimension::kRows;
    } else {
      return stored;
    }
  }
};

struct Decoder {
  const Json& json;
  std::size_t next = 0;

  void operator()() {}
  void operator()(const char* name, auto& member, auto&... others) {
    decode(json.at(name), member);
    (*this)(others...);
  }
  void items(auto&... all) { (decode(json.at(next++), all), ...); }
  // Files of earlier versions lack it.
  void added_later(const char* name, auto& member) {
    if (json.contains(name)) decode(json[name], member);
  }

  static void decode(const Json& json, auto& stored) {
    using T = std::decay_t<decltype(stored)>;
    if constexpr (requires { members(stored, Decoder{json}); }) {
      members(stored, Decoder{json});
    } else if constexpr (List<T>) {
      for (const Json& item : json) {
        std::conditional_t<Is<T, DimensionLines>, DimensionLine, typename T::value_type> read;
        decode(item, read);
        stored.insert(stored.end(), std::move(read));
      }
    } else if constexpr (Is<T, std::shared_ptr<const Json>>) {
      if (!json.is_null()) stored = std::make_shared<const Json>(json);
    } else if constexpr (requires { *stored; }) {
      if (!json.is_null()) decode(json, *(stored = typename T::value_type{}));
    } else if constexpr (Is<T, Dimension>) {
      stored = json.get<bool>() ? Dimension::kRows : Dimension::kColumns;
    } else {
      json.get_to(stored);
    }
  }
};

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
template <typename T>
T decoded_as(std::string_view text, const char* what) {
  return decoded(text, what, [](const Json& json) {
    T stored;
    Decoder::decode(json, stored);
    return stored;
  });
}

}  // namespace

std::string encode_frame(const Sheet& sheet) { return dumped(Encoder::encoded(sheet)); }
Sheet decode_frame(std::string_view text) { return decoded_as<Sheet>(text, "sheet"); }

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
  return dumped(Encoder::encoded(list));
}
std::vector<DeveloperMetadata> decode_metadata(std::string_view text) {
  return decoded_as<std::vector<DeveloperMetadata>>(text, "metadata");
}

}  // namespace sheets::emulator
