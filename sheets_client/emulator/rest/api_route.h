#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace sheets::emulator {

enum class ApiMethod {
  kSpreadsheetsCreate,
  kSpreadsheetsGet,
  kSpreadsheetsBatchUpdate,
  kSpreadsheetsGetByDataFilter,
  kMetadataGet,
  kMetadataSearch,
  kValuesGet,
  kValuesBatchGet,
  kValuesUpdate,
  kValuesBatchUpdate,
  kValuesAppend,
  kValuesClear,
  kValuesBatchClear,
  kSheetsCopyTo,
  kToken,
  kNotServed,  // a method that Google has and the emulator does not
};

// As calls are counted and faults are aimed: "values.batchGet", "spreadsheets.get", "token".
std::string_view method_name(ApiMethod method);
// The method of that name or of its last part, "batchGet"; of several the one nearest to the spreadsheet.
// nullopt: none that the emulator serves.
std::optional<ApiMethod> find_method(std::string_view name);
// The method's name in the API's schema: "spreadsheets.values.batchGet". "" for kToken and kNotServed.
std::string_view schema_name(ApiMethod method);
// The method's name in Google's own service definition: "BatchGetValues".
std::string_view rpc_name(ApiMethod method);
// Counts against the write quota; the others but kToken count as reads.
bool is_write(ApiMethod method);

struct ApiRoute {
  ApiMethod method;
  std::string spreadsheet_id;  // empty for kSpreadsheetsCreate and kToken
  std::string item;  // decoded: the range of a values method, the id of metadata or of a sheet; of kNotServed
                     // the method's name
};

// `path` is undecoded: a range may hold an escaped slash or colon. A slash at its end, or before
// ":batchUpdate", counts for nothing. nullopt: Google has no such method.
std::optional<ApiRoute> find_route(std::string_view http_method, std::string_view path);

}  // namespace sheets::emulator
