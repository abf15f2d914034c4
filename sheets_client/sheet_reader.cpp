#include "sheets_client/sheet_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "sheets_client/a1.h"
#include "sheets_client/api_error.h"
#include "sheets_client/entered_reader.h"
#include "sheets_client/malformed_answer.h"

namespace sheets {
namespace {

using roadmap::SheetsFailure;

// With more columns than this, one rectangle around all cells is asked for instead of a range for each.
constexpr std::size_t kMaxEnteredRanges = 16;

std::string quoted_list(const std::vector<std::string>& titles) {
  std::string list;
  for (const std::string& title : titles)
    list += (list.empty() ? "'" : ", '") + title + "'";
  return list;
}

// The smallest range around those cells of one column, or of all of them.
std::string range_around(const std::string& title, const std::vector<roadmap::CellAddress>& cells,
                         std::optional<int> column) {
  std::optional<RangeBounds> bounds;
  for (const roadmap::CellAddress& cell : cells) {
    if (column && cell.column != *column) continue;
    if (!bounds) bounds = RangeBounds{cell.row - 1, cell.column, cell.row - 1, cell.column};
    bounds->first_row = std::min(bounds->first_row, cell.row - 1);
    bounds->last_row = std::max(bounds->last_row, cell.row - 1);
    bounds->first_column = std::min(bounds->first_column, cell.column);
    bounds->last_column = std::max(bounds->last_column, cell.column);
  }
  return range_of(title, *bounds);
}

std::vector<std::string> ranges_around(const std::string& title,
                                       const std::vector<roadmap::CellAddress>& cells) {
  std::set<int> columns;
  for (const roadmap::CellAddress& cell : cells)
    columns.insert(cell.column);
  if (columns.size() > kMaxEnteredRanges) return {range_around(title, cells, std::nullopt)};
  std::vector<std::string> ranges;
  ranges.reserve(columns.size());
  for (const int column : columns)
    ranges.push_back(range_around(title, cells, column));
  return ranges;
}

// Parallel to `cells`; `entries` are in ascending order.
std::vector<roadmap::EnteredCell> entered_at(const std::vector<roadmap::CellAddress>& cells,
                                             const std::vector<CellEntry>& entries) {
  std::vector<roadmap::EnteredCell> entered(cells.size());
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const auto found = std::lower_bound(
        entries.begin(), entries.end(), cells[i],
        [](const CellEntry& entry, const roadmap::CellAddress& address) { return entry.address < address; });
    if (found != entries.end() && found->address == cells[i]) entered[i] = found->entered;
  }
  return entered;
}

// A one-column range's cells.
std::vector<roadmap::Cell> column_of(ValueRange range) {
  std::vector<roadmap::Cell> column;
  column.reserve(range.rows.size());
  for (roadmap::CellRow& row : range.rows)
    column.push_back(row.empty() ? roadmap::Cell{} : std::move(row.front()));
  return column;
}

}  // namespace

SheetReader::Known SheetReader::know(const std::string& spreadsheet_id, const std::vector<std::string>& tabs,
                                     const roadmap::RunControl& control) {
  const SpreadsheetDirectory::Info info = directory_.known(spreadsheet_id);
  const bool has_all = info && std::all_of(tabs.begin(), tabs.end(), [&](const std::string& tab) {
                         return info->find_tab(tab) != nullptr;
                       });
  if (has_all) return {info, false};
  return {directory_.refresh(spreadsheet_id, control), true};
}

template <typename Attempt>
auto SheetReader::up_to_date(const std::string& spreadsheet_id, const std::vector<std::string>& tabs,
                             const roadmap::RunControl& control, Attempt attempt) {
  auto result = attempt(know(spreadsheet_id, tabs, control));
  if (!result) result = attempt(Known{directory_.refresh(spreadsheet_id, control), true});
  return std::move(*result);
}

std::vector<roadmap::TabRead> SheetReader::read_tabs(const std::string& spreadsheet_id,
                                                     const std::vector<std::string>& tabs,
                                                     const roadmap::RunControl& control) {
  return up_to_date(spreadsheet_id, tabs, control,
                    [&](const Known& known) { return try_tabs(known, tabs, control); });
}

