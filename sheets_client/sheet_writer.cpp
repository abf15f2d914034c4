// GoogleSheets' functions that write cells.
#include <algorithm>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <variant>

#include "sheets_client/a1.h"
#include "sheets_client/api_error.h"
#include "sheets_client/batch_body.h"
#include "sheets_client/cell_json.h"
#include "sheets_client/google_sheets.h"
#include "sheets_client/picture.h"

namespace sheets {
namespace {

using nlohmann::json;
using roadmap::SheetsFailure;
using roadmap::WriteReport;
using roadmap::WriteState;

constexpr std::string_view kAnswer = "spreadsheetId";
const std::string kAnswerWithPicture =
    "spreadsheetId,updatedSpreadsheet(" + std::string(kPictureFields) + ")";

// One write on its way: what is left to send, and where it goes.
class WriteInProgress {
 public:
  WriteInProgress(ApiCaller& api, SpreadsheetDirectory& directory, std::size_t max_body_bytes,
                  const std::string& spreadsheet_id, roadmap::SheetWrite write,
                  const roadmap::RunControl& control)
      : api_(api),
        directory_(directory),
        max_body_bytes_(max_body_bytes),
        id_(spreadsheet_id),
        write_(std::move(write)),
        control_(control),
        items_(items_of(write_, headers_)),
        targets_(write_.tabs.size()) {}

  WriteReport run() {
    locate();
    if (directory_.refuses_marker(id_)) go_without_marker();
    while (!items_.empty() && report_.state == WriteState::kApplied)
      send_part();
    return std::move(report_);
  }

 private:
  // Finds the tabs, asking Google when what is known cannot be right.
  void locate() {
    SpreadsheetDirectory::Info info = directory_.get(id_, control_);
    if (!fits(*info)) info = refresh();
    for (std::size_t t = 0; t < targets_.size(); ++t) {
      const TabInfo* tab = info->find_tab(write_.tabs[t].tab);
      if (tab == nullptr)
        throw failed({SheetsFailure::kBadRequest, info->missing_tab(write_.tabs[t].tab), {}});
      targets_[t].sheet_id = tab->sheet_id;
      targets_[t].rows = tab->rows;
      targets_[t].columns = tab->columns;
    }
    drop_lost_rows();
    // Which of the columns is gone is not known, and so not whose values the others would get.
    const auto lost = std::find_if(items_.begin(), items_.end(), [&](const WriteItem& item) {
      return is_beyond(item, targets_[item.tab].columns);
    });
    if (lost != items_.end())
      lose("nothing was sent, since a column of tab '" + write_.tabs[lost->tab].tab + "' is gone", {});
  }

  SpreadsheetDirectory::Info refresh() {
    refreshed_ = true;
    return directory_.refresh(id_, control_);
  }

  // Whether the item has cells beyond the grid's columns. A header that is added makes its own.
  bool is_beyond(const WriteItem& item, int columns) const {
    const std::vector<roadmap::HeaderAdd>& added = write_.tabs[item.tab].headers;
    return std::ranges::any_of(item.cells, [&](const roadmap::PlannedCell& cell) {
      return cell.column >= columns &&
             std::ranges::none_of(added, [&](const auto& header) { return header.column == cell.column; });
    });
  }

  // Whether all tabs are there, with the rows and columns that are to be written.
  bool fits(const SpreadsheetInfo& info) const {
    if (refreshed_) return true;
    return std::all_of(items_.begin(), items_.end(), [&](const WriteItem& item) {
      const TabInfo* tab = info.find_tab(write_.tabs[item.tab].tab);
      return tab != nullptr && (item.kind == ItemKind::kInsertedRow || item.cells.front().row <= tab->rows) &&
             !is_beyond(item, tab->columns);
    });
  }

  // Rows were deleted since the sheet was read: the grid must not grow to take values that belong elsewhere.
  void drop_lost_rows() {
    std::erase_if(items_, [&](const WriteItem& item) {
      if (item.kind != ItemKind::kRow || item.cells.front().row <= targets_[item.tab].rows) return false;
      report_.refused.push_back({write_.tabs[item.tab].tab, item.cells.front().key, "its row is gone"});
      return true;
    });
  }

