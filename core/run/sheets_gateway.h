#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "core/errors.h"
#include "core/fields/cell.h"
#include "core/run/run_control.h"

namespace roadmap {

// Why a call to Google Sheets did not work.
enum class SheetsFailure {
  kUnauthorised,  // 401 after one token refresh, or no token could be had
  kForbidden,     // 403
  kNotFound,      // 404
  kBadRequest,    // 400
  kQuota,         // 429, retries used up
  kUnavailable,   // 5xx or no connection, retries used up
  kTimeout,       // no answer in time, retries used up
  kMalformed,     // the answer was cut or is no JSON of the documented shape
};

// A spreadsheet could not be read or written at all. what() names the spreadsheet and says what to do (403
// and 404: share it with the service account's address); detail() is Google's own message.
class SheetsError : public Error {
 public:
  SheetsError(SheetsFailure failure, std::string spreadsheet_id, const std::string& message,
              std::string google);
  SheetsFailure failure() const { return failure_; }
  const std::string& spreadsheet_id() const { return spreadsheet_id_; }

 private:
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

// What is read back after a write: a header row and chosen columns of one tab.
struct CheckRead {
  std::string tab;
  int header_row;            // 1-based
  std::vector<int> columns;  // 0-based
};
struct CheckResult {
  CellRow header;                          // of header_row
  std::vector<std::vector<Cell>> columns;  // parallel to CheckRead::columns; [0] is row 1
};

// One cell of one tab.
struct CellAddress {
  int row;     // 1-based, as people say it
  int column;  // 0-based: 0 is A
  friend bool operator==(const CellAddress&, const CellAddress&) = default;
  friend auto operator<=>(const CellAddress&, const CellAddress&) = default;
};

// A cell as it was entered.
struct EnteredCell {
  Cell value;  // empty for a formula
  bool is_formula = false;
};

struct CellWrite {
  int column;  // 0-based
  Cell value;  // empty clears the cell
};

// All that is written to one row. `label` is how a refusal names it: an initiative key, or "row 7".
struct RowWrite {
  int row;  // 1-based
  std::string label;
  std::vector<CellWrite> cells;  // ascending columns, each once
};

// Rows inserted together below `after_row`, formats and validation taken from it. RowWrite::row is ignored.
struct RowsInsert {
  int after_row;  // 1-based; the header row when the tab has no data yet
  std::vector<RowWrite> rows;
};

// A column header added at the right end of the used columns; the grid grows where it is full.
struct HeaderAdd {
  int header_row;  // 1-based
  int column;      // 0-based
  std::string text;
};

struct TabWrite {
  std::string tab;
  std::vector<HeaderAdd> headers;    // done first
  std::vector<RowWrite> rows;        // existing rows
  std::optional<RowsInsert> insert;  // done last: no address above shifts
};

// Everything that a job writes to one spreadsheet.
struct SheetWrite {
  std::vector<TabWrite> tabs;
  bool empty() const;
  std::size_t cell_count() const;
};

struct RefusedRow {
  std::string tab;
  std::string label;
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
  std::string lost_reason;                   // with kUnknown, for the log
  std::chrono::milliseconds retry_after{0};  // with kUnknown: wait at least this long first
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

  // Header rows and columns, to see whether rows moved. One read call. Parallel to `checks`.
  virtual std::vector<CheckResult> read_back(const std::string& spreadsheet_id,
                                             const std::vector<CheckRead>& checks,
                                             const RunControl& control) = 0;

  // What was typed into these cells: a value, or a formula. One read call. Parallel to `cells`.
  virtual std::vector<EnteredCell> read_entered(const std::string& spreadsheet_id, const std::string& tab,
                                                const std::vector<CellAddress>& cells,
                                                const RunControl& control) = 0;

  // Applies `write` atomically: one spreadsheets.batchUpdate, split only near Google's 2 MB with whole rows
  // in order. Rows that Google refuses by name are dropped and reported, the rest is sent again, at most 5
  // times.
  virtual WriteReport write(const std::string& spreadsheet_id, const SheetWrite& write,
                            const RunControl& control) = 0;

  // Waits before a lost write is planned again: full jitter around 2^attempt seconds, at least `at_least`.
  virtual void back_off(int attempt, std::chrono::milliseconds at_least, const RunControl& control) = 0;
};

}  // namespace roadmap
