#include "core/scoring/score.h"

#include <catch2/catch.hpp>
#include <limits>

using namespace roadmap;

namespace {

constexpr std::nullopt_t kBlank = std::nullopt;

Score rice(const ScoreInputs& inputs, const ScoringSettings& settings = {}) {
  return score_inputs(Framework::kRice, inputs, settings);
}
Score wsjf(const ScoreInputs& inputs, const ScoringSettings& settings = {}) {
  return score_inputs(Framework::kWsjf, inputs, settings);
}

void check_blank(const Score& score) {
  CHECK_FALSE(score.scored());
  CHECK_FALSE(score.value);
  CHECK_FALSE(score.effort);
  CHECK_FALSE(score.overall);
  CHECK(score.explanation.empty());
}

std::string failure_of(const Score& score) {
  check_blank(score);
  REQUIRE(score.state == ScoreState::kFailed);
  CHECK(status_note(score) == score.reason);
  return score.reason;
}

}  // namespace

TEST_CASE("RICE is reach times impact times confidence, divided by effort") {
  const Score score = rice({500.0, 3.0, 0.3, 2.0});
  REQUIRE(score.scored());
  CHECK(score.value == 450);
  CHECK(score.effort == 2);
  CHECK(score.overall == 225);
  CHECK(score.explanation == "500 × 3 × 0.3 ÷ 2 = 225");
  CHECK(score.warnings.empty());
  CHECK(status_note(score).empty());
}

TEST_CASE("the published RICE examples come out") {
  CHECK(rice({2000.0, 1.0, 0.8, 4.0}).overall == 400);
  CHECK(rice({800.0, 2.0, 0.5, 1.0}).overall == 800);
  CHECK(rice({5000.0, 2.0, 0.8, 2.0}).overall == 4000);
}

TEST_CASE("the published WSJF examples come out") {
  const Score score = wsjf({8.0, 4.0, 3.0, 5.0});
  CHECK(score.value == 15);
  CHECK(score.effort == 5);
  CHECK(score.overall == 3);
  CHECK(score.explanation == "(8 + 4 + 3) ÷ 5 = 3");
  CHECK(wsjf({4.0, 3.0, 7.0, 8.0}).overall == 1.75);
}

TEST_CASE("a missing input leaves the framework without a score and is named") {
  const Score score = rice({500.0, 3.0, 0.3, kBlank});
  check_blank(score);
  CHECK(score.state == ScoreState::kNotScored);
  CHECK(status_note(score) == "RICE not scored: Effort missing");
  CHECK(status_note(rice({kBlank, 3.0, kBlank, 1.0})) == "RICE not scored: Reach, Confidence missing");
  CHECK(status_note(wsjf({8.0, 4.0, 3.0, kBlank})) == "WSJF not scored: Job Size missing");
}

TEST_CASE("an initiative without any input of a framework is not scored by it, silently") {
  for (const MissingInputs mode : {MissingInputs::kBlank, MissingInputs::kDefaults}) {
    const Score score = rice({}, {mode, {}});
    check_blank(score);
    CHECK(score.state == ScoreState::kSilent);
    CHECK(status_note(score).empty());
  }
}

TEST_CASE("defaults stand in where the configuration asks for it, and are named") {
  ScoringSettings settings{MissingInputs::kDefaults, {}};
  settings.defaults.rice_confidence = 0.5;
  settings.defaults.rice_effort = 4;
  const Score score = rice({1000.0, 2.0, kBlank, kBlank}, settings);
  CHECK(score.overall == 250);
  CHECK(status_note(score) == "RICE: default used for Confidence 0.5, Effort 4");
  CHECK(score.inputs ==
        std::vector<NamedNumber>{
            {"rice_reach", 1000}, {"rice_impact", 2}, {"rice_confidence", 0.5}, {"rice_effort", 4}});
}

TEST_CASE("a default obeys the same rules as a typed number") {
  ScoringSettings settings{MissingInputs::kDefaults, {}};
  settings.defaults.wsjf_job_size = 0;
  CHECK(status_note(wsjf({1.0, 1.0, 1.0, kBlank}, settings)) == "WSJF not scored: Job Size must be above 0");
}

TEST_CASE("an effort of zero or below fails the row, also where another input is missing") {
  for (const double effort : {0.0, -0.0, -1.0}) {
    CHECK(failure_of(rice({500.0, 3.0, 0.3, effort})) == "RICE: Effort must be above 0");
    CHECK(failure_of(wsjf({1.0, kBlank, 1.0, effort})) == "WSJF: Job Size must be above 0");
  }
}

