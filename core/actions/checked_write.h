#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/actions/job_context.h"
#include "core/sync/row_check.h"
#include "core/sheets_gateway.h"

namespace roadmap {

// What a job writes to one tab of a spreadsheet, with what it needs to see whether rows moved meanwhile.
struct TabPlan {
  const SheetTable* table = nullptr;  // as it was read; not owned
  std::vector<CheckedWrite> checked;  // cells in `write`
  TabWrite write;
};

// The plan that writes and checks those cells and rows; their labels are keys. `table` must outlive it.
TabPlan tab_plan_of(const SheetTable& table, const std::vector<PlannedCell>& writes,
                    const std::optional<RowsInsert>& insert);

struct CheckedWriteResult {
  WriteState state = WriteState::kApplied;
  std::chrono::milliseconds retry_after{0};  // with kUnknown
  std::vector<RefusedRow> refused;
  std::set<std::string> moved;      // labels of rows that had moved and were put right
  std::set<std::string> misplaced;  // of those whose row was not found again: their cells are not written
};

// Writes all tabs of one spreadsheet in one atomic call, reads headers and identifying columns back and puts
// right what landed on rows or columns that had moved. Throws as SheetsGateway::write does.
CheckedWriteResult write_and_check(JobContext& job, const std::string& spreadsheet_id,
                                   std::vector<TabPlan> tabs);

}  // namespace roadmap
