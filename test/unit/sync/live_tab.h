#pragma once

#include <algorithm>
#include <catch2/catch.hpp>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/fields/registry.h"
#include "core/sync/intent_tab.h"
#include "core/sync/settlement.h"
#include "test/fakes/cell_printing.h"

namespace roadmap::test {

inline constexpr std::size_t kWholeWrite = static_cast<std::size_t>(-1);

// A tab in memory that people and a write change.
struct LiveTab {
  std::vector<CellRow> rows;  // [0] is row 1

  Cell& at(int row, int column) {
    const auto r = static_cast<std::size_t>(row - 1);
    const auto c = static_cast<std::size_t>(column);
    if (rows.size() <= r) rows.resize(r + 1);
    if (rows[r].size() <= c) rows[r].resize(c + 1);
    return rows[r][c];
  }
  Cell cell(std::size_t row, int column) const {
    const auto c = static_cast<std::size_t>(column);
    return row < rows.size() && c < rows[row].size() ? rows[row][c] : Cell{};
  }
  void insert_column(int column) {
    for (CellRow& row : rows)
      if (static_cast<std::size_t>(column) <= row.size()) row.insert(row.begin() + column, Cell{});
  }
  void delete_column(int column) {
    for (CellRow& row : rows)
      if (static_cast<std::size_t>(column) < row.size()) row.erase(row.begin() + column);
  }
  void move_column(int from, int to) {
    for (CellRow& row : rows) {
      row.resize(std::max<std::size_t>(row.size(), static_cast<std::size_t>(std::max(from, to)) + 1));
      const Cell moving = row[static_cast<std::size_t>(from)];
      row.erase(row.begin() + from);
      row.insert(row.begin() + to, moving);
    }
  }
  void insert_row(int row) { rows.insert(rows.begin() + (row - 1), CellRow{}); }
  void delete_row(int row) { rows.erase(rows.begin() + (row - 1)); }

  void apply(const std::vector<PlannedCell>& cells) {
    for (const PlannedCell& planned : cells)
      at(planned.row, planned.column) = planned.after;
  }
  void apply(const RowsInsert& insert) {
    for (int i = 0; i < insert.row_count(); ++i)
      insert_row(insert.after_row + 1);
    for (const PlannedCell& planned : insert.cells)
      at(insert.after_row + planned.row, planned.column) = planned.after;
  }

