#include "core/scoring/calibration.h"

#include <catch2/catch.hpp>

using namespace roadmap;

namespace {

CalibrationRow wsjf_row(double business, double time, double risk, double size, const char* key = "K1") {
  return {key, {}, {business, time, risk, size}};
}
CalibrationRow rice_row(double impact, double effort, const char* key = "K1") {
  return {key, {100.0, impact, 0.8, effort}, {}};
}

std::vector<std::string> texts(const std::vector<CalibrationRow>& rows) { return calibration_hints(rows); }

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("WSJF columns in which no row of the tab has a 1 are named in one sentence") {
  CHECK(texts({wsjf_row(1, 2, 1, 3), wsjf_row(2, 1, 3, 5)}) ==
        Texts{"WSJF is relative: no row has 1 in Job Size"});
  CHECK(texts({wsjf_row(3, 2, 1, 3), wsjf_row(2, 1, 3, 5)}) ==
        Texts{"WSJF is relative: no row has 1 in Business Value and Job Size"});
  CHECK(
      texts({wsjf_row(3, 2, 2, 3), wsjf_row(2, 3, 3, 5)}) ==
      Texts{
          "WSJF is relative: no row has 1 in Business Value, Time Criticality, Risk Reduction and Job Size"});
  CHECK(texts({wsjf_row(1, 2, 1, 1), wsjf_row(2, 1, 3, 5)}).empty());
}

TEST_CASE("one row alone is compared with nothing") {
  CHECK(texts({wsjf_row(8, 8, 3, 5)}).empty());
  CHECK(texts({wsjf_row(8, 8, 3, 5), rice_row(1, 1)}).empty());
}

TEST_CASE("values off the Fibonacci scale are named in one sentence where most are on it") {
  CHECK(texts({wsjf_row(1, 4, 1, 1, "A"), wsjf_row(2, 1, 3, 13, "B")}) ==
        Texts{"WSJF: off the scale 1, 2, 3, 5, 8, 13, 20: Time Criticality 4 (A)"});
  CHECK(texts({wsjf_row(1, 1, 1, 1, "A"), wsjf_row(2, 21, 3, 7, "B")}) ==
        Texts{"WSJF: off the scale 1, 2, 3, 5, 8, 13, 20: Time Criticality 21 (B), Job Size 7 (B)"});
  std::vector<CalibrationRow> many = {wsjf_row(1, 1, 1, 1, "A")};
  for (int i = 0; i < 10; ++i)
    many.push_back(wsjf_row(4, 1, 1, 1, "B"));
  CHECK(texts(many) ==
        Texts{"WSJF: off the scale 1, 2, 3, 5, 8, 13, 20: Business Value 4 (B), Business Value 4 (B), "
              "Business Value 4 (B) and 7 more"});
}

TEST_CASE("a team that sizes on another scale is left alone") {
  CHECK(texts({wsjf_row(1, 1, 1, 1), wsjf_row(10, 40, 30, 70)}).empty());
  CHECK(texts({wsjf_row(1, 1, 1, 1), wsjf_row(10, 40, 30, 70), wsjf_row(60, 90, 15, 25)}).empty());
}

TEST_CASE("unusual RICE impacts and tiny efforts are named in a sentence each") {
  CHECK(texts({rice_row(1.5, 0.25, "A"), rice_row(2.5, 1, "B")}) ==
        Texts{"RICE: Impact is none of 0.25, 0.5, 1, 2, 3: 1.5 (A), 2.5 (B)",
              "RICE: Effort is below half a person-month: 0.25 (A)"});
  for (const double impact : {0.25, 0.5, 1.0, 2.0, 3.0})
    CHECK(texts({rice_row(impact, 0.5)}).empty());
}

TEST_CASE("what scoring itself warns of or refuses is not said twice") {
  CHECK(texts({rice_row(5, 0), rice_row(-1, -2)}).empty());
  CHECK(texts({}).empty());
}
