#include "sheets_client/workbook_setup.h"

#include <algorithm>

#include "sheets_client/a1.h"
#include "sheets_client/api_error.h"
#include "sheets_client/setup_body.h"
#include "sheets_client/survey_reader.h"
#include "sheets_client/text_body.h"

namespace sheets {
namespace {

using roadmap::SheetsFailure;
using roadmap::TabState;
using roadmap::TabSurvey;
using roadmap::WantedTab;

// Charts that fill a tab of their own have no grid.
bool has_grid(const TabInfo& tab) { return tab.rows > 0 && tab.columns > 0; }

int header_row_of(const std::vector<WantedTab>& tabs, std::string_view title) {
  const auto found = std::find_if(tabs.begin(), tabs.end(),
                                  [&](const WantedTab& tab) { return same_title(tab.title, title); });
  return found == tabs.end() ? 1 : found->header_row;
}

TabSurvey survey_of(const WantedTab& wanted, const SpreadsheetInfo& info, std::vector<TabState>& states) {
  const TabInfo* tab = info.find_tab(wanted.title);
  if (tab == nullptr) return {std::nullopt, true, info.missing_tab(wanted.title)};
  if (!has_grid(*tab)) return {std::nullopt, false, "'" + tab->title + "' is a chart, not a table of cells"};
  const auto found = std::find_if(states.begin(), states.end(),
                                  [&](const TabState& state) { return state.sheet_id == tab->sheet_id; });
  if (found == states.end()) throw MalformedAnswer("the tab '" + tab->title + "' is not in it");
  return {*found, false, {}};
}

// What Google refused, and who can help. `message` is Google's own.
std::string refusal(const PlannedStep& refused, const std::string& message, const std::string& account) {
  return without_request_name(message) + " (to " + roadmap::in_words(*refused.step) +
         "). Nothing was changed in this spreadsheet. Let " + account +
         " edit there (Data, Protected sheets and ranges), or do it by hand, and run setup-sheets again.";
}

}  // namespace

roadmap::WorkbookState WorkbookSetup::survey(const roadmap::WantedWorkbook& wanted,
                                             const roadmap::RunControl& control) {
  const SpreadsheetDirectory::Info info = directory_.refresh(wanted.spreadsheet_id, control);
  roadmap::WorkbookState state;
  state.spreadsheet_id = wanted.spreadsheet_id;
  state.display_name = info->display_name();
  state.clock_ahead = info->clock_ahead;
  for (const TabInfo& tab : info->tabs)
    state.sheet_ids.push_back(tab.sheet_id);
  try {
    std::vector<TabState> states = read_tabs(*info, wanted.tabs, control);
    for (const WantedTab& tab : wanted.tabs)
      state.tabs.push_back(survey_of(tab, *info, states));
    return state;
  } catch (const MalformedAnswer& malformed) {
    throw directory_.error({SheetsFailure::kMalformed, malformed.what(), {}}, wanted.spreadsheet_id,
                           CallKind::kRead);
  }
}

std::vector<TabState> WorkbookSetup::read_tabs(const SpreadsheetInfo& info,
                                               const std::vector<WantedTab>& tabs,
                                               const roadmap::RunControl& control) {
  ApiCall call;
  call.method = "spreadsheets.get";
  call.spreadsheet_id = info.id;
  for (const WantedTab& wanted : tabs) {
    const TabInfo* tab = info.find_tab(wanted.title);
    if (tab != nullptr && has_grid(*tab)) call.query.emplace_back("ranges", always_quoted_tab(tab->title));
  }
  if (call.query.empty()) return {};
  call.query.emplace_back("fields", kSurveyFields);
  const CallResult result = api_.perform(call, control);
  if (const auto* failure = std::get_if<CallFailure>(&result))
    throw directory_.error(*failure, info.id, CallKind::kRead);
  return read_survey(std::get<net::ClientResponse>(result).body,
                     [&](std::string_view title) { return header_row_of(tabs, title); });
}

void WorkbookSetup::apply(const roadmap::WorkbookPlan& plan, const roadmap::RunControl& control) {
  if (plan.step_count() == 0) return;
  const std::string body = setup_body(plan);
  const ApiCall call = batch_update(plan.spreadsheet_id, [&body] { return text_body(body); });
  const CallResult result = api_.perform(call, control);
  const auto* failure = std::get_if<CallFailure>(&result);
  if (failure == nullptr) return;
  CallFailure told = *failure;
  std::string tabs;
  const std::optional<std::size_t> request = refused_request(told.message);
  const PlannedStep refused = request ? step_of_request(plan, *request) : PlannedStep{};
  if (refused.step != nullptr) {
    tabs = "'" + refused.tab->title + "'";
    told.message = refusal(refused, failure->message, api_.account());
  }
  const roadmap::SheetsError error = directory_.error(told, plan.spreadsheet_id, CallKind::kWrite, tabs);
  std::string message = error.what();
  if (told.maybe_applied) message += " It may have been done all the same: run setup-sheets again to see.";
  throw roadmap::SheetsError(error.failure(), plan.spreadsheet_id, message, failure->message);
}

}  // namespace sheets
