#include "core/sync/tab_address.h"

#include "core/fields/text.h"

namespace roadmap {

TabAddress address_of(const TabLayout& layout) { return {layout.spreadsheet_id, lower(layout.tab)}; }

TabAddress intake_address() { return {"intake", ""}; }

}  // namespace roadmap
