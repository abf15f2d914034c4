#pragma once

#include <cstddef>
#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/run/action_request.h"

namespace roadmap {

// What a text may hold beside its length.
enum class TextRule : std::uint8_t { kOneLine, kAnything };

// Reads members of a client's JSON and collects what is wrong with them, each with its JSON pointer. `at` is
// the pointer of the value. One thread.
class MemberReader {
 public:
  // Beyond kMaxProblems, further ones are left out.
  void problem(std::string pointer, std::string detail);
  std::vector<RequestProblem> take_problems() { return std::move(problems_); }

  // A problem for each member that is not among `known`.
  void refuse_others(const nlohmann::json& object, const std::string& at,
                     const std::vector<std::string_view>& known);
  bool expect_object(const nlohmann::json& value, const std::string& at);
  bool expect_list(const nlohmann::json& value, const std::string& at);

  // The value, or nullopt and a problem when it has another type or is out of bounds. Lengths are in bytes.
  std::optional<std::string> text(const nlohmann::json& value, const std::string& at, std::size_t max_length,
                                  TextRule rule = TextRule::kOneLine);
  std::optional<bool> flag(const nlohmann::json& value, const std::string& at);
  std::optional<int> count(const nlohmann::json& value, const std::string& at, int min, int max);

  static constexpr std::size_t kMaxProblems = 50;

 private:
  bool expect(bool is_that, const char* wanted, const nlohmann::json& value, const std::string& at);

  std::vector<RequestProblem> problems_;
};

// The member, or nullptr when the object has none of that name.
const nlohmann::json* find_member(const nlohmann::json& object, const char* name);

// "a list", "true or false": a value's type in a message.
std::string_view json_type_name(const nlohmann::json& value);

// A member's name as a reference token with its slash (RFC 6901, section 3).
std::string pointer_token(std::string_view name);

// A client's text in a message: in quotes, and cut when it is long.
std::string quote_for_message(std::string_view text);

}  // namespace roadmap
