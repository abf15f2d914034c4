#include "sheets_client/emulator/requests/cell_data.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <nlohmann/json.hpp>

#include "sheets_client/emulator/workbook/api_error.h"
#include "sheets_client/emulator/workbook/workbook.h"

namespace sheets::emulator {
namespace {

constexpr std::array<std::string_view, 4> kWritable = {"userEnteredValue", "userEnteredFormat", "note",
                                                       "dataValidation"};

void apply_value(Cell& cell, const Json* extended, std::string_view place) {
  if (!extended || extended->empty()) {
    cell.set_value({});
    return;
  }
  const std::string& kind = extended->begin().key();
  const Json& content = *extended->begin();
  if (kind == "stringValue") {
    const auto& text = content.get_ref<const std::string&>();
    check_text(text);
    cell.set_value(text.empty() ? Value{} : Value{text});
  } else if (kind == "numberValue") {
    cell.set_value(content.get<double>());
  } else if (kind == "boolValue") {
    cell.set_value(content.get<bool>());
  } else if (kind == "formulaValue") {
    const auto& formula = content.get_ref<const std::string&>();
    if (formula.empty() || formula.front() != '=')
      throw invalid_argument(fmt::format("Formula value '{}' does not begin with '='.", formula));
    cell.set_formula(formula);
  } else {
    throw invalid_value(fmt::format("{}.user_entered_value", place),
                        "type.googleapis.com/google.apps.sheets.v4.ExtendedValue", *extended);
  }
}

// Takes from `source` what the mask names; what it lacks disappears.
void merge_masked(Json& target, const Json* source, const MaskNode& mask) {
  for (const MaskNode& child : mask.children) {
    const Json* from = source && source->is_object() ? RequestMessage(source, "").find(child.name) : nullptr;
    if (child.whole()) {
      target.erase(child.name);
      if (from) target[child.name] = *from;
    } else {
      Json& below = target[child.name];
      if (!below.is_object()) below = Json::object();
      merge_masked(below, from, child);
      if (below.empty()) target.erase(child.name);
    }
  }
}

void set_format(Cell& cell, Json format) {
  cell.change_detail([&](CellDetail& detail) {
    detail.number_format = {};
    detail.format = nullptr;
    if (const auto number = format.find("numberFormat"); number != format.end())
      detail.number_format = {number->value("type", "NUMBER"), number->value("pattern", "")};
    format.erase("numberFormat");
    if (!format.empty())
      detail.format = std::make_shared<const Json>(with_color_twins(with_google_colors(format)));
  });
}

bool is_color(const Json& value) {
  return value.is_object() && !value.empty() &&
         std::all_of(value.items().begin(), value.items().end(), [](const auto& item) {
           return (item.key() == "red" || item.key() == "green" || item.key() == "blue" ||
                   item.key() == "alpha") &&
                  item.value().is_number();
         });
}

// A colour component as Google keeps it, in 255 steps cut off below, echoed in single precision: 0.5 comes
// back as 0.49803922. The double whose shortest text is that of the single-precision number.
double stored_component(double component) {
  constexpr double kSteps = 255.0;
  constexpr double kRounding = 1e-6;  // 127 / 255 must stay 127 steps
  const auto single = static_cast<float>(std::floor(component * kSteps + kRounding) / kSteps);
  char buffer[32];
  const auto end = std::to_chars(buffer, buffer + sizeof buffer, single).ptr;
  double shown = 0;
  std::from_chars(buffer, end, shown);
  return shown;
}

bool ends_with(const std::string& text, std::string_view end) {
  return text.size() > end.size() && std::string_view(text).substr(text.size() - end.size()) == end;
}

// "backgroundColor", "firstBandColor", and the plain "color" of a border.
bool names_color(const std::string& name) { return ends_with(name, "Color") || name == "color"; }

}  // namespace

CellFields::CellFields(std::string_view mask)
    : mask_(parse_field_mask(mask, "CellData")),
      value_(false),
      note_(false),
      validation_(false),
      format_(nullptr) {
  static const MaskNode kEverything;
  if (mask_.whole()) {
    value_ = note_ = validation_ = true;
    format_ = &kEverything;
    return;
  }
  for (const MaskNode& child : mask_.children) {
    if (std::find(kWritable.begin(), kWritable.end(), child.name) == kWritable.end())
      throw invalid_argument(
          fmt::format("The emulator does not write the field '{}' of a cell.", child.name));
  }
  value_ = mask_.find("userEnteredValue") != nullptr;
  note_ = mask_.find("note") != nullptr;
  validation_ = mask_.find("dataValidation") != nullptr;
  format_ = mask_.find("userEnteredFormat");
}

void CellFields::apply(Cell& cell, const Json& data, std::string_view place) const {
  const RequestMessage given(&data, std::string(place));
  if (value_) apply_value(cell, given.find("userEnteredValue"), place);
  if (note_) {
    std::string text = given.text("note");
    if (text != cell.details().note)
      cell.change_detail([&](CellDetail& detail) { detail.note = std::move(text); });
  }
  if (validation_) {
    const Json* rule = given.find("dataValidation");
    cell.change_detail([&](CellDetail& detail) {
      detail.validation = rule ? std::make_shared<const Json>(*rule) : nullptr;
    });
  }
  if (format_) {
    const Json* wanted = given.find("userEnteredFormat");
    Json format = format_->whole() ? Json(nullptr) : format_json(cell);
    if (format.is_null()) format = Json::object();
    if (!format_->whole()) {
      merge_masked(format, wanted, *format_);
    } else if (wanted) {
      format = *wanted;
    }
    set_format(cell, std::move(format));
  }
}

void CellFields::clear(Cell& cell) const {
  static const Json kNothing = Json::object();
  apply(cell, kNothing, "");
}

Json extended_value_json(const Value& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return {{"stringValue", *text}};
  if (const auto* number = std::get_if<double>(&value)) return {{"numberValue", *number}};
  if (const auto* flag = std::get_if<bool>(&value)) return {{"boolValue", *flag}};
  if (const auto* error = std::get_if<CellError>(&value))
    return {{"errorValue", {{"type", error_type(*error)}, {"message", error_text(*error)}}}};
  return nullptr;
}

Json user_entered_json(const Cell& cell) {
  if (cell.has_formula()) return {{"formulaValue", cell.details().formula}};
  return extended_value_json(cell.value);
}

Json format_json(const Cell& cell) {
  const CellDetail& detail = cell.details();
  Json format = Json::object();
  if (!detail.number_format.empty()) {
    format["numberFormat"]["type"] = detail.number_format.type;
    if (!detail.number_format.pattern.empty())
      format["numberFormat"]["pattern"] = detail.number_format.pattern;
  }
  if (detail.format) format.update(*detail.format);
  return format.empty() ? Json(nullptr) : format;
}

Json with_google_colors(const Json& value) {
  if (is_color(value)) {
    Json color = Json::object();
    for (const char* name : {"red", "green", "blue", "alpha"}) {
      const double component = stored_component(value.value(name, 0.0));
      if (component != 0) color[name] = component;
    }
    return color;
  }
  if (!value.is_structured()) return value;
  Json copy = value.is_array() ? Json::array() : Json::object();
  for (const auto& [name, item] : value.items()) {
    if (value.is_array()) {
      copy.push_back(with_google_colors(item));
    } else if (!item.is_null()) {
      copy[name] = with_google_colors(item);
    }
  }
  return copy;
}

Json with_color_twins(const Json& value) {
  if (!value.is_object()) return value;
  Json twins = Json::object();
  for (const auto& [name, member] : value.items()) {
    const bool style = ends_with(name, "ColorStyle") || name == "colorStyle";
    const std::string plain = style ? name.substr(0, name.size() - std::string_view("Style").size()) : name;
    if (style && member.is_object() && member.contains("rgbColor") && names_color(plain)) {
      twins[plain] = member["rgbColor"];
      twins[name] = member;
    } else if (!style && names_color(name) && member.is_object() && !value.contains(name + "Style")) {
      twins[name] = member;
      twins[name + "Style"]["rgbColor"] = member;
    } else if (!twins.contains(name)) {
      twins[name] = with_color_twins(member);
    }
  }
  return twins;
}

}  // namespace sheets::emulator
