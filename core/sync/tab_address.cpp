#include "core/sync/tab_address.h"

namespace roadmap {

TabAddress address_of(const TabLayout& layout) {
  TabAddress address{layout.spreadsheet_id, layout.tab};
  for (char& c : address.tab) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return address;
}

TabAddress intake_address() { return {"intake", ""}; }

}  // namespace roadmap
