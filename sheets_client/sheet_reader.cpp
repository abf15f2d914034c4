// GoogleSheets' functions that read cells: one call each, and one more where what is known of the
// spreadsheet is out of date.
#include <algorithm>

#include "sheets_client/a1.h"
#include "sheets_client/google_sheets.h"
#include "sheets_client/picture.h"

namespace sheets {
namespace {

// Values are read by a tab's title and written by its id. Somebody may rename the tab and give a copy its
// name: so soon after Google said which is which, nobody has.
constexpr std::chrono::seconds kTrusted{10};

std::string quoted_list(const std::vector<std::string>& titles) {
  std::string list;
  for (const std::string& title : titles)
    list += (list.empty() ? "'" : ", '") + title + "'";
  return list;
}

class Reading {
 public:
  // `tabs` are to be known for it.
  Reading(ApiCaller& api, SpreadsheetDirectory& directory, const std::string& spreadsheet_id,
          const std::vector<std::string>& tabs, const roadmap::RunControl& control)
      : api_(api), directory_(directory), id_(spreadsheet_id), control_(control) {
    known_ = directory_.known(id_);
    const bool trusted = known_ && api_.clock().steady_now() - known_->asked_at <= kTrusted;
    const bool has_all = trusted && std::all_of(tabs.begin(), tabs.end(), [&](const std::string& tab) {
                           return known_->find_tab(tab) != nullptr;
                         });
    if (!has_all) refresh();
  }

  // What `attempt` returns. Where that is nullopt, what is known proved out of date: once more, afresh.
  template <typename Attempt>
  auto up_to_date(Attempt attempt) {
    auto result = attempt();
    if (!result) {
      refresh();
      result = attempt();
    }
    return std::move(*result);
  }

  std::optional<std::vector<roadmap::TabRead>> try_tabs(const std::vector<std::string>& tabs) {
    std::vector<roadmap::TabRead> reads(tabs.size());
    std::vector<std::string> ranges;
    std::vector<std::size_t> asked;  // in `tabs`, parallel to `ranges`
    for (std::size_t i = 0; i < tabs.size(); ++i) {
      if (const TabInfo* tab = known_->find_tab(tabs[i])) {
        reads[i].grid = roadmap::TabGrid{tab->title, {}};
        ranges.push_back(always_quoted_tab(tab->title));
        asked.push_back(i);
      } else {
        reads[i].problem = known_->missing_tab(tabs[i]);
      }
    }
    if (ranges.empty()) return reads;
    auto values = get_values(ranges, quoted_list(tabs));
    if (!values) return std::nullopt;
    for (std::size_t i = 0; i < asked.size(); ++i) {
      roadmap::TabGrid& grid = *reads[asked[i]].grid;
      ValueRange& range = (*values)[i];
      // The range of a whole tab is its grid.
      if (const auto bounds = range_bounds(range.range))
        directory_.set_grid(id_, grid.title, bounds->last_row + 1, bounds->last_column + 1);
      grid.rows = std::move(range.rows);
    }
    return reads;
  }

  std::optional<roadmap::Picture> try_look(const std::vector<roadmap::LookAt>& looks) {
    std::vector<std::string> ranges;
    std::vector<std::string> titles;
    for (const roadmap::LookAt& look : looks) {
      const TabInfo* tab = known_->find_tab(look.tab);
      if (tab == nullptr && !fresh_) return std::nullopt;
      if (tab == nullptr) continue;
      // What the grid lacked when Google was last asked may be a column that was inserted since.
      const auto beyond = [&](int column) { return column >= tab->columns; };
      if (!fresh_ && std::ranges::any_of(look.columns, beyond)) return std::nullopt;
      titles.push_back(tab->title);
      append_ranges(look, tab->title, tab->rows, tab->columns, ranges);
    }
    if (ranges.empty()) return picture_of(looks, {});
    const bool displayed = std::ranges::any_of(looks, &roadmap::LookAt::displayed);
    const std::string tabs = quoted_list(titles);
    auto body =
        get(spreadsheets_get(id_, ranges, displayed ? kDisplayedPictureFields : kPictureFields), tabs);
    if (!body) return std::nullopt;
    try {
      SeenSpreadsheet seen = read_seen_spreadsheet(*body);
      body.reset();  // tens of megabytes
      return picture_of(looks, std::move(seen));
    } catch (const MalformedAnswer& malformed) {
      throw failed(malformed, tabs);
    }
  }

 private:
  void refresh() {
    known_ = directory_.refresh(id_, control_);
    fresh_ = true;
  }

  std::optional<std::vector<ValueRange>> get_values(const std::vector<std::string>& ranges,
                                                    const std::string& tabs) {
    const auto body = get(values_batch_get(id_, ranges), tabs);
    if (!body) return std::nullopt;
    try {
      std::vector<ValueRange> values = read_value_ranges(*body);
      if (values.size() != ranges.size()) {
        throw MalformedAnswer(std::to_string(values.size()) + " value ranges for " +
                              std::to_string(ranges.size()) + " asked for");
      }
      return values;
    } catch (const MalformedAnswer& malformed) {
      throw failed(malformed, tabs);
    }
  }

  // The answer's body; nullopt when Google says that a tab or place is not there and what is known is not
  // fresh.
  std::optional<std::string> get(const ApiCall& call, const std::string& tabs) {
    CallResult result = api_.perform(call, control_);
    if (const auto* failure = std::get_if<CallFailure>(&result)) {
      const bool stale =
          failure->failure == roadmap::SheetsFailure::kBadRequest && says_stale(failure->message);
      if (stale && !fresh_) return std::nullopt;
      throw directory_.error(*failure, id_, CallKind::kRead, tabs);
    }
    return std::move(std::get<net::ClientResponse>(result).body);
  }

  roadmap::SheetsError failed(const MalformedAnswer& malformed, const std::string& tabs) const {
    return directory_.error({roadmap::SheetsFailure::kMalformed, malformed.what(), {}}, id_, CallKind::kRead,
                            tabs);
  }

  ApiCaller& api_;
  SpreadsheetDirectory& directory_;
  const std::string& id_;
  const roadmap::RunControl& control_;
  SpreadsheetDirectory::Info known_;
  bool fresh_ = false;  // Google has said just now what is known
};

}  // namespace

std::vector<roadmap::TabRead> GoogleSheets::read_tabs(const std::string& spreadsheet_id,
                                                      const std::vector<std::string>& tabs,
                                                      const roadmap::RunControl& control) {
  Reading reading(api_, directory_, spreadsheet_id, tabs, control);
  return reading.up_to_date([&] { return reading.try_tabs(tabs); });
}

roadmap::Picture GoogleSheets::look(const std::string& spreadsheet_id,
                                    const std::vector<roadmap::LookAt>& look,
                                    const roadmap::RunControl& control) {
  Reading reading(api_, directory_, spreadsheet_id, {}, control);
  return reading.up_to_date([&] { return reading.try_look(look); });
}

}  // namespace sheets
