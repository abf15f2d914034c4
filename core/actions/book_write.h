#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/actions/job_context.h"
#include "core/run/run_result.h"
#include "core/sync/sheet_table.h"
#include "core/sync/written_cells.h"

namespace roadmap {

// What a plan changes on one tab.
struct TabChange {
  const SheetTable* table = nullptr;  // as it was read; not owned
  std::vector<PlannedWrite> writes;
  std::optional<RowsInsert> insert;  // labels are keys
};

// What became of it. Keys of rows whose cells, beside Status and provenance, do not stand in the sheet.
struct BookWritten {
  std::set<std::string> unwritten;
  std::vector<std::string> warnings;  // what Google refused
  std::int64_t rows_moved = 0;
};

struct BookJob {
  std::string spreadsheet_id;
  // Plans under the planning lock and commits; called again after read_again. The tables must stay valid
  // until the next call.
  std::function<std::vector<TabChange>()> plan;
  std::function<void()> read_again;
  std::string step;   // "write_scores"
  std::string label;  // "Writing scores"
  std::string lost;   // what to tell when Google never confirmed: "The rows are saved, but …"
};

// Plans and writes one spreadsheet until every write is known to be done: a write whose answer was lost is
// never sent again blindly, the tabs are read and planned again. In a dry run it plans once and writes
// nothing. Throws SheetsError when that did not help, and as SheetsGateway does.
BookWritten write_until_known(JobContext& job, const BookJob& book);

// Lists the planned cells of a dry run.
void list_planned_cells(const std::vector<TabChange>& changes, RunResult& result);

}  // namespace roadmap
