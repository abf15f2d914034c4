#include "sheets_client/spreadsheet_info.h"

#include <algorithm>

#include "sheets_client/a1.h"

namespace sheets {
namespace {

constexpr std::size_t kMaxTabsListed = 20;  // in a message; a spreadsheet may have hundreds

}  // namespace

const TabInfo* SpreadsheetInfo::find_tab(std::string_view tab_title) const {
  const auto found = std::find_if(tabs.begin(), tabs.end(),
                                  [&](const TabInfo& tab) { return same_title(tab.title, tab_title); });
  return found == tabs.end() ? nullptr : &*found;
}

std::string SpreadsheetInfo::missing_tab(std::string_view tab_title) const {
  std::string text = "no tab '" + std::string(tab_title) + "'; the tabs are ";
  for (std::size_t i = 0; i < tabs.size() && i < kMaxTabsListed; ++i)
    text += (i == 0 ? "'" : ", '") + tabs[i].title + "'";
  if (tabs.size() > kMaxTabsListed) text += " and " + std::to_string(tabs.size() - kMaxTabsListed) + " more";
  return text;
}

std::string SpreadsheetInfo::display_name() const {
  return title.empty() ? id : "'" + title + "' (" + id + ")";
}

}  // namespace sheets
