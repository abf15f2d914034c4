#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/clock.h"
#include "core/run/run_result.h"
#include "core/run/selection.h"
#include "core/sync/initiative_index.h"
#include "core/sync/keyed_rows.h"
#include "core/sync/tab_plan.h"

namespace roadmap {

// Which rows get a Status.
enum class StatusPolicy : std::uint8_t {
  kEverySelectedRow,      // a PM asked for these rows and reads the answer there
  kChangedAndFailedRows,  // whole-tab saves: rows without news stay as they are
  kNone,                  // the job writes nothing on this tab
};

// How a job went for one row of a tab: what its Status will say.
struct RowReport {
  int row = 0;  // 1-based
  std::string key;
  RowStatus status = RowStatus::kOk;
  std::string message;
  bool changed = false;               // what is stored of it changed
  std::optional<UtcTime> updated_at;  // of its stored record; absent: Updated At stays
  // What earlier runs may have said before the message, of cells that are as they were: where nothing
  // changed, it stays.
  std::vector<std::string> said_before{};
};

// How a job went on a tab: what its rows' Status will say, and one outcome per selected initiative, in the
// order of the selection.
class TabReport {
 public:
  std::vector<std::string> warnings;

  // A row's Status, and the outcome of its initiative with it.
  void add(RowReport report);
  void fail(const TableRow& row, const std::string& why);
  // Skipped: who asked for this very row reads why nothing happened; to a run over all rows it is no news.
  void pass_over(const TableRow& row, const std::string& why, StatusPolicy policy);
  // One of both alone: a copy's Status; an initiative that is not on the tab, or has several rows.
  void add_row(RowReport report);
  void add_outcome(RowOutcome outcome);

  const std::vector<RowReport>& rows() const { return rows_; }
  const std::vector<RowOutcome>& outcomes() const { return outcomes_; }
  std::vector<RowOutcome> take_outcomes() { return std::move(outcomes_); }
  std::int64_t ok_count() const;                               // initiatives
  const RowOutcome* outcome_of(const std::string& key) const;  // nullptr: not selected

  // Adds a detail to an initiative that is OK so far, on all its rows.
  void add_detail_to(const std::string& key, const std::string& detail);
  // The same to those of its rows that are OK, also where another one of them fails the initiative.
  void add_detail_to_rows(const std::string& key, const std::string& detail);
  // Fails an initiative after all, on all its rows.
  void fail_initiative(const std::string& key, const std::string& why);
  // What is stored of the initiative changed after all, at that time.
  void mark_changed(const std::string& key, UtcTime at);

 private:
  RowOutcome* find_outcome(const std::string& key);
  template <typename Change>
  void for_each_row_of(const std::string& key, Change change);

  std::vector<RowReport> rows_;
  std::vector<RowOutcome> outcomes_;
  std::unordered_map<std::string, std::size_t> outcome_index_;
  std::unordered_multimap<std::string, std::size_t> row_index_;
};

// Goes through a selection on a tab with one row an initiative, in its order: reports copies (all of a key's,
// where the selection names no rows of it) and what cannot be done, and calls `work` for each initiative that
// is stored and has its own row. `work` adds its own report.
void report_selection(const SheetTable& table, const KeyedRows& keyed, const InitiativeIndex& stored,
                      const Selection& selection, TabReport& report,
                      const std::function<void(const TableRow&, const InitiativeRecord&)>& work);

// The data row of that number; nullptr outside of what was read.
const TableRow* row_at(const SheetTable& table, int number);

// What a run leaves behind in a row it changed, failed or skipped. Empty: the cell stays as it is.
struct RowProvenance {
  std::string status;      // "OK", "FAILED: unknown key"
  std::string source;      // provenance token for Updated Source
  std::string updated_at;  // time of the stored change
};
// Adds the cells of the run's Status, Updated At and Updated Source that differ from what the row shows,
// where the tab has those columns.
void write_provenance(const TableRow& row, const RowProvenance& provenance, TabPlan& plan);

// "2026-01-02T03:04:05Z": times as sheets show them.
std::string sheet_time(UtcTime time);

// Writes what the report says of rows; warns where there is something to say and the tab has no Status.
void write_reports(TabReport& report, StatusPolicy policy, const std::string& sheet_token, TabPlan& plan);

// "Scoring_Inputs: no column 'Status': …", of a tab that has none (sheets.md, Headers).
std::string missing_status(const SheetTable& table);

// Adds a detail to a message: "a; b".
void add_detail(std::string& message, const std::string& detail);

}  // namespace roadmap
