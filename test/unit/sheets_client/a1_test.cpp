#include "sheets_client/a1.h"

#include <rapidcheck.h>

#include <catch2/catch.hpp>

#include "core/fields/text.h"

namespace sheets {

TEST_CASE("column letters count on after Z") {
  CHECK(roadmap::column_letters(0) == "A");
  CHECK(roadmap::column_letters(25) == "Z");
  CHECK(roadmap::column_letters(26) == "AA");
  CHECK(roadmap::column_letters(701) == "ZZ");
  CHECK(roadmap::column_letters(702) == "AAA");
  CHECK(column_from_letters("aa") == 26);
  CHECK(column_from_letters("") == std::nullopt);
  CHECK(column_from_letters("A1") == std::nullopt);
  CHECK(column_from_letters("AAAA") == std::nullopt);
}

TEST_CASE("a title is quoted, its quotes doubled") {
  CHECK(always_quoted_tab("Sheet1") == "'Sheet1'");
  CHECK(always_quoted_tab("Jon's") == "'Jon''s'");
}

TEST_CASE("titles compare ignoring the case of letters") {
  CHECK(same_title("Backlog", "BACKLOG"));
  CHECK_FALSE(same_title("Backlog", "Backlog "));
  CHECK_FALSE(same_title("Backlog", "Back"));
}

TEST_CASE("the corners of an answered range are read, whatever the title holds") {
  CHECK(range_bounds("'My tab'!A1:Z1000") == RangeBounds{0, 0, 999, 25});
  CHECK(range_bounds("'Wow! B7:C8'!C2:D9") == RangeBounds{1, 2, 8, 3});
  CHECK(range_bounds("Sheet1!B3") == RangeBounds{2, 1, 2, 1});
  CHECK(range_bounds("A1:C") == std::nullopt);
  CHECK(range_bounds("Sheet1") == std::nullopt);
  CHECK(range_bounds("") == std::nullopt);
  CHECK(range_bounds("A0:B2") == std::nullopt);
  CHECK(range_bounds("A99999999999:B2") == std::nullopt);
}

TEST_CASE("any range of any tab is read") {
  CHECK(rc::check([](const std::string& title) {
    const RangeBounds bounds{*rc::gen::inRange(0, 100000), *rc::gen::inRange(0, 18278),
                             *rc::gen::inRange(0, 100000), *rc::gen::inRange(0, 18278)};
    const std::string range = always_quoted_tab(title) + "!" + roadmap::column_letters(bounds.first_column) +
                              std::to_string(bounds.first_row + 1) + ":" +
                              roadmap::column_letters(bounds.last_column) +
                              std::to_string(bounds.last_row + 1);
    RC_ASSERT(range_bounds(range) == bounds);
  }));
}

}  // namespace sheets
