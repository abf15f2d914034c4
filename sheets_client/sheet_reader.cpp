#include "sheets_client/sheet_reader.h"

#include <algorithm>

#include "sheets_client/a1.h"
#include "sheets_client/api_error.h"
#include "sheets_client/picture_reader.h"

namespace sheets {
namespace {

using roadmap::SheetsFailure;

// Values are read by a tab's title and written by its id. Somebody may rename the tab and give a copy its
// name: so soon after Google said which is which, nobody has.
constexpr std::chrono::seconds kTrusted{10};

std::string quoted_list(const std::vector<std::string>& titles) {
  std::string list;
  for (const std::string& title : titles)
    list += (list.empty() ? "'" : ", '") + title + "'";
  return list;
}

}  // namespace

SheetReader::Known SheetReader::know(const std::string& spreadsheet_id, const std::vector<std::string>& tabs,
                                     const roadmap::RunControl& control) {
  const SpreadsheetDirectory::Info info = directory_.known(spreadsheet_id);
  const bool trusted = info && api_.clock().steady_now() - info->asked_at <= kTrusted;
  const bool has_all = trusted && std::all_of(tabs.begin(), tabs.end(), [&](const std::string& tab) {
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

roadmap::Picture SheetReader::look(const std::string& spreadsheet_id,
                                   const std::vector<roadmap::LookAt>& looks,
                                   const roadmap::RunControl& control) {
  return up_to_date(spreadsheet_id, {}, control,
                    [&](const Known& known) { return try_look(known, looks, control); });
}

std::optional<roadmap::Picture> SheetReader::try_look(const Known& known,
                                                      const std::vector<roadmap::LookAt>& looks,
                                                      const roadmap::RunControl& control) {
  std::vector<std::string> ranges;
  std::vector<std::string> titles;
  for (const roadmap::LookAt& look : looks) {
    const TabInfo* tab = known.info->find_tab(look.tab);
    if (tab == nullptr && !known.fresh) return std::nullopt;
    if (tab == nullptr) continue;
    titles.push_back(tab->title);
    append_ranges(look, tab->title, tab->rows, tab->columns, ranges);
  }
  if (ranges.empty()) return picture_of(looks, {});
  ApiCall call;
  call.method = "spreadsheets.get";
  call.spreadsheet_id = known.info->id;
  for (std::string& range : ranges)
    call.query.emplace_back("ranges", std::move(range));
  const bool displayed =
      std::any_of(looks.begin(), looks.end(), [](const roadmap::LookAt& look) { return look.displayed; });
  call.query.emplace_back("fields", displayed ? kDisplayedPictureFields : kPictureFields);
  auto body = get(known, call, quoted_list(titles), control);
  if (!body) return std::nullopt;
  try {
    SeenSpreadsheet seen = read_seen_spreadsheet(*body);
    body.reset();  // tens of megabytes
    return picture_of(looks, std::move(seen));
  } catch (const MalformedAnswer& malformed) {
    throw directory_.error({SheetsFailure::kMalformed, malformed.what(), {}}, call.spreadsheet_id,
                           CallKind::kRead, quoted_list(titles));
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
  const auto body = get(known, values_batch_get(known.info->id, ranges), tabs, control);
  if (!body) return std::nullopt;
  try {
    std::vector<ValueRange> values = read_value_ranges(*body);
    if (values.size() != ranges.size()) {
      throw MalformedAnswer(std::to_string(values.size()) + " value ranges for " +
                            std::to_string(ranges.size()) + " asked for");
    }
    return values;
  } catch (const MalformedAnswer& malformed) {
    throw directory_.error({SheetsFailure::kMalformed, malformed.what(), {}}, known.info->id, CallKind::kRead,
                           tabs);
  }
}

}  // namespace sheets
