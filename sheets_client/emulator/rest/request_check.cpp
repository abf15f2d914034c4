#include "sheets_client/emulator/rest/request_check.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>

#include "sheets_client/emulator/rest/api_schema.h"
#include "sheets_client/emulator/rest/field_mask.h"
#include "sheets_client/emulator/rest/request_message.h"
#include "sheets_client/emulator/workbook/api_error.h"
#include "sheets_client/emulator/workbook/text.h"

namespace sheets::emulator {
namespace {

constexpr std::size_t kMaxViolations = 50;
constexpr std::string_view kMessageTypes = "type.googleapis.com/google.apps.sheets.v4.";

// What the text form of a scalar's type is in Google's sentences.
std::string type_text(const SchemaField& field) {
  constexpr std::pair<FieldKind, const char*> kTypes[] = {
      {FieldKind::kText, "TYPE_STRING"},
      {FieldKind::kFlag, "TYPE_BOOL"},
      {FieldKind::kWhole, "TYPE_INT32"},
      {FieldKind::kNumber, "TYPE_DOUBLE"},
      {FieldKind::kMask, "type.googleapis.com/google.protobuf.FieldMask"}};
  for (const auto& [kind, text] : kTypes) {
    if (kind == field.kind) return text;
  }
  return fmt::format("{}{}", kMessageTypes, field.type);
}

std::string at_place(const std::string& place) { return place.empty() ? "" : " at '" + place + "'"; }

// "requests[0].update_cells" as errors of the service itself spell it.
std::string request_place(std::string_view place) {
  const std::size_t dot = place.find('.');
  if (dot == std::string_view::npos) return camel_case(place);
  return camel_case(place.substr(0, std::min(place.find('.', dot + 1), place.size())));
}

// Brings a document into the one spelling and notes what does not fit.
class BodyChecker {
 public:
  Json message(const Json& value, const SchemaMessage& type, const std::string& place) {
    if (!value.is_object()) {
      note(invalid_value(place, fmt::format("{}{}", kMessageTypes, type.name), value));
      return Json::object();
    }
    Json checked = Json::object();
    std::string_view chosen;
    for (const auto& [name, member] : value.items()) {
      const SchemaField* field = type.find(name);
      if (!field) {
        unknown(name, place);
        continue;
      }
      if (member.is_null()) continue;
      if (is_exclusive(type, field->name)) {
        if (!chosen.empty()) already_set(type, field->name, place);
        chosen = field->name;
      }
      const std::string below = (place.empty() ? "" : place + ".") + snake_case(field->name);
      Json given = member_value(member, *field, place, below);
      const bool is_default = field->list && field->kind != FieldKind::kAny && given.empty();
      if (!is_default) checked[std::string(field->name)] = std::move(given);
    }
    return checked;
  }

  Json list(const Json& value, const SchemaField& field, const std::string& below) {
    if (field.kind == FieldKind::kAny) return value;  // lists of values: their reader checks them
    Json checked = Json::array();
    if (!value.is_array()) {  // one value stands for a list of one
      checked.push_back(single(value, field, below));
      return checked;
    }
    for (std::size_t i = 0; i < value.size(); ++i) {
      if (value[i].is_null()) continue;  // left out, as a member that is null
      const std::string item = fmt::format("{}[{}]", below, i);
      if (value[i].is_array() && field.kind == FieldKind::kMessage) {
        // A list among messages stands for its messages: github.com/nithinmurali/pygsheets sends some.
        for (Json& one : list(value[i], field, item))
          checked.push_back(std::move(one));
      } else {
        checked.push_back(single(value[i], field, item));
      }
    }
    return checked;
  }

  // A scalar, an enumeration's value or a message.
  Json single(const Json& value, const SchemaField& field, const std::string& place) {
    if (field.kind == FieldKind::kAny) return value;
    if (field.kind == FieldKind::kMessage) {
      const SchemaMessage* type = ApiSchema::instance().find_message(field.type);
      return message(value.is_null() ? Json::object() : value, *type, place);
    }
    Json checked = scalar(value, field);
    if (checked.is_null()) note(invalid_value(place, type_text(field), value));
    if (field.kind == FieldKind::kMask && checked.is_string()) check_mask(checked, field, place);
    return checked;
  }

  void unknown(std::string_view name, const std::string& place) {
    note(invalid_field(
        place, fmt::format("Invalid JSON payload received. Unknown name \"{}\"{}: Cannot find field.", name,
                           at_place(place))));
  }

  void note(const ApiError& violation) {
    if (violations_.size() < kMaxViolations) violations_.push_back(violation);
  }

  // Throws one error for everything that was noted.
  void finish() const {
    if (!violations_.empty()) throw joined_errors(violations_);
    if (mask_error_) throw ApiError(*mask_error_);
  }

 private:
  static bool is_exclusive(const SchemaMessage& type, std::string_view name) {
    return std::find(type.exclusive.begin(), type.exclusive.end(), name) != type.exclusive.end();
  }

  void already_set(const SchemaMessage& type, std::string_view name, const std::string& place) {
    note(invalid_field(place, fmt::format("Invalid value at '{}' (oneof), oneof field '{}' is already set. "
                                          "Cannot set '{}'",
                                          place, type.one_of, name)));
  }

  Json member_value(const Json& value, const SchemaField& field, const std::string& place,
                    const std::string& below) {
    if (field.list) return list(value, field, below);
    if (field.map) {
      Json checked = Json::object();
      if (!value.is_object())
        note(invalid_value(below, type_text(field), value));
      else
        for (const auto& [key, entry] : value.items())
          checked[key] = single(entry, field, fmt::format("{}[{}].value", below, key));
      return checked;
    }
    if (value.is_array() && field.kind != FieldKind::kAny) {
      note(invalid_field(place, fmt::format("Invalid JSON payload received. Unknown name \"{}\"{}: Proto "
                                            "field is not repeating, cannot start list.",
                                            field.name, at_place(place))));
      return nullptr;
    }
    return single(value, field, below);
  }

