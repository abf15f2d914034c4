#pragma once

#include "core/run/settings.h"
#include "core/store/records.h"

namespace roadmap {

// The address under which a tab's bases and pending keys are filed: its name in lower case, as titles
// compare.
TabAddress address_of(const TabLayout& layout);

// The one address under which the bases of all intake tabs are filed: a row that moves to another intake tab
// is the same initiative.
TabAddress intake_address();

}  // namespace roadmap
