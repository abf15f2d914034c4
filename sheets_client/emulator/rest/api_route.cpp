#include "sheets_client/emulator/rest/api_route.h"

#include "net/http_message.h"

namespace sheets::emulator {
namespace {

struct MethodNames {
  ApiMethod method;
  std::string_view name;
  std::string_view rpc;
  bool write;
};

constexpr MethodNames kMethods[] = {
    {ApiMethod::kSpreadsheetsCreate, "spreadsheets.create", "CreateSpreadsheet", true},
    {ApiMethod::kSpreadsheetsGet, "spreadsheets.get", "GetSpreadsheet", false},
    {ApiMethod::kSpreadsheetsBatchUpdate, "spreadsheets.batchUpdate", "BatchUpdateSpreadsheet", true},
    {ApiMethod::kSpreadsheetsGetByDataFilter, "spreadsheets.getByDataFilter", "GetSpreadsheetByDataFilter",
     false},
    {ApiMethod::kMetadataGet, "developerMetadata.get", "GetDeveloperMetadata", false},
    {ApiMethod::kMetadataSearch, "developerMetadata.search", "SearchDeveloperMetadata", false},
    {ApiMethod::kValuesGet, "values.get", "GetValues", false},
    {ApiMethod::kValuesBatchGet, "values.batchGet", "BatchGetValues", false},
    {ApiMethod::kValuesUpdate, "values.update", "UpdateValues", true},
    {ApiMethod::kValuesBatchUpdate, "values.batchUpdate", "BatchUpdateValues", true},
    {ApiMethod::kValuesAppend, "values.append", "AppendValues", true},
    {ApiMethod::kValuesClear, "values.clear", "ClearValues", true},
    {ApiMethod::kValuesBatchClear, "values.batchClear", "BatchClearValues", true},
    {ApiMethod::kToken, "token", "", false},
};

const MethodNames& names_of(ApiMethod method) {
  for (const MethodNames& entry : kMethods) {
    if (entry.method == method) return entry;
  }
  return kMethods[0];
}

bool take_prefix(std::string_view& text, std::string_view prefix) {
  if (text.substr(0, prefix.size()) != prefix) return false;
  text.remove_prefix(prefix.size());
  return true;
}

bool take_suffix(std::string_view& text, std::string_view suffix) {
  if (text.size() < suffix.size() || text.substr(text.size() - suffix.size()) != suffix) return false;
  text.remove_suffix(suffix.size());
  return true;
}

// What follows "/values/": a range, with a verb behind it for POST.
std::optional<ApiRoute> values_route(std::string_view http, std::string id, std::string_view rest) {
  ApiMethod method = ApiMethod::kValuesGet;
  if (http == "PUT") {
    method = ApiMethod::kValuesUpdate;
  } else if (http == "POST" && take_suffix(rest, ":append")) {
    method = ApiMethod::kValuesAppend;
  } else if (http == "POST" && take_suffix(rest, ":clear")) {
    method = ApiMethod::kValuesClear;
  } else if (http != "GET") {
    return std::nullopt;
  }
  if (rest.empty() || rest.find('/') != std::string_view::npos) return std::nullopt;
  return ApiRoute{method, std::move(id), net::percent_decode(rest)};
}

}  // namespace

std::string_view method_name(ApiMethod method) { return names_of(method).name; }
std::string_view rpc_name(ApiMethod method) { return names_of(method).rpc; }
bool is_write(ApiMethod method) { return names_of(method).write; }

std::optional<ApiRoute> find_route(std::string_view http, std::string_view path) {
  if (path == "/token")
    return http == "POST" ? std::optional(ApiRoute{ApiMethod::kToken, {}, {}}) : std::nullopt;
  if (!take_prefix(path, "/v4/spreadsheets")) return std::nullopt;
  if (path.empty() || path == "/") {
    if (http != "POST") return std::nullopt;
    return ApiRoute{ApiMethod::kSpreadsheetsCreate, {}, {}};
  }
  if (!take_prefix(path, "/")) return std::nullopt;
  const std::size_t end = std::min(path.find_first_of("/:"), path.size());
  std::string id = net::percent_decode(path.substr(0, end));
  std::string_view rest = path.substr(end);
  if (id.empty()) return std::nullopt;
  if (rest.empty() && http == "GET") return ApiRoute{ApiMethod::kSpreadsheetsGet, std::move(id), {}};
  if (rest == ":batchUpdate" && http == "POST")
    return ApiRoute{ApiMethod::kSpreadsheetsBatchUpdate, std::move(id), {}};
  if (rest == ":getByDataFilter" && http == "POST")
    return ApiRoute{ApiMethod::kSpreadsheetsGetByDataFilter, std::move(id), {}};
  if (rest == "/developerMetadata:search" && http == "POST")
    return ApiRoute{ApiMethod::kMetadataSearch, std::move(id), {}};
  if (http == "GET" && take_prefix(rest, "/developerMetadata/") && !rest.empty())
    return ApiRoute{ApiMethod::kMetadataGet, std::move(id), net::percent_decode(rest)};
  if (rest == "/values:batchGet" && http == "GET")
    return ApiRoute{ApiMethod::kValuesBatchGet, std::move(id), {}};
  if (rest == "/values:batchUpdate" && http == "POST")
    return ApiRoute{ApiMethod::kValuesBatchUpdate, std::move(id), {}};
  if (rest == "/values:batchClear" && http == "POST")
    return ApiRoute{ApiMethod::kValuesBatchClear, std::move(id), {}};
  if (take_prefix(rest, "/values/")) return values_route(http, std::move(id), rest);
  return std::nullopt;
}

}  // namespace sheets::emulator
