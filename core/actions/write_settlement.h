#pragma once

#include <chrono>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/actions/job_context.h"
#include "core/store/write_intent.h"

namespace roadmap {

// What became of one spreadsheet's write.
struct SettledWrite {
  std::optional<std::chrono::milliseconds> lost;  // the answer was lost: wait that long, read and plan again
  std::vector<RefusedRow> refused;
  std::set<std::pair<std::string, std::string>> unwritten;  // tab and key of rows that are gone
};

// What people read of a row that Google refused.
std::string sentence_of(const RefusedRow& row);

// A marker that no other write has, for a new intent.
std::string new_marker();

// The column headers that a write adds, by the tabs of its intent.
using AddedHeaders = std::vector<std::vector<HeaderAdd>>;

// Sends the write of an intent that is stored, and settles it: looks at the answer's picture, puts right what
// is astray, and ends the intent (sync.md, "Rows that move while a run writes"). Throws as
// SheetsGateway::write does, and Error "sheet_unreadable" where the picture shows no usable header or
// identities: the intent waits; and, with the intent settled, where the column of keys is gone from intake.
SettledWrite write_and_settle(JobContext& job, WriteIntent intent, AddedHeaders headers);

// Settles what an earlier write of that spreadsheet left open, in this process or before it was killed: reads
// marker, identities and written columns once, and goes on as above. Without an open intent it does nothing.
// Every read of a job calls it first: nothing is planned on a spreadsheet with an open intent. A dry run
// sends and stores nothing: what stands counts as stored from then on, and where cells are astray it throws
// Error "write_unsettled".
void settle_open_write(JobContext& job, const std::string& spreadsheet_id);

}  // namespace roadmap
