#pragma once

#include <string>
#include <vector>

#include "core/run/sheets_gateway.h"
#include "sheets_client/api_caller.h"
#include "sheets_client/spreadsheet_directory.h"

namespace sheets {

inline constexpr std::size_t kMaxAppendedRows = 1000;  // in one call

// Carries out GoogleSheets::append_rows.
// Thread safety: safe to call from many threads; no state of its own.
class RowAppender {
 public:
  RowAppender(ApiCaller& api, SpreadsheetDirectory& directory) : api_(api), directory_(directory) {}

  // As GoogleSheets::append_rows.
  roadmap::WriteReport append(const std::string& spreadsheet_id, const std::string& tab, int table_row,
                              const std::vector<roadmap::CellRow>& rows, const roadmap::RunControl& control);

 private:
  ApiCaller& api_;
  SpreadsheetDirectory& directory_;
};

}  // namespace sheets
