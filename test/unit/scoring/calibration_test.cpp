#include "core/scoring/calibration.h"

#include <catch2/catch.hpp>

using namespace roadmap;

namespace {

CalibrationRow wsjf(double business, double time, double risk, double size) {
  return {{}, {business, time, risk, size}};
}
CalibrationRow rice(double impact, double effort) { return {{100.0, impact, 0.8, effort}, {}}; }

std::vector<std::string> texts(const std::vector<CalibrationRow>& rows) {
  std::vector<std::string> result;
  for (const CalibrationHint& hint : calibration_hints(rows))
    result.push_back((hint.row ? std::to_string(*hint.row) + " " : std::string()) + hint.text);
  return result;
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("a WSJF column without a 1 in the selection is named") {
  CHECK(texts({wsjf(1, 2, 1, 3), wsjf(2, 1, 3, 5)}) ==
        Texts{"WSJF: no row of the selection has the smallest Job Size, 1"});
  CHECK(texts({wsjf(1, 2, 1, 1), wsjf(2, 1, 3, 5)}).empty());
}

TEST_CASE("one row alone is compared with nothing") {
  CHECK(texts({wsjf(8, 8, 3, 5)}).empty());
  CHECK(texts({wsjf(8, 8, 3, 5), rice(1, 1)}).empty());
}

TEST_CASE("a value off the Fibonacci scale is named where most of the selection is on it") {
  CHECK(texts({wsjf(1, 4, 1, 1), wsjf(2, 1, 3, 13)}) ==
        Texts{"0 WSJF: Time Criticality 4 is off the scale 1, 2, 3, 5, 8, 13, 20"});
  CHECK(texts({wsjf(1, 1, 1, 1), wsjf(2, 21, 3, 0)}) ==
        Texts{"1 WSJF: Time Criticality 21 is off the scale 1, 2, 3, 5, 8, 13, 20",
              "1 WSJF: Job Size 0 is off the scale 1, 2, 3, 5, 8, 13, 20"});
}

TEST_CASE("a team that sizes on another scale is left alone") {
  CHECK(texts({wsjf(1, 1, 1, 1), wsjf(10, 40, 30, 70)}).empty());
  CHECK(texts({wsjf(1, 1, 1, 1), wsjf(10, 40, 30, 70), wsjf(60, 90, 15, 25)}).empty());
}

TEST_CASE("an unusual RICE impact or a tiny effort is named") {
  CHECK(texts({rice(1.5, 0.25)}) == Texts{"0 RICE: Impact 1.5 is none of 0.25, 0.5, 1, 2, 3",
                                          "0 RICE: Effort 0.25 is below half a person-month"});
  for (const double impact : {0.25, 0.5, 1.0, 2.0, 3.0})
    CHECK(texts({rice(impact, 0.5)}).empty());
}

TEST_CASE("what scoring itself warns of or refuses is not said twice") {
  CHECK(texts({rice(5, 0), rice(-1, -2)}).empty());
  CHECK(texts({}).empty());
}
