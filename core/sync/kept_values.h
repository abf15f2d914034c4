#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/run/run_result.h"
#include "core/store/records.h"
#include "core/sync/sheet_table.h"

namespace roadmap {

// Part of the sentence that a Status says of each of them.
inline constexpr std::string_view kYoursWasKept = "yours was kept";

// The values of a team that were not taken over since a PM had saved another one, which still stands. `base`
// is the initiative's in intake, `table` names the columns.
std::vector<KeptCell> kept_values(const RowBase& base, const InitiativeRecord& record,
                                  const SheetTable& table);

// "team changed Title to '…', yours was kept", for each of them; empty for none.
std::string kept_values_note(const std::vector<KeptCell>& kept);

}  // namespace roadmap
