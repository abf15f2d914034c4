#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/clock.h"
#include "core/sync/sheet_table.h"
#include "core/run/sheets_gateway.h"

namespace roadmap {

// What a run leaves behind in a row it changed, failed or skipped.
struct RowProvenance {
  std::string status;      // "OK", "FAILED: unknown key"; empty: the cell stays as it is
  std::string source;      // provenance token for Updated Source
  std::string updated_at;  // time of the stored change; empty: the cell stays as it is
};

// "2026-01-02T03:04:05Z": times as sheets show them.
std::string sheet_time(UtcTime time);

// Adds the cells of the run's Status, Updated At and Updated Source that differ from what the row shows,
// where the tab has those columns.
void write_provenance(const SheetTable& table, const TableRow& row, const RowProvenance& provenance,
                      std::vector<PlannedCell>& writes);

}  // namespace roadmap
