#pragma once

#include <string>

#include "core/run/sheets_gateway.h"
#include "sheets_client/api_caller.h"

namespace sheets {

// What a failed call was about, for its message.
struct CallSubject {
  std::string spreadsheet_id;
  std::string display_name;  // SpreadsheetInfo::display_name, or the id while the title is unknown
  std::string tabs;          // "'A', 'B'"; empty: none in particular
  std::string account;       // TokenSource::account
  CallKind kind = CallKind::kRead;
};

// The failure as a sentence that says what to do; Google's own message becomes the detail.
roadmap::SheetsError to_sheets_error(const CallFailure& failure, const CallSubject& subject);

}  // namespace sheets
