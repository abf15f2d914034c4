#include "core/formula/program.h"

#include <catch2/catch.hpp>

#include "test/unit/formula/formulas.h"

using namespace roadmap;
using namespace roadmap::formula_limits;
using test::computed;
using test::parsed;
using test::refusal;

namespace {

std::string repeated(std::string_view part, std::size_t times) {
  std::string text;
  for (std::size_t i = 0; i < times; ++i)
    text += part;
  return text;
}

// As many repetitions as the limit allows.
std::string filled(std::string_view begin, std::string_view part, std::string_view end) {
  const std::size_t room = kMaxCharacters - begin.size() - end.size();
  return std::string(begin) + repeated(part, room / part.size()) + std::string(end);
}

}  // namespace

TEST_CASE("a formula of 4,000 characters is read, one more is refused") {
  const std::string longest = filled("value = 1 #", "x", "");
  REQUIRE(longest.size() == kMaxCharacters);
  CHECK(computed(longest) == 1);
  CHECK(refusal(longest + "x").text() == "the formula has 4001 characters: shorten it to 4000");
  CHECK(refusal(std::string(1'000'000, '(')).text() ==
        "the formula has 1000000 characters: shorten it to 4000");
}

TEST_CASE("characters are counted, not bytes") {
  const std::string euros = "value = 1 #" + repeated("€", kMaxCharacters - 11);
  CHECK(computed(euros) == 1);
  CHECK(refusal(euros + "€").text() == "the formula has 4001 characters: shorten it to 4000");
}

TEST_CASE("ten assignments are read, the eleventh is refused") {
  const std::string ten = "value = 1\n" + repeated("a = 2\n", kMaxAssignments - 1);
  CHECK(computed(ten) == 1);
  CHECK(refusal(ten + "# remark\nb = 2").text() ==
        "line 12, column 1: more than 10 assignments: combine some of them");
}

TEST_CASE("names have at most 64 characters") {
  const std::string longest(kMaxNameLength, 'n');
  CHECK(parsed("value = " + longest).inputs() == test::Names{longest});
  CHECK(refusal("value = 1 + " + longest + "n").text() ==
        "line 1, column 13: the name 'nnnnnnnnnnnnnnnnnnnnnnnn…' has 65 characters: shorten it to 64");
  CHECK(refusal(longest + "n = 1").column == 1);
}

TEST_CASE("parentheses and calls nest 64 deep, and no deeper") {
  const auto nested = [](std::string_view open, std::size_t depth) {
    return "value = " + repeated(open, depth) + "1" + repeated(")", depth);
  };
  for (const char* open : {"(", "-(", "min(", "max(2,"}) {
    CHECK_NOTHROW(computed(nested(open, kMaxNesting)));
    CHECK(refusal(nested(open, kMaxNesting + 1)).reason ==
          "more than 64 parentheses inside one another: use a line of its own");
  }
  CHECK(refusal(nested("(", kMaxNesting + 1)).column == 9 + kMaxNesting);
  // Closed ones do not count, nor do those of another line.
  CHECK(computed("value = 0" + repeated("+(1)", 500)) == 500);
  CHECK(computed(nested("(", kMaxNesting) + "\na" + nested("(", kMaxNesting).substr(5)) == 1);
}

TEST_CASE("the deepest stack that the grammar can ask for is there") {
  const std::string deepest =
      "value = 1+1*" + repeated("max(1,1+1*", kMaxNesting) + "1" + repeated(")", kMaxNesting);
  CHECK(computed(deepest) == kMaxNesting + 2);
}

TEST_CASE("an evaluation takes no more steps than the text has characters") {
  for (const std::string& text :
       {filled("value=a", "+a", ""), filled("value=1", "%1", ""), filled("value=min(1", ",1", ")"),
        filled("value=1", "*-a", ""), filled("a=1e308\nb=3e-320\nvalue=a%b", "+a%b", ""),
        filled("value=0", "+(1)", ""), filled("value=0", "//min(.1)", "")}) {
    const Formula hostile = parsed(text);
    CHECK(hostile.steps() <= text.size());
    CHECK(hostile.steps() >= text.size() / 10);  // it is a hostile one, after all
  }
}

TEST_CASE("a formula of nothing but different names is read") {
  std::string text = "value = a0";
  int names = 1;
  for (; text.size() + 8 < kMaxCharacters; ++names)
    text += "+a" + std::to_string(names);
  CHECK(parsed(text).inputs().size() == static_cast<std::size_t>(names));
}