std::optional<std::vector<roadmap::TabRead>> SheetReader::try_tabs(const Known& known,
                                                                   const std::vector<std::string>& tabs,
                                                                   const roadmap::RunControl& control) {
  std::vector<roadmap::TabRead> reads(tabs.size());
  std::vector<std::string> ranges;
  std::vector<std::size_t> asked;  // in `tabs`, parallel to `ranges`
  for (std::size_t i = 0; i < tabs.size(); ++i) {
    if (const TabInfo* tab = known.info->find_tab(tabs[i])) {
      reads[i].grid = roadmap::TabGrid{tab->title, {}};
      ranges.push_back(always_quoted_tab(tab->title));
      asked.push_back(i);
    } else {
      reads[i].problem = known.info->missing_tab(tabs[i]);
    }
  }
  if (ranges.empty()) return reads;
  auto values = get_values(known, ranges, quoted_list(tabs), control);
  if (!values) return std::nullopt;
  for (std::size_t i = 0; i < asked.size(); ++i) {
    roadmap::TabGrid& grid = *reads[asked[i]].grid;
    ValueRange& range = (*values)[i];
    // The range of a whole tab is its grid.
    if (const auto bounds = range_bounds(range.range))
      directory_.set_grid(known.info->id, grid.title, bounds->last_row + 1, bounds->last_column + 1);
    grid.rows = std::move(range.rows);
  }
  return reads;
}

std::vector<roadmap::CheckResult> SheetReader::read_back(const std::string& spreadsheet_id,
                                                         const std::vector<roadmap::CheckRead>& checks,
                                                         const roadmap::RunControl& control) {
  std::vector<std::string> tabs;
  tabs.reserve(checks.size());
  for (const roadmap::CheckRead& check : checks)
    tabs.push_back(check.tab);
  return up_to_date(spreadsheet_id, tabs, control,
                    [&](const Known& known) { return try_back(known, checks, control); });
}

std::optional<std::vector<roadmap::CheckResult>> SheetReader::try_back(
    const Known& known, const std::vector<roadmap::CheckRead>& checks, const roadmap::RunControl& control) {
  struct Asked {
    std::size_t check;
    std::optional<std::size_t> column;  // in CheckRead::columns; nullopt: the header
  };
  std::vector<roadmap::CheckResult> results(checks.size());
  std::vector<std::string> ranges;
  std::vector<Asked> asked;  // parallel to `ranges`
  std::vector<std::string> titles;
  for (std::size_t i = 0; i < checks.size(); ++i) {
    const TabInfo& tab = require_tab(known, checks[i].tab);
    const std::string title = always_quoted_tab(tab.title);
    titles.push_back(tab.title);
    results[i].columns.resize(checks[i].columns.size());
    // A row or column that the tab lost reads as empty; asking for it would be an error.
    if (checks[i].header_row <= tab.rows) {
      ranges.push_back(fmt::format("{0}!{1}:{1}", title, checks[i].header_row));
      asked.push_back({i, std::nullopt});
    }
    for (std::size_t c = 0; c < checks[i].columns.size(); ++c) {
      if (checks[i].columns[c] >= tab.columns) continue;
      ranges.push_back(fmt::format("{0}!{1}1:{1}", title, column_letters(checks[i].columns[c])));
      asked.push_back({i, c});
    }
  }
  if (ranges.empty()) return results;
  auto values = get_values(known, ranges, quoted_list(titles), control);
  if (!values) return std::nullopt;
  for (std::size_t i = 0; i < asked.size(); ++i) {
    ValueRange& range = (*values)[i];
    roadmap::CheckResult& result = results[asked[i].check];
    if (asked[i].column) {
      result.columns[*asked[i].column] = column_of(std::move(range));
    } else if (!range.rows.empty()) {
      result.header = std::move(range.rows.front());
    }
  }
  return results;
}