  void send_part() {
    control_.check(api_.clock().steady_now());
    const std::vector<std::string> ranges = look_ranges();
    const BatchBody body(write_, items_, targets_, ranges, max_body_bytes_);
    ApiCall call = batch_update(id_, [&body] { return body.source(); });
    call.query.emplace_back("fields", body.shows_outcome() ? kAnswerWithPicture : kAnswer);
    CallResult result = api_.perform(call, control_);
    if (const auto* failure = std::get_if<CallFailure>(&result)) return handle(*failure, body);
    std::string& answer = std::get<net::ClientResponse>(result).body;
    if (body.shows_outcome()) release_cells();
    try {
      SeenSpreadsheet seen = read_seen_spreadsheet(answer);
      std::string().swap(answer);  // tens of megabytes
      if (body.shows_outcome()) report_.picture = picture_of(write_.look, std::move(seen));
    } catch (const MalformedAnswer& malformed) {
      return lose("the answer cannot be read (" + std::string(malformed.what()) + "): " + first_words(answer),
                  {});
    }
    take_as_applied(body);
  }

  // What the answer is to show; nothing of what lies beyond a tab's grid.
  std::vector<std::string> look_ranges() const {
    std::vector<std::string> ranges;
    for (const roadmap::LookAt& look : write_.look) {
      for (std::size_t t = 0; t < targets_.size(); ++t) {
        if (!same_title(write_.tabs[t].tab, look.tab)) continue;
        int columns = targets_[t].columns;
        for (const roadmap::HeaderAdd& header : write_.tabs[t].headers)
          columns = std::max(columns, header.column + 1);
        append_ranges(look, write_.tabs[t].tab, targets_[t].rows, columns, ranges);
      }
    }
    return ranges;
  }

  void take_as_applied(const BatchBody& body) {
    for (std::size_t t = 0; t < targets_.size(); ++t) {
      const GridGrowth& growth = body.growth()[t];
      targets_[t].rows += growth.rows;
      targets_[t].inserted += growth.rows;
      targets_[t].columns += growth.columns;
      if (growth.rows > 0 || growth.columns > 0)
        directory_.set_grid(id_, write_.tabs[t].tab, targets_[t].rows, targets_[t].columns);
    }
    ++parts_applied_;
    report_.at_once = parts_applied_ == 1;
    drop_front(body.item_count());
  }

  // Nothing is left to send, and the picture wants the memory.
  void release_cells() {
    for (roadmap::TabWrite& tab : write_.tabs) {
      std::vector<roadmap::PlannedCell>().swap(tab.cells);
      tab.insert.reset();
    }
  }

  void drop_front(std::size_t count) {
    items_.erase(items_.begin(), items_.begin() + static_cast<std::ptrdiff_t>(count));
  }

  void handle(const CallFailure& failure, const BatchBody& body) {
    if (failure.maybe_applied) return lose(failure.message, failure.retry_after);
    if (failure.failure != SheetsFailure::kBadRequest) throw failed(failure);
    if (says_stale(failure.message) && !refreshed_) {
      refresh();
      return locate();
    }
    const std::optional<std::size_t> request = refused_request(failure.message);
    if (request && body.is_marker_request(*request)) {
      directory_.refuse_marker(id_);
      return go_without_marker();
    }
    const BatchBody::ItemRange behind = request ? body.items_of_request(*request) : BatchBody::ItemRange{};
    if (behind.count == 0 || items_[behind.first].kind == ItemKind::kHeader) throw failed(failure);
    const auto first = items_.begin() + static_cast<std::ptrdiff_t>(behind.first);
    if (behind.count > 1) {
      // Which of its rows was meant is not said: each travels alone, and the next refusal names it.
      std::for_each_n(first, behind.count, [](WriteItem& item) { item.alone = true; });
      return;
    }
    if (++refusals_ > kMaxRefusals) throw failed(failure);
    const WriteItem refused = *first;
    report_.refused.push_back(
        {write_.tabs[refused.tab].tab, refused.cells.front().key, without_request_name(failure.message)});
    items_.erase(first);
  }

  void go_without_marker() {
    if (write_.marker.empty()) return;
    if (write_.about_to_go_without_marker) write_.about_to_go_without_marker();
    write_.marker.clear();
  }

