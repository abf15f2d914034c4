#include "sheets_client/spreadsheet_directory.h"

#include <nlohmann/json.hpp>

#include <algorithm>

#include "sheets_client/a1.h"
#include "sheets_client/api_error.h"

namespace sheets {
namespace {

constexpr std::size_t kMaxTabsListed = 20;  // in a message; a spreadsheet may have hundreds

constexpr const char* kDirectoryFields =
    "properties.title,sheets.properties(sheetId,title,index,gridProperties(rowCount,columnCount))";

using nlohmann::json;

// Members that are 0 or empty are left out of Google's answers.
TabInfo read_tab(const json& properties) {
  TabInfo tab;
  tab.sheet_id = properties.value("sheetId", std::int64_t{0});
  tab.title = properties.at("title").get<std::string>();
  tab.index = properties.value("index", 0);
  const json grid = properties.value("gridProperties", json::object());
  tab.rows = grid.value("rowCount", 0);
  tab.columns = grid.value("columnCount", 0);
  return tab;
}

// An answer with kDirectoryFields. Throws MalformedAnswer.
SpreadsheetInfo read_spreadsheet(const std::string& spreadsheet_id, std::string_view answer) {
  try {
    const json document = json::parse(answer);
    SpreadsheetInfo info;
    info.id = spreadsheet_id;
    info.title = document.value("properties", json::object()).value("title", std::string{});
    for (const json& sheet : document.at("sheets"))
      info.tabs.push_back(read_tab(sheet.at("properties")));
    std::sort(info.tabs.begin(), info.tabs.end(),
              [](const TabInfo& a, const TabInfo& b) { return a.index < b.index; });
    return info;
  } catch (const json::exception& error) {
    throw MalformedAnswer(error.what());
  }
}

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

SpreadsheetDirectory::Info SpreadsheetDirectory::known(const std::string& spreadsheet_id) const {
  const std::lock_guard lock(mutex_);
  const auto found = by_id_.find(spreadsheet_id);
  return found == by_id_.end() ? nullptr : found->second;
}

SpreadsheetDirectory::Info SpreadsheetDirectory::get(const std::string& spreadsheet_id,
                                                     const roadmap::RunControl& control) {
  Info info = known(spreadsheet_id);
  return info ? info : refresh(spreadsheet_id, control);
}

SpreadsheetDirectory::Info SpreadsheetDirectory::refresh(const std::string& spreadsheet_id,
                                                         const roadmap::RunControl& control) {
  const auto asked_at = api_.clock().steady_now();
  const CallResult result = api_.perform(spreadsheets_get(spreadsheet_id, {}, kDirectoryFields), control);
  if (const auto* failure = std::get_if<CallFailure>(&result))
    throw error(*failure, spreadsheet_id, CallKind::kRead);
  const auto& response = std::get<net::ClientResponse>(result);
  try {
    auto info = std::make_shared<SpreadsheetInfo>(read_spreadsheet(spreadsheet_id, response.body));
    info->asked_at = asked_at;
    if (const auto header = response.headers.get("Date")) {
      if (const auto date = net::parse_http_date(*header))
        info->clock_ahead = std::chrono::duration_cast<std::chrono::seconds>(api_.clock().now() - *date);
    }
    remember(info);
    return info;
  } catch (const MalformedAnswer& malformed) {
    throw error({roadmap::SheetsFailure::kMalformed, malformed.what(), {}, response.status}, spreadsheet_id,
                CallKind::kRead);
  }
}

void SpreadsheetDirectory::remember(Info info) {
  const std::lock_guard lock(mutex_);
  if (by_id_.find(info->id) == by_id_.end()) {
    if (order_.size() == kMaxKnownSpreadsheets) {
      by_id_.erase(order_.front());
      order_.pop_front();
    }
    order_.push_back(info->id);
  }
  const std::string& id = info->id;
  by_id_[id] = std::move(info);
}

void SpreadsheetDirectory::set_grid(const std::string& spreadsheet_id, std::string_view tab_title, int rows,
                                    int columns) {
  const std::lock_guard lock(mutex_);
  const auto found = by_id_.find(spreadsheet_id);
  if (found == by_id_.end()) return;
  const TabInfo* tab = found->second->find_tab(tab_title);
  if (tab == nullptr || (tab->rows == rows && tab->columns == columns)) return;
  auto changed = std::make_shared<SpreadsheetInfo>(*found->second);
  TabInfo& entry = changed->tabs[static_cast<std::size_t>(tab - found->second->tabs.data())];
  entry.rows = rows;
  entry.columns = columns;
  found->second = std::move(changed);
}

bool SpreadsheetDirectory::refuses_marker(const std::string& spreadsheet_id) const {
  const std::lock_guard lock(mutex_);
  return without_marker_.contains(spreadsheet_id);
}

void SpreadsheetDirectory::refuse_marker(const std::string& spreadsheet_id) {
  const std::lock_guard lock(mutex_);
  without_marker_.insert(spreadsheet_id);
}

roadmap::SheetsError SpreadsheetDirectory::error(const CallFailure& failure,
                                                 const std::string& spreadsheet_id, CallKind kind,
                                                 std::string tabs) const {
  const Info info = known(spreadsheet_id);
  return to_sheets_error(failure, {spreadsheet_id, info ? info->display_name() : spreadsheet_id,
                                   std::move(tabs), api_.account(), kind});
}

}  // namespace sheets
