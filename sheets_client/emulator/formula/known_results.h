#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "sheets_client/emulator/formula/operand.h"
#include "sheets_client/emulator/formula/range_index.h"
#include "sheets_client/emulator/formula/sheet_outline.h"
#include "sheets_client/emulator/workbook/workbook.h"

namespace sheets::emulator {

// Cells of one sheet of one of the workbooks that results are known of.
struct KnownRange {
  int workbook = 0;
  int sheet = 0;
  GridRect rect;
  friend bool operator==(const KnownRange&, const KnownRange&) = default;
};
// The day of TODAY, as a range to read.
inline constexpr KnownRange kToday{0, 0, {0, 1, 0, 1}};
// What a formula reads of a workbook besides its cells: that a tab of that name is there.
inline KnownRange tabs_of(int workbook) { return {workbook, -1, {0, 1, 0, 1}}; }

// What a formula gave.
struct FormulaResult {
  Value value;
  // Laid over the cells right of and below its own; nullptr: nothing.
  std::shared_ptr<const Array> spilled;
  bool spills = false;  // whether it might lay more the next time
};

// What formulas gave, from one calculation to the next, and which cells each of them read: when cells change,
// what depends on them is forgotten, in all workbooks, and nothing else.
// Thread safety: all of it.
class KnownResults {
 public:
  KnownResults();

  // Where a calculation stands: what it found out is worth keeping while this has not changed.
  using Moment = std::uint64_t;
  struct Followed {
    int workbook;  // its number in ranges
    Moment moment;
  };
  // Brings what is known to the workbooks as they are now (to all that formulas import, and to this one), and
  // to this day. nullopt when `workbook` is not what `workbooks` has now: nothing is known of it then.
  std::optional<Followed> follow(const WorkbookLookup& workbooks, const Workbook& workbook, double day);

  // The outline of a sheet of the version that was followed. nullopt when it is another moment.
  std::optional<SheetOutline> outline(int workbook, int sheet, Moment moment) const;
  // nullopt when it is not known, or another moment.
  std::optional<FormulaResult> find(int workbook, int sheet, int row, int column, Moment moment) const;
  // Ignored when it is another moment, or when too much is kept already.
  void keep(const KnownRange& cell, const FormulaResult& result, const std::vector<KnownRange>& reads,
            Moment moment);

 private:
  // A formula that reads a range; out of date when its entry has another registration.
  struct Reader {
    int workbook;
    int sheet;
    std::uint64_t cell;
    std::uint64_t registration;
  };
  struct Entry {
    FormulaResult result;
    std::vector<KnownRange> reads;
    std::uint64_t registration = 0;
    bool holds = false;  // false: forgotten, something it depends on has changed
  };
  struct Tab {
    std::optional<SheetOutline> outline;
    std::unordered_map<std::uint64_t, Entry> entries;
    RangeIndex<Reader> readers;
  };
  struct Book {
    std::shared_ptr<const Workbook> version;
    std::map<int, Tab> tabs;
  };

  int follow_one(std::shared_ptr<const Workbook> version);
  void follow_sheet(int workbook, const Sheet& before, const Sheet& after);
  void start_again(int workbook);
  void forget_readers(const KnownRange& range);
  void make_room();
  Tab* find_tab(int workbook, int sheet);
  const Tab* find_tab(int workbook, int sheet) const;

  mutable std::mutex mutex_;
  std::map<std::string, int, std::less<>> numbers_;
  std::vector<Book> books_;  // the first stands for the day
  double day_ = 0;
  Moment moment_ = 0;
  std::uint64_t registrations_ = 0;
  std::size_t entries_ = 0;
};

}  // namespace sheets::emulator
