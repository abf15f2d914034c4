#include "core/run/json_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <set>
#include <vector>

namespace roadmap {
namespace {

using Json = nlohmann::json;

bool too_deep(std::string_view text) {
  int depth = 0;
  bool in_string = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (in_string) {
      if (c == '\\') ++i;
      if (c == '"') in_string = false;
    } else if (c == '"') {
      in_string = true;
    } else if (c == '{' || c == '[') {
      if (++depth > kMaxJsonDepth) return true;
    } else if (c == '}' || c == ']') {
      --depth;
    }
  }
  return false;
}

std::string place(std::string_view text, std::size_t byte) {
  const std::string_view before = text.substr(0, std::min(byte == 0 ? 0 : byte - 1, text.size()));
  const auto line = 1 + std::count(before.begin(), before.end(), '\n');
  const std::size_t line_start = before.rfind('\n') + 1;  // npos + 1 is 0
  return fmt::format("line {}, column {}", line, before.size() - line_start + 1);
}

// Reads a document without building it, and stops at the first thing that is wrong.
class Check : public nlohmann::json_sax<Json> {
 public:
  explicit Check(std::string_view text) : text_(text) {}
  const std::string& trouble() const { return trouble_; }

  bool null() override { return true; }
  bool boolean(bool) override { return true; }
  bool number_integer(number_integer_t) override { return true; }
  bool number_unsigned(number_unsigned_t) override { return true; }
  bool number_float(number_float_t, const string_t&) override { return true; }
  bool string(string_t&) override { return true; }
  bool binary(binary_t&) override { return true; }
  bool start_array(std::size_t) override { return true; }
  bool end_array() override { return true; }
  bool start_object(std::size_t) override {
    members_.emplace_back();
    return true;
  }
  bool end_object() override {
    members_.pop_back();
    return true;
  }
  bool key(string_t& name) override {
    if (members_.back().insert(name).second) return true;
    trouble_ = fmt::format("the member '{}' is given twice", name);
    return false;
  }
  bool parse_error(std::size_t position, const std::string&,
                   const nlohmann::detail::exception& error) override {
    const bool number = dynamic_cast<const Json::out_of_range*>(&error) != nullptr;
    trouble_ = fmt::format("{} at {}", number ? "a number is too large" : "the JSON breaks off or is wrong",
                           place(text_, position));
    return false;
  }

 private:
  std::string_view text_;
  std::string trouble_;
  std::vector<std::set<std::string>> members_;  // of the objects that are open
};

}  // namespace

std::string json_trouble(std::string_view text) {
  if (text.find_first_not_of(" \t\r\n") == std::string_view::npos) return "there is no JSON in it";
  // The parser takes a NUL for the end of the text, whatever follows it.
  if (const std::size_t nul = text.find('\0'); nul != std::string_view::npos)
    return fmt::format("a NUL byte stands in it, at {}", place(text, nul + 1));
  if (too_deep(text)) return fmt::format("it nests deeper than {} levels", kMaxJsonDepth);
  Check check(text);
  Json::sax_parse(text, &check);
  return check.trouble();
}

nlohmann::ordered_json cell_to_json(const Cell& cell) {
  constexpr double kLargestExactInteger = 9007199254740992.0;  // 2^53
  if (const bool* flag = std::get_if<bool>(&cell)) return *flag;
  if (const std::string* text = std::get_if<std::string>(&cell)) return *text;
  const double* number = std::get_if<double>(&cell);
  if (number == nullptr) return nullptr;
  const bool whole = std::trunc(*number) == *number && std::abs(*number) <= kLargestExactInteger;
  if (whole) return static_cast<std::int64_t>(*number);
  return *number;
}

}  // namespace roadmap
