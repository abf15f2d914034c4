#include "core/run/sheets_gateway.h"

#include <algorithm>

namespace roadmap {
namespace {

std::string code_of(SheetsFailure failure) {
  switch (failure) {
    case SheetsFailure::kUnauthorised:
      return "sheets_unauthorised";
    case SheetsFailure::kForbidden:
      return "sheets_forbidden";
    case SheetsFailure::kNotFound:
      return "sheets_not_found";
    case SheetsFailure::kBadRequest:
      return "sheets_bad_request";
    case SheetsFailure::kQuota:
      return "sheets_quota";
    case SheetsFailure::kUnavailable:
      return "sheets_unavailable";
    case SheetsFailure::kTimeout:
      return "sheets_timeout";
    case SheetsFailure::kMalformed:
      return "sheets_malformed_answer";
  }
  return "sheets";
}

}  // namespace

SheetsError::SheetsError(SheetsFailure failure, std::string spreadsheet_id, const std::string& message,
                         std::string google)
    : Error(code_of(failure), message, std::move(google)),
      failure_(failure),
      spreadsheet_id_(std::move(spreadsheet_id)) {}

std::size_t SheetWrite::cell_count() const {
  std::size_t count = 0;
  for (const TabWrite& tab : tabs) {
    count += tab.headers.size();
    for (const RowWrite& row : tab.rows)
      count += row.cells.size();
    if (!tab.insert) continue;
    for (const RowWrite& row : tab.insert->rows)
      count += row.cells.size();
  }
  return count;
}

bool SheetWrite::empty() const {
  return std::all_of(tabs.begin(), tabs.end(), [](const TabWrite& tab) {
    return tab.headers.empty() && tab.rows.empty() && (!tab.insert || tab.insert->rows.empty());
  });
}

}  // namespace roadmap
