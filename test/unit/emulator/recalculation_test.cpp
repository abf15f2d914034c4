#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <map>
#include <random>
#include <vector>

#include "sheets_client/emulator/formula/calculation.h"
#include "sheets_client/emulator/formula/range_index.h"
#include "sheets_client/emulator/workbook/a1_range.h"
#include "test/unit/emulator/emulated_google.h"

using namespace sheets::emulator;
using namespace sheets::emulator::test;

namespace {

constexpr const char* kUnformatted = "valueRenderOption=UNFORMATTED_VALUE";

// A workbook that is looked at all the time: what it shows after a change is what its formulas give now.
struct Looked {
  EmulatedGoogle google;

  explicit Looked(std::vector<SeedTab> tabs = {SeedTab{"Sheet1", {}}, SeedTab{"Other", {}}}) {
    google.create(std::move(tabs));
  }
  void type(const std::string& cell, const Json& value) {
    REQUIRE(google.put(cell, "USER_ENTERED", Json::array({Json::array({value})})).status == 200);
  }
  Json shown(const std::string& cell) {
    const Json values = google.values(cell, kUnformatted);
    return values.is_array() && !values[0].empty() ? values[0][0] : Json("");
  }
};

// One sheet in memory, without anything that serves it.
struct OneWorkbook : WorkbookLookup {
  explicit OneWorkbook(const Json& rows) {
    Workbook workbook;
    workbook.id = "one";
    workbook.insert(0, sheets::emulator::Sheet{});
    for (std::size_t row = 0; row < rows.size(); ++row) {
      for (std::size_t column = 0; column < rows[row].size(); ++column) {
        const Json& cell = rows[row][column];
        Cell& to = workbook.edit(0).edit(static_cast<int>(row), static_cast<int>(column));
        if (cell.is_string()) {
          to.set_formula(cell.get<std::string>());
        } else {
          to.set_value(cell.get<double>());
        }
      }
    }
    current = std::make_shared<const Workbook>(std::move(workbook));
  }
  std::shared_ptr<const Workbook> find_workbook(std::string_view) const override { return current; }
  std::chrono::system_clock::time_point now() const override { return {}; }
  std::shared_ptr<const Workbook> current;
};

}  // namespace

TEST_CASE("what depends on a typed cell shows it, through other cells and other tabs") {
  Looked sheet;
  sheet.type("A1", 2);
  sheet.type("B1", "=A1*10");
  sheet.type("Other!A1", "=Sheet1!B1+1");
  sheet.type("C1", "=SUM(Other!A:A)");
  REQUIRE(sheet.shown("C1") == 21);
  sheet.type("A1", 3);
  REQUIRE(sheet.shown("C1") == 31);
  sheet.type("Other!A9", 100);
  REQUIRE(sheet.shown("C1") == 131);
  sheet.type("B1", 1);
  REQUIRE(sheet.shown("C1") == 102);
  sheet.type("A1", 50);
  REQUIRE(sheet.shown("C1") == 102);
}

TEST_CASE("of a typed cell only what depends on it is worked out again") {
  OneWorkbook google(R"x([["=B1+1", 2, "=A1*2", "=B2"], ["=B2+1", 5, "=A2*2", "=SUM(C1:C2)"]])x"_js);
  KnownResults results;
  const auto look = [&] {
    Calculation calculation(google, &results);
    for (int row = 0; row < 2; ++row) {
      for (int column = 0; column < 4; ++column)
        calculation.value(*google.current, google.current->sheet(0), row, column);
    }
  };
  const auto known = [&](std::string_view cell) {
    const auto at = results.follow(google, *google.current, 0);
    const auto bounds = *parse_a1_cells(cell);
    return results.find(at->workbook, 0, *bounds.start_row, *bounds.start_column, at->moment).has_value();
  };
  look();
  for (const char* cell : {"A1", "C1", "D1", "A2", "C2", "D2"})
    REQUIRE(known(cell));
  Workbook changed = *google.current;
  changed.edit(0).edit(0, 1).set_value(3.0);
  google.current = std::make_shared<const Workbook>(std::move(changed));
  for (const char* cell : {"A1", "C1", "D2"})
    REQUIRE_FALSE(known(cell));
  for (const char* cell : {"D1", "A2", "C2"})
    REQUIRE(known(cell));
  look();
  REQUIRE(known("D2"));
}

TEST_CASE("a formula that looks elsewhere since a change follows what it looks at now") {
  Looked sheet;
  sheet.type("D1", "=IF(A1=1,B1,C1)");
  sheet.type("A1", 1);
  sheet.type("B1", "b");
  sheet.type("C1", "c");
  REQUIRE(sheet.shown("D1") == "b");
  sheet.type("A1", 2);
  REQUIRE(sheet.shown("D1") == "c");
  sheet.type("C1", "cc");
  REQUIRE(sheet.shown("D1") == "cc");
  sheet.type("B1", "bb");
  sheet.type("A1", 1);
  REQUIRE(sheet.shown("D1") == "bb");
}