  TabPicture picture(const LookAt& look) const {
    TabPicture picture;
    const auto header = static_cast<std::size_t>(look.header_row - 1);
    if (header < rows.size()) picture.header = rows[header];
    for (const int column : look.columns) {
      std::vector<SeenCell> cells;
      for (std::size_t row = 0; row < rows.size(); ++row) {
        SeenCell seen{cell(row, column), {}};
        const auto* text = std::get_if<std::string>(&seen.shown);
        if (text != nullptr && text->starts_with("=")) seen = {Cell("computed"), *text};
        cells.push_back(std::move(seen));
      }
      picture.columns.push_back(std::move(cells));
    }
    return picture;
  }
};

inline IntentTab intent_for(Tab tab, const LiveTab& live, std::vector<PlannedCell> cells,
                            std::optional<RowsInsert> insert = {}) {
  std::vector<FieldId> required{fields::key()};
  if (tab == Tab::kIntake) required.push_back(fields::title());
  auto made =
      SheetTable::make(tab, {"book", "Tab", 1, 2}, {"Tab", live.rows}, DateOrder::kDayMonthYear, required);
  return intent_of(std::get<SheetTable>(made), {}, std::move(cells), std::move(insert));
}

// What became of a write that puts right.
struct Fate {
  std::size_t applied = kWholeWrite;
  Taken taken = Taken::kWithTheWrite;
  std::function<void()> before_the_look{};
};

inline Settlement settle_if_columns_stand(const IntentTab& intent, const TabPicture& picture,
                                          const Fate& fate) {
  return needs_whole_look(intent, picture) ? Settlement{}
                                           : settle(intent, fate.applied, {}, picture, fate.taken);
}

// What the service does with a look after the other, until one is clean. `between` acts before each write
// and says what becomes of it.
struct Outcome {
  std::string unusable;
  std::vector<UnsureCell> unsure;
  std::set<std::string> unwritten;
};
template <typename Between>
Outcome settle_all(IntentTab intent, LiveTab& live, const Between& between, Fate fate = {}) {
  Outcome outcome;
  for (int round = 0; round < 12; ++round) {
    // As the database would give it back.
    intent = read_intent(intent_text({"book", "m", {intent}, 0})).tabs.front();
    const LookAt narrow = look_of(intent);
    const TabPicture picture = live.picture(narrow);
    Settlement settlement;
    LookAt looked_at = narrow;
    TabPicture seen = picture;
    settlement = settle_if_columns_stand(intent, picture, fate);
    if (needs_whole_look(intent, picture) || (fate.taken == Taken::kLater && settlement.stands_nowhere)) {
      const MovedTab moved = find_columns(intent, live.picture(whole_look_of(intent, picture)));
      outcome.unusable = moved.unusable;
      if (!moved.unusable.empty()) return outcome;
      Settlement whole = settle_moved_columns(intent, fate.applied, {}, moved);
      if (needs_whole_look(intent, picture) || whole.stands_elsewhere) {
        settlement = std::move(whole);
        looked_at = moved.looked_at;
        seen = moved.picture;
      }
    }
    outcome.unusable = settlement.unusable;
    outcome.unsure.insert(outcome.unsure.end(), settlement.unsure.begin(), settlement.unsure.end());
    outcome.unwritten.insert(settlement.unwritten.begin(), settlement.unwritten.end());
    if (settlement.put_right.empty()) return outcome;
    intent =
        intent_to_put_right(intent, looked_at, seen, settlement.rows_then, std::move(settlement.put_right));
    fate = between(round);
    if (fate.applied != 0) live.apply(intent.cells);
    if (fate.before_the_look) fate.before_the_look();
  }
  FAIL("rows never came to rest");
  return outcome;
}
inline Outcome settle_all(IntentTab intent, LiveTab& live) {
  return settle_all(std::move(intent), live, [](int) { return Fate{}; });
}

// Blank rows hold no cells, and none end the tab.
inline void drop_blanks(LiveTab& tab) {
  for (CellRow& row : tab.rows)
    if (std::all_of(row.begin(), row.end(), is_blank)) row.clear();
  while (!tab.rows.empty() && tab.rows.back().empty())
    tab.rows.pop_back();
}

inline LiveTab scoring() {
  LiveTab live;
  live.rows = {{Cell("Initiative Key"), Cell("Title"), Cell("Notes"), Cell("Status"), Cell("RICE: Reach"),
                Cell("RICE: Overall Score")}};
  for (int i = 1; i <= 3; ++i) {
    const std::string number = std::to_string(i);
    live.rows.push_back({Cell("INIT-00000" + number), Cell("Wish " + number), Cell("note " + number),
                         Cell("OK"), Cell(100.0 * i), Cell(5.0 * i)});
  }
  return live;
}

inline std::vector<PlannedCell> score_of_all(const LiveTab& live) {
  std::vector<PlannedCell> cells;
  for (int row = 2; row <= 4; ++row) {
    const auto at = static_cast<std::size_t>(row - 1);
    const std::string key = to_text(live.cell(at, 0));
    cells.push_back({key, row, 3, FieldId{0}, live.cell(at, 3), Cell("OK: scored " + key)});
    cells.push_back({key, row, 5, FieldId{0}, live.cell(at, 5), Cell(1000.0 + row)});
  }
  return cells;
}

inline std::string text_of(const LiveTab& tab) {
  std::string text;
  for (const CellRow& row : tab.rows) {
    for (const Cell& cell : row)
      text += to_text(cell) + " | ";
    text += '\n';
  }
  return text;
}

// Sorts the rows below the header by these numbers, one a row.
inline void move_rows(LiveTab& tab, const std::vector<int>& order) {
  std::vector<std::pair<int, CellRow>> rows;
  for (std::size_t i = 0; i < order.size(); ++i)
    rows.emplace_back(order[i], tab.rows[i + 1]);
  std::stable_sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  for (std::size_t i = 0; i < order.size(); ++i)
    tab.rows[i + 1] = rows[i].second;
}

int key_column(const LiveTab& tab) {
  const CellRow& header = tab.rows.front();
  return static_cast<int>(std::find(header.begin(), header.end(), Cell("Initiative Key")) - header.begin());
}

}  // namespace roadmap::test
