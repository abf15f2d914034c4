#include "core/sync/settlement.h"

#include <rapidcheck.h>

#include <algorithm>
#include <catch2/catch.hpp>

#include "core/fields/registry.h"
#include "core/sync/intent_tab.h"
#include "test/fakes/cell_printing.h"

using namespace roadmap;

namespace {

constexpr std::size_t kAll = static_cast<std::size_t>(-1);

// Scoring_Inputs with key, Status and RICE overall, as a job read it.
class SettledTab {
 public:
  SettledTab() {
    grid_.title = "Scoring_Inputs";
    grid_.rows = {{Cell("Initiative Key"), Cell("Status"), Cell("RICE: Overall Score"), Cell("Notes")}};
  }

  SettledTab& row(const std::string& key, Cell status, Cell overall) {
    grid_.rows.push_back({Cell(key), std::move(status), std::move(overall), Cell("note of " + key)});
    return *this;
  }

  // Plans a write, as it will be applied to the rows as they were read.
  SettledTab& write(int row, int column, Cell value) {
    cells_.push_back({to_text(grid_.rows.at(static_cast<std::size_t>(row - 1)).at(0)), row, column,
                      FieldId{0},
                      grid_.rows.at(static_cast<std::size_t>(row - 1)).at(static_cast<std::size_t>(column)),
                      std::move(value)});
    return *this;
  }

  // Plans a new row below the last one, with its key and a score.
  SettledTab& append(const std::string& key, Cell overall) {
    if (!insert_) insert_ = RowsInsert{static_cast<int>(grid_.rows.size()), {}};
    const int number = static_cast<int>(insert_->cells.size() / 2) + 1;
    insert_->cells.push_back({key, number, 0, FieldId{0}, {}, Cell(key)});
    insert_->cells.push_back({key, number, 2, FieldId{0}, {}, std::move(overall)});
    return *this;
  }

  IntentTab intent() {
    auto made = SheetTable::make(Tab::kScoringInputs, {"book", "Scoring_Inputs", 1, 2}, grid_,
                                 DateOrder::kDayMonthYear, {fields::key()});
    table_ = std::get<SheetTable>(std::move(made));
    return intent_of(*table_, {}, cells_, insert_);
  }

 private:
  TabGrid grid_;
  std::vector<PlannedCell> cells_;
  std::optional<RowsInsert> insert_;
  std::optional<SheetTable> table_;
};

// What a tab shows: rows of key, status, overall, notes.
TabPicture picture_of_rows(const IntentTab& tab, const std::vector<CellRow>& rows) {
  TabPicture picture;
  picture.header = rows.front();
  for (const int column : look_of(tab).columns) {
    std::vector<SeenCell> cells;
    for (const CellRow& row : rows) {
      const auto at = static_cast<std::size_t>(column);
      SeenCell cell;
      if (at < row.size()) cell.shown = row[at];
      const auto* text = std::get_if<std::string>(&cell.shown);
      if (text != nullptr && text->starts_with("=")) cell = {Cell(1.0), *text};
      cells.push_back(cell);
    }
    picture.columns.push_back(std::move(cells));
  }
  return picture;
}

const CellRow kHeader = {Cell("Initiative Key"), Cell("Status"), Cell("RICE: Overall Score"), Cell("Notes")};

Settlement settled(const IntentTab& intent, std::vector<CellRow> rows) {
  rows.insert(rows.begin(), kHeader);
  return settle(intent, kAll, {}, picture_of_rows(intent, rows), Taken::kLater);
}

std::string puts(const Settlement& settlement) {
  std::string text;
  for (const PlannedCell& cell : settlement.put_right)
    text += std::to_string(cell.row) + "/" + std::to_string(cell.column) + "=" + to_text(cell.after) + " ";
  return text;
}

CellRow shown(const std::string& key, Cell status, Cell overall) {
  return {Cell(key), std::move(status), std::move(overall)};
}

}  // namespace