TEST_CASE("an open range grows with the cells of its sheet") {
  Looked sheet;
  sheet.type("C1", "=COUNTA(A2:A)");
  sheet.type("D1", "=ARRAYFORMULA(LEN(A2:A))");
  REQUIRE(sheet.shown("C1") == 0);
  sheet.type("A2", "x");
  REQUIRE(sheet.shown("C1") == 1);
  sheet.type("A4", "yyy");
  REQUIRE(sheet.shown("C1") == 2);
  REQUIRE(sheet.shown("D3") == 3);
  sheet.type("A4", "");
  REQUIRE(sheet.shown("C1") == 1);
  REQUIRE(sheet.shown("D3") != 3);
}

TEST_CASE("what is laid over other cells is taken back, and gives way to what is typed there") {
  Looked sheet;
  sheet.type("A1", 1);
  sheet.type("A2", 2);
  sheet.type("C1", "=ARRAYFORMULA(A1:A2*10)");
  sheet.type("E1", "=C2+1");
  REQUIRE(sheet.shown("E1") == 21);
  sheet.type("A2", 3);
  REQUIRE(sheet.shown("E1") == 31);
  sheet.type("C2", 7);
  REQUIRE(sheet.shown("C1") == "#REF!");
  REQUIRE(sheet.shown("E1") == 8);
  sheet.type("C2", "");
  REQUIRE(sheet.shown("C1") == 10);
  REQUIRE(sheet.shown("E1") == 31);
  sheet.type("C1", "=A1");
  REQUIRE(sheet.shown("E1") == 1);
}

TEST_CASE("an import follows its source") {
  Looked sheet;
  sheet.google.create({SeedTab{"Source", {{5.0, SeedFormula{"=A1*2"}}}}});
  const std::string from = sheet.google.id;
  sheet.google.create({SeedTab{"Sheet1", {}}});
  const std::string to = sheet.google.id;
  sheet.type("A1", "=IMPORTRANGE(\"" + from + "\",\"Source!B1\")+1");
  REQUIRE(sheet.shown("A1") == 11);
  sheet.google.id = from;
  sheet.type("A1", 6);
  sheet.google.id = to;
  REQUIRE(sheet.shown("A1") == 13);
  sheet.google.id = from;
  REQUIRE(
      sheet.google
          .batch(
              R"([{"updateSheetProperties": {"properties": {"sheetId": 0, "title": "New"}, "fields": "title"}}])"_js)
          .status == 200);
  sheet.google.id = to;
  REQUIRE(sheet.shown("A1") == "#REF!");
}

TEST_CASE("tabs, rows and named ranges that come and go are seen") {
  Looked sheet;
  sheet.type("A1", 4);
  sheet.type("B1", "=IFERROR(Late!A1,\"no tab\")");
  sheet.type("B2", "=IFERROR(name,\"no name\")");
  sheet.type("B3", "=A1");
  REQUIRE(sheet.shown("B1") == "no tab");
  REQUIRE(sheet.shown("B2") == "no name");
  REQUIRE(sheet.google
              .batch(R"([{"addSheet": {"properties": {"title": "Late"}}},
      {"addNamedRange": {"namedRange": {"name": "name", "range": {"sheetId": 0, "startRowIndex": 0, "endRowIndex": 1, "startColumnIndex": 0, "endColumnIndex": 1}}}}])"_js)
              .status == 200);
  sheet.type("Late!A1", 8);
  REQUIRE(sheet.shown("B1") == 8);
  REQUIRE(sheet.shown("B2") == 4);
  REQUIRE(
      sheet.google
          .batch(
              R"([{"insertDimension": {"range": {"sheetId": 0, "dimension": "ROWS", "startIndex": 0, "endIndex": 1}}}])"_js)
          .status == 200);
  REQUIRE(sheet.shown("B4") == 4);
  sheet.type("A2", 5);
  REQUIRE(sheet.shown("B4") == 5);
  REQUIRE(sheet.shown("B3") == 5);
}

