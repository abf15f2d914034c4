#include "core/formula/formula.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <stdexcept>

#include "test/unit/formula/formulas.h"

using namespace roadmap;
using test::computed;
using test::Names;
using test::parsed;
using test::value_of;

namespace {

constexpr const char* kSavings = R"(# ticket savings over the horizon
savings = ticket_reduction * cost_per_ticket * horizon_months
total_cost = one_off_cost + running_cost * horizon_months
value = savings - total_cost
overall = value / effort_days)";

const std::vector<double> kSavingsInputs = {400, 12, 6, 1000, 50, 250};

std::string error_of(std::string_view text) {
  const Evaluation evaluation = parsed(text).evaluate({});
  REQUIRE(std::holds_alternative<FormulaError>(evaluation));
  return std::get<FormulaError>(evaluation).line_text();
}

}  // namespace

TEST_CASE("inputs are the names used before they are assigned, in order of first use") {
  CHECK(parsed(kSavings).inputs() == Names{"ticket_reduction", "cost_per_ticket", "horizon_months",
                                           "one_off_cost", "running_cost", "effort_days"});
  CHECK(parsed(kSavings).assigned() == Names{"savings", "total_cost", "value", "overall"});
  CHECK(parsed("value = 1").inputs().empty());
}

TEST_CASE("a name that a later line assigns is an input where it is used before") {
  const Formula early = parsed("value = a + 1\na = 5\nb = a * 2");
  CHECK(early.inputs() == Names{"a"});
  CHECK(early.assigned() == Names{"value", "a", "b"});
  CHECK(value_of(early, "value", {10}) == 11);
  CHECK(value_of(early, "a", {10}) == 5);
  CHECK(value_of(early, "b", {10}) == 10);
}

TEST_CASE("a line that reads the name it assigns reads what stood before") {
  const Formula own = parsed("value = value + 1\nvalue = value * 2");
  CHECK(own.inputs() == Names{"value"});
  CHECK(own.assigned() == Names{"value"});
  CHECK(value_of(own, "value", {4}) == 10);
}

TEST_CASE("names differ by case and may begin with an underscore") {
  const Formula cased = parsed("value = Cost + cost + _x9");
  CHECK(cased.inputs() == Names{"Cost", "cost", "_x9"});
  CHECK(value_of(cased, "value", {1, 20, 300}) == 321);
}

TEST_CASE("minimum and maximum are names only in lower case and with an argument list") {
  CHECK(parsed("value = minimum + max_x").inputs() == Names{"minimum", "max_x"});
  CHECK(computed("value = min (3, 2)") == 2);
}

TEST_CASE("a formula computes line by line") {
  const Formula savings = parsed(kSavings);
  CHECK(value_of(savings, "savings", kSavingsInputs) == 28800);
  CHECK(value_of(savings, "total_cost", kSavingsInputs) == 1300);
  CHECK(value_of(savings, "value", kSavingsInputs) == 27500);
  CHECK(value_of(savings, "overall", kSavingsInputs) == 110);
  CHECK_FALSE(savings.assigned_index("effort"));
}

TEST_CASE("comments, blank lines, tabs and every kind of line break are fine") {
  for (const char* text :
       {"\n\n# first\n\na = 1 # one\n   \n\tvalue\t=\ta + 1\n#", "a=1\r\nvalue=a+1\r\n", "a=1\rvalue=a+1",
        "#x=3\na = 1\n  value = a + 1#", "a = 1\n\r\nvalue = a + 1 # = ( ** “×”"})
    CHECK(computed(text) == 2);
}

TEST_CASE("a no-break space is a space") { CHECK(computed("value\xC2\xA0= 1\xC2\xA0+ 1") == 2); }

TEST_CASE("floor division and remainder are Python's") {
  CHECK(computed("value = 1 // 0.1") == 9);
  CHECK(computed("value = -7 // 2") == -4);
  CHECK(computed("value = -7 % 3") == 2);
  CHECK(computed("value = 7 % -3") == -2);
  CHECK(std::signbit(computed("value = 0 // -1")));
  CHECK(std::signbit(computed("value = 0 % -1")));
  CHECK_FALSE(std::signbit(computed("value = -0 % 1")));
}

TEST_CASE("division and modulo by zero are errors that name the line") {
  CHECK(error_of("a = 1\n\nvalue = a / 0") == "line 3: division by zero");
  CHECK(error_of("value = 1 // (1 - 1)") == "line 1: division by zero");
  CHECK(error_of("# remark\nvalue = 1 % -0") == "line 2: modulo by zero");
  CHECK(error_of("value = 0 / 0") == "line 1: division by zero");
}

TEST_CASE("what overflows is infinite or no number, for the caller to see") {
  CHECK(computed("value = 1e308 * 10") == std::numeric_limits<double>::infinity());
  CHECK(computed("value = -1e308 * 10") == -std::numeric_limits<double>::infinity());
  CHECK(std::isnan(computed("value = 1e308 * 10 - 1e308 * 10")));
}

TEST_CASE("an evaluation takes exactly the inputs of the formula") {
  const Formula two = parsed("value = a + b");
  CHECK_THROWS_AS(two.evaluate(std::vector<double>{1}), std::invalid_argument);
  CHECK_THROWS_AS(two.evaluate(std::vector<double>{1, 2, 3}), std::invalid_argument);
  CHECK_THROWS_AS(two.explain({}), std::invalid_argument);
}

TEST_CASE("an explanation shows every line with its numbers") {
  CHECK(parsed(kSavings).explain(kSavingsInputs) ==
        Names{"savings = 400 × 12 × 6 = 28800", "total_cost = 1000 + 50 × 6 = 1300",
              "value = 28800 - 1300 = 27500", "overall = 27500 ÷ 250 = 110"});
}

TEST_CASE("an explanation keeps functions, parentheses and signs, and marks negative values") {
  CHECK(parsed("value=-(a+b)*min(a,2.50,-b)//3%1_000").explain(std::vector<double>{1, -4}) ==
        Names{"value = -(1 + (-4)) × min(1, 2.5, -(-4)) // 3 % 1000 = 1"});
  CHECK(parsed("value = a # why").explain(std::vector<double>{0.1}) == Names{"value = 0.1"});
  CHECK(parsed("value = 1_000").explain({}) == Names{"value = 1000"});
  CHECK(parsed("value = -5").explain({}) == Names{"value = -5"});
}

TEST_CASE("an explanation ends before the line that cannot be computed") {
  CHECK(parsed("a = 1 + 1\nvalue = a / 0\nb = 3").explain({}) == Names{"a = 1 + 1 = 2"});
}

TEST_CASE("a formula can be copied and outlives its text") {
  std::string text =
      "first_input_of_some_length = 1\nvalue = first_input_of_some_length + another_input_name";
  const Formula copy = parsed(text);
  text.assign(text.size(), '*');
  CHECK(copy.inputs() == Names{"another_input_name"});
  CHECK(value_of(copy, "value", {2}) == 3);
  CHECK(copy.explain(std::vector<double>{2})[1] == "value = 1 + 2 = 3");
}