TEST_CASE("a write that landed on its rows is settled without another write") {
  SettledTab tab;
  tab.row("INIT-000001", {}, {}).row("INIT-000002", {}, Cell(7.0));
  tab.write(2, 1, Cell("OK")).write(2, 2, Cell(48.0));
  const Settlement settlement = settled(
      tab.intent(), {shown("INIT-000001", Cell("OK"), Cell(48.0)), shown("INIT-000002", {}, Cell(7.0))});
  CHECK(settlement.unusable.empty());
  CHECK(puts(settlement).empty());
  CHECK(settlement.moved.empty());
  CHECK(settlement.unsure.empty());
}

TEST_CASE("rows sorted before the write landed get their own value, and the others what they held") {
  SettledTab tab;
  tab.row("INIT-000001", {}, {}).row("INIT-000002", Cell("OK"), Cell(7.0));
  tab.write(2, 2, Cell(48.0));
  // Sorted first, then 48 was written into row 2, which is INIT-000002's now.
  const Settlement settlement =
      settled(tab.intent(), {shown("INIT-000002", Cell("OK"), Cell(48.0)), shown("INIT-000001", {}, {})});
  CHECK(puts(settlement) == "2/2=7 3/2=48 ");
  CHECK(settlement.moved == std::set<std::string>{"INIT-000001"});
}

TEST_CASE("rows sorted again after the write landed are found where they are now") {
  SettledTab tab;
  tab.row("INIT-000001", {}, {}).row("INIT-000002", {}, Cell(7.0)).row("INIT-000003", {}, Cell(9.0));
  tab.write(2, 2, Cell(48.0));
  const Settlement settlement =
      settled(tab.intent(), {shown("INIT-000003", {}, Cell(9.0)), shown("INIT-000001", {}, {}),
                             shown("INIT-000002", {}, Cell(48.0))});
  CHECK(puts(settlement) == "3/2=48 4/2=7 ");
}

TEST_CASE("a cell astray that somebody has typed over since is left alone") {
  SettledTab tab;
  tab.row("INIT-000001", {}, {}).row("INIT-000002", {}, Cell(7.0));
  tab.write(2, 2, Cell(48.0));
  // 48 landed on INIT-000002, whose cell a person changed to 50 since.
  const Settlement settlement =
      settled(tab.intent(), {shown("INIT-000002", {}, Cell(50.0)), shown("INIT-000001", {}, {})});
  CHECK(puts(settlement) == "3/2=48 ");
}

TEST_CASE("what a person typed into the row meanwhile stays") {
  SettledTab tab;
  tab.row("INIT-000001", {}, {}).row("INIT-000002", {}, Cell(7.0));
  tab.write(2, 2, Cell(48.0));
  const Settlement settlement =
      settled(tab.intent(), {shown("INIT-000001", {}, Cell(3.0)), shown("INIT-000002", {}, Cell(7.0))});
  CHECK(puts(settlement).empty());
}

TEST_CASE("a person who undoes a write in its place is not overruled") {
  SettledTab tab;
  tab.row("INIT-000001", {}, Cell(5.0));
  tab.write(2, 2, Cell(48.0));
  CHECK(puts(settled(tab.intent(), {shown("INIT-000001", {}, Cell(5.0))})).empty());
}

TEST_CASE("what a person clears in a new row stays cleared, also while other rows are put right") {
  SettledTab tab;
  tab.row("INIT-000001", {}, Cell(5.0)).row("INIT-000002", {}, Cell(7.0));
  tab.append("INIT-000003", Cell(48.0)).append("INIT-000004", Cell(49.0));
  const std::vector<CellRow> cleared = {shown("INIT-000001", {}, Cell(5.0)),
                                        shown("INIT-000002", {}, Cell(7.0)), shown("INIT-000004", {}, {}),
                                        shown("INIT-000003", {}, Cell(48.0))};
  CHECK(puts(settled(tab.intent(), cleared)).empty());
  tab.write(2, 2, Cell(50.0));
  std::vector<CellRow> astray = cleared;
  std::swap(astray[0], astray[1]);
  astray[0][2] = Cell(50.0);
  CHECK(puts(settled(tab.intent(), astray)) == "2/2=7 3/2=50 ");
}