TEST_CASE("all formulas of a circle show #REF!, whatever they would make of the error") {
  Looked sheet;
  sheet.type("A1", "=IFERROR(B1,1)");
  sheet.type("B1", "=C1+A1");
  sheet.type("C1", "=IFERROR(B1,2)");
  sheet.type("D1", "=IFERROR(A1,\"outside\")");
  for (const std::string cell : {"C1", "A1", "B1"}) {
    INFO(cell);
    REQUIRE(sheet.shown(cell) == "#REF!");
  }
  REQUIRE(sheet.shown("D1") == "outside");
  sheet.type("B1", 5);
  REQUIRE(sheet.google.values("A1:D1", kUnformatted) == R"([[5, 5, 5, 5]])"_js);
  sheet.type("B1", "=A1");
  REQUIRE(sheet.google.values("A1:D1", kUnformatted) == R"([["#REF!", "#REF!", 2, "outside"]])"_js);
  sheet.type("A5", "=SUM(A4:A6)");
  REQUIRE(sheet.shown("A5") == "#REF!");
}

TEST_CASE("the day and the moment are those of the look") {
  auto options = EmulatedGoogle::options();
  auto now = std::chrono::system_clock::time_point{std::chrono::hours{24 * 20000}};
  options.now = [&] { return now; };
  EmulatedGoogle google(options);
  google.create({SeedTab{"Sheet1", {}}});
  google.put("A1", "USER_ENTERED", R"x([["=TODAY()", "=A1+1", "=NOW()", "=C1*1"]])x"_js);
  REQUIRE(google.values("A1:D1", kUnformatted) == R"([[45569, 45570, 45569.0, 45569.0]])"_js);
  now += std::chrono::hours{6};
  REQUIRE(google.values("A1:D1", kUnformatted) == R"([[45569, 45570, 45569.25, 45569.25]])"_js);
  now += std::chrono::hours{24};
  REQUIRE(google.values("A1:D1", kUnformatted) == R"([[45570, 45571, 45570.25, 45570.25]])"_js);
}

TEST_CASE("a running total of ten thousand rows can be asked for from its end") {
  Looked sheet;
  constexpr int kRows = 10'000;
  Json rows = Json::array({R"([1, "=A1"])"_js});
  for (int i = 2; i <= kRows; ++i)
    rows.push_back(Json::array({1, fmt::format("=B{}+A{}", i - 1, i)}));
  REQUIRE(
      sheet.google.batch(R"([{"appendDimension": {"sheetId": 0, "dimension": "ROWS", "length": 10000}}])"_js)
          .status == 200);
  REQUIRE(sheet.google.put("A1", "USER_ENTERED", rows).status == 200);
  REQUIRE(sheet.shown("B10000") == kRows);
  sheet.type("A1", 5);
  REQUIRE(sheet.shown("B10000") == kRows + 4);
  REQUIRE(sheet.shown("B1") == 5);
}

TEST_CASE("whatever is typed, kept results show what a first look at the same cells shows") {
  std::mt19937 random{20261129};
  const auto pick = [&](int end) { return std::uniform_int_distribution<int>{0, end - 1}(random); };
  const auto cell = [&] { return fmt::format("{}{}", "ABCD"[pick(4)], 1 + pick(6)); };
  const auto anything = [&]() -> Json {
    const std::string a = cell(), b = cell();
    switch (pick(9)) {
      case 0:
        return "";
      case 1:
        return fmt::format("={}+{}", a, b);
      case 2:
        return fmt::format("=SUM({}:{})", a, b);
      case 3:
        return fmt::format("=IF({}>2,Other!{},{})", a, b, cell());
      case 4:
        return fmt::format("=IFERROR({},{})", a, b);
      case 5:
        return fmt::format("=COUNTA(Other!{}:{})", a, a.substr(0, 1));
      case 6:
        return fmt::format("=ARRAYFORMULA(F{}:F{}*1)", 1 + pick(3), 4 + pick(3));
      default:
        return pick(5);
    }
  };
  for (int round = 0; round < 30; ++round) {
    Looked kept;
    kept.google.put("F1", "RAW", R"([[1], [2], [3], [4], [5], [6]])"_js);
    std::map<std::string, Json> typed;
    for (int step = 0; step < 25; ++step) {
      const std::string at = (pick(3) == 0 ? "Other!" : "Sheet1!") + cell();
      const Json value = anything();
      kept.type(at, value);
      typed[at] = value;
      const Json seen = kept.google.values("Sheet1!A1:H9", kUnformatted);
      const Json other = kept.google.values("Other!A1:H9", kUnformatted);
      // A copy is a workbook that nobody has looked at yet.
      Looked fresh;
      fresh.google.put("F1", "RAW", R"([[1], [2], [3], [4], [5], [6]])"_js);
      for (const auto& [place, content] : typed)
        fresh.type(place, content);
      INFO("round " << round << " step " << step << ": " << at << " " << value);
      REQUIRE(seen == fresh.google.values("Sheet1!A1:H9", kUnformatted));
      REQUIRE(other == fresh.google.values("Other!A1:H9", kUnformatted));
    }
  }
}

TEST_CASE("ranges are found by every cell they hold, and only by those") {
  std::mt19937 random{7};
  const auto pick = [&](int end) { return std::uniform_int_distribution<int>{0, end - 1}(random); };
  RangeIndex<int> index;
  std::vector<GridRect> ranges;
  for (int i = 0; i < 60; ++i) {
    const int row = pick(90), column = pick(9);
    const int end = i % 10 == 0 ? kBeyondGrid : row + 1 + pick(40);
    ranges.push_back({row, end, column, column + 1 + pick(4)});
    index.add(ranges.back(), i);
  }
  for (int row = 0; row < 150; ++row) {
    for (int column = 0; column < 15; ++column) {
      std::vector<bool> found(ranges.size());
      index.visit({row, row + 1, column, column + 1}, [&](const GridRect&, int i) {
        found[static_cast<std::size_t>(i)] = true;
        return true;
      });
      for (std::size_t i = 0; i < ranges.size(); ++i)
        REQUIRE(found[i] == ranges[i].contains(row, column));
    }
  }
}
