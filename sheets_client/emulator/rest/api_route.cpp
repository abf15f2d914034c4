#include "sheets_client/emulator/rest/api_route.h"

#include <algorithm>

#include "net/http_message.h"
#include "sheets_client/emulator/rest/api_schema.h"

namespace sheets::emulator {
namespace {

struct MethodNames {
  ApiMethod method;
  std::string_view schema;
  std::string_view rpc;
  bool write;
};

constexpr MethodNames kMethods[] = {
    {ApiMethod::kSpreadsheetsCreate, "spreadsheets.create", "CreateSpreadsheet", true},
    {ApiMethod::kSpreadsheetsGet, "spreadsheets.get", "GetSpreadsheet", false},
    {ApiMethod::kSpreadsheetsBatchUpdate, "spreadsheets.batchUpdate", "BatchUpdateSpreadsheet", true},
    {ApiMethod::kSpreadsheetsGetByDataFilter, "spreadsheets.getByDataFilter", "GetSpreadsheetByDataFilter",
     false},
    {ApiMethod::kMetadataGet, "spreadsheets.developerMetadata.get", "GetDeveloperMetadata", false},
    {ApiMethod::kMetadataSearch, "spreadsheets.developerMetadata.search", "SearchDeveloperMetadata", false},
    {ApiMethod::kSheetsCopyTo, "spreadsheets.sheets.copyTo", "CopySheetToAnotherSpreadsheet", true},
    {ApiMethod::kValuesGet, "spreadsheets.values.get", "GetValues", false},
    {ApiMethod::kValuesBatchGet, "spreadsheets.values.batchGet", "BatchGetValues", false},
    {ApiMethod::kValuesUpdate, "spreadsheets.values.update", "UpdateValues", true},
    {ApiMethod::kValuesBatchUpdate, "spreadsheets.values.batchUpdate", "BatchUpdateValues", true},
    {ApiMethod::kValuesAppend, "spreadsheets.values.append", "AppendValues", true},
    {ApiMethod::kValuesClear, "spreadsheets.values.clear", "ClearValues", true},
    {ApiMethod::kValuesBatchClear, "spreadsheets.values.batchClear", "BatchClearValues", true},
    {ApiMethod::kToken, "", "", false},
    {ApiMethod::kNotServed, "", "", false},
};

const MethodNames& names_of(ApiMethod method) {
  const auto* found = std::find_if(std::begin(kMethods), std::end(kMethods),
                                   [&](const MethodNames& names) { return names.method == method; });
  return found == std::end(kMethods) ? kMethods[0] : *found;
}

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
                                   [&](const MethodNames& names) { return names.schema == method.name; });
  if (found == std::end(kMethods)) return {ApiMethod::kNotServed, path.value(0), std::string(method.name)};
  return {found->method, path.value(0), path.value(1)};
}

}  // namespace

std::string_view schema_name(ApiMethod method) { return names_of(method).schema; }
std::string_view rpc_name(ApiMethod method) { return names_of(method).rpc; }
bool is_write(ApiMethod method) { return names_of(method).write; }

std::string_view method_name(ApiMethod method) {
  if (method == ApiMethod::kToken) return "token";
  if (method == ApiMethod::kNotServed) return "not served";
  constexpr std::string_view kResource = "spreadsheets.";
  const std::string_view name = schema_name(method);
  const std::string_view below = name.substr(kResource.size());
  return below.find('.') == std::string_view::npos ? name : below;
}

std::optional<ApiMethod> find_method(std::string_view name) {
  for (const MethodNames& names : kMethods) {
    const std::string_view full = method_name(names.method);
    const bool named = name == full || name == full.substr(full.find('.') + 1);
    if (named && names.method != ApiMethod::kNotServed) return names.method;
  }
  return std::nullopt;
}

std::optional<ApiRoute> find_route(std::string_view http, std::string_view path) {
  if (path == "/token")
    return http == "POST" ? std::optional(ApiRoute{ApiMethod::kToken, {}, {}}) : std::nullopt;
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