TEST_CASE("the same word typed elsewhere is no value of ours") {
  SettledTab tab;
  tab.row("INIT-000001", {}, {}).row("INIT-000002", {}, {});
  tab.write(2, 1, Cell("OK"));
  const Settlement settlement =
      settled(tab.intent(), {shown("INIT-000001", Cell("OK"), {}), shown("INIT-000002", Cell("OK"), {})});
  CHECK(puts(settlement).empty());
  CHECK(settlement.unsure.empty());
}

TEST_CASE("the same word at the very address that was written is ours, whatever the own row shows") {
  SettledTab tab;
  tab.row("INIT-000001", {}, {}).row("INIT-000002", {}, {});
  tab.write(2, 1, Cell("OK"));
  // Sorted, written into row 2, and a person typed OK beside INIT-000001 as well.
  const Settlement settlement =
      settled(tab.intent(), {shown("INIT-000002", Cell("OK"), {}), shown("INIT-000001", Cell("OK"), {})});
  CHECK(puts(settlement) == "2/1= ");
}

TEST_CASE("when every row was written and all of them moved, each gets its own value") {
  SettledTab tab;
  tab.row("INIT-000001", {}, {}).row("INIT-000002", {}, {}).row("INIT-000003", {}, {});
  tab.write(2, 2, Cell(1.0)).write(3, 2, Cell(2.0)).write(4, 2, Cell(3.0));
  const Settlement settlement =
      settled(tab.intent(), {shown("INIT-000003", {}, Cell(1.0)), shown("INIT-000001", {}, Cell(2.0)),
                             shown("INIT-000002", {}, Cell(3.0))});
  CHECK(puts(settlement) == "2/2=3 3/2=1 4/2=2 ");
}

TEST_CASE("a value in a row that somebody inserted is cleared, where rows without a key were blank") {
  SettledTab tab;
  tab.row("INIT-000001", {}, {});
  tab.write(2, 2, Cell(48.0));
  const Settlement settlement =
      settled(tab.intent(), {shown("", {}, Cell(48.0)), shown("INIT-000001", {}, {})});
  CHECK(puts(settlement) == "2/2= 3/2=48 ");
  CHECK(settlement.unsure.empty());
}

TEST_CASE("a value in a row without a key is cleared while all that such rows held is still seen") {
  SettledTab tab;
  tab.row("INIT-000001", {}, {}).row("", {}, Cell(7.0));
  tab.write(2, 2, Cell(48.0));
  CHECK(puts(settled(tab.intent(), {shown("", {}, Cell(48.0)), shown("INIT-000001", {}, {}),
                                    shown("", {}, Cell(7.0))})) == "2/2= 3/2=48 ");
  // Sorted: 48 stands where 7 stood, and nobody can tell.
  const Settlement unsure = settled(tab.intent(), {shown("", {}, Cell(48.0)), shown("INIT-000001", {}, {})});
  CHECK(puts(unsure) == "3/2=48 ");
  REQUIRE(unsure.unsure.size() == 1);
  CHECK(unsure.unsure.front().row == 2);
  CHECK(unsure.unsure.front().key == "INIT-000001");
}

TEST_CASE("what a row without a key held before does not pass for the row in which a lost write landed") {
  SettledTab tab;
  tab.row("INIT-000001", {}, {}).row("INIT-000002", Cell("OK"), Cell(7.0)).row("", Cell("OK"), Cell(48.0));
  tab.write(2, 1, Cell("OK")).write(2, 2, Cell(48.0));
  const IntentTab intent = tab.intent();
  // Sorted first; OK and 48 landed on INIT-000002, and a row was inserted above since.
  const Settlement settlement = settled(intent, {{},
                                                 shown("INIT-000002", Cell("OK"), Cell(48.0)),
                                                 shown("INIT-000001", {}, {}),
                                                 shown("", Cell("OK"), Cell(48.0))});
  CHECK(puts(settlement) == "3/2=7 4/1=OK 4/2=48 ");
}

