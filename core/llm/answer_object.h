#pragma once

#include <nlohmann/json_fwd.hpp>
#include <stdexcept>
#include <string>
#include <string_view>

namespace roadmap {

// An answer that is not what was asked for. what() names the member and the rule, never a text of it.
class MalformedAnswer : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// The one JSON object of an answer, also inside a ``` fence or behind a <think> part. Throws MalformedAnswer.
nlohmann::json answer_object(std::string_view answer);

// A text member, cleaned (control characters dropped but line breaks, trimmed); "" where it is missing or
// null. Throws MalformedAnswer when it is something else, or longer than `limit` bytes.
std::string text_member(const nlohmann::json& object, std::string_view name, std::size_t limit);
// The same for a member that may be a number too: 12.5 as "12.5".
std::string text_or_number_member(const nlohmann::json& object, std::string_view name, std::size_t limit);

// A text as it may stand in a cell: without control characters but line breaks, trimmed.
std::string clean_text(std::string_view text);

}  // namespace roadmap
