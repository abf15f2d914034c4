#include "core/scoring/math_model.h"

#include <catch2/catch.hpp>

using namespace roadmap;

namespace {

constexpr const char* kSavings = R"(# ticket savings over the horizon
savings = ticket_reduction * cost_per_ticket * horizon_months
total_cost = one_off_cost + running_cost * horizon_months
value = savings - total_cost
overall = value / effort_days)";

MathModel savings_model() {
  MathModel model;
  model.use_math_model = true;
  model.stored = true;
  model.formula_text = kSavings;
  model.approved = true;
  model.parameters = {{"ticket_reduction", 400, true}, {"cost_per_ticket", 12, true},
                      {"horizon_months", 6, true},     {"one_off_cost", 1000, true},
                      {"running_cost", 50, true},      {"effort_days", 250, true}};
  return model;
}

MathModel model_of(std::string formula, std::vector<MathParameter> parameters = {}) {
  MathModel model = savings_model();
  model.formula_text = std::move(formula);
  model.parameters = std::move(parameters);
  return model;
}

// What Math: Warnings shows for a model that has no score.
std::string reason_of(const MathModel& model) {
  const Score score = score_math_model(model);
  REQUIRE(score.state == ScoreState::kNotScored);
  CHECK_FALSE(score.value);
  CHECK_FALSE(score.effort);
  CHECK_FALSE(score.overall);
  CHECK(score.explanation.empty());
  CHECK(score.warnings.empty());
  CHECK(warnings_text(score) == score.reason);
  CHECK(status_note(score) == "MATH_MODEL not scored: " + score.reason);
  return score.reason;
}

}  // namespace

TEST_CASE("an approved model with approved values is scored") {
  const Score score = score_math_model(savings_model());
  REQUIRE(score.scored());
  CHECK(score.value == 27500);
  CHECK(score.overall == 110);
  CHECK_FALSE(score.effort);  // effort_days is a parameter, not an assignment
  CHECK(warnings_text(score).empty());
  CHECK(score.explanation ==
        "savings = 400 × 12 × 6 = 28800; total_cost = 1000 + 50 × 6 = 1300; value = 28800 - 1300 = 27500; "
        "overall = 27500 ÷ 250 = 110");
  CHECK(score.inputs == std::vector<NamedNumber>{{"ticket_reduction", 400},
                                                 {"cost_per_ticket", 12},
                                                 {"horizon_months", 6},
                                                 {"one_off_cost", 1000},
                                                 {"running_cost", 50},
                                                 {"effort_days", 250}});
  CHECK(
      score.components ==
      std::vector<NamedNumber>{{"savings", 28800}, {"total_cost", 1300}, {"value", 27500}, {"overall", 110}});
}

TEST_CASE("effort is the formula's, else Effort Engineering Days, else there is none") {
  MathModel model = model_of("value = 100\neffort = 4");
  model.effort_engineering_days = 50;
  CHECK(score_math_model(model).effort == 4);
  CHECK(score_math_model(model).overall == 25);

  model.formula_text = "value = 100";
  const Score days = score_math_model(model);
  CHECK(days.effort == 50);
  CHECK(days.overall == 2);
  CHECK(days.explanation == "value = 100; effort = 50 (Effort Engineering Days); overall = 100 ÷ 50 = 2");

  model.effort_engineering_days.reset();
  const Score none = score_math_model(model);
  CHECK(none.value == 100);
  CHECK_FALSE(none.effort);
  CHECK_FALSE(none.overall);
  CHECK(warnings_text(none) ==
        "no overall score: assign effort in the formula, or fill Effort Engineering Days");
}

TEST_CASE("without an effort above 0 there is a value and no overall score") {
  for (const char* formula : {"value = 100\neffort = 0", "value = 100\neffort = -3"}) {
    const Score score = score_math_model(model_of(formula));
    CHECK(score.value == 100);
    CHECK_FALSE(score.overall);
    CHECK(warnings_text(score) == "no overall score: effort must be above 0");
  }
}

TEST_CASE("the formula's overall counts whatever the effort is") {
  CHECK(score_math_model(model_of("value = 1\neffort = 0\noverall = 7")).overall == 7);
  CHECK(score_math_model(model_of("value = 1\noverall = 7")).overall == 7);
  CHECK(warnings_text(score_math_model(model_of("value = 1\noverall = 7"))).empty());
}

