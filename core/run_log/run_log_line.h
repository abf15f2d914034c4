#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "core/fields/cell.h"
#include "core/ledger/action_run.h"

namespace roadmap {

// A column of the run log, a tab for people that no run reads.
struct RunLogColumn {
  std::string_view header;
  std::string_view note;           // one sentence for people
  Cell (*cell)(const ActionRun&);  // what a line says there
};

// In the order in which a line's cells stand, column A first.
std::span<const RunLogColumn> run_log_columns();

// The header row.
std::vector<Cell> run_log_header();

// What the run log says about a run that has ended; parallel to run_log_columns(). The first cell, its time,
// is never empty: lines below each other make one table. Holds who asked for the run.
std::vector<Cell> run_log_line(const ActionRun& run);

}  // namespace roadmap