TEST_CASE("a row without a key that said the same before a write is none that the write landed on") {
  SettledTab tab;
  tab.row("INIT-000001", {}, {}).row("", Cell("OK"), {});
  tab.write(2, 1, Cell("OK"));
  const IntentTab intent = tab.intent();
  const TabPicture picture =
      picture_of_rows(intent, {kHeader, shown("INIT-000001", Cell("OK"), {}), shown("", Cell("OK"), {})});
  for (const Taken taken : {Taken::kWithTheWrite, Taken::kLater}) {
    const Settlement settlement = settle(intent, kAll, {}, picture, taken);
    CHECK(puts(settlement).empty());
    CHECK(settlement.unsure.empty());
  }
}

TEST_CASE("a value that landed on a row that was copied meanwhile is named, though another copy held it") {
  SettledTab tab;
  tab.row("INIT-000001", {}, Cell(48.0)).row("INIT-000001", {}, {}).row("INIT-000002", {}, {});
  tab.write(4, 2, Cell(48.0));
  const IntentTab intent = tab.intent();
  std::vector<CellRow> rows = {kHeader, shown("INIT-000001", {}, Cell(48.0)), shown("INIT-000001", {}, {}),
                               shown("INIT-000001", {}, Cell(48.0)), shown("INIT-000002", {}, {})};
  for (CellRow& row : rows)
    row.resize(4);
  rows[1][3] = rows[2][3] = rows[3][3] = Cell("note of INIT-000001");
  rows[4][3] = Cell("note of INIT-000002");
  rows[0] = kHeader;
  const Settlement settlement = settle(intent, kAll, {}, picture_of_rows(intent, rows), Taken::kWithTheWrite);
  CHECK(puts(settlement).ends_with("5/2=48 "));
  REQUIRE(settlement.unsure.size() == 1);
  CHECK(settlement.unsure.front().row == 4);
  CHECK(settlement.unsure.front().before.size() == 2);
}

TEST_CASE("a cell that a person clears meanwhile is not taken for a clear of ours") {
  SettledTab tab;
  tab.row("INIT-000001", {}, Cell(5.0)).row("INIT-000002", {}, Cell(7.0)).row("INIT-000003", {}, {});
  tab.write(2, 2, {});
  IntentTab intent = tab.intent();
  intent.written.front().system = false;  // a column in which people type
  // The cleared row was deleted, and the clear may have landed on the blank cell of INIT-000003.
  const std::vector<CellRow> rows = {shown("INIT-000003", {}, {}), shown("INIT-000002", {}, {})};
  const Settlement settlement = settled(intent, rows);
  CHECK(puts(settlement).empty());
  CHECK(settlement.unsure.size() == 1);
  // Nobody types scores.
  CHECK(puts(settled(tab.intent(), rows)) == "3/2=7 ");
}

TEST_CASE("a clear of ours that was lost is known by the cell it left blank, unless it may stand unseen") {
  SettledTab tab;
  tab.row("INIT-000001", {}, Cell(5.0)).row("INIT-000002", {}, Cell(7.0)).row("INIT-000003", {}, Cell(9.0));
  tab.write(2, 2, {});
  IntentTab intent = tab.intent();
  intent.written.front().system = false;
  const CellRow first = shown("INIT-000001", {}, Cell(5.0));
  const CellRow second = shown("INIT-000002", {}, {});
  const CellRow third = shown("INIT-000003", {}, Cell(9.0));
  CHECK(puts(settled(intent, {third, first, second})) == "3/2= 4/2=7 ");
  // It may have landed in the row without a key, or in one that is gone, and a person have cleared this cell.
  for (const std::vector<CellRow>& rows :
       {std::vector<CellRow>{third, shown("", {}, {}), first, second}, std::vector<CellRow>{first, second}}) {
    const Settlement settlement = settled(intent, rows);
    CHECK(settlement.unsure.size() == 1);
    CHECK(puts(settlement).find("=7") == std::string::npos);
  }
}

