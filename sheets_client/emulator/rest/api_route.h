#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace sheets::emulator {

// A method that the emulator serves; of each there is one object.
struct ApiMethod {
  std::string_view name;  // in the API's schema: "spreadsheets.values.batchGet"
  std::string_view rpc;   // in Google's own service definition: "BatchGetValues"
  bool write;             // counts against the write quota; the others but kToken count as reads

  // As calls are counted and faults are aimed: "values.batchGet", "spreadsheets.get", "token".
  std::string_view short_name() const;
};
inline constexpr ApiMethod kToken{"token", "", false};
inline constexpr ApiMethod kNotServed{"not served", "", false};  // Google has it and the emulator does not

// The method of that short name or of its last part, "batchGet"; of several the one nearest to the
// spreadsheet. nullptr: none that the emulator serves.
const ApiMethod* find_method(std::string_view name);

struct ApiRoute {
  const ApiMethod* method;
  std::string spreadsheet_id;  // empty for spreadsheets.create and kToken
  std::string item;  // decoded: the range of a values method, the id of metadata or of a sheet; of kNotServed
                     // the method's name
};

// `path` is undecoded: a range may hold an escaped slash or colon. A slash at its end, or before
// ":batchUpdate", counts for nothing. nullopt: Google has no such method.
std::optional<ApiRoute> find_route(std::string_view http_method, std::string_view path);

}  // namespace sheets::emulator
