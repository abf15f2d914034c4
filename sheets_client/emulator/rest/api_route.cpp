#include "sheets_client/emulator/rest/api_route.h"

#include <algorithm>

#include "net/http_message.h"
#include "sheets_client/emulator/rest/api_schema.h"

namespace sheets::emulator {
namespace {

constexpr ApiMethod kMethods[] = {
    {"spreadsheets.create", "CreateSpreadsheet", true},
    {"spreadsheets.get", "GetSpreadsheet", false},
    {"spreadsheets.batchUpdate", "BatchUpdateSpreadsheet", true},
    {"spreadsheets.getByDataFilter", "GetSpreadsheetByDataFilter", false},
    {"spreadsheets.developerMetadata.get", "GetDeveloperMetadata", false},
    {"spreadsheets.developerMetadata.search", "SearchDeveloperMetadata", false},
    {"spreadsheets.sheets.copyTo", "CopySheetToAnotherSpreadsheet", true},
    {"spreadsheets.values.get", "GetValues", false},
    {"spreadsheets.values.batchGet", "BatchGetValues", false},
    {"spreadsheets.values.update", "UpdateValues", true},
    {"spreadsheets.values.batchUpdate", "BatchUpdateValues", true},
    {"spreadsheets.values.append", "AppendValues", true},
    {"spreadsheets.values.clear", "ClearValues", true},
    {"spreadsheets.values.batchClear", "BatchClearValues", true},
};

// Matches a path against "/v4/spreadsheets/{spreadsheetId}/values/{range}:append" and keeps what stands for
// the names in braces, decoded.
class PathTemplate {
 public:
  explicit PathTemplate(std::string_view pattern) : pattern_(pattern) {}

  bool matches(std::string_view path) {
    std::string_view rest = pattern_;
    while (!rest.empty()) {
      const std::size_t open = rest.find('{');
      if (!take_literal(path, rest.substr(0, open))) return false;
      if (open == std::string_view::npos) break;
      const std::size_t close = rest.find('}', open);
      const bool range = rest.substr(open, close - open) == "{range";
      rest.remove_prefix(close + 1);
      const std::string_view verb =
          rest.find('{') == std::string_view::npos && !rest.empty() && rest[0] == ':' ? rest : "";
      std::size_t end = std::min(path.find_first_of(range ? "/" : "/:"), path.size());
      if (range && !verb.empty()) {
        if (path.size() < verb.size() || path.substr(path.size() - verb.size()) != verb) return false;
        end = std::min(end, path.size() - verb.size());
      }
      if (end == 0) return false;
      values_.push_back(net::percent_decode(path.substr(0, end)));
      path.remove_prefix(end);
    }
    return path.empty();
  }

  std::string value(std::size_t index) const {
    return index < values_.size() ? values_[index] : std::string{};
  }

 private:
  static bool take_literal(std::string_view& path, std::string_view literal) {
    if (path.substr(0, literal.size()) != literal) return false;
    path.remove_prefix(literal.size());
    return true;
  }

  std::string_view pattern_;
  std::vector<std::string> values_;
};

ApiRoute route_to(const SchemaMethod& method, const PathTemplate& path) {
  const auto* found = std::find_if(std::begin(kMethods), std::end(kMethods),
                                   [&](const ApiMethod& served) { return served.name == method.name; });
  if (found == std::end(kMethods)) return {&kNotServed, path.value(0), std::string(method.name)};
  return {found, path.value(0), path.value(1)};
}

}  // namespace

std::string_view ApiMethod::short_name() const {
  const std::size_t resource = name.find('.');
  return resource == name.rfind('.') ? name : name.substr(resource + 1);
}

const ApiMethod* find_method(std::string_view name) {
  if (name == kToken.name) return &kToken;
  const auto* found = std::find_if(std::begin(kMethods), std::end(kMethods), [&](const ApiMethod& method) {
    return name == method.short_name() || name == method.name.substr(method.name.rfind('.') + 1);
  });
  return found == std::end(kMethods) ? nullptr : found;
}

std::optional<ApiRoute> find_route(std::string_view http, std::string_view path) {
  if (path == "/token") return http == "POST" ? std::optional(ApiRoute{&kToken, {}, {}}) : std::nullopt;
  std::string plain(path);
  if (!plain.empty() && plain.back() == '/') plain.pop_back();
  if (const std::size_t at = plain.rfind("/:"); at != std::string::npos) plain.erase(at, 1);
  for (const SchemaMethod& method : ApiSchema::instance().methods()) {
    PathTemplate pattern(method.path);
    if (method.http == http && pattern.matches(plain)) return route_to(method, pattern);
  }
  return std::nullopt;
}

}  // namespace sheets::emulator