TEST_CASE(
    "a value that only we can have written is ours on every row, a common one only as often as it is "
    "missing") {
  SettledTab tab;
  tab.row("INIT-000001", {}, {})
      .row("INIT-000002", {}, {})
      .row("INIT-000003", {}, {})
      .row("INIT-000004", {}, {});
  for (const bool common : {false, true}) {
    SettledTab written = tab;
    written.write(2, 1, common ? Cell(true) : Cell("typed once in a lifetime"));
    IntentTab intent = written.intent();
    intent.written.front().system = false;
    const Cell value = intent.cells.front().after;
    // Somebody copied the cell in which it landed, or ticked another one.
    const Settlement settlement =
        settled(intent, {shown("INIT-000004", {}, {}), shown("INIT-000002", value, {}),
                         shown("INIT-000003", value, {}), shown("INIT-000001", {}, {})});
    INFO(to_text(value));
    CHECK(settlement.unsure.empty() == !common);
    if (!common) CHECK(puts(settlement) == "3/1= 4/1= 5/1=typed once in a lifetime ");
  }
}

TEST_CASE("the Status of a row names its cells that cannot be decided, before what it says otherwise") {
  SettledTab tab;
  tab.row("INIT-000001", {}, Cell(5.0)).row("INIT-000002", Cell("OK"), Cell(7.0)).row("INIT-000003", {}, {});
  tab.write(2, 2, {}).write(2, 1, Cell("FAILED: x"));
  IntentTab intent = tab.intent();
  intent.written.back().system = false;
  const Settlement settlement =
      settled(intent, {shown("INIT-000003", {}, {}), shown("INIT-000002", Cell("OK"), {})});
  REQUIRE(settlement.unsure.size() == 1);
  CHECK(sentence_of(settlement.unsure.front()) ==
        "rows moved while RICE: Overall Score was written: it shows '' of INIT-000001 now, '7' stood there "
        "before");
  CHECK(puts(settlement) == "3/1=OK · " + sentence_of(settlement.unsure.front()) + " ");
  UnsureCell unknown = settlement.unsure.front();
  unknown.before.clear();
  unknown.ours = Cell(std::string(100, 'x'));
  CHECK(sentence_of(unknown).find("'" + std::string(59, 'x') +
                                  "…' of INIT-000001 now, and it is not known what") != std::string::npos);
}

TEST_CASE("keys that show errors hide written rows, and nothing is settled by them") {
  SettledTab tab;
  tab.row("INIT-000001", {}, {}).row("INIT-000002", {}, Cell(7.0));
  tab.write(2, 2, Cell(48.0));
  CHECK(
      settled(tab.intent(), {shown("#REF!", {}, Cell(48.0)), shown("INIT-000002", {}, Cell(7.0))}).unusable ==
      "keys show errors or are loading");
  CHECK(settled(tab.intent(), {shown("INIT-000001", {}, Cell(48.0)), shown("#REF!", {}, Cell(7.0))})
            .unusable.empty());
}

TEST_CASE("a row that was deleted meanwhile loses its value, and the row below gets its own back") {
  SettledTab tab;
  tab.row("INIT-000001", {}, {}).row("INIT-000002", {}, Cell(7.0));
  tab.write(2, 2, Cell(48.0));
  const Settlement settlement = settled(tab.intent(), {shown("INIT-000002", {}, Cell(48.0))});
  CHECK(puts(settlement) == "2/2=7 ");
  CHECK(settlement.unwritten == std::set<std::string>{"INIT-000001"});
}

