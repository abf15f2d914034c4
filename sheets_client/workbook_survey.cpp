// GoogleSheets::survey: what a spreadsheets.get tells of whole tabs.
#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>

#include "sheets_client/a1.h"
#include "sheets_client/api_error.h"
#include "sheets_client/google_sheets.h"

namespace sheets {
namespace {

using nlohmann::json;
using roadmap::Cell;
using roadmap::Protection;
using roadmap::RuleSpan;
using roadmap::TabState;
using roadmap::TabSurvey;
using roadmap::WantedTab;

constexpr std::string_view kSurveyFields =
    "sheets(properties(sheetId,title,gridProperties(rowCount,columnCount,frozenRowCount)),"
    "protectedRanges(range,description),"
    "data(startRow,startColumn,rowData.values(effectiveValue,userEnteredValue.formulaValue,note,"
    "dataValidation.condition)))";

// How deep the objects of interest lie in {"sheets": [{"data": [{"rowData": [{"values": [{cell}]}]}]}]}.
// Nothing else that is asked for lies as deep as a row.
constexpr int kSheetDepth = 2;
constexpr int kBlockDepth = 4;
constexpr int kRowDepth = 6;
constexpr int kCellDepth = 8;

Cell shown_in(const json& cell) {
  const auto value = cell.find("effectiveValue");
  if (value == cell.end()) return {};
  if (const auto text = value->find("stringValue"); text != value->end()) return text->get<std::string>();
  if (const auto number = value->find("numberValue"); number != value->end()) return number->get<double>();
  if (const auto flag = value->find("boolValue"); flag != value->end()) return flag->get<bool>();
  return value->empty() ? Cell{} : Cell{std::string("#ERROR!")};
}

// "ONE_OF_LIST RICE WSJF": RuleSpan::rule.
std::string rule_in(const json& cell) {
  const auto validation = cell.find("dataValidation");
  if (validation == cell.end()) return {};
  const json condition = validation->value("condition", json::object());
  std::string rule = condition.value("type", std::string("UNKNOWN"));
  for (const json& value : condition.value("values", json::array()))
    rule += " " + value.value("userEnteredValue", std::string{});
  return rule;
}

// A GridRange: 0-based, half open, members that are 0 left out.
Protection read_protection(const json& range) {
  Protection protection;
  protection.description = range.value("description", std::string{});
  const json bounds = range.value("range", json::object());
  protection.first_row = bounds.value("startRowIndex", 0) + 1;
  protection.last_row = bounds.value("endRowIndex", Protection::kOpen);
  protection.first_column = bounds.value("startColumnIndex", 0);
  const int end_column = bounds.value("endColumnIndex", Protection::kOpen);
  protection.last_column = end_column == Protection::kOpen ? end_column : end_column - 1;
  return protection;
}

// A note, until its tab's title, and so its header row, is known.
struct NotedCell {
  int row;  // 1-based
  int column;
  std::string note;
};

// What is known of a tab while its cells go by.
struct TabInProgress {
  TabState state;
  std::vector<NotedCell> notes;
  std::vector<int> last_text_row;            // by column; 0: none
  std::vector<std::vector<Cell>> kept_rows;  // kMaxKeptRows at most
};

// The largest header row that can be configured.
constexpr std::size_t kMaxKeptRows = 1000;

// Reads an answer with kSurveyFields cell by cell: a large tab never exists as a JSON document.
class SurveyReader {
 public:
  explicit SurveyReader(const std::vector<WantedTab>& wanted) : wanted_(wanted) {}

  // Throws MalformedAnswer.
  std::vector<TabState> read(std::string_view answer) {
    try {
      const json document = json::parse(answer, [this](int depth, json::parse_event_t event, json& parsed) {
        return take(depth, event, parsed);
      });
      if (!document.is_object() || !document.contains("sheets")) throw MalformedAnswer("no sheets in it");
    } catch (const json::exception& error) {
      throw MalformedAnswer(error.what());
    }
    return std::move(tabs_);
  }

 private:
  // False drops what was parsed.
  bool take(int depth, json::parse_event_t event, json& parsed) {
    if (event == json::parse_event_t::object_start) {
      if (depth == kBlockDepth) row_ = column_ = 0;
      return true;
    }
    if (event != json::parse_event_t::object_end) return true;
    if (depth == kCellDepth) {
      take_cell(parsed);
      ++column_;
      return false;
    }
    if (depth == kRowDepth) {
      ++row_;
      column_ = 0;
      return false;
    }
    if (depth == kSheetDepth) {
      end_tab(parsed);
      return false;
    }
    return true;
  }

  // Blocks of whole tabs start at A1: startRow and startColumn are 0 and left out.
  void take_cell(const json& cell) {
    if (cell.empty()) return;
    auto& columns = tab_.state.column_states;
    const auto at = static_cast<std::size_t>(column_);
    if (at >= columns.size()) {
      columns.resize(at + 1);
      tab_.last_text_row.resize(at + 1);
    }
    Cell shown = shown_in(cell);
    const bool has_formula = cell.contains("userEnteredValue");
    columns[at].used = columns[at].used || has_formula || !std::holds_alternative<std::monostate>(shown);
    if (std::holds_alternative<std::string>(shown)) tab_.last_text_row[at] = row_ + 1;
    if (std::string rule = rule_in(cell); !rule.empty()) add_rule(columns[at].rules, std::move(rule));
    if (cell.contains("note")) tab_.notes.push_back({row_ + 1, column_, cell["note"].get<std::string>()});
    keep(std::move(shown));
  }

