#include "core/sync/moved_columns.h"

#include <rapidcheck.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <functional>

#include "core/fields/registry.h"
#include "core/sync/intent_tab.h"
#include "test/fakes/cell_printing.h"

using namespace roadmap;

namespace {

constexpr std::size_t kWholeWrite = static_cast<std::size_t>(-1);

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

IntentTab intent_for(Tab tab, const LiveTab& live, std::vector<PlannedCell> cells,
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

Settlement settle_if_columns_stand(const IntentTab& intent, const TabPicture& picture, const Fate& fate) {
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
Outcome settle_all(IntentTab intent, LiveTab& live) {
  return settle_all(std::move(intent), live, [](int) { return Fate{}; });
}

// Blank rows hold no cells, and none end the tab.
void drop_blanks(LiveTab& tab) {
  for (CellRow& row : tab.rows)
    if (std::all_of(row.begin(), row.end(), is_blank)) row.clear();
  while (!tab.rows.empty() && tab.rows.back().empty())
    tab.rows.pop_back();
}

LiveTab scoring() {
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

std::vector<PlannedCell> score_of_all(const LiveTab& live) {
  std::vector<PlannedCell> cells;
  for (int row = 2; row <= 4; ++row) {
    const auto at = static_cast<std::size_t>(row - 1);
    const std::string key = to_text(live.cell(at, 0));
    cells.push_back({key, row, 3, FieldId{0}, live.cell(at, 3), Cell("OK: scored " + key)});
    cells.push_back({key, row, 5, FieldId{0}, live.cell(at, 5), Cell(1000.0 + row)});
  }
  return cells;
}

}  // namespace

TEST_CASE("a column inserted before all others: what people typed stands where it stood") {
  LiveTab live = scoring();
  const std::vector<PlannedCell> cells = score_of_all(live);
  const IntentTab intent = intent_for(Tab::kScoringInputs, live, cells);
  LiveTab wanted = scoring();
  wanted.apply(cells);
  wanted.insert_column(0);
  live.insert_column(0);
  live.apply(cells);
  const Outcome outcome = settle_all(intent, live);
  CHECK(outcome.unusable.empty());
  CHECK(outcome.unsure.empty());
  CHECK(live.rows == wanted.rows);
}

TEST_CASE("columns that move again after the write, and rows before and after it: every value is found") {
  LiveTab live = scoring();
  const std::vector<PlannedCell> cells = score_of_all(live);
  const IntentTab intent = intent_for(Tab::kScoringInputs, live, cells);
  LiveTab wanted = scoring();
  wanted.apply(cells);
  const auto before = [](LiveTab& tab) {
    std::reverse(tab.rows.begin() + 1, tab.rows.end());
    tab.move_column(2, 5);  // Notes
  };
  const auto after = [](LiveTab& tab) {
    std::swap(tab.rows[1], tab.rows[2]);
    tab.move_column(5, 4);
  };
  before(live);
  live.apply(cells);
  after(live);
  before(wanted);
  after(wanted);
  CHECK(settle_all(intent, live).unsure.empty());
  CHECK(live.rows == wanted.rows);
}

TEST_CASE("a column inserted in the middle is left blank, also where it has a header by now") {
  for (const Cell& header : {Cell{}, Cell("Mine")}) {
    LiveTab live = scoring();
    const std::vector<PlannedCell> cells = score_of_all(live);
    const IntentTab intent = intent_for(Tab::kScoringInputs, live, cells);
    LiveTab wanted = scoring();
    wanted.apply(cells);
    wanted.insert_column(3);
    wanted.at(1, 3) = header;
    live.insert_column(3);
    live.at(1, 3) = header;
    live.apply(cells);
    CHECK(settle_all(intent, live).unsure.empty());
    CHECK(live.rows == wanted.rows);
  }
}

TEST_CASE("the Status column is deleted: what stood beside it comes back, and its rows say unwritten") {
  LiveTab live = scoring();
  const std::vector<PlannedCell> cells = score_of_all(live);
  const IntentTab intent = intent_for(Tab::kScoringInputs, live, cells);
  LiveTab wanted = scoring();
  wanted.apply(cells);
  wanted.delete_column(3);
  live.delete_column(3);
  live.apply(cells);
  const Outcome outcome = settle_all(intent, live);
  CHECK(outcome.unwritten == std::set<std::string>{"INIT-000001", "INIT-000002", "INIT-000003"});
  for (CellRow& row : live.rows)
    row.resize(5);
  CHECK(live.rows == wanted.rows);
}

TEST_CASE("the key column moves under a written column, and rows are known by what else they show") {
  LiveTab live = scoring();
  const std::vector<PlannedCell> cells = score_of_all(live);
  const IntentTab intent = intent_for(Tab::kScoringInputs, live, cells);
  LiveTab wanted = scoring();
  wanted.apply(cells);
  wanted.move_column(0, 3);
  live.move_column(0, 3);
  live.apply(cells);
  CHECK(settle_all(intent, live).unsure.empty());
  CHECK(live.rows == wanted.rows);
}

TEST_CASE("columns of people that share a header are not wiped where one of them takes a value of ours") {
  LiveTab live = scoring();
  live.at(1, 4) = Cell("Mine");
  live.at(1, 5) = Cell("Mine");
  live.at(1, 6) = Cell("RICE: Overall Score");
  for (int row = 2; row <= 4; ++row) {
    for (int column = 4; column <= 5; ++column)
      live.at(row, column) = Cell("mine " + std::to_string(row) + std::to_string(column));
    live.at(row, 6) = Cell(5.0);
  }
  const std::vector<PlannedCell> cells = {{"INIT-000001", 2, 3, FieldId{0}, Cell("OK"), Cell("OK: scored")}};
  const IntentTab intent = intent_for(Tab::kScoringInputs, live, cells);
  live.move_column(3, 6);  // "mine 24" stands where Status stood
  live.apply(cells);
  const Outcome outcome = settle_all(intent, live);
  CHECK(live.at(2, 4) == Cell("mine 25"));
  CHECK(live.at(3, 3) == Cell("mine 34"));
  const bool is_named = std::any_of(outcome.unsure.begin(), outcome.unsure.end(),
                                    [](const UnsureCell& cell) { return cell.column == "Mine"; });
  CHECK((is_named || live.at(2, 3) == Cell("mine 24")));
}

TEST_CASE("a column that holds formulas gets no value back that may have been one's") {
  LiveTab live = scoring();
  live.at(3, 2) = Cell("=B3");
  const LiveTab read = [&] {
    LiveTab shown = live;
    shown.at(3, 2) = Cell("computed");
    return shown;
  }();
  const std::vector<PlannedCell> cells = {{"INIT-000001", 2, 3, FieldId{0}, Cell("OK"), Cell("FAILED: x")}};
  const IntentTab intent = intent_for(Tab::kScoringInputs, read, cells);
  live.move_column(2, 3);  // Notes stands where Status stood
  live.apply(cells);
  const Outcome outcome = settle_all(intent, live);
  REQUIRE(outcome.unsure.size() == 1);
  CHECK(outcome.unsure.front().column == "Notes");
  CHECK(outcome.unsure.front().before == std::vector<Cell>{Cell("note 1")});
  CHECK(sentence_of(outcome.unsure.front()) ==
        "columns moved while Notes was written: it shows 'FAILED: x' of INIT-000001 now, 'note 1' stood "
        "there before");
  CHECK(to_text(live.at(2, 2)).starts_with("FAILED: columns moved while Notes"));
}

TEST_CASE("a row inserted above the header: headers and rows come back") {
  LiveTab live = scoring();
  const std::vector<PlannedCell> cells = score_of_all(live);
  const IntentTab intent = intent_for(Tab::kScoringInputs, live, cells);
  LiveTab wanted = scoring();
  wanted.apply(cells);
  SECTION("and it stays there") {
    wanted.insert_row(1);
    live.insert_row(1);
    live.apply(cells);
    CHECK(settle_all(intent, live).unsure.empty());
  }
  SECTION("and is taken out before the headers are put back") {
    live.insert_row(1);
    live.apply(cells);
    CHECK(settle_all(intent, live, [&](int round) {
            if (round == 0) live.delete_row(1);
            return Fate{};
          }).unsure.empty());
  }
  drop_blanks(live);
  CHECK(live.rows == wanted.rows);
}

TEST_CASE("without the key column nothing is settled, and all is when it is there again") {
  LiveTab live = scoring();
  const std::vector<PlannedCell> cells = score_of_all(live);
  IntentTab intent = intent_for(Tab::kScoringInputs, live, cells);
  LiveTab wanted = scoring();
  wanted.apply(cells);
  std::vector<Cell> keys;
  for (const CellRow& row : live.rows)
    keys.push_back(row.front());
  live.delete_column(0);
  live.apply(cells);
  CHECK(settle_all(intent, live).unusable == "the column 'Initiative Key' is gone");
  intent.was_unusable = true;
  live.insert_column(0);
  for (std::size_t i = 0; i < keys.size(); ++i)
    live.rows[i].front() = keys[i];
  CHECK(settle_all(intent, live).unsure.empty());
  for (CellRow& row : live.rows)
    row.resize(6);
  CHECK(live.rows == wanted.rows);
}

TEST_CASE("new rows whose cells landed in other columns are found by these") {
  LiveTab live = scoring();
  const RowsInsert insert{4,
                          {{"INIT-000004", 1, 0, FieldId{0}, {}, Cell("INIT-000004")},
                           {"INIT-000004", 1, 1, FieldId{0}, {}, Cell("Wish 4")}}};
  const IntentTab intent = intent_for(Tab::kScoringInputs, live, {}, insert);
  LiveTab wanted = scoring();
  wanted.apply(insert);
  wanted.insert_column(0);
  live.insert_column(0);
  live.apply(insert);
  CHECK(settle_all(intent, live).unsure.empty());
  for (LiveTab* tab : {&live, &wanted})
    tab->rows.back().resize(3);
  CHECK(live.rows == wanted.rows);
}

namespace {

LiveTab intake() {
  LiveTab live;
  live.rows = {{Cell("Initiative Key"), Cell("Title"), Cell("Requester Email"), Cell("Requesting Team"),
                Cell("Country")}};
  for (int i = 0; i < 4; ++i) {
    const std::string number = std::to_string(i);
    live.rows.push_back(
        {Cell{}, Cell("Wish " + number), Cell("a" + number + "@x.com"), Cell("T"), Cell("C" + number)});
  }
  return live;
}

std::vector<PlannedCell> keys_of_all() {
  std::vector<PlannedCell> cells;
  for (int row = 2; row <= 5; ++row) {
    const std::string key = "INIT-00000" + std::to_string(row);
    cells.push_back({key, row, 0, FieldId{0}, {}, Cell(key)});
  }
  return cells;
}

}  // namespace

TEST_CASE("intake: Title moves to where keys are written, and rows move as well") {
  LiveTab live = intake();
  const std::vector<PlannedCell> cells = keys_of_all();
  const IntentTab intent = intent_for(Tab::kIntake, live, cells);
  LiveTab wanted = intake();
  wanted.apply(cells);
  const auto disturb = [&](LiveTab& tab, int how) {
    if (how == 0) std::reverse(tab.rows.begin() + 1, tab.rows.end());
    if (how == 1) tab.delete_row(2);
    if (how == 2) tab.insert_row(2);
    tab.move_column(1, 0);
  };
  const int how = GENERATE(0, 1, 2, 3);
  disturb(wanted, how);
  disturb(live, how);
  live.apply(cells);
  const Outcome outcome = settle_all(intent, live);
  CHECK(outcome.unusable.empty());
  CHECK(outcome.unsure.empty());
  // In the row that was deleted a key stands nowhere.
  CHECK(outcome.unwritten == (how == 1 ? std::set<std::string>{"INIT-000002"} : std::set<std::string>{}));
  drop_blanks(live);
  drop_blanks(wanted);
  CHECK(live.rows == wanted.rows);
}

TEST_CASE("intake: the key column is deleted and a row inserted: titles come back, and keys stand nowhere") {
  LiveTab live = intake();
  const std::vector<PlannedCell> cells = keys_of_all();
  const IntentTab intent = intent_for(Tab::kIntake, live, cells);
  LiveTab wanted = intake();
  for (LiveTab* tab : {&live, &wanted}) {
    tab->insert_row(3);
    tab->delete_column(0);
  }
  live.apply(cells);
  const Outcome outcome = settle_all(intent, live);
  CHECK(outcome.unusable.empty());
  CHECK(outcome.unwritten.size() == 4);
  drop_blanks(live);
  CHECK(live.rows == wanted.rows);
}

TEST_CASE("intake: a row whose other cells are formulas is known by what these show") {
  LiveTab read = intake();
  LiveTab live = intake();
  for (int row = 2; row <= 5; ++row) {
    live.at(row, 2) = live.at(row, 3) = Cell{};
    live.at(row, 4) = Cell("=\"C\"&" + std::to_string(row));
    read.at(row, 2) = read.at(row, 3) = Cell{};
    read.at(row, 4) = Cell("computed");
  }
  read.at(3, 4) = Cell("C1");
  live.at(3, 4) = Cell("C1");
  const std::vector<PlannedCell> cells = {{"INIT-000003", 3, 0, FieldId{0}, {}, Cell("INIT-000003")}};
  const IntentTab intent = intent_for(Tab::kIntake, read, cells);
  live.move_column(1, 0);
  live.apply(cells);
  settle_all(intent, live);
  CHECK(live.at(3, 0) == Cell("Wish 1"));
}

TEST_CASE("intake: titles that nothing else tells are named, with what may have stood there") {
  LiveTab live;
  live.rows = {{Cell("Initiative Key"), Cell("Title")}, {Cell{}, Cell("One")}, {Cell{}, Cell("Two")}};
  std::vector<PlannedCell> cells = keys_of_all();
  cells.resize(2);
  const IntentTab intent = intent_for(Tab::kIntake, live, cells);
  live.move_column(1, 0);
  std::swap(live.rows[1], live.rows[2]);
  live.apply(cells);
  const Outcome outcome = settle_all(intent, live);
  REQUIRE(outcome.unsure.size() == 2);
  CHECK(outcome.unsure.front().before == std::vector<Cell>{Cell("One"), Cell("Two")});
}

namespace {

std::string text_of(const LiveTab& tab) {
  std::string text;
  for (const CellRow& row : tab.rows) {
    for (const Cell& cell : row)
      text += to_text(cell) + " | ";
    text += '\n';
  }
  return text;
}

// Sorts the rows below the header by these numbers, one a row.
void move_rows(LiveTab& tab, const std::vector<int>& order) {
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

}  // namespace

TEST_CASE(
    "whatever columns and rows people move while a run writes: each cell is as it was meant, or is named") {
  CHECK(rc::check([] {
    const int width = *rc::gen::inRange(3, 8);
    const int count = *rc::gen::inRange(2, 7);
    LiveTab live;
    live.rows.resize(1);
    live.at(1, 0) = Cell("Initiative Key");
    for (int column = 1; column < width; ++column)
      live.at(1, column) = Cell("Column " + std::to_string(column));
    for (int row = 2; row < count + 2; ++row) {
      live.at(row, 0) = Cell("INIT-00000" + std::to_string(row));
      live.at(row, 1) = Cell("title " + std::to_string(row));  // what tells rows is never all written
      for (int column = 2; column < width; ++column) {
        if (*rc::gen::inRange(0, 4) > 0)
          live.at(row, column) = Cell("held " + std::to_string(row) + "/" + std::to_string(column));
      }
      live.rows.back().resize(static_cast<std::size_t>(width));
    }
    LiveTab wanted = live;
    std::vector<PlannedCell> cells;
    for (int row = 2; row < count + 2; ++row) {
      for (int column = 2; column < width; ++column) {
        if (*rc::gen::inRange(0, 3) > 0) continue;
        const std::string text = "new " + std::to_string(row) + "/" + std::to_string(column);
        cells.push_back(
            {to_text(live.at(row, 0)), row, column, FieldId{0}, live.at(row, column), Cell(text)});
        wanted.at(row, column) = Cell(text);
      }
    }
    if (cells.empty()) return;
    const IntentTab intent = intent_for(Tab::kScoringInputs, live, cells);
    bool inserted = false;  // headerless columns are not told from each other
    const auto disturb = [&] {
      const int what = *rc::gen::inRange(inserted ? 1 : 0, 5);
      inserted = inserted || what == 0;
      const int column = *rc::gen::inRange(0, width);
      const int to = *rc::gen::inRange(0, width);
      const int row = *rc::gen::inRange(2, count + 2);
      RC_LOG() << "disturbed: " << what << " column " << column << " to " << to << " row " << row << '\n';
      for (LiveTab* tab : {&live, &wanted}) {
        if (what == 0) tab->insert_column(column);
        if (what == 1) tab->move_column(column, to);
        if (what == 2) tab->insert_row(row);
        if (what == 3) std::reverse(tab->rows.begin() + 1, tab->rows.end());
      }
    };
    disturb();
    if (*rc::gen::arbitrary<bool>()) disturb();
    RC_LOG() << "before " << text_of(live);
    live.apply(cells);
    RC_LOG() << "landed " << text_of(live);
    if (*rc::gen::arbitrary<bool>()) disturb();
    const auto between = [&](int round) {
      RC_LOG() << "round " << round << ": " << text_of(live);
      if (round == 0 && *rc::gen::arbitrary<bool>()) disturb();
      return Fate{};
    };
    const Outcome outcome = settle_all(intent, live, between, {kWholeWrite, Taken::kLater});
    RC_ASSERT(outcome.unusable.empty());
    RC_CLASSIFY(!outcome.unsure.empty(), "some are named");
    RC_CLASSIFY(!outcome.unwritten.empty(), "some stand nowhere");
    RC_LOG() << "wanted " << text_of(wanted) << "shown  " << text_of(live);
    const std::size_t last = std::max(live.rows.size(), wanted.rows.size());
    for (std::size_t row = 0; row < last; ++row) {
      if (outcome.unwritten.contains(to_text(wanted.cell(row, key_column(wanted))))) continue;
      for (int column = 0; column < width + 4; ++column) {
        const bool is_named = std::any_of(
            outcome.unsure.begin(), outcome.unsure.end(),
            [&](const UnsureCell& cell) { return to_text(live.cell(row, column)) == to_text(cell.ours); });
        if (!is_named) RC_ASSERT(live.cell(row, column) == wanted.cell(row, column));
      }
    }
  }));
}

TEST_CASE("copies of a row keep their own cells, however rows move, and whichever writes are lost") {
  CHECK(rc::check([] {
    const int width = *rc::gen::inRange(4, 8);
    const int count = *rc::gen::inRange(2, 8);
    LiveTab live;
    live.rows.resize(1);
    live.at(1, 0) = Cell("Initiative Key");
    // The system's columns and people's.
    const std::vector<const char*> headers{"Tag",         "Math: Warnings", "Risk Level", "Time Sensitivity",
                                           "RICE: Reach", "Use Math Model", "Column 6"};
    for (int column = 1; column < width; ++column)
      live.at(1, column) = Cell(headers.at(static_cast<std::size_t>(column - 1)));
    for (int row = 2; row < count + 2; ++row) {
      live.at(row, 0) = Cell("INIT-00000" + std::to_string(*rc::gen::inRange(1, 4)));
      live.at(row, 1) = Cell("tag " + std::to_string(row));  // people's, never written
      for (int column = 2; column < width; ++column) {
        const int what = *rc::gen::inRange(0, 4);
        if (what == 1)
          live.at(row, column) = Cell("held " + std::to_string(row) + "/" + std::to_string(column));
        if (what > 1) live.at(row, column) = Cell("held of " + to_text(live.at(row, 0)));
      }
      live.rows.back().resize(static_cast<std::size_t>(width));
    }
    LiveTab wanted = live;
    std::vector<PlannedCell> cells;
    for (int row = 2; row < count + 2; ++row) {
      for (int column = 2; column < width; ++column) {
        const int what = *rc::gen::inRange(0, 6);
        if (what > 2) continue;
        Cell after;
        if (what == 1) after = Cell("new " + std::to_string(row) + "/" + std::to_string(column));
        if (what == 2) after = Cell("new of " + to_text(live.at(row, 0)));
        cells.push_back({to_text(live.at(row, 0)), row, column, FieldId{0}, live.at(row, column), after});
        wanted.at(row, column) = after;
      }
    }
    if (cells.empty()) return;
    IntentTab intent = intent_for(Tab::kScoringInputs, live, cells);
    for (IntentColumn& column : intent.written)
      column.restorable = true;  // formulas were looked at
    const auto disturb = [&] {
      const auto order =
          *rc::gen::container<std::vector<int>>(static_cast<std::size_t>(count), rc::gen::inRange(0, 100));
      RC_LOG() << "rows moved\n";
      move_rows(live, order);
      move_rows(wanted, order);
    };
    disturb();
    RC_LOG() << "wanted " << text_of(wanted) << "before " << text_of(live);
    live.apply(cells);
    RC_LOG() << "landed " << text_of(live);
    const Outcome outcome = settle_all(intent, live, [&](int round) {
      if (round < 4 && *rc::gen::arbitrary<bool>()) disturb();
      Fate fate;
      const int what = round < 4 ? *rc::gen::inRange(0, 4) : 0;
      if (what == 1) fate = {0, Taken::kLater};
      if (what == 2) fate.taken = Taken::kLater;
      RC_LOG() << "round " << round << " fate " << what << "\nbefore " << text_of(live);
      return fate;
    });
    RC_ASSERT(outcome.unusable.empty());
    RC_CLASSIFY(!outcome.unsure.empty(), "some are named");
    RC_LOG() << "wanted " << text_of(wanted) << "shown  " << text_of(live);
    for (std::size_t row = 0; row < wanted.rows.size(); ++row) {
      for (int column = 0; column < width; ++column) {
        const bool is_named =
            std::any_of(outcome.unsure.begin(), outcome.unsure.end(), [&](const UnsureCell& cell) {
              return to_text(live.cell(row, column)) == to_text(cell.shown) && cell.at == column;
            });
        if (!is_named) RC_ASSERT(live.cell(row, column) == wanted.cell(row, column));
      }
    }
  }));
}

TEST_CASE("a word of the team's that people type while rows move is not taken for ours") {
  CHECK(rc::check([] {
    const int count = *rc::gen::inRange(3, 9);
    LiveTab live;
    live.rows = {{Cell("Initiative Key"), Cell("Active Scoring Framework"), Cell("RICE: Overall Score")}};
    const auto word = [] {
      static const std::vector<Cell> kWords{Cell{}, Cell("RICE"), Cell("WSJF"), Cell("MATH_MODEL")};
      return *rc::gen::elementOf(kWords);
    };
    for (int row = 2; row < count + 2; ++row)
      live.rows.push_back({Cell("INIT-00000" + std::to_string(row)), word(), Cell(1.0 * row)});
    LiveTab wanted = live;
    std::vector<PlannedCell> cells;
    for (int row = 2; row < count + 2; ++row) {
      if (*rc::gen::inRange(0, 3) == 0) continue;
      const Cell after = word();
      if (!is_blank(after) && after != live.at(row, 1))
        cells.push_back({to_text(live.at(row, 0)), row, 1, FieldId{0}, live.at(row, 1), after});
      cells.push_back({to_text(live.at(row, 0)), row, 2, FieldId{0}, live.at(row, 2), Cell(100.5 + row)});
    }
    if (cells.empty()) return;
    IntentTab intent = intent_for(Tab::kScoringInputs, live, cells);
    for (IntentColumn& column : intent.written)
      column.restorable = true;  // formulas were looked at
    wanted.apply(cells);
    const auto sort = [&] {
      const auto order =
          *rc::gen::container<std::vector<int>>(static_cast<std::size_t>(count), rc::gen::inRange(0, 100));
      move_rows(live, order);
      move_rows(wanted, order);
    };
    RC_LOG() << "read   " << text_of(live);
    sort();
    RC_LOG() << "sorted " << text_of(live);
    live.apply(cells);
    RC_LOG() << "landed " << text_of(live);
    const int row = *rc::gen::inRange(2, count + 2);
    const bool is_astray = live.at(row, 1) != wanted.at(row, 1);
    const Cell typed = word();
    const auto read = std::find_if(intent.rows.begin(), intent.rows.end(), [&](const IntentRow& each) {
      return identity_parts(each.identity).front() == to_text(live.at(row, 0));
    });
    // Who types again what stood there before cannot be told from a value that did not land.
    const bool is_as_before = typed == read->cells.front().shown && intent.written.size() > 1;
    if (!is_astray && !is_as_before) live.at(row, 1) = wanted.at(row, 1) = typed;
    RC_LOG() << "typed  " << text_of(live);
    if (*rc::gen::arbitrary<bool>()) sort();
    const auto between = [&](int round) {
      if (round >= 4) return Fate{};
      if (*rc::gen::arbitrary<bool>()) sort();
      RC_LOG() << "round " << round << ": " << text_of(live);
      const int what = *rc::gen::inRange(0, 4);
      if (what == 1) return Fate{0, Taken::kLater};
      return Fate{kWholeWrite, what == 2 ? Taken::kLater : Taken::kWithTheWrite};
    };
    const Outcome outcome = settle_all(intent, live, between, {kWholeWrite, Taken::kLater});
    RC_LOG() << "wanted " << text_of(wanted) << "shown  " << text_of(live);
    RC_CLASSIFY(!outcome.unsure.empty(), "some are named");
    for (int each = 2; each < count + 2; ++each) {
      const bool is_named =
          std::any_of(outcome.unsure.begin(), outcome.unsure.end(),
                      [&](const UnsureCell& cell) { return live.at(each, 1) == cell.ours; });
      if (!is_named) RC_ASSERT(live.at(each, 1) == wanted.at(each, 1));
    }
  }));
}

TEST_CASE("intake: a row inserted among those that get keys: every wish gets its own") {
  LiveTab live = intake();
  const std::vector<PlannedCell> cells = keys_of_all();
  const IntentTab intent = intent_for(Tab::kIntake, live, cells);
  LiveTab wanted = intake();
  wanted.apply(cells);
  const int at = GENERATE(2, 3, 4, 5);
  wanted.insert_row(at);
  live.insert_row(at);
  live.apply(cells);
  const Taken taken = GENERATE(Taken::kWithTheWrite, Taken::kLater);
  CHECK(settle_all(intent, live, [](int) { return Fate{}; }, {kWholeWrite, taken}).unsure.empty());
  drop_blanks(live);
  drop_blanks(wanted);
  CHECK(live.rows == wanted.rows);
}

namespace {

// Wishes of one person in one team: title, key, country.
LiveTab wishes_of_one(const std::vector<std::pair<std::string, std::string>>& wishes) {
  LiveTab live;
  live.rows = {{Cell("Title"), Cell("Initiative Key"), Cell("Requester Email"), Cell("Requesting Team"),
                Cell("Country")}};
  for (const auto& [title, key] : wishes)
    live.rows.push_back({Cell(title), key.empty() ? Cell{} : Cell(key), Cell("a@x.com"), Cell("team"),
                         Cell("land of " + title)});
  return live;
}

IntentTab keys_for(const LiveTab& live, const std::vector<std::pair<int, std::string>>& keys) {
  std::vector<PlannedCell> cells;
  for (const auto& [row, key] : keys)
    cells.push_back({key, row, 1, FieldId{0}, {}, Cell(key)});
  return intent_for(Tab::kIntake, live, cells);
}

}  // namespace

TEST_CASE("intake: titles that are loading hide which wish a key landed on") {
  LiveTab live = wishes_of_one({{"One", ""}, {"Two", ""}});
  const IntentTab intent = keys_for(live, {{2, "INIT-000001"}, {3, "INIT-000002"}});
  std::swap(live.rows[1], live.rows[2]);
  live.apply(intent.cells);
  live.at(2, 0) = live.at(3, 0) = Cell("Loading...");
  CHECK_FALSE(settle_all(intent, live).unusable.empty());
}

TEST_CASE("intake: a new wish of the same person is not the one that was deleted") {
  LiveTab live = wishes_of_one({{"Old", "INIT-000101"}, {"New", ""}});
  const IntentTab intent = keys_for(live, {{3, "INIT-000007"}});
  const LiveTab fresh = wishes_of_one({{"Fresh", ""}});
  live.delete_row(2);
  live.rows.push_back(fresh.rows[1]);
  live.apply(intent.cells);
  settle_all(intent, live);
  CHECK(live.rows == wishes_of_one({{"New", "INIT-000007"}, {"Fresh", ""}}).rows);
}

TEST_CASE("intake: a wish that was typed over keeps its key where another one stood") {
  for (const bool has_country : {true, false}) {
    LiveTab live = wishes_of_one({{"One", ""}, {"Two", ""}});
    if (!has_country) live.delete_column(4);
    const IntentTab intent = keys_for(live, {{2, "INIT-000001"}, {3, "INIT-000002"}});
    live.apply(intent.cells);
    live.delete_row(2);
    live.at(2, 0) = Cell("Two, better");
    settle_all(intent, live, [](int) { return Fate{}; }, {kWholeWrite, Taken::kLater});
    CHECK(live.at(2, 1) == Cell("INIT-000002"));
  }
}

TEST_CASE("intake: however rows move, each wish gets its own key, or none") {
  // Rows alike in all, or people who type new titles or e-mails and enter new wishes, but not both.
  const bool people_type = GENERATE(false, true);
  CHECK(rc::check([people_type] {
    const int count = *rc::gen::inRange(2, 9);
    LiveTab live;
    live.rows = {{Cell("Row Tag"), Cell("Title"), Cell("Initiative Key"), Cell("Requesting Team"),
                  Cell("Country"), Cell("Requester Email")}};
    std::vector<PlannedCell> cells;
    for (int row = 2; row < count + 2; ++row) {
      const std::string number = std::to_string(row);
      const int what = *rc::gen::inRange(0, 5);
      // Some are copies of others.
      const std::string title =
          "wish " + (people_type ? number : std::to_string(*rc::gen::inRange(2, row + 1)));
      const std::string email = people_type                   ? number + "@x.com"
                                : *rc::gen::arbitrary<bool>() ? "a@x.com"
                                                              : "b@x.com";
      CellRow wish = {Cell("tag " + number), Cell(title), Cell{}, Cell("team"), Cell("land"), Cell(email)};
      if (what == 0) wish = CellRow(6);
      if (what == 1) wish[2] = Cell("INIT-00010" + number);
      live.rows.push_back(wish);
      if (what < 2) continue;
      const std::string key = "INIT-00000" + number;
      cells.push_back({key, row, 2, FieldId{0}, {}, Cell(key)});
    }
    if (cells.empty()) return;
    const IntentTab intent = intent_for(Tab::kIntake, live, cells);
    LiveTab wanted = live;
    wanted.apply(cells);
    const int typed_column = *rc::gen::element(1, 5);
    int typed = 0;
    const auto disturb_once = [&] {
      const int what = *rc::gen::inRange(0, people_type ? 5 : 4);
      wanted.rows.resize(std::max(live.rows.size(), wanted.rows.size()));
      live.rows.resize(wanted.rows.size());
      const int rows = static_cast<int>(live.rows.size()) - 1;
      const int row = *rc::gen::inRange(2, rows + 2);
      std::vector<int> order(static_cast<std::size_t>(rows));
      for (int& each : order)
        each = *rc::gen::inRange(0, 100);
      RC_LOG() << "disturbed " << what << " row " << row << '\n';
      const bool is_wish = !is_blank(live.at(row, 1));
      const std::string text = "typed " + std::to_string(++typed);
      const CellRow fresh{Cell("tag of " + text), Cell(text),   Cell{},
                          Cell("team"),           Cell("land"), Cell("a@x.com")};
      for (LiveTab* tab : {&live, &wanted}) {
        if (what == 0) tab->insert_row(row);
        if (what == 0 && people_type) tab->rows[static_cast<std::size_t>(row - 1)] = fresh;
        if (what == 1) tab->delete_row(row);
        if (what == 2) move_rows(*tab, order);
        if (what == 4 && is_wish) tab->at(row, typed_column) = Cell(text);
      }
    };
    const auto disturb = [&] {
      for (int i = *rc::gen::inRange(1, people_type ? 4 : 2); i > 0; --i)
        disturb_once();
    };
    RC_LOG() << "read   " << text_of(live);
    disturb();
    live.apply(cells);
    RC_LOG() << "landed " << text_of(live);
    const bool at_once = *rc::gen::arbitrary<bool>();
    if (!at_once) disturb();
    const auto between = [&](int round) {
      RC_LOG() << "round " << round << ": " << text_of(live);
      if (round >= 4) return Fate{};
      if (*rc::gen::arbitrary<bool>()) disturb();
      const int what = *rc::gen::inRange(0, 4);
      if (what == 1) return Fate{0, Taken::kLater};
      return Fate{kWholeWrite, what == 2 ? Taken::kLater : Taken::kWithTheWrite};
    };
    const Outcome outcome =
        settle_all(intent, live, between, {kWholeWrite, at_once ? Taken::kWithTheWrite : Taken::kLater});
    // A key that somebody deleted with the row in which it landed may be left to the next run.
    for (LiveTab* tab : {&live, &wanted}) {
      for (CellRow& row : tab->rows) {
        const bool is_left = row.size() > 2 && outcome.unwritten.contains(to_text(row[2]));
        if (is_left) row[2] = Cell{};
      }
    }
    drop_blanks(live);
    drop_blanks(wanted);
    RC_LOG() << "wanted " << text_of(wanted) << "shown  " << text_of(live);
    RC_ASSERT(live.rows == wanted.rows);
  }));
}

TEST_CASE("a key put back that landed on another row, which moved on, does not make it the key's row") {
  LiveTab live = scoring();
  const RowsInsert insert{4,
                          {{"INIT-000004", 1, 0, FieldId{0}, {}, Cell("INIT-000004")},
                           {"INIT-000004", 1, 1, FieldId{0}, {}, Cell("Wish 4")},
                           {"INIT-000004", 1, 2, FieldId{0}, {}, Cell("note 4")}}};
  const IntentTab intent = intent_for(Tab::kScoringInputs, live, {}, insert);
  LiveTab wanted = live;
  wanted.apply(insert);
  wanted.move_column(0, 2);
  live.move_column(0, 2);
  live.apply(insert);
  const auto between = [&](int round) {
    if (round > 0) return Fate{};
    move_rows(live, {0, 1, 3, 2});
    return Fate{kWholeWrite, Taken::kLater, [&] { move_rows(live, {3, 2, 1, 0}); }};
  };
  settle_all(intent, live, between, {kWholeWrite, Taken::kLater});
  const auto rows_of = [](LiveTab& tab) {
    std::set<std::string> rows;
    for (std::size_t row = 1; row < tab.rows.size(); ++row)
      rows.insert(to_text(tab.cell(row, 0)) + "|" + to_text(tab.cell(row, 1)) + "|" +
                  to_text(tab.cell(row, 2)));
    return rows;
  };
  CHECK(rows_of(live) == rows_of(wanted));
}

TEST_CASE("a checkbox that landed in a column of texts, in another row, is taken out again") {
  LiveTab live;
  live.rows = {
      {Cell("Initiative Key"), Cell("Risk Level"), Cell("Use Math Model"), Cell("RICE: Overall Score")}};
  for (int row = 2; row <= 5; ++row)
    live.rows.push_back({Cell("INIT-00000" + std::to_string(row)), Cell("risk " + std::to_string(row)),
                         Cell(row == 5), Cell(1.0 * row)});
  std::vector<PlannedCell> cells;
  for (int row = 2; row <= 3; ++row) {
    const std::string key = "INIT-00000" + std::to_string(row);
    cells.push_back({key, row, 2, FieldId{0}, Cell(false), Cell(true)});
    cells.push_back({key, row, 3, FieldId{0}, live.at(row, 3), Cell(100.5 + row)});
  }
  const IntentTab intent = intent_for(Tab::kScoringInputs, live, cells);
  LiveTab wanted = live;
  wanted.apply(cells);
  const auto disturb = [](LiveTab& tab) {
    tab.move_column(2, 1);
    move_rows(tab, {3, 2, 1, 0});
  };
  const auto again = [](LiveTab& tab) { move_rows(tab, {1, 3, 0, 2}); };
  disturb(live);
  live.apply(cells);
  again(live);
  disturb(wanted);
  again(wanted);
  settle_all(intent, live, [](int) { return Fate{}; }, {kWholeWrite, Taken::kLater});
  CHECK(live.rows == wanted.rows);
}

TEST_CASE("what landed in another column of a row without a key is named, though another row says the same") {
  LiveTab live;
  live.rows = {{Cell("Initiative Key"), Cell("Risk Level"), Cell("Notes"), Cell("RICE: Overall Score")},
               {Cell("INIT-000001"), Cell("risk 1"), Cell("note 1"), Cell(1.0)},
               {Cell("INIT-000002"), Cell("risk of both"), Cell("note 2"), Cell(2.0)},
               {Cell{}, Cell{}, Cell("a note of my own"), Cell{}}};
  const std::vector<PlannedCell> cells = {
      {"INIT-000001", 2, 1, FieldId{0}, Cell("risk 1"), Cell("risk of both")}};
  const IntentTab intent = intent_for(Tab::kScoringInputs, live, cells);
  live.move_column(1, 2);  // Notes stands where Risk Level stood
  move_rows(live, {2, 1, 0});
  live.apply(cells);
  move_rows(live, {1, 2, 0});
  const Outcome outcome = settle_all(intent, live, [](int) { return Fate{}; }, {kWholeWrite, Taken::kLater});
  CHECK(live.at(4, 2) == Cell("risk of both"));
  REQUIRE(outcome.unsure.size() == 1);
  CHECK(outcome.unsure.front().column == "Notes");
  CHECK(outcome.unsure.front().row == 3);
}
