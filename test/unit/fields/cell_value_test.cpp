#include "core/fields/cell_value.h"

#include <catch2/catch.hpp>
#include <limits>

using namespace roadmap;

namespace {

Cell value_of(FieldType type, const Cell& shown, DateOrder order = DateOrder::kDayMonthYear) {
  ParsedCell parsed = parse_cell(type, shown, order);
  const auto* bad = std::get_if<BadCell>(&parsed);
  INFO((bad != nullptr ? bad->reason : "converted"));
  REQUIRE(std::holds_alternative<Cell>(parsed));
  return std::get<Cell>(parsed);
}

std::string reason_of(FieldType type, const Cell& shown, DateOrder order = DateOrder::kDayMonthYear) {
  ParsedCell parsed = parse_cell(type, shown, order);
  REQUIRE(std::holds_alternative<BadCell>(parsed));
  return std::get<BadCell>(parsed).reason;
}

}  // namespace

TEST_CASE("a number is a number, text that is wholly one, or a percentage") {
  CHECK(value_of(FieldType::kNumber, 2.5) == Cell(2.5));
  CHECK(value_of(FieldType::kNumber, " 2.5 ") == Cell(2.5));
  CHECK(value_of(FieldType::kNumber, "-1e3") == Cell(-1000.0));
  CHECK(value_of(FieldType::kNumber, "+.5") == Cell(0.5));
  CHECK(value_of(FieldType::kNumber, "80 %") == Cell(0.8));
  CHECK(value_of(FieldType::kNumber, "12%") == Cell(0.12));
  CHECK(value_of(FieldType::kNumber, Cell{}) == Cell{});
  CHECK(value_of(FieldType::kNumber, "  ") == Cell{});
}

TEST_CASE("what is no number says so with the text that was found") {
  CHECK(reason_of(FieldType::kNumber, "abc") == "'abc' is not a number");
  CHECK(reason_of(FieldType::kNumber, "1 2") == "'1 2' is not a number");
  CHECK(reason_of(FieldType::kNumber, true) == "'TRUE' is not a number");
  CHECK(reason_of(FieldType::kNumber, "inf") == "'inf' is not a number");
  CHECK(reason_of(FieldType::kNumber, "nan") == "'nan' is not a number");
  CHECK(reason_of(FieldType::kNumber, "0x10") == "'0x10' is not a number");
  CHECK(reason_of(FieldType::kNumber, "1e999") == "'1e999' is not a number");
  CHECK(reason_of(FieldType::kNumber, "--1") == "'--1' is not a number");
  CHECK(reason_of(FieldType::kNumber, std::numeric_limits<double>::infinity()) == "not a finite number");
}

TEST_CASE("a number with separators is never guessed") {
  CHECK(reason_of(FieldType::kNumber, "1,200").find("retype it as a number") != std::string::npos);
  CHECK(reason_of(FieldType::kNumber, "1,5").find("retype it as a number") != std::string::npos);
}

TEST_CASE("long text in a message is cut between characters") {
  const std::string text(39, 'a');
  const std::string reason = reason_of(FieldType::kNumber, text + "ü" + text);
  CHECK(reason == "'" + text + "…' is not a number");
}

TEST_CASE("a bool is TRUE, FALSE, or one of the words people use") {
  for (const char* word : {"true", "YES", "y", "1", "✅", "✔", "ok", " Ok "})
    CHECK(value_of(FieldType::kBool, word) == Cell(true));
  for (const char* word : {"FALSE", "no", "N", "0"})
    CHECK(value_of(FieldType::kBool, word) == Cell(false));
  CHECK(value_of(FieldType::kBool, 1.0) == Cell(true));
  CHECK(value_of(FieldType::kBool, 0.0) == Cell(false));
  CHECK(value_of(FieldType::kBool, "") == Cell{});
  CHECK(reason_of(FieldType::kBool, "maybe") == "'maybe' is neither TRUE nor FALSE");
  CHECK(reason_of(FieldType::kBool, 2.0) == "'2' is neither TRUE nor FALSE");
}

