#pragma once

#include <string>

#include "core/clock.h"
#include "core/sync/tab_plan.h"

namespace roadmap {

// What a run leaves behind in a row it changed, failed or skipped.
struct RowProvenance {
  std::string status;      // "OK", "FAILED: unknown key"; empty: the cell stays as it is
  std::string source;      // provenance token for Updated Source; empty likewise
  std::string updated_at;  // time of the stored change; empty: the cell stays as it is
};

// "2026-01-02T03:04:05Z": times as sheets show them.
std::string sheet_time(UtcTime time);

// Adds the cells of the run's Status, Updated At and Updated Source that differ from what the row shows,
// where the tab has those columns.
void write_provenance(const TableRow& row, const RowProvenance& provenance, TabPlan& plan);

}  // namespace roadmap
