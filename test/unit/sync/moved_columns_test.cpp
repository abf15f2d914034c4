#include "core/sync/moved_columns.h"

#include <rapidcheck.h>

#include "test/unit/sync/live_tab.h"

using namespace roadmap;
using namespace roadmap::test;

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