TEST_CASE("a date is a serial number, an ISO date, or day and month in the configured order") {
  CHECK(value_of(FieldType::kDate, 43831.0) == Cell("2020-01-01"));
  CHECK(value_of(FieldType::kDate, 43831.75) == Cell("2020-01-01"));
  CHECK(value_of(FieldType::kDate, 0.0) == Cell("1899-12-30"));
  CHECK(value_of(FieldType::kDate, "2026-02-28") == Cell("2026-02-28"));
  CHECK(value_of(FieldType::kDate, "3/4/2026") == Cell("2026-04-03"));
  CHECK(value_of(FieldType::kDate, "3/4/2026", DateOrder::kMonthDayYear) == Cell("2026-03-04"));
}

TEST_CASE("what is no date says how to write one") {
  CHECK(reason_of(FieldType::kDate, "2026-02-30") ==
        "'2026-02-30' is not a date: write YYYY-MM-DD or D/M/YYYY");
  CHECK(reason_of(FieldType::kDate, "13/13/2026", DateOrder::kMonthDayYear) ==
        "'13/13/2026' is not a date: write YYYY-MM-DD or M/D/YYYY");
  CHECK(reason_of(FieldType::kDate, "1/2/26").find("not a date") != std::string::npos);
  CHECK(reason_of(FieldType::kDate, "soon").find("not a date") != std::string::npos);
  CHECK(reason_of(FieldType::kDate, -1.0).find("not a date") != std::string::npos);
  CHECK(reason_of(FieldType::kDate, true).find("not a date") != std::string::npos);
}

TEST_CASE("a framework takes any case and separators") {
  CHECK(value_of(FieldType::kFramework, "rice") == Cell("RICE"));
  CHECK(value_of(FieldType::kFramework, "Math Model") == Cell("MATH_MODEL"));
  CHECK(value_of(FieldType::kFramework, "math-model") == Cell("MATH_MODEL"));
  CHECK(reason_of(FieldType::kFramework, "ICE") == "'ICE' is not RICE, WSJF or MATH_MODEL");
}

TEST_CASE("error values are bad for every type") {
  for (const char* error :
       {"#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#ERROR!", "#NUM!", "#NULL!", "Loading..."}) {
    for (const FieldType type : {FieldType::kText, FieldType::kNumber, FieldType::kBool, FieldType::kDate,
                                 FieldType::kFramework, FieldType::kKeyList}) {
      CHECK(reason_of(type, error) == std::string("the cell shows ") + error);
    }
  }
}

TEST_CASE("text is trimmed and numbers in a text column become text") {
  CHECK(value_of(FieldType::kText, "\xC2\xA0 Checkout\n") == Cell("Checkout"));
  CHECK(value_of(FieldType::kText, 3.0) == Cell("3"));
  CHECK(value_of(FieldType::kText, true) == Cell("TRUE"));
  CHECK(value_of(FieldType::kText, "=1+1") == Cell("=1+1"));
}

TEST_CASE("key lists compare as lists and blanks equal FALSE for a bool") {
  CHECK(value_of(FieldType::kKeyList, "INIT-000002,INIT-000001 ,, ") == Cell("INIT-000002, INIT-000001"));
  CHECK(reason_of(FieldType::kKeyList, "INIT-000002, #REF!") == "'#REF!' is not an initiative key");
  CHECK(same_value(FieldType::kKeyList, "A,B", "A , B"));
  CHECK_FALSE(same_value(FieldType::kKeyList, "A,B", "B,A"));
  CHECK(same_value(FieldType::kBool, Cell{}, false));
  CHECK_FALSE(same_value(FieldType::kBool, Cell{}, true));
  CHECK(same_value(FieldType::kText, " a", "a "));
  CHECK_FALSE(same_value(FieldType::kText, "1", 1.0));
  CHECK_FALSE(same_value(FieldType::kNumber, Cell{}, 0.0));
}