TEST_CASE("nothing is said where no model is stored and none is asked for") {
  MathModel model;
  const Score score = score_math_model(model);
  CHECK(score.state == ScoreState::kSilent);
  CHECK(warnings_text(score).empty());
  CHECK(status_note(score).empty());
}

TEST_CASE("a model says what keeps it from being scored, one thing at a time") {
  MathModel model = savings_model();
  model.use_math_model = false;
  CHECK(reason_of(model) == "disabled");

  model = {};
  model.use_math_model = true;
  CHECK(reason_of(model) == "missing formula");
  model.stored = true;
  model.formula_text = " \n\t";
  CHECK(reason_of(model) == "missing formula");

  model = savings_model();
  model.approved = false;
  CHECK(reason_of(model) == "not approved");

  CHECK(reason_of(model_of("a = 1\nvalue = 2 ** 3")) ==
        "invalid: line 2: there are no powers ('**'): multiply instead, a * a");
  CHECK(reason_of(model_of("profit = 1")) == "invalid: no line assigns value: add one, value = …");
}

TEST_CASE("every identifier needs a value, and every value an approval") {
  MathModel model =
      model_of("value = traffic * uplift * margin", {{"traffic", 5, false}, {"margin", 2, true}});
  CHECK(reason_of(model) == "missing value: uplift; not approved: traffic");
  model.parameters.push_back({"uplift", std::nullopt, false});
  CHECK(reason_of(model) == "missing value: uplift; not approved: traffic");
  model.parameters = {{"traffic", 5, true}, {"margin", std::nullopt, true}};
  CHECK(reason_of(model) == "missing value: uplift, margin");
  model.parameters = {{"traffic", 5, false}, {"margin", 2, false}, {"uplift", 1, true}};
  CHECK(reason_of(model) == "not approved: traffic, margin");
}

TEST_CASE("parameters that the formula does not use change nothing") {
  const Score score =
      score_math_model(model_of("value = a\noverall = 1", {{"old", 9, false}, {"a", 2, true}}));
  CHECK(score.value == 2);
  CHECK(score.inputs == std::vector<NamedNumber>{{"a", 2}});
}

TEST_CASE("a computation that fails says in which line") {
  CHECK(reason_of(model_of("a = 1\nb = 0\nvalue = a / b")) == "error: line 3: division by zero");
  CHECK(reason_of(model_of("value = 1\noverall = value % 0")) == "error: line 2: modulo by zero");
}

TEST_CASE("a result that is no finite number is no score") {
  CHECK(reason_of(model_of("value = 1e308 * 10")) == "error: value is too large for a number");
  CHECK(reason_of(model_of("value = 1\neffort = 1e308 * 10")) == "error: effort is too large for a number");
  CHECK(reason_of(model_of("value = 1e308\neffort = 1e-10")) == "error: overall is too large for a number");
  CHECK(reason_of(model_of("value = 1e308 * 10 - 1e308 * 10")) == "error: value is too large for a number");
}

TEST_CASE("an intermediate result may overflow, and is left out of the components") {
  const Score score = score_math_model(model_of("huge = 1e308 * 10\nvalue = min(5, huge)\noverall = 1"));
  CHECK(score.value == 5);
  CHECK(score.components == std::vector<NamedNumber>{{"value", 5}, {"overall", 1}});
}

TEST_CASE("a formula that equals the suggestion is scored with a warning, until somebody edits it") {
  MathModel model = model_of("a = 1\nvalue = a\noverall = 1");
  model.suggested_formula_text = "a = 1\r\nvalue = a\r\noverall = 1\n";
  CHECK(warnings_text(score_math_model(model)) == "suggested by LLM");
  model.formula_text = "a = 2\nvalue = a\noverall = 1";
  CHECK(warnings_text(score_math_model(model)).empty());
}

TEST_CASE("the explanation of a long formula ends where its limit is") {
  std::string sum = "a";
  for (int i = 0; i < 1500; ++i)
    sum += "+a";
  const Score score =
      score_math_model(model_of("b = a + 1\nvalue = " + sum + "\noverall = 1", {{"a", 0.1, true}}));
  REQUIRE(score.scored());
  CHECK(score.explanation == "b = 0.1 + 1 = 1.1; …");
}