  void add_rule(std::vector<RuleSpan>& spans, std::string rule) const {
    const int row = row_ + 1;
    if (!spans.empty() && spans.back().last_row == row - 1 && spans.back().rule == rule) {
      spans.back().last_row = row;
    } else {
      spans.push_back({row, row, std::move(rule)});
    }
  }

  void keep(Cell shown) {
    const auto row = static_cast<std::size_t>(row_);
    if (row >= kMaxKeptRows || std::holds_alternative<std::monostate>(shown)) return;
    if (tab_.kept_rows.size() <= row) tab_.kept_rows.resize(row + 1);
    std::vector<Cell>& cells = tab_.kept_rows[row];
    const auto column = static_cast<std::size_t>(column_);
    if (cells.size() <= column) cells.resize(column + 1);
    cells[column] = std::move(shown);
  }

  void end_tab(const json& sheet) {
    const json& properties = sheet.at("properties");
    const json grid = properties.value("gridProperties", json::object());
    TabState& state = tab_.state;
    state.sheet_id = properties.value("sheetId", std::int64_t{0});
    state.title = properties.at("title").get<std::string>();
    state.rows = grid.value("rowCount", 0);
    state.columns = grid.value("columnCount", 0);
    state.frozen_rows = grid.value("frozenRowCount", 0);
    for (const json& range : sheet.value("protectedRanges", json::array()))
      state.protections.push_back(read_protection(range));
    const auto wanted = std::find_if(wanted_.begin(), wanted_.end(), [&](const WantedTab& tab) {
      return same_title(tab.title, state.title);
    });
    take_header_row(wanted == wanted_.end() ? 1 : wanted->header_row);
    tabs_.push_back(std::move(state));
    tab_ = {};
  }

  void take_header_row(int header_row) {
    TabState& state = tab_.state;
    const auto kept = static_cast<std::size_t>(std::max(header_row, roadmap::kSurveyedTopRows));
    tab_.kept_rows.resize(std::min(tab_.kept_rows.size(), kept));
    state.top_rows = std::move(tab_.kept_rows);
    for (std::size_t c = 0; c < state.column_states.size(); ++c)
      state.column_states[c].texts_below = tab_.last_text_row[c] > header_row;
    for (NotedCell& noted : tab_.notes) {
      if (noted.row == header_row)
        state.column_states[static_cast<std::size_t>(noted.column)].note = std::move(noted.note);
    }
  }

  const std::vector<WantedTab>& wanted_;
  std::vector<TabState> tabs_;
  TabInProgress tab_;
  int row_ = 0;  // 0-based, of the cell at hand
  int column_ = 0;
};

// Charts that fill a tab of their own have no grid.
bool has_grid(const TabInfo& tab) { return tab.rows > 0 && tab.columns > 0; }

TabSurvey survey_of(const WantedTab& wanted, const SpreadsheetInfo& info,
                    const std::vector<TabState>& states) {
  const TabInfo* tab = info.find_tab(wanted.title);
  if (tab == nullptr) return {std::nullopt, true, info.missing_tab(wanted.title)};
  if (!has_grid(*tab)) return {std::nullopt, false, "'" + tab->title + "' is a chart, not a table of cells"};
  const auto found = std::find_if(states.begin(), states.end(),
                                  [&](const TabState& state) { return state.sheet_id == tab->sheet_id; });
  if (found == states.end()) throw MalformedAnswer("the tab '" + tab->title + "' is not in it");
  return {*found, false, {}};
}

}  // namespace

roadmap::WorkbookState GoogleSheets::survey(const roadmap::WantedWorkbook& wanted,
                                            const roadmap::RunControl& control) {
  const SpreadsheetDirectory::Info info = directory_.refresh(wanted.spreadsheet_id, control);
  roadmap::WorkbookState state;
  state.spreadsheet_id = wanted.spreadsheet_id;
  state.display_name = info->display_name();
  state.clock_ahead = info->clock_ahead;
  for (const TabInfo& tab : info->tabs)
    state.sheet_ids.push_back(tab.sheet_id);
  std::vector<std::string> ranges;
  for (const WantedTab& tab : wanted.tabs) {
    const TabInfo* there = info->find_tab(tab.title);
    if (there != nullptr && has_grid(*there)) ranges.push_back(always_quoted_tab(there->title));
  }
  try {
    std::vector<TabState> states;
    if (!ranges.empty()) {
      const CallResult result = api_.perform(spreadsheets_get(info->id, ranges, kSurveyFields), control);
      if (const auto* failure = std::get_if<CallFailure>(&result))
        throw directory_.error(*failure, info->id, CallKind::kRead);
      states = SurveyReader(wanted.tabs).read(std::get<net::ClientResponse>(result).body);
    }
    for (const WantedTab& tab : wanted.tabs)
      state.tabs.push_back(survey_of(tab, *info, states));
    return state;
  } catch (const MalformedAnswer& malformed) {
    throw directory_.error({roadmap::SheetsFailure::kMalformed, malformed.what(), {}}, info->id,
                           CallKind::kRead);
  }
}

}  // namespace sheets
