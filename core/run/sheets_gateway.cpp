#include "core/run/sheets_gateway.h"

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
  for (const TabWrite& tab : tabs)
    count += tab.headers.size() + tab.cells.size() + (tab.insert ? tab.insert->cells.size() : 0);
  return count;
}

bool SheetWrite::empty() const { return cell_count() == 0; }

}  // namespace roadmap