  void lose(const std::string& reason, std::chrono::milliseconds retry_after) {
    report_.state = WriteState::kUnknown;
    report_.lost_reason = reason + parts_note();
    report_.retry_after = retry_after;
  }

  roadmap::SheetsError failed(CallFailure failure) const {
    const std::string google = failure.message;
    failure.message = without_request_name(failure.message);
    const roadmap::SheetsError error = directory_.error(failure, id_, CallKind::kWrite, tab_list());
    std::string message = error.what() + parts_note();
    if (refusals_ > kMaxRefusals)
      message += " More than " + std::to_string(kMaxRefusals) + " rows were refused.";
    return {error.failure(), id_, message, google};
  }

  std::string parts_note() const {
    if (parts_applied_ == 0) return {};
    return " Rows before these were written already (" + std::to_string(parts_applied_) +
           (parts_applied_ == 1 ? " part" : " parts") + "); running it again completes the rest.";
  }

  std::string tab_list() const {
    std::string list;
    for (const roadmap::TabWrite& tab : write_.tabs)
      list += (list.empty() ? "'" : ", '") + tab.tab + "'";
    return list;
  }

  ApiCaller& api_;
  SpreadsheetDirectory& directory_;
  const std::size_t max_body_bytes_;
  const std::string& id_;
  roadmap::SheetWrite write_;  // without a marker where Google refuses it
  const roadmap::RunControl& control_;
  std::vector<roadmap::PlannedCell> headers_;
  std::vector<WriteItem> items_;  // not yet applied
  std::vector<TabTarget> targets_;
  WriteReport report_;
  int refusals_ = 0;
  int parts_applied_ = 0;
  bool refreshed_ = false;
};

struct RawValue {
  json operator()(std::monostate) const { return nullptr; }
  json operator()(bool value) const { return value; }
  json operator()(double value) const { return value; }
  json operator()(const std::string& value) const { return fitting_text(value); }
};

// {"values": [[…], …]} for valueInputOption RAW: texts are texts, an empty cell is null.
std::string append_body(const std::vector<roadmap::CellRow>& rows) {
  json values = json::array();
  for (const roadmap::CellRow& row : rows) {
    json cells = json::array();
    for (const roadmap::Cell& cell : row)
      cells.push_back(std::visit(RawValue{}, cell));
    values.push_back(std::move(cells));
  }
  return json{{"values", std::move(values)}}.dump(-1, ' ', false, json::error_handler_t::replace);
}

}  // namespace

WriteReport GoogleSheets::write(const std::string& spreadsheet_id, roadmap::SheetWrite write,
                                const roadmap::RunControl& control) {
  require_writable(write);
  if (write.empty()) return {};
  return WriteInProgress(api_, directory_, options_.max_body_bytes, spreadsheet_id, std::move(write), control)
      .run();
}

WriteReport GoogleSheets::append_rows(const std::string& spreadsheet_id, const std::string& tab,
                                      int table_row, const std::vector<roadmap::CellRow>& rows,
                                      const roadmap::RunControl& control) {
  if (rows.size() > kMaxAppendedRows) throw std::logic_error("too many rows to append in one call");
  if (rows.empty()) return {};
  ApiCall call;
  call.method = "values.append";
  call.kind = CallKind::kWrite;
  call.spreadsheet_id = spreadsheet_id;
  // One cell: a blank cell in a line would split what a wider range takes for the table.
  call.path =
      "/values/" + net::percent_encode(always_quoted_tab(tab) + "!A" + std::to_string(table_row)) + ":append";
  call.query = {{"valueInputOption", "RAW"}, {"insertDataOption", "INSERT_ROWS"}};
  call.body = text_body(append_body(rows));
  const CallResult result = api_.perform(call, control);
  const auto* failure = std::get_if<CallFailure>(&result);
  if (failure == nullptr) return {};
  if (failure->maybe_applied)
    return {WriteState::kUnknown, {}, failure->message, failure->retry_after, std::nullopt};
  throw directory_.error(*failure, spreadsheet_id, CallKind::kWrite, "'" + tab + "'");
}

}  // namespace sheets
