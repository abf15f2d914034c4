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
  // The query's fields, over that message; it names everything where the query has none.
  bool has_mask() const { return !param("fields").empty(); }
  MaskNode mask(std::string_view message) const { return parse_field_mask(param("fields"), message); }
  // The workbook as it is now. Throws ApiError: 404 when there is none, 403 when it is not shared.
  std::shared_ptr<const Workbook> workbook() const;
  // The same check, for a call that changes the workbook later.
  void require_access() const { workbook(); }
  void check_access(const Workbook& workbook) const;
};

// The path's last part as a whole number. Throws ApiError naming `field` when it is none.
int whole_number_item(const ApiCall& call, std::string_view field);

// The methods. Each returns the answer's body, or throws ApiError.

// spreadsheet_methods.cpp
std::string create_spreadsheet(const ApiCall& call);
std::string get_spreadsheet(const ApiCall& call);
std::string batch_update_spreadsheet(const ApiCall& call);
std::string get_spreadsheet_by_data_filter(const ApiCall& call);

// sheets_requests.cpp
std::string copy_sheet_to(const ApiCall& call);

// developer_metadata.cpp
std::string get_developer_metadata(const ApiCall& call);
std::string search_developer_metadata(const ApiCall& call);

// values_reading.cpp
std::string get_values(const ApiCall& call);
std::string batch_get_values(const ApiCall& call);

// values_writing.cpp
std::string update_values(const ApiCall& call);
std::string batch_update_values(const ApiCall& call);
std::string append_values(const ApiCall& call);
std::string clear_values(const ApiCall& call);
std::string batch_clear_values(const ApiCall& call);

}  // namespace sheets::emulator