TEST_CASE("parts that were never applied are not looked for") {
  SettledTab tab;
  tab.row("INIT-000001", {}, {}).row("INIT-000002", {}, Cell(48.0));
  tab.write(2, 2, Cell(1.0)).write(3, 2, Cell(2.0));
  const IntentTab intent = tab.intent();
  const TabPicture picture = picture_of_rows(
      intent, {kHeader, shown("INIT-000001", {}, Cell(1.0)), shown("INIT-000002", {}, Cell(48.0))});
  CHECK(puts(settle(intent, 1, {}, picture, Taken::kLater)).empty());
}

TEST_CASE("an intent comes back from its text as it was") {
  SettledTab tab;
  tab.row("INIT-000001", Cell("a\tb\\c\nd"), Cell(0.1)).row("INIT-000002", Cell(true), {});
  tab.write(2, 2, Cell(48.0)).write(3, 1, Cell("FAILED: =x"));
  WriteIntent intent{"book", "marker-1", {tab.intent()}, 2, {{"Scoring_Inputs", {"INIT-000009"}}}};
  intent.tabs.front().rows.front().cells.front() = {{}, "=B2*2"};
  intent.tabs.front().insert = RowsInsert{3, {{"INIT-000003", 1, 0, FieldId{0}, {}, Cell("INIT-000003")}}};
  const std::string text = intent_text(intent);
  CHECK(intent_text(read_intent(text)) == text);
  const WriteIntent read = read_intent(text);
  CHECK(read.marker == "marker-1");
  CHECK(read.round == 2);
  CHECK(read.refused == intent.refused);
  CHECK(read.tabs.front().rows.front().cells.front().formula == "=B2*2");
  CHECK(read.tabs.front().cells.back().after == Cell("FAILED: =x"));
  CHECK(read.tabs.front().confirms == std::vector<std::string>{"INIT-000001", "INIT-000002"});
  CHECK_THROWS(read_intent("Z\t1\n"));
  CHECK_THROWS(read_intent(text.substr(0, text.size() - 1)));
}

TEST_CASE("a formula put back names its own row where that row stands now") {
  CHECK(formula_in_row("=B2*2", 2, 5) == "=B5*2");
  CHECK(formula_in_row("=$B2+B$2+B22+SUM(B2:C2)", 2, 5) == "=$B5+B$2+B22+SUM(B5:C5)");
  CHECK(formula_in_row("=Backlog!B2&\"B2\"&'My B2'!A2", 2, 5) == "=Backlog!B2&\"B2\"&'My B2'!A2");
  CHECK(formula_in_row("=LOG10(B3)", 3, 4) == "=LOG10(B4)");
  CHECK(formula_in_row("=SUM(Params!B2:C2)+SUM('My tab'!$B2:$C2)+SUM(B2:C2)", 2, 5) ==
        "=SUM(Params!B2:C2)+SUM('My tab'!$B2:$C2)+SUM(B5:C5)");
}

TEST_CASE("a cell that is left goes by its column's header, or its letters where there is none") {
  UnsureCell cell;
  cell.key = "INIT-000001";
  cell.ours = Cell("ours");
  cell.at = 27;
  CHECK(sentence_of(cell).starts_with("rows moved while column AB was written: it shows 'ours'"));
  cell.column = "Title";
  CHECK(sentence_of(cell).starts_with("rows moved while Title was written"));
}

namespace {

// A tab of one key, one title and one score a row, that people sort before every write reaches it.
struct SortedTab {
  std::vector<CellRow> rows;  // without the header

  void sort() {
    const auto order = *rc::gen::container<std::vector<int>>(rows.size(), rc::gen::inRange(0, 1000));
    std::vector<std::size_t> places(rows.size());
    for (std::size_t i = 0; i < places.size(); ++i)
      places[i] = i;
    std::stable_sort(places.begin(), places.end(),
                     [&](std::size_t a, std::size_t b) { return order[a] < order[b]; });
    std::vector<CellRow> sorted;
    for (const std::size_t place : places)
      sorted.push_back(rows[place]);
    rows = std::move(sorted);
  }

