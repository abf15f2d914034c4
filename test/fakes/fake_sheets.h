#pragma once

#include <deque>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "core/run/sheets_gateway.h"

namespace roadmap::test {

struct FakeCell {
  Cell value;
  bool is_formula = false;
  std::string formula;      // its text, where it matters
  std::string displayed{};  // "50%"; empty: as the value reads
};
using FakeRow = std::vector<FakeCell>;

// One tab in memory, with what people do to it. Rows are 1-based, columns 0-based.
class FakeTab {
 public:
  std::vector<FakeRow> rows;

  Cell get(int row, int column) const;
  void set(int row, int column, Cell value);
  void set_formula(int row, int column, Cell shown, std::string formula = "=SOMETHING()");
  // A number as its format shows it.
  void set_displayed(int row, int column, double value, std::string displayed);
  int column_of(const std::string& header) const;  // by exact text in row 1; fails the test when absent
  void insert_rows(int before_row, int count);
  void delete_row(int row);
  void insert_column(int before_column);
  // Sorts rows from `first_row` on by the text of a column.
  void sort(int first_row, int column, bool descending);
  int last_row() const { return static_cast<int>(rows.size()); }
};

// Spreadsheets in memory behind the gateway that jobs use. Records calls; people's actions and faults can be
// put between a job's calls. Not thread-safe.
class FakeSheets : public SheetsGateway {
 public:
  FakeTab& tab(const std::string& spreadsheet, const std::string& title);
  void add_tab(const std::string& spreadsheet, const std::string& title,
               const std::vector<std::vector<Cell>>& rows);
  void remove_tab(const std::string& spreadsheet, const std::string& title);

  // Runs before the next write reaches the sheet, each once, in order.
  void before_write(std::function<void()> action) { before_write_.push_back(std::move(action)); }
  // Runs after the next whole-tab read, each once, in order.
  void after_read(std::function<void()> action) { after_read_.push_back(std::move(action)); }
  enum class Loss { kBeforeApply, kAfterApply };
  void lose_write(Loss loss) { losses_.push_back(loss); }
  // Every write of that row is refused, as for a protected range.
  void refuse(const std::string& label) { refused_.insert(label); }
  // Google takes no marker in that spreadsheet.
  void refuse_marker(const std::string& spreadsheet) { without_marker_.insert(spreadsheet); }
  void fail_reads(const std::string& spreadsheet, SheetsFailure failure) { failing_[spreadsheet] = failure; }
  // Runs after the next write was applied, before its answer shows the sheet; each once, in order.
  void after_write(std::function<void()> action) { after_write_.push_back(std::move(action)); }
  // Throws from the next write after it was applied: the process died there.
  struct Killed {};
  void die_in_write(Loss loss) { deaths_.push_back(loss); }

  // Forgets every action and fault that has not happened yet.
  void calm_down();

  int reads = 0;
  int writes = 0;
  void reset_counts() { reads = writes = 0; }

  std::vector<TabRead> read_tabs(const std::string& spreadsheet_id, const std::vector<std::string>& tabs,
                                 const RunControl& control) override;
  Picture look(const std::string& spreadsheet_id, const std::vector<LookAt>& look,
               const RunControl& control) override;
  WriteReport write(const std::string& spreadsheet_id, SheetWrite write, const RunControl& control) override;
  void back_off(int, std::chrono::milliseconds, const RunControl& control) override {
    control.check(std::chrono::steady_clock::now());
  }

 private:
  void fail_if_told(const std::string& spreadsheet) const;
  Picture picture(const std::string& spreadsheet_id, const std::vector<LookAt>& looks);
  void apply(const std::string& spreadsheet_id, const SheetWrite& write, WriteReport& report);

  std::map<std::string, std::map<std::string, FakeTab>> books_;
  std::deque<std::function<void()>> before_write_;
  std::deque<std::function<void()>> after_read_;
  std::deque<std::function<void()>> after_write_;
  std::map<std::string, std::string> markers_;  // by spreadsheet
  std::deque<Loss> losses_;
  std::deque<Loss> deaths_;
  std::set<std::string> refused_;
  std::set<std::string> without_marker_;
  std::map<std::string, SheetsFailure> failing_;
};

}  // namespace roadmap::test
