#include "sheets_client/emulator/json_body.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "sheets_client/emulator/api_error.h"

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

}  // namespace sheets::emulator
