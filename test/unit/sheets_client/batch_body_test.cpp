#include "sheets_client/batch_body.h"

#include <rapidcheck.h>

#include <catch2/catch.hpp>
#include <limits>
#include <nlohmann/json.hpp>

#include "grid_model.h"
#include "sheets_client/cell_json.h"
#include "sheets_client/google_sheets.h"
#include "test/fakes/planned_row.h"

namespace sheets {
namespace {

using nlohmann::json;
using roadmap::Cell;
using roadmap::PlannedCell;
using roadmap::SheetWrite;
using roadmap::test::add_planned_row;
using roadmap::test::planned_row;
using roadmap::test::write_to;
using testing::Grid;
using testing::Workbook;

const std::size_t kMaxBodyBytes = ClientOptions{}.max_body_bytes;

std::string text_of(const BatchBody& body) {
  const net::BodySource source = body.source();
  std::string text;
  char buffer[61];
  while (const std::size_t count = source.read(buffer, sizeof buffer))
    text.append(buffer, count);
  REQUIRE(source.size == text.size());
  return text;
}

json requests_of(const SheetWrite& write, const std::vector<TabTarget>& targets) {
  std::vector<PlannedCell> headers;
  const auto items = items_of(write, headers);
  return json::parse(text_of(BatchBody(write, items, targets, {}, kMaxBodyBytes)))["requests"];
}

SheetWrite one_cell(Cell value) {
  return write_to("Backlog", planned_row(3, "row 3", {{1, std::move(value)}}));
}

json cell_data(Cell value) {
  return requests_of(one_cell(std::move(value)), {{7, 10, 5}})[0]["updateCells"]["rows"][0]["values"][0];
}

TEST_CASE("each kind of value travels with its type, and text never as a formula") {
  CHECK(cell_data({}) == json::object());
  CHECK(cell_data(true) == json{{"userEnteredValue", {{"boolValue", true}}}});
  CHECK(cell_data(0.1) == json{{"userEnteredValue", {{"numberValue", 0.1}}}});
  CHECK(cell_data(3.0) == json{{"userEnteredValue", {{"numberValue", 3}}}});
  CHECK(cell_data(-1e300) == json{{"userEnteredValue", {{"numberValue", -1e300}}}});
  CHECK(cell_data(std::string("=IMPORTDATA(\"x\")")) ==
        json{{"userEnteredValue", {{"stringValue", "=IMPORTDATA(\"x\")"}}}});
  CHECK(cell_data(std::string("größe \"🌵\"\n\t\x01")) ==
        json{{"userEnteredValue", {{"stringValue", "größe \"🌵\"\n\t\x01"}}}});
  CHECK(cell_data(std::string("cut \xC3")) ==
        json{{"userEnteredValue", {{"stringValue", "cut \xEF\xBF\xBD"}}}});
}

TEST_CASE("numbers arrive as the double that was sent") {
  CHECK(rc::check([](double number) {
    RC_PRE(std::isfinite(number));
    std::string text;
    append_cell_data(text, number);
    RC_ASSERT(json::parse(text)["userEnteredValue"]["numberValue"].get<double>() == number);
  }));
}

TEST_CASE("text beyond 50,000 UTF-16 units is cut between characters and says so") {
  const std::string fits(kMaxCellUnits, 'x');
  CHECK(fitting_text(fits) == fits);
  CHECK(fitting_text(fits + "y") == std::string(kMaxCellUnits - 1, 'x') + "…");
  std::string umlauts, cactuses;
  for (std::size_t i = 0; i < kMaxCellUnits; ++i)
    umlauts += "ü";
  CHECK(fitting_text(umlauts) == umlauts);
  for (std::size_t i = 0; i < kMaxCellUnits / 2; ++i)
    cactuses += "🌵";
  CHECK(fitting_text(cactuses) == cactuses);
  // A cactus takes two units, so one of the 49,999 that are left stays unused.
  CHECK(fitting_text(cactuses + "x") == cactuses.substr(0, cactuses.size() - 4) + "…");
}

TEST_CASE("adjacent columns travel in one request and a gap starts another") {
  const SheetWrite write =
      write_to("Backlog", planned_row(4, "INIT-000001", {{1, true}, {2, 5.0}, {6, std::string("x")}}));
  const json requests = requests_of(write, {{7, 10, 9}});
  REQUIRE(requests.size() == 2);
  CHECK(requests[0]["updateCells"]["start"] == json{{"sheetId", 7}, {"rowIndex", 3}, {"columnIndex", 1}});
  CHECK(requests[0]["updateCells"]["rows"][0]["values"].size() == 2);
  CHECK(requests[0]["updateCells"]["fields"] == "userEnteredValue");
  CHECK(requests[1]["updateCells"]["start"]["columnIndex"] == 6);
}

TEST_CASE("rows that lie together and write the same columns travel in one request for each run of columns") {
  SheetWrite write = write_to("Backlog", planned_row(4, "a", {{1, 1.0}, {2, 2.0}, {5, 3.0}}));
  add_planned_row(write.tabs[0].cells, 5, "b", {{1, 4.0}, {2, 5.0}, {5, 6.0}});
  add_planned_row(write.tabs[0].cells, 6, "c", {{1, 7.0}});  // other columns
  add_planned_row(write.tabs[0].cells, 8, "d", {{1, 8.0}});  // a row between
  std::vector<PlannedCell> headers;
  auto items = items_of(write, headers);
  const std::vector<TabTarget> targets{{7, 20, 9}};
  const BatchBody body(write, items, targets, {}, kMaxBodyBytes);
  const json requests = json::parse(text_of(body))["requests"];
  REQUIRE(requests.size() == 4);
  CHECK(requests[0]["updateCells"]["start"] == json{{"sheetId", 7}, {"rowIndex", 3}, {"columnIndex", 1}});
  REQUIRE(requests[0]["updateCells"]["rows"].size() == 2);
  CHECK(requests[0]["updateCells"]["rows"][1]["values"][1]["userEnteredValue"]["numberValue"] == 5);
  CHECK(requests[1]["updateCells"]["start"] == json{{"sheetId", 7}, {"rowIndex", 3}, {"columnIndex", 5}});
  CHECK(requests[1]["updateCells"]["rows"].size() == 2);
  CHECK(requests[2]["updateCells"]["start"]["rowIndex"] == 5);
  CHECK(requests[3]["updateCells"]["start"]["rowIndex"] == 7);
  CHECK(body.items_of_request(0) == BatchBody::ItemRange{0, 2});
  CHECK(body.items_of_request(1) == BatchBody::ItemRange{0, 2});
  CHECK(body.items_of_request(2) == BatchBody::ItemRange{2, 1});
  CHECK(body.items_of_request(3) == BatchBody::ItemRange{3, 1});

  SECTION("but one that was refused among others travels alone") {
    items[0].alone = true;
    const BatchBody apart(write, items, targets, {}, kMaxBodyBytes);
    CHECK(json::parse(text_of(apart))["requests"].size() == 6);
    CHECK(apart.items_of_request(0) == BatchBody::ItemRange{0, 1});
    CHECK(apart.items_of_request(2) == BatchBody::ItemRange{1, 1});
  }
}

TEST_CASE("headers come first, inserted rows last, and columns are appended where the grid ends") {
  SheetWrite write = write_to("Backlog", planned_row(2, "a", {{6, true}}));
  write.tabs[0].headers = {{1, 6, "Status"}};
  write.tabs[0].insert = roadmap::RowsInsert{2, planned_row(1, "b", {{0, 1.0}, {6, 2.0}})};
  std::vector<PlannedCell> headers;
  const auto items = items_of(write, headers);
  const std::vector<TabTarget> targets{{7, 2, 5}};
  const BatchBody body(write, items, targets, {}, kMaxBodyBytes);
  const json requests = json::parse(text_of(body))["requests"];
  REQUIRE(requests.size() == 6);
  CHECK(requests[0] == json{{"appendDimension", {{"sheetId", 7}, {"dimension", "COLUMNS"}, {"length", 2}}}});
  CHECK(requests[1]["updateCells"]["start"]["columnIndex"] == 6);
  CHECK(requests[2]["updateCells"]["start"]["rowIndex"] == 1);
  CHECK(requests[3] ==
        json{{"insertDimension",
              {{"range", {{"sheetId", 7}, {"dimension", "ROWS"}, {"startIndex", 2}, {"endIndex", 3}}},
               {"inheritFromBefore", true}}}});
  CHECK(requests[4]["updateCells"]["start"] == json{{"sheetId", 7}, {"rowIndex", 2}, {"columnIndex", 0}});
  CHECK(body.growth()[0].columns == 2);
  CHECK(body.growth()[0].rows == 1);

  SECTION("and every request knows the row behind it") {
    CHECK(body.items_of_request(0) == BatchBody::ItemRange{});
    CHECK(body.items_of_request(1) == BatchBody::ItemRange{0, 1});
    CHECK(body.items_of_request(2) == BatchBody::ItemRange{1, 1});
    CHECK(body.items_of_request(3) == BatchBody::ItemRange{});
    CHECK(body.items_of_request(4) == BatchBody::ItemRange{2, 1});
    CHECK(body.items_of_request(5) == BatchBody::ItemRange{2, 1});
    CHECK(body.items_of_request(6) == BatchBody::ItemRange{});
  }
}

TEST_CASE(
    "the last requests leave the marker, with how much of the write is applied, and ask for the outcome") {
  SheetWrite write = write_to("Backlog", planned_row(2, "a", {{0, 1.0}}));
  add_planned_row(write.tabs[0].cells, 3, "b", {{0, 2.0}});
  write.marker = "m1";
  const std::vector<std::string> look = {"'Backlog'!1:1", "'Backlog'!A1:A"};
  std::vector<PlannedCell> headers;
  const auto items = items_of(write, headers);
  const std::vector<TabTarget> targets{{7, 10, 9}};
  const json whole = json::parse(text_of(BatchBody(write, items, targets, look, kMaxBodyBytes)));
  REQUIRE(whole["requests"].size() == 3);
  CHECK(whole["requests"][1].contains("deleteDeveloperMetadata"));
  CHECK(whole["requests"][2]["createDeveloperMetadata"]["developerMetadata"]["metadataValue"] == "m1 2");
  CHECK(whole["includeSpreadsheetInResponse"] == true);
  CHECK(whole["responseRanges"] == json(look));

  const BatchBody part(write, items, targets, look, 1);  // the first row alone
  const json first = json::parse(text_of(part));
  CHECK(first["requests"].back()["createDeveloperMetadata"]["developerMetadata"]["metadataValue"] == "m1 1");
  CHECK_FALSE(first.contains("includeSpreadsheetInResponse"));
  CHECK_FALSE(part.is_marker_request(0));
  CHECK(part.is_marker_request(1));
  CHECK(part.is_marker_request(2));
  CHECK_FALSE(part.is_marker_request(3));
}

TEST_CASE("a body near the limit ends before the row that would exceed it, and a huge row travels alone") {
  SheetWrite write = write_to("Backlog", {});
  const std::string kilobyte(1000, 'x');
  for (int row = 2; row < 102; ++row)
    add_planned_row(write.tabs[0].cells, row, "r", {{0, kilobyte}});
  add_planned_row(write.tabs[0].cells, 102, "huge", {{0, std::string(40000, 'y')}});
  std::vector<PlannedCell> headers;
  const auto items = items_of(write, headers);
  const std::vector<TabTarget> targets{{7, 200, 9}};
  std::size_t next = 0;
  std::vector<std::size_t> sizes;
  while (next < items.size()) {
    const BatchBody body(write, std::span(items).subspan(next), targets, {}, 20000);
    next += body.item_count();
    sizes.push_back(text_of(body).size());
  }
  REQUIRE(sizes.size() > 5);
  CHECK(sizes.back() > 40000);
  for (std::size_t i = 0; i + 1 < sizes.size(); ++i)
    CHECK(sizes[i] <= 20000);
  CHECK(sizes.front() > 17000);
}

// ----- any write, in any parts, does to a sheet what it says

Cell any_cell() {
  switch (*rc::gen::inRange(0, 4)) {
    case 0:
      return {};
    case 1:
      return *rc::gen::arbitrary<bool>();
    case 2:
      return static_cast<double>(*rc::gen::inRange(-1000000, 1000000)) / 8;
    default:
      return *rc::gen::element<std::string>("", "=A1", "ä\"\\\n", "🌵 text", std::string(300, 'z'));
  }
}

void add_any_row(std::vector<PlannedCell>& cells, int row) {
  int column = *rc::gen::inRange(0, 3);
  const int count = *rc::gen::inRange(1, 6);
  for (int i = 0; i < count; ++i) {
    cells.push_back({"row", row, column, roadmap::FieldId{0}, {}, any_cell()});
    column += *rc::gen::element(1, 1, 1, 2, 4);
  }
}

SheetWrite any_write(int tab_count, int rows) {
  SheetWrite write;
  for (int t = 0; t < tab_count; ++t) {
    roadmap::TabWrite tab;
    tab.tab = "Tab " + std::to_string(t);
    for (int i = *rc::gen::inRange(0, 3); i > 0; --i)
      tab.headers.push_back({1, 10 + i, "Header " + std::to_string(i)});
    for (int row = 2; row <= rows; ++row) {
      if (*rc::gen::arbitrary<bool>()) add_any_row(tab.cells, row);
    }
    if (*rc::gen::arbitrary<bool>()) {
      tab.insert = roadmap::RowsInsert{*rc::gen::inRange(1, rows + 1), {}};
      const int count = *rc::gen::inRange(0, 6);
      for (int row = 1; row <= count; ++row)
        add_any_row(tab.insert->cells, row);
    }
    write.tabs.push_back(std::move(tab));
  }
  return write;
}

// The same, done directly.
void put(Grid& grid, int row_index, int column, const Cell& value) {
  if (column >= grid.column_count()) {
    for (auto& row : grid.rows)
      row.resize(static_cast<std::size_t>(column) + 1);
  }
  grid.rows.at(static_cast<std::size_t>(row_index)).at(static_cast<std::size_t>(column)) = value;
}

void apply_directly(Workbook& workbook, const SheetWrite& write) {
  for (std::size_t t = 0; t < write.tabs.size(); ++t) {
    Grid& grid = workbook.at(static_cast<std::int64_t>(t));
    for (const roadmap::HeaderAdd& header : write.tabs[t].headers)
      put(grid, header.header_row - 1, header.column, header.text);
    for (const PlannedCell& cell : write.tabs[t].cells)
      put(grid, cell.row - 1, cell.column, cell.after);
    if (!write.tabs[t].insert) continue;
    const int at = write.tabs[t].insert->after_row;
    const std::vector<Cell> blank(static_cast<std::size_t>(grid.column_count()));
    grid.rows.insert(grid.rows.begin() + at, static_cast<std::size_t>(write.tabs[t].insert->row_count()),
                     blank);
    for (const PlannedCell& cell : write.tabs[t].insert->cells)
      put(grid, at + cell.row - 1, cell.column, cell.after);
  }
}

TEST_CASE("whatever is written, in however many parts, ends up where it belongs") {
  CHECK(rc::check([] {
    const int tab_count = *rc::gen::inRange(1, 4);
    const int rows = *rc::gen::inRange(1, 8);
    const int columns = *rc::gen::inRange(1, 14);
    const std::size_t max_bytes = *rc::gen::element<std::size_t>(1, 700, 1500, 4000, kMaxBodyBytes);
    const SheetWrite write = any_write(tab_count, rows);
    Workbook sent, expected;
    std::vector<TabTarget> targets;
    for (int t = 0; t < tab_count; ++t) {
      sent[t] = expected[t] = Grid::of(rows, columns);
      targets.push_back({t, rows, columns});
    }
    apply_directly(expected, write);

    std::vector<PlannedCell> headers;
    auto items = items_of(write, headers);
    while (!items.empty()) {
      const BatchBody body(write, items, targets, {}, max_bytes);
      RC_ASSERT(body.item_count() >= 1u);
      RC_ASSERT(body.item_count() == 1 || body.byte_count() <= max_bytes);
      testing::apply_batch(sent, text_of(body));
      for (std::size_t t = 0; t < targets.size(); ++t) {
        targets[t].rows += body.growth()[t].rows;
        targets[t].inserted += body.growth()[t].rows;
        targets[t].columns += body.growth()[t].columns;
        RC_ASSERT(sent[static_cast<std::int64_t>(t)].row_count() == targets[t].rows);
        RC_ASSERT(sent[static_cast<std::int64_t>(t)].column_count() == targets[t].columns);
      }
      items.erase(items.begin(), items.begin() + static_cast<std::ptrdiff_t>(body.item_count()));
    }
    RC_ASSERT(sent == expected);
  }));
}

TEST_CASE("what no planner may ask for is a programming error") {
  CHECK_NOTHROW(require_writable(one_cell(1.0)));
  CHECK_THROWS_AS(require_writable(one_cell(std::nan(""))), std::logic_error);
  CHECK_THROWS_AS(require_writable(one_cell(std::numeric_limits<double>::infinity())), std::logic_error);
  SheetWrite write = one_cell(1.0);
  write.tabs[0].cells[0].row = 0;
  CHECK_THROWS_AS(require_writable(write), std::logic_error);
  write = one_cell(1.0);
  add_planned_row(write.tabs[0].cells, 3, "row 3", {{1, 2.0}});
  CHECK_THROWS_AS(require_writable(write), std::logic_error);
  write = one_cell(1.0);
  write.tabs[0].headers.push_back({1, -1, "x"});
  CHECK_THROWS_AS(require_writable(write), std::logic_error);
  write = one_cell(1.0);
  write.tabs.push_back(write.tabs[0]);
  write.tabs[1].tab = "BACKLOG";
  CHECK_THROWS_AS(require_writable(write), std::logic_error);
  write = one_cell(1.0);
  write.tabs[0].insert = roadmap::RowsInsert{1, planned_row(1, "x", {{0, std::nan("")}})};
  CHECK_THROWS_AS(require_writable(write), std::logic_error);
}

}  // namespace
}  // namespace sheets