TEST_CASE("a negative reach, confidence or WSJF component fails the row") {
  CHECK(failure_of(rice({-5.0, 1.0, 0.5, 1.0})) == "Reach: -5 is negative");
  CHECK(failure_of(rice({5.0, 1.0, -0.5, 1.0})) == "Confidence: -0.5 is negative");
  CHECK(failure_of(wsjf({-1.0, 1.0, 1.0, 1.0})) == "Business Value: -1 is negative");
  CHECK(failure_of(wsjf({1.0, -1.0, 1.0, 1.0})) == "Time Criticality: -1 is negative");
  CHECK(failure_of(wsjf({1.0, 1.0, -1.0, 1.0})) == "Risk Reduction: -1 is negative");
}

TEST_CASE("a value that makes no sense fails the row even where another is missing") {
  CHECK(failure_of(rice({-5.0, kBlank, 1.5, kBlank})) ==
        "Reach: -5 is negative; Confidence: 1.5 is neither a fraction nor a percentage");
}

TEST_CASE("confidence is a fraction, or from 2 to 100 a percentage, with a warning") {
  CHECK(rice({100.0, 1.0, 0.0, 1.0}).overall == 0);
  CHECK(rice({100.0, 1.0, 1.0, 1.0}).overall == 100);
  CHECK(rice({100.0, 1.0, 2.0, 1.0}).overall == 2);
  CHECK(rice({100.0, 1.0, 100.0, 1.0}).overall == 100);
  const Score score = rice({2000.0, 1.0, 80.0, 4.0});
  CHECK(score.overall == 400);
  CHECK(score.warnings == std::vector<std::string>{"Confidence 80 read as 80 %"});
  CHECK(status_note(score).empty());  // said when it is typed
  CHECK(score.explanation == "2000 × 1 × 0.8 ÷ 4 = 400");
  CHECK(rice({100.0, 1.0, 1.0, 1.0}).warnings.empty());
}

TEST_CASE("confidence between 1 and 2 or above 100 fails the row") {
  CHECK(failure_of(rice({1.0, 1.0, 1.5, 1.0})) == "Confidence: 1.5 is neither a fraction nor a percentage");
  CHECK(failure_of(rice({1.0, 1.0, 1.0000000000000002, 1.0})).find("neither") != std::string::npos);
  CHECK(failure_of(rice({1.0, 1.0, 1.9999999999999998, 1.0})).find("neither") != std::string::npos);
  CHECK(failure_of(rice({1.0, 1.0, 100.5, 1.0})) ==
        "Confidence: 100.5 is neither a fraction nor a percentage");
}

TEST_CASE("impact is clamped to 0…3 with a warning") {
  const Score high = rice({100.0, 5.0, 0.5, 1.0});
  CHECK(high.overall == 150);
  CHECK(high.warnings == std::vector<std::string>{"Impact 5 counts as 3"});
  const Score low = rice({100.0, -1.0, 0.5, 1.0});
  CHECK(low.overall == 0);
  CHECK(low.warnings == std::vector<std::string>{"Impact -1 counts as 0"});
  CHECK(rice({100.0, 3.0, 0.5, 1.0}).warnings.empty());
  CHECK(rice({100.0, 0.0, 0.5, 1.0}).warnings.empty());
}

TEST_CASE("the history has the numbers as typed and as computed with") {
  const Score score = rice({100.0, 5.0, 80.0, 2.0});
  CHECK(score.inputs ==
        std::vector<NamedNumber>{
            {"rice_reach", 100}, {"rice_impact", 5}, {"rice_confidence", 80}, {"rice_effort", 2}});
  CHECK(score.components ==
        std::vector<NamedNumber>{
            {"rice_reach", 100}, {"rice_impact", 3}, {"rice_confidence", 0.8}, {"rice_effort", 2}});
}

TEST_CASE("a result beyond all numbers is no score") {
  const double huge = std::numeric_limits<double>::max();
  for (const Score& score :
       {rice({huge, 3.0, 1.0, 1.0}), rice({huge, 1.0, 1.0, 0.1}), wsjf({huge, huge, 1.0, 1.0})}) {
    check_blank(score);
    CHECK(score.state == ScoreState::kNotScored);
    CHECK(score.reason == "the result is too large for a number");
  }
}

TEST_CASE("nothing is rounded") {
  const Score score = rice({1.0, 1.0, 0.1, 3.0});
  CHECK(score.overall == 0.1 / 3);
  CHECK(score.explanation == "1 × 1 × 0.1 ÷ 3 = 0.03333333333333333");
}
