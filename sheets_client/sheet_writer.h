#pragma once

#include <string>

#include "core/run/sheets_gateway.h"
#include "sheets_client/api_caller.h"
#include "sheets_client/batch_body.h"
#include "sheets_client/spreadsheet_directory.h"

namespace sheets {

inline constexpr int kMaxRefusals = 5;  // rows that one write may lose to refusals

// Carries out SheetsGateway::write.
// Thread safety: safe to call from many threads; no state of its own.
class SheetWriter {
 public:
  SheetWriter(ApiCaller& api, SpreadsheetDirectory& directory, std::size_t max_body_bytes = kMaxBodyBytes)
      : api_(api), directory_(directory), max_body_bytes_(max_body_bytes) {}

  // As SheetsGateway::write. A row that its tab no longer has is reported like a refused one. When a later
  // part fails after earlier ones were applied, the SheetsError's message says so.
  roadmap::WriteReport write(const std::string& spreadsheet_id, roadmap::SheetWrite write,
                             const roadmap::RunControl& control);

 private:
  ApiCaller& api_;
  SpreadsheetDirectory& directory_;
  const std::size_t max_body_bytes_;
};

}  // namespace sheets