std::vector<roadmap::EnteredCell> SheetReader::read_entered(const std::string& spreadsheet_id,
                                                            const std::string& tab,
                                                            const std::vector<roadmap::CellAddress>& cells,
                                                            const roadmap::RunControl& control) {
  if (cells.empty()) return {};
  return up_to_date(spreadsheet_id, {tab}, control,
                    [&](const Known& known) { return try_entered(known, tab, cells, control); });
}

std::optional<std::vector<roadmap::EnteredCell>> SheetReader::try_entered(
    const Known& known, const std::string& tab_title, const std::vector<roadmap::CellAddress>& cells,
    const roadmap::RunControl& control) {
  const TabInfo& tab = require_tab(known, tab_title);
  std::vector<roadmap::CellAddress> on_grid;
  std::copy_if(
      cells.begin(), cells.end(), std::back_inserter(on_grid),
      [&](const roadmap::CellAddress& cell) { return cell.row <= tab.rows && cell.column < tab.columns; });
  if (on_grid.empty()) return std::vector<roadmap::EnteredCell>(cells.size());
  ApiCall call;
  call.method = "spreadsheets.get";
  call.spreadsheet_id = known.info->id;
  for (std::string& range : ranges_around(tab.title, on_grid))
    call.query.emplace_back("ranges", std::move(range));
  call.query.emplace_back("fields", kEnteredFields);
  const auto body = get(known, call, quoted_list({tab.title}), control);
  if (!body) return std::nullopt;
  try {
    return entered_at(cells, read_entered_cells(*body));
  } catch (const MalformedAnswer& malformed) {
    throw directory_.error({SheetsFailure::kMalformed, malformed.what(), {}}, call.spreadsheet_id,
                           CallKind::kRead, quoted_list({tab.title}));
  }
}

std::optional<std::string> SheetReader::get(const Known& known, const ApiCall& call, const std::string& tabs,
                                            const roadmap::RunControl& control) {
  CallResult result = api_.perform(call, control);
  if (const auto* failure = std::get_if<CallFailure>(&result)) {
    const bool stale = failure->failure == SheetsFailure::kBadRequest && says_stale(failure->message);
    if (stale && !known.fresh) return std::nullopt;
    throw directory_.error(*failure, call.spreadsheet_id, CallKind::kRead, tabs);
  }
  return std::move(std::get<net::ClientResponse>(result).body);
}

std::optional<std::vector<ValueRange>> SheetReader::get_values(const Known& known,
                                                               const std::vector<std::string>& ranges,
                                                               const std::string& tabs,
                                                               const roadmap::RunControl& control) {
  ApiCall call;
  call.method = "values.batchGet";
  call.spreadsheet_id = known.info->id;
  call.path = "/values:batchGet";
  for (const std::string& range : ranges)
    call.query.emplace_back("ranges", range);
  call.query.emplace_back("majorDimension", "ROWS");
  call.query.emplace_back("valueRenderOption", "UNFORMATTED_VALUE");
  call.query.emplace_back("dateTimeRenderOption", "SERIAL_NUMBER");
  const auto body = get(known, call, tabs, control);
  if (!body) return std::nullopt;
  try {
    std::vector<ValueRange> values = read_value_ranges(*body);
    if (values.size() != ranges.size()) {
      throw MalformedAnswer(std::to_string(values.size()) + " value ranges for " +
                            std::to_string(ranges.size()) + " asked for");
    }
    return values;
  } catch (const MalformedAnswer& malformed) {
    throw directory_.error({SheetsFailure::kMalformed, malformed.what(), {}}, call.spreadsheet_id,
                           CallKind::kRead, tabs);
  }
}

const TabInfo& SheetReader::require_tab(const Known& known, const std::string& tab) const {
  if (const TabInfo* found = known.info->find_tab(tab)) return *found;
  throw directory_.error({SheetsFailure::kBadRequest, known.info->missing_tab(tab), {}}, known.info->id,
                         CallKind::kRead, quoted_list({tab}));
}

}  // namespace sheets
