#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "sheets_client/emulator/workbook/json_fwd.h"

namespace sheets::emulator {

// A request's body: a JSON object, {} when the body is blank. Throws ApiError (400) for anything else and for
// more nesting than Google's reader takes.
Json parse_json_body(std::string_view body);

// A number, also where it stands in a text: 3, 3.5 and "3"; nullopt for anything else.
std::optional<double> number_of(const Json& value);
// The same for one that is whole and an int: 3, 3.0 and "3".
std::optional<int> whole_number(const Json& value);

// An object of a request, read member by member. Members of the wrong type are refused as Google's front end
// refuses them, naming the place: "Invalid value at 'requests[0].insert_dimension.range.start_index' (…)".
// null is the same as absent. The document must outlive it.
class RequestMessage {
 public:
  // Throws ApiError when `value` is no object. nullptr: an empty one.
  RequestMessage(const Json* value, std::string place);

  const Json* find(std::string_view name) const;
  bool has(std::string_view name) const { return find(name) != nullptr; }
  std::optional<int> integer(std::string_view name) const;
  int integer_or(std::string_view name, int fallback) const { return integer(name).value_or(fallback); }
  bool flag(std::string_view name) const;
  std::string text(std::string_view name) const;
  RequestMessage message(std::string_view name) const;
  // The list of that name; an empty one when absent.
  const Json& list(std::string_view name) const;

  const std::string& place() const { return place_; }
  std::string place_of(std::string_view name) const;

 private:
  const Json* value_;
  std::string place_;
};

}  // namespace sheets::emulator