  // null: the value does not fit.
  static Json scalar(const Json& value, const SchemaField& field) {
    switch (field.kind) {
      case FieldKind::kText:
      case FieldKind::kMask:
        return value.is_string() ? value : Json(nullptr);
      case FieldKind::kFlag:
        if (value.is_string() && (value == "true" || value == "false")) return value == "true";
        return value.is_boolean() ? value : Json(nullptr);
      case FieldKind::kEnum:
        return enum_value(value, field.type);
      default:
        break;
    }
    if (field.kind == FieldKind::kWhole) {
      const auto whole = whole_number(value);
      return whole ? Json(*whole) : Json(nullptr);
    }
    const auto number = value.is_number() ? std::nullopt : number_of(value);
    return number ? Json(*number) : value.is_number() ? value : Json(nullptr);
  }

  static Json enum_value(const Json& value, std::string_view type) {
    const auto& values = ApiSchema::instance().enum_values(type);
    if (value.is_number_unsigned() && value.get<std::size_t>() < values.size())
      return std::string(values[value.get<std::size_t>()]);
    if (!value.is_string()) return nullptr;
    const bool known =
        std::find(values.begin(), values.end(), value.get_ref<const std::string&>()) != values.end();
    return known ? value : Json(nullptr);
  }

  void check_mask(const Json& mask, const SchemaField& field, const std::string& place) {
    if (field.type.empty() || mask_error_) return;
    try {
      parse_field_mask(mask.get_ref<const std::string&>(), field.type);
    } catch (const MaskError& error) {
      mask_error_ = invalid_argument(fmt::format("Invalid field: {}", error.path)).at(request_place(place));
    }
  }

  std::vector<ApiError> violations_;
  std::optional<ApiError> mask_error_;
};

// How Google's errors name the body of a method whose path and query fill the rest of its request.
std::string body_place(std::string_view method) {
  if (method == "spreadsheets.create") return "spreadsheet";
  const bool data = method == "spreadsheets.values.update" || method == "spreadsheets.values.append";
  return data ? "data" : "";
}

const SchemaField* find_parameter(const std::vector<SchemaField>& parameters, std::string_view name) {
  const std::string camel = camel_case(name);
  const auto found = std::find_if(parameters.begin(), parameters.end(),
                                  [&](const SchemaField& p) { return p.name == name || p.name == camel; });
  return found == parameters.end() ? nullptr : &*found;
}

// A parameter that every method has, also spelt with a dollar sign in front.
const SchemaField* find_global(std::string_view name) {
  const auto& global = ApiSchema::instance().global_query();
  if (const SchemaField* found = find_parameter(global, name)) return found;
  return !name.empty() && name.front() == '$' ? find_parameter(global, name.substr(1)) : nullptr;
}

std::string checked_parameter(BodyChecker& checker, const std::string& text, const SchemaField& field) {
  if (field.kind == FieldKind::kFlag) {
    const std::string folded = fold_case(text);
    if (folded == "1" || folded == "true" || folded.empty()) return "true";
    if (folded == "0" || folded == "false") return "false";
  }
  const Json checked = checker.single(Json(text), field, snake_case(field.name));
  return checked.is_string() ? checked.get<std::string>() : text;
}

std::vector<std::pair<std::string, std::string>> check_query(BodyChecker& checker,
                                                             const net::HttpRequest& request,
                                                             const SchemaMethod& method) {
  std::vector<std::pair<std::string, std::string>> query;
  for (const auto& [name, text] : request.query) {
    if (const SchemaField* own = find_parameter(method.query, name)) {
      query.emplace_back(own->name, checked_parameter(checker, text, *own));
    } else if (const SchemaField* global = find_global(name)) {
      query.emplace_back(global->name,
                         global->kind == FieldKind::kFlag ? checked_parameter(checker, text, *global) : text);
    } else {
      checker.note(
          invalid_field({}, fmt::format("Invalid JSON payload received. Unknown name \"{0}\": Cannot bind "
                                        "query parameter. Field '{0}' could not be found in request message.",
                                        name)));
    }
  }
  return query;
}

void check_read_mask(const std::vector<std::pair<std::string, std::string>>& query,
                     std::string_view response) {
  for (const auto& [name, text] : query) {
    if (name != "fields") continue;
    try {
      parse_field_mask(text, response);
    } catch (const MaskError& error) {
      throw invalid_mask(text, error.path);
    }
  }
}

}  // namespace

CheckedRequest check_request(const net::HttpRequest& request, const ApiRoute& route) {
  const SchemaMethod& method = *ApiSchema::instance().find_method(route.method->name);
  CheckedRequest checked;
  BodyChecker checker;
  checked.query = check_query(checker, request, method);
  Json body = Json::object();
  if (!method.request.empty()) {
    const SchemaMessage& type = *ApiSchema::instance().find_message(method.request);
    body = checker.message(parse_json_body(request.body), type, body_place(method.name));
  }
  checker.finish();
  checked.body = std::make_shared<const Json>(std::move(body));
  check_read_mask(checked.query, method.response);
  return checked;
}

Json check_batch_requests(const Json& requests) {
  BodyChecker checker;
  const SchemaMessage& type = *ApiSchema::instance().find_message("BatchUpdateSpreadsheetRequest");
  Json checked = checker.message({{"requests", requests}}, type, "");
  checker.finish();
  return std::move(checked["requests"]);
}

}  // namespace sheets::emulator