  void write(const std::vector<PlannedCell>& cells) {
    for (const PlannedCell& cell : cells)
      rows.at(static_cast<std::size_t>(cell.row - 2)).at(static_cast<std::size_t>(cell.column)) = cell.after;
  }

  TabPicture picture(const IntentTab& intent) const {
    std::vector<CellRow> all = rows;
    all.insert(all.begin(), kSortedHeader);
    return picture_of_rows(intent, all);
  }

  static inline const CellRow kSortedHeader = {Cell("Initiative Key"), Cell("Title"),
                                               Cell("RICE: Overall Score")};
};

}  // namespace

TEST_CASE("rows that are sorted before every write end with their own values, or are named") {
  CHECK(rc::check([] {
    SortedTab tab;
    std::map<std::string, CellRow> wanted;
    TabGrid grid{"Scoring_Inputs", {SortedTab::kSortedHeader}};
    const int count = *rc::gen::inRange(2, 9);
    for (int i = 0; i < count; ++i) {
      const std::string key = "INIT-00000" + std::to_string(i);
      const auto held = [&](const char* name) {
        return *rc::gen::inRange(0, 3) > 0 ? Cell(name + key) : Cell{};
      };
      tab.rows.push_back({Cell(key), held("title of "), held("score of ")});
      grid.rows.push_back(tab.rows.back());
      wanted[key] = tab.rows.back();
    }
    auto made = SheetTable::make(Tab::kScoringInputs, {"book", "Scoring_Inputs", 1, 2}, grid,
                                 DateOrder::kDayMonthYear, {fields::key()});
    std::vector<PlannedCell> cells;
    for (int i = 0; i < count; ++i) {
      CellRow& row = wanted.at("INIT-00000" + std::to_string(i));
      for (int column = 1; column <= 2; ++column) {
        Cell& cell = row[static_cast<std::size_t>(column)];
        if (*rc::gen::arbitrary<bool>()) continue;
        const Cell after =
            *rc::gen::inRange(0, 4) > 0 ? Cell("new " + std::to_string(column) + to_text(row[0])) : Cell{};
        if (after == cell) continue;
        cells.push_back({to_text(row[0]), i + 2, column, FieldId{0}, cell, after});
        cell = after;
      }
    }
    if (cells.empty()) return;
    IntentTab intent = intent_of(std::get<SheetTable>(made), {}, cells, std::nullopt);
    bool is_named = false;
    for (int round = 0; round < 12; ++round) {
      if (round < 6) tab.sort();
      tab.write(intent.cells);
      const LookAt look = look_of(intent);
      const TabPicture picture = tab.picture(intent);
      Settlement settlement = settle(intent, kAll, {}, picture, Taken::kWithTheWrite);
      is_named = is_named || !settlement.unsure.empty();
      if (settlement.put_right.empty()) break;
      intent =
          intent_to_put_right(intent, look, picture, settlement.rows_then, std::move(settlement.put_right));
    }
    if (is_named) return;
    for (const CellRow& row : tab.rows)
      RC_ASSERT(row == wanted.at(to_text(row[0])));
  }));
}

TEST_CASE(
    "a clear that landed in a row without a key is named with what such a row held and none shows now") {
  SettledTab tab;
  tab.row("INIT-000001", {}, Cell(5.0)).row("", {}, Cell(7.0));
  tab.write(2, 2, {});
  const Settlement settlement =
      settled(tab.intent(), {shown("", {}, {}), shown("INIT-000001", {}, Cell(5.0))});
  CHECK(puts(settlement) == "3/2= ");
  REQUIRE(settlement.unsure.size() == 1);
  CHECK(settlement.unsure.front().before == std::vector<Cell>{Cell(7.0)});
}

