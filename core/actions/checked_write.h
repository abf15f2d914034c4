#pragma once

#include <set>
#include <string>
#include <vector>

#include "core/actions/job_context.h"
#include "core/sync/row_check.h"

namespace roadmap {

// What a job writes to one tab of a spreadsheet, with what it needs to see whether rows moved meanwhile.
struct TabPlan {
  const SheetTable* table = nullptr;  // as it was read; not owned
  FieldId identifying{0};             // what a row is known by: the key, or in intake the title
  std::vector<CheckedWrite> checked;  // the cells of existing rows in `write`
  TabWrite write;
};

struct CheckedWriteResult {
  WriteState state = WriteState::kApplied;
  std::chrono::milliseconds retry_after{0};  // with kUnknown
  std::vector<RefusedRow> refused;
  std::set<std::string> moved;      // identities of rows that had moved and were put right
  std::set<std::string> misplaced;  // identities whose row was not found again: their cells are not written
};

// Writes all tabs of one spreadsheet in one atomic call, reads headers and identifying columns back and puts
// right what landed on rows or columns that had moved. Throws as SheetsGateway::write does.
CheckedWriteResult write_and_check(JobContext& job, const std::string& spreadsheet_id,
                                   std::vector<TabPlan> tabs);

}  // namespace roadmap
