#pragma once

#include "core/fields/text.h"
#include "core/run/settings.h"
#include "core/store/records.h"

namespace roadmap {

// The address under which a tab's bases and pending keys are filed: its name in lower case, as titles
// compare.
inline TabAddress address_of(const TabLayout& layout) { return {layout.spreadsheet_id, lower(layout.tab)}; }

// The one address under which the bases of all intake tabs are filed: a row that moves to another intake tab
// is the same initiative.
inline TabAddress intake_address() { return {"intake", ""}; }

}  // namespace roadmap