TEST_CASE("a clear that landed on one of two rows without a key that held the same is named with that") {
  SettledTab tab;
  tab.row("INIT-000001", {}, Cell(5.0)).row("", {}, Cell(7.0)).row("", {}, Cell(7.0));
  tab.write(2, 2, {});
  const Settlement settlement = settled(
      tab.intent(), {shown("", {}, {}), shown("INIT-000001", {}, Cell(5.0)), shown("", {}, Cell(7.0))});
  CHECK(puts(settlement) == "3/2= ");
  REQUIRE(settlement.unsure.size() == 1);
  CHECK(settlement.unsure.front().before == std::vector<Cell>{Cell(7.0)});
}

TEST_CASE("of rows without a key that held the same one was cleared, and the others are not named") {
  SettledTab tab;
  tab.row("INIT-000001", {}, Cell(5.0)).row("", {}, Cell(7.0)).row("", {}, Cell(7.0));
  tab.write(3, 2, {});
  const Settlement settlement = settled(
      tab.intent(), {shown("", {}, Cell(7.0)), shown("INIT-000001", {}, Cell(5.0)), shown("", {}, {})});
  CHECK(puts(settlement).empty());
  CHECK(settlement.unsure.empty());
}

TEST_CASE("a clear whose landing is known says nothing of other rows without a key that are blank") {
  for (const bool system : {true, false}) {
    SettledTab tab;
    tab.row("INIT-000001", {}, Cell(5.0)).row("", {}, Cell(7.0)).row("", {}, {}).row("", {}, Cell(8.0));
    tab.write(3, 2, {});
    IntentTab intent = tab.intent();
    intent.written.front().system = system;
    // Somebody cleared the 8 before.
    const std::vector<CellRow> rows = {kHeader, shown("", {}, Cell(7.0)), shown("INIT-000001", {}, {}),
                                       shown("", {}, {}), shown("", {}, {})};
    const Settlement settlement =
        settle(intent, kAll, {}, picture_of_rows(intent, rows), Taken::kWithTheWrite);
    CHECK(puts(settlement) == "2/2= 3/2=5 ");
    CHECK(settlement.unsure.empty());
  }
}

TEST_CASE(
    "of copies of a row the one that a value landed on gets back what it held, though another holds the "
    "same") {
  SettledTab tab;
  tab.row("INIT-000001", {}, Cell(5.0)).row("INIT-000002", {}, Cell(7.0)).row("INIT-000002", {}, {});
  tab.write(2, 2, {});
  // Sorted first: the clear landed on a copy, and the other copy was blank before.
  const Settlement settlement = settled(
      tab.intent(),
      {shown("INIT-000002", {}, {}), shown("INIT-000001", {}, Cell(5.0)), shown("INIT-000002", {}, {})});
  CHECK(puts(settlement) == "2/2=7 3/2= ");
  CHECK(settlement.unsure.empty());
}

TEST_CASE("a row without an identity that was written itself keeps what was written") {
  for (const Cell& before : {Cell{}, Cell("OK")}) {
    SettledTab tab;
    tab.row("INIT-000001", {}, {}).row("#REF!", before, {});
    tab.write(3, 1, Cell("FAILED: the cell shows #REF!"));
    const Settlement settlement =
        settled(tab.intent(),
                {shown("INIT-000001", {}, {}), shown("#REF!", Cell("FAILED: the cell shows #REF!"), {})});
    CHECK(puts(settlement).empty());
    CHECK(settlement.unsure.empty());
  }
}

TEST_CASE(
    "a row that a clear meant for one without a key landed on gets back what it held, though it moved on") {
  SettledTab tab;
  tab.row("INIT-000001", {}, Cell(5.0)).row("", {}, Cell(7.0));
  tab.write(3, 2, {});
  // INIT-000001 stood in row 3 when the clear landed there, and somebody deleted the row without a key.
  const Settlement settlement = settled(tab.intent(), {shown("INIT-000001", {}, {})});
  CHECK(puts(settlement) == "2/2=5 ");
}
