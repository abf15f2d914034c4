#pragma once

#include <string>
#include <string_view>

#include "sheets_client/emulator/formula/known_results.h"
#include "sheets_client/emulator/rest/api_route.h"
#include "sheets_client/emulator/rest/json_writer.h"
#include "sheets_client/emulator/rest/request_check.h"
#include "sheets_client/emulator/workbook/workbook_store.h"

namespace sheets::emulator {

// One authorised call of an API method.
struct ApiCall {
  const CheckedRequest& request;
  const ApiRoute& route;
  const Caller& caller;
  WorkbookStore& store;
  KnownResults& results;

  // The first query parameter of that name; "" when absent.
  std::string_view param(std::string_view name) const;
  bool flag(std::string_view name) const { return param(name) == "true"; }
  // A writer for the answer, with the query's prettyPrint and fields. Throws ApiError for a bad mask.
  JsonWriter answer(std::string_view message) const;
  bool has_mask() const { return !param("fields").empty(); }
  // The workbook as it is now. Throws ApiError: 404 when there is none, 403 when it is not shared.
  std::shared_ptr<const Workbook> workbook() const;
  // The same check, for a call that changes the workbook later.
  void require_access() const { workbook(); }
  void check_access(const Workbook& workbook) const;
};

// The path's last part as a whole number. Throws ApiError naming `field` when it is none.
int whole_number_item(const ApiCall& call, std::string_view field);

// The methods. Each returns the answer's body, or throws ApiError.
using MethodHandler = std::string(const ApiCall& call);

// spreadsheet_methods.cpp
MethodHandler create_spreadsheet, get_spreadsheet, batch_update_spreadsheet, get_spreadsheet_by_data_filter;

// sheets_requests.cpp
MethodHandler copy_sheet_to;

// developer_metadata.cpp
MethodHandler get_developer_metadata, search_developer_metadata;

// values_reading.cpp
MethodHandler get_values, batch_get_values;

// values_writing.cpp
MethodHandler update_values, batch_update_values, append_values, clear_values, batch_clear_values;

}  // namespace sheets::emulator
