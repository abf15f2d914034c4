#include "core/run/member_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

#include "core/fields/text.h"

namespace roadmap {

using MemberJson = nlohmann::json;

std::string quote_for_message(std::string_view text) {
  return fmt::format("'{}'", shortened(text, kQuotedBytes));
}

std::string_view json_type_name(const MemberJson& value) {
  if (value.is_object()) return "an object";
  if (value.is_array()) return "a list";
  if (value.is_string()) return "a text";
  if (value.is_boolean()) return "true or false";
  return value.is_null() ? "null" : "a number";
}

std::string pointer_token(std::string_view name) {
  std::string escaped = "/";
  for (const char c : start_within(name, kQuotedBytes)) {
    if (c == '~') {
      escaped += "~0";
    } else if (c == '/') {
      escaped += "~1";
    } else {
      escaped += c;
    }
  }
  return escaped;
}

const MemberJson* find_member(const MemberJson& object, const char* name) {
  const auto found = object.find(name);
  return found == object.end() ? nullptr : &*found;
}

void MemberReader::problem(std::string pointer, std::string detail) {
  if (problems_.size() < kMaxProblems) problems_.push_back({std::move(pointer), std::move(detail)});
}

void MemberReader::refuse_others(const MemberJson& object, const std::string& at,
                                 const std::vector<std::string_view>& known) {
  for (const auto& item : object.items()) {
    if (std::find(known.begin(), known.end(), item.key()) != known.end()) continue;
    problem(at + pointer_token(item.key()), fmt::format("unknown member {}; known are {}",
                                                        quote_for_message(item.key()), spoken_list(known)));
  }
}

bool MemberReader::expect(bool is_that, const char* wanted, const MemberJson& value, const std::string& at) {
  if (!is_that) problem(at, fmt::format("must be {}, not {}", wanted, json_type_name(value)));
  return is_that;
}

bool MemberReader::expect_object(const MemberJson& value, const std::string& at) {
  return expect(value.is_object(), "an object", value, at);
}

bool MemberReader::expect_list(const MemberJson& value, const std::string& at) {
  return expect(value.is_array(), "a list", value, at);
}

std::optional<std::string> MemberReader::text(const MemberJson& value, const std::string& at,
                                              std::size_t max_length, TextRule rule) {
  if (!expect(value.is_string(), "a text", value, at)) return std::nullopt;
  const auto& content = value.get_ref<const std::string&>();
  if (content.size() > max_length) {
    problem(at, fmt::format("is longer than {} bytes", max_length));
    return std::nullopt;
  }
  if (rule == TextRule::kOneLine &&
      std::any_of(content.begin(), content.end(), [](char c) { return c >= 0 && c < ' '; })) {
    problem(at, "must not hold line breaks or other control characters");
    return std::nullopt;
  }
  return content;
}

std::optional<bool> MemberReader::flag(const MemberJson& value, const std::string& at) {
  if (!expect(value.is_boolean(), "true or false", value, at)) return std::nullopt;
  return value.get<bool>();
}

std::optional<int> MemberReader::count(const MemberJson& value, const std::string& at, int min, int max) {
  // Apps Script sends 7 as 7.0 when the number came out of a calculation.
  const double number = value.is_number() ? value.get<double>() : std::numeric_limits<double>::quiet_NaN();
  if (std::trunc(number) == number && number >= min && number <= max) return static_cast<int>(number);
  problem(at, fmt::format("must be a whole number from {} to {}", min, max));
  return std::nullopt;
}

}  // namespace roadmap
