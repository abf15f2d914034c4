#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/errors.h"
#include "core/fields/cell.h"
#include "core/fields/field.h"
#include "core/run/run_control.h"

namespace roadmap {

// Why a call to Google Sheets did not work.
enum class SheetsFailure {
  kUnauthorised,  // 401 after one token refresh, or no token could be had
  kForbidden,     // 403
  kNotFound,      // 404
  kBadRequest,    // 400
  kQuota,         // 429, retries used up
  kUnavailable,   // 409, 5xx or no connection, retries used up
  kTimeout,       // no answer in time, retries used up
  kMalformed,     // the answer was cut or is no JSON of the documented shape
};

// A spreadsheet could not be read or written at all. what() names the spreadsheet and says what to do (403
// and 404: share it with the service account's address); detail() is Google's own message.
class SheetsError : public Error {
 public:
  SheetsError(SheetsFailure failure, std::string spreadsheet_id, const std::string& message,
              std::string google)
      : Error(kCodes[static_cast<std::size_t>(failure)], message, std::move(google)),
        failure_(failure),
        spreadsheet_id_(std::move(spreadsheet_id)) {}
  SheetsFailure failure() const { return failure_; }
  const std::string& spreadsheet_id() const { return spreadsheet_id_; }

 private:
  // In the order of SheetsFailure.
  static constexpr std::array<const char*, 8> kCodes = {
      "sheets_unauthorised", "sheets_forbidden",   "sheets_not_found", "sheets_bad_request",
      "sheets_quota",        "sheets_unavailable", "sheets_timeout",   "sheets_malformed_answer"};

