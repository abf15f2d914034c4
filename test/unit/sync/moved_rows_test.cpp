#include "core/sync/moved_rows.h"

#include <rapidcheck.h>

#include "test/unit/sync/live_tab.h"

using namespace roadmap;
using namespace roadmap::test;

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
