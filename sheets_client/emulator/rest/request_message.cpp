#include "sheets_client/emulator/rest/request_message.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

#include "sheets_client/emulator/rest/api_schema.h"
#include "sheets_client/emulator/workbook/api_error.h"

namespace sheets::emulator {
namespace {

constexpr int kMaxJsonDepth = 100;  // what follows recurses over documents

int depth_of(std::string_view text) {
  int depth = 0, deepest = 0;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted && c == '\\') {
      ++i;
    } else if (c == '"') {
      quoted = !quoted;
    } else if (!quoted && (c == '[' || c == '{')) {
      deepest = std::max(deepest, ++depth);
    } else if (!quoted && (c == ']' || c == '}')) {
      --depth;
    }
  }
  return deepest;
}

}  // namespace

std::optional<double> number_of(const Json& value) {
  if (value.is_number()) return value.get<double>();
  if (!value.is_string()) return std::nullopt;
  const auto& text = value.get_ref<const std::string&>();
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool whole = error == std::errc{} && end == text.data() + text.size();
  return whole && std::isfinite(number) ? std::optional(number) : std::nullopt;
}

std::optional<int> whole_number(const Json& value) {
  const auto number = number_of(value);
  if (!number || *number != std::floor(*number) || std::fabs(*number) > std::numeric_limits<int>::max())
    return std::nullopt;
  return static_cast<int>(*number);
}

Json parse_json_body(std::string_view body) {
  if (body.find_first_not_of(" \t\r\n") == std::string_view::npos) return Json::object();
  if (depth_of(body) > kMaxJsonDepth)
    throw invalid_field("", "Invalid JSON payload received. Message too deep. Max recursion depth reached.");
  Json parsed = Json::parse(body, nullptr, false);
  if (parsed.is_discarded())
    throw invalid_field("", "Invalid JSON payload received. The body is not a complete JSON document.");
  if (!parsed.is_object())
    throw invalid_field("",
                        "Invalid JSON payload received. Unknown name \"\": Root element must be a message.");
  return parsed;
}

RequestMessage::RequestMessage(const Json* value, std::string place) : place_(std::move(place)) {
  static const Json kEmpty = Json::object();
  value_ = value && !value->is_null() ? value : &kEmpty;
  if (!value_->is_object())
    throw invalid_value(place_, "type.googleapis.com/google.protobuf.Struct", *value_);
}

std::string RequestMessage::place_of(std::string_view name) const {
  return place_.empty() ? snake_case(name) : place_ + "." + snake_case(name);
}

const Json* RequestMessage::find(std::string_view name) const {
  const auto member = value_->find(name);
  return member == value_->end() || member->is_null() ? nullptr : &*member;
}

std::optional<int> RequestMessage::integer(std::string_view name) const {
  const Json* value = find(name);
  if (!value) return std::nullopt;
  const auto number = whole_number(*value);
  if (!number) throw invalid_value(place_of(name), "TYPE_INT32", *value);
  return number;
}

bool RequestMessage::flag(std::string_view name) const {
  const Json* value = find(name);
  if (!value) return false;
  if (!value->is_boolean()) throw invalid_value(place_of(name), "TYPE_BOOL", *value);
  return value->get<bool>();
}

std::string RequestMessage::text(std::string_view name) const {
  const Json* value = find(name);
  if (!value) return {};
  if (!value->is_string()) throw invalid_value(place_of(name), "TYPE_STRING", *value);
  return value->get<std::string>();
}

RequestMessage RequestMessage::message(std::string_view name) const { return {find(name), place_of(name)}; }

const Json& RequestMessage::list(std::string_view name) const {
  const Json* value = find(name);
  static const Json kEmpty = Json::array();
  if (!value) return kEmpty;
  if (!value->is_array())
    throw invalid_value(place_of(name), "type.googleapis.com/google.protobuf.ListValue", *value);
  return *value;
}

}  // namespace sheets::emulator