  SheetsFailure failure_;
  std::string spreadsheet_id_;
};

using CellRow = std::vector<Cell>;  // column A first; cells missing at the end are empty

// A tab's cells from A1 on. rows[0] is row 1. Trailing empty rows and cells may be left out.
struct TabGrid {
  std::string title;  // as the spreadsheet spells it
  std::vector<CellRow> rows;
};

// One of the tabs that read_tabs was asked for: its cells, or why there are none.
struct TabRead {
  std::optional<TabGrid> grid;
  std::string problem;  // set when grid is not: "no tab 'X'; the tabs are 'A', 'B'"
};

// One cell of one tab.
struct CellAddress {
  int row;     // 1-based, as people say it
  int column;  // 0-based: 0 is A
  friend bool operator==(const CellAddress&, const CellAddress&) = default;
  friend auto operator<=>(const CellAddress&, const CellAddress&) = default;
};

// The formula of a cell that another cell's array fills.
inline constexpr std::string_view kSpilled = "=";

// A cell as it was entered, and what it shows.
struct SeenCell {
  Cell shown;               // the value, computed where a formula stands
  std::string formula;      // "=B2*2"; empty: none
  std::string displayed{};  // "50%" for 0.5: as people read it; empty, too, where LookAt did not ask for it
  bool is_formula() const { return !formula.empty(); }
  friend bool operator==(const SeenCell&, const SeenCell&) = default;
};

// One cell that a plan writes: from the planner to the request's body this is what a written cell is.
struct PlannedCell {
  std::string key;  // of its row, and how a refusal names the row: an initiative key; of a new row of Params
                    // key and parameter, as no other row there has both
  int row = 0;      // 1-based, where it stood when it was read; in a RowsInsert 1 is the first new row
  int column = 0;   // 0-based
  FieldId id{0};
  Cell before;              // what the cell held; empty in a new row
  Cell after;               // empty clears the cell
  bool is_formula = false;  // `after` is the text of a formula that stood there: it is put back as one
};

// Rows inserted together below `after_row`, formats and validation taken from it.
struct RowsInsert {
  int after_row = 0;               // 1-based; the header row when the tab has no data yet
  std::vector<PlannedCell> cells;  // rows 1, 2, … without a gap, ascending; columns ascending, each once
  int row_count() const { return cells.empty() ? 0 : cells.back().row; }
};

// A column header added at the right end of the used columns; the grid grows where it is full.
struct HeaderAdd {
  int header_row;  // 1-based
  int column;      // 0-based
  std::string text;
};

struct TabWrite {
  std::string tab;
  std::vector<HeaderAdd> headers;  // done first
  std::vector<PlannedCell> cells;  // of existing rows; ascending rows, in a row ascending columns, each once
  std::optional<RowsInsert> insert;  // done last: no address above shifts
};

// What a look at a tab asks for: its header row and chosen columns.
struct LookAt {
  std::string tab;
  int header_row = 1;        // 1-based
  std::vector<int> columns;  // 0-based, in any order; one may stand there twice
  bool displayed = false;    // whether cells are seen as they are displayed, too; not in a write's answer
};

// One tab as it stands at one moment.
struct TabPicture {
  bool there = true;  // false: the spreadsheet has no such tab
  CellRow header;     // of the header row, as shown
  std::vector<std::vector<SeenCell>>
      columns;  // parallel to LookAt::columns; [0] is row 1, blank ends left out
};

// A spreadsheet at one moment: all tabs of it were seen together.
struct Picture {
  // The marker of the write that was applied last, and how many of its items (headers, rows, new rows, in
  // order) are applied. Empty: no write ever left one.
  std::string marker;
  std::size_t items_applied = 0;
  std::vector<TabPicture> tabs;  // parallel to what was asked for
};

// Everything that a job writes to one spreadsheet.
struct SheetWrite {
  std::vector<TabWrite> tabs;
  std::string marker;  // left in the spreadsheet by the same call; empty: none
  // Called, where Google refuses the marker, before the write is sent without it; may throw: then it is not.
  std::function<void()> about_to_go_without_marker{};
  std::vector<LookAt> look;  // what the answer shows of the outcome; empty: nothing
  bool empty() const { return cell_count() == 0; }
  std::size_t cell_count() const {  // headers count as well
    std::size_t count = 0;
    for (const TabWrite& tab : tabs)
      count += tab.headers.size() + tab.cells.size() + (tab.insert ? tab.insert->cells.size() : 0);
    return count;
  }
};

struct RefusedRow {
  std::string tab;
  std::string key;     // PlannedCell::key
  std::string reason;  // Google's message
};

enum class WriteState {
  kApplied,  // all of it but `refused`
  kUnknown,  // the answer was lost: some or all may have been applied. Read and plan again before sending
             // again.
};

struct WriteReport {
  WriteState state = WriteState::kApplied;
  std::vector<RefusedRow> refused;
  std::string lost_reason;                   // with kUnknown, for the log: why it may not stand
  std::chrono::milliseconds retry_after{0};  // with kUnknown: wait at least this long first
  std::optional<Picture> picture;            // with kApplied, where SheetWrite::look asked for one
  bool at_once = true;  // with kApplied: all of it landed at one moment, that of the picture
};

// The sheets, as the product sees them. Implementations are safe to call from many threads. Every function
// blocks, waits for quota and retries what is safe to retry within control.deadline, throws SheetsError when
// that did not help, and RunStopped when control says so. Text is always written as text: it never becomes a
// formula.
class SheetsGateway {
 public:
  virtual ~SheetsGateway() = default;

  // The whole of each named tab (titles compare ignoring case), computed values, unformatted. One read call;
  // one more the first time a spreadsheet is seen, or when its tabs changed. The result is parallel to
  // `tabs`.
  virtual std::vector<TabRead> read_tabs(const std::string& spreadsheet_id,
                                         const std::vector<std::string>& tabs, const RunControl& control) = 0;

  // Header rows and columns as they were entered and as they show, and the marker of the last write; all at
  // one moment. One read call. A column or row that the tab does not have reads as empty.
  virtual Picture look(const std::string& spreadsheet_id, const std::vector<LookAt>& look,
                       const RunControl& control) = 0;

  // Applies `write` atomically: one spreadsheets.batchUpdate, split only near Google's 2 MB with whole rows
  // in order; each part leaves the marker with the number of items applied so far, and the last one's answer
  // is the picture. Rows that Google refuses by name are dropped and reported, the rest is sent again, at
  // most 5 times. Where Google refuses the marker, the write goes without.
  virtual WriteReport write(const std::string& spreadsheet_id, SheetWrite write,
                            const RunControl& control) = 0;

  // Waits before a lost write is planned again: full jitter around 2^attempt seconds, at least `at_least`.
  virtual void back_off(int attempt, std::chrono::milliseconds at_least, const RunControl& control) = 0;
};

}  // namespace roadmap
