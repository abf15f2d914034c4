#include <catch2/catch.hpp>

#include "core/sync/add_to_scoring_plan.h"
#include "core/sync/save_plan.h"
#include "core/sync/score_plan.h"
#include "core/sync/switch_plan.h"
#include "test/unit/sync/planner_bench.h"

using namespace roadmap;
using namespace roadmap::test;
using Catch::Matchers::Contains;

namespace {

// Product Ops' three tabs and a database; each job is planned, stored, written and settled.
struct OpsBench {
  TabModel scoring{Tab::kScoringInputs,
                   "Scoring_Inputs",
                   {"Initiative Key",
                    "Title",
                    "Active Scoring Framework",
                    "Use Math Model",
                    "Risk Level",
                    "RICE: Reach",
                    "RICE: Impact",
                    "RICE: Confidence",
                    "RICE: Effort",
                    "WSJF: Business Value",
                    "WSJF: Time Criticality",
                    "WSJF: Risk Reduction",
                    "WSJF: Job Size",
                    "RICE: Overall Score",
                    "WSJF: Overall Score",
                    "Math: Overall Score",
                    "Math: Warnings",
                    "Active: Value Score",
                    "Active: Overall Score",
                    "Status",
                    "Updated At",
                    "Updated Source"}};
  TabModel models{Tab::kMathModels,
                  "MathModels",
                  {"initiative_key", "model_name", "formula_text", "approved_by_user", "Status"}};
  TabModel params{Tab::kParams, "Params", {"initiative_key", "param_name", "value", "approved", "Status"}};
  StoredModel stored;
  ScoringSettings settings;
  SheetTable scoring_table = scoring.table(), models_table = models.table(), params_table = params.table();

  OpsBench() {
    for (const char* key : {"INIT-000001", "INIT-000002", "INIT-000003"})
      stored.add(key, std::string("Title of ") + key);
  }
  int row(const char* key) { return scoring.add({{"Initiative Key", key}}); }
  void rice(int row, double reach, double impact, double confidence, Cell effort) {
    scoring.set(row, "RICE: Reach", Cell(reach));
    scoring.set(row, "RICE: Impact", Cell(impact));
    scoring.set(row, "RICE: Confidence", Cell(confidence));
    scoring.set(row, "RICE: Effort", std::move(effort));
  }
  void look() {
    scoring_table = scoring.looked_at();
    models_table = models.looked_at();
    params_table = params.looked_at();
  }
  template <typename Plan>
  Plan carry_out(Plan plan, const std::vector<TabPlan>& tabs) {
    for (const TabPlan& tab : tabs) {
      REQUIRE(tab.is_complete());
      model_of(tab.table).apply(tab);
    }
    stored.commit(plan.changes);
    stored.settle(scoring.address());
    return plan;
  }
  TabModel& model_of(const SheetTable* table) {
    return table == &scoring_table ? scoring : table == &models_table ? models : params;
  }
  SaveJobPlan save(const std::vector<std::string>& keys, Tab tab = Tab::kScoringInputs) {
    look();
    const InitiativeIndex index(stored.initiatives);
    const Selection selection = select(keys);
    const SheetTable& table = tab == Tab::kScoringInputs ? scoring_table
                              : tab == Tab::kParams      ? params_table
                                                         : models_table;
    SaveJobPlan plan = plan_save_job({{table, index, stored.bases[scoring.address()], stored.models,
                                       stored.params, selection, MissingParams::kKeep, noon()},
                                      &models_table,
                                      stored.scores,
                                      settings,
                                      StatusPolicy::kEverySelectedRow,
                                      "pm.save_selected"});
    return carry_out(plan, plan.tabs);
  }
  ScoreJobPlan score(const std::vector<std::string>& keys, Tab tab_of_request = Tab::kScoringInputs) {
    look();
    const InitiativeIndex index(stored.initiatives);
    const Selection selection = select(keys);
    ScoreJobPlan plan = plan_score_job({tab_of_request, scoring_table, &models_table, &params_table, index,
                                        stored.bases[scoring.address()], stored.models, stored.params,
                                        stored.scores, selection, settings, noon()});
    return carry_out(plan, plan.tabs);
  }
  SwitchPlan switch_to(const std::vector<std::string>& keys) {
    look();
    const InitiativeIndex index(stored.initiatives);
    const Selection selection = select(keys);
    StoredScoring known(stored.models, stored.params, stored.scores);
    SwitchPlan plan = plan_switch(
        {scoring_table, index, stored.bases[scoring.address()], known, settings, selection, noon()});
    return carry_out(plan, {plan.tab});
  }
  std::string status(int row) { return scoring.text(row, "Status"); }
};

}  // namespace

TEST_CASE("a new row of Scoring_Inputs is filled with what is stored, and a typed cell is saved") {
  OpsBench bench;
  bench.stored.set("INIT-000001", "risk_level", Cell("high"));
  bench.stored.set("INIT-000001", "use_math_model", Cell(true));
  const int row = bench.row("INIT-000001");
  bench.scoring.set(row, "RICE: Reach", Cell(100.0));
  bench.save({"INIT-000001"});
  CHECK(bench.scoring.text(row, "Risk Level") == "high");
  CHECK(bench.scoring.at(row, "Use Math Model") == Cell(true));
  CHECK(bench.scoring.text(row, "Title") == "Title of INIT-000001");
  CHECK(bench.stored.value("INIT-000001", "rice_reach") == Cell(100.0));
  CHECK(bench.stored.value("INIT-000001", "risk_level") == Cell("high"));
  CHECK(bench.models.text(2, "initiative_key") == "INIT-000001");
  CHECK(bench.save({"INIT-000001"}).tabs.empty());

  SECTION("a shared value saved elsewhere is shown, not undone") {
    bench.stored.set("INIT-000001", "use_math_model", Cell(false));
    bench.save({"INIT-000001"});
    CHECK(bench.scoring.at(row, "Use Math Model") == Cell(false));
    CHECK(bench.stored.value("INIT-000001", "use_math_model") == Cell(false));
  }
  SECTION("a title follows; a person's text stays") {
    bench.stored.set("INIT-000001", "title", Cell("Renamed"));
    bench.save({"INIT-000001"});
    CHECK(bench.scoring.text(row, "Title") == "Renamed");
    bench.scoring.set(row, "Title", Cell("mine"));
    bench.stored.set("INIT-000001", "title", Cell("Again"));
    bench.save({"INIT-000001"});
    CHECK(bench.scoring.text(row, "Title") == "mine");
  }
  SECTION("a title by a formula stays") {
    bench.scoring.set_formula(row, "Title", "=Backlog!B2");
    bench.stored.set("INIT-000001", "title", Cell("Renamed"));
    bench.save({"INIT-000001"});
    CHECK(bench.scoring.text(row, "Title") == "Title of INIT-000001");
  }
}

TEST_CASE("a typed choice is checked and said, not stored") {
  OpsBench bench;
  const int row = bench.row("INIT-000001");
  bench.scoring.set(row, "Active Scoring Framework", Cell("wsjf"));
  bench.save({"INIT-000001"});
  CHECK(bench.status(row) ==
        "OK · WSJF is chosen but not active: Switch framework, once Business Value, Time Criticality, Risk "
        "Reduction and Job Size are filled in and Score was run");
  CHECK(bench.stored.value("INIT-000001", "active_scoring_framework") == Cell{});
  bench.score({"INIT-000001"});
  CHECK_THAT(bench.status(row), Contains("WSJF is chosen but not active: Switch framework"));
}

TEST_CASE("what an input is read as is said when it is typed, once") {
  OpsBench bench;
  const int row = bench.row("INIT-000001");
  bench.rice(row, 100, 5, 80, Cell(2.0));
  bench.score({"INIT-000001"});
  CHECK(bench.status(row) == "OK · RICE: Impact 5 counts as 3; RICE: Confidence 80 read as 80 %");
  CHECK(bench.score({"INIT-000001"}).tabs.empty());  // nothing new: nothing is written
  bench.scoring.set(row, "RICE: Impact", Cell(6.0));
  bench.score({"INIT-000001"});
  CHECK(bench.status(row) == "OK · RICE: Impact 6 counts as 3");
  CHECK(bench.score({"INIT-000001"}).tabs.empty());
  bench.scoring.set(row, "RICE: Reach", Cell(200.0));
  bench.score({"INIT-000001"});
  CHECK(bench.status(row) == "OK");
}

TEST_CASE("an effort of zero fails a Save as well as a Score, and nothing of the row is stored") {
  OpsBench bench;
  const int row = bench.row("INIT-000001");
  bench.rice(row, 100, 1, 0.5, Cell(0.0));
  bench.save({"INIT-000001"});
  CHECK(bench.status(row) == "FAILED: RICE: Effort must be above 0");
  bench.score({"INIT-000001"});
  CHECK(bench.status(row) == "FAILED: RICE: Effort must be above 0");
  CHECK(bench.stored.value("INIT-000001", "rice_reach") == Cell{});
  CHECK(bench.stored.bases[bench.scoring.address()].empty());
  CHECK(bench.scoring.at(row, "Title") == Cell{});
}

TEST_CASE("an initiative that fails has stored nothing of its model and its parameters") {
  OpsBench bench;
  const int row = bench.row("INIT-000001");
  bench.rice(row, -1, 1, 0.5, Cell(2.0));
  bench.models.add(
      {{"initiative_key", "INIT-000001"}, {"formula_text", "value = a"}, {"approved_by_user", Cell(true)}});
  bench.params.add({{"initiative_key", "INIT-000001"}, {"param_name", "a"}, {"value", Cell(3.0)}});
  for (const Tab tab : {Tab::kScoringInputs, Tab::kMathModels, Tab::kParams}) {
    const ScoreJobPlan plan = bench.score({"INIT-000001"}, tab);
    INFO(static_cast<int>(tab));
    CHECK(plan.changes.empty());
    CHECK(plan.report.outcome_of("INIT-000001")->status == RowStatus::kFailed);
  }
  bench.scoring.set(row, "RICE: Reach", Cell(1.0));
  bench.params.set(2, "value", Cell("much"));
  const ScoreJobPlan plan = bench.score({"INIT-000001"}, Tab::kParams);
  CHECK(plan.changes.empty());  // the row of the tab that the PM stands on
  CHECK_THAT(bench.params.text(2, "Status"), Contains("'much' is not a number"));
  CHECK(bench.score({"INIT-000001"}).report.outcome_of("INIT-000001")->status == RowStatus::kOk);
}

TEST_CASE("Status says what is missing between a score and its publication") {
  OpsBench bench;
  const int row = bench.row("INIT-000001");
  bench.rice(row, 100, 1, 0.5, Cell(2.0));
  bench.scoring.set(row, "Active Scoring Framework", Cell("RICE"));
  bench.switch_to({"INIT-000001"});
  CHECK(bench.status(row) == "FAILED: no RICE score yet, run Score first");
  CHECK(bench.stored.value("INIT-000001", "active_scoring_framework") == Cell{});
  bench.score({"INIT-000001"});
  CHECK(bench.status(row) == "OK · RICE is chosen but not active: Switch framework");
  bench.switch_to({"INIT-000001"});
  CHECK(bench.status(row) == "OK");
  CHECK(bench.scoring.at(row, "Active: Overall Score") == Cell(25.0));

  SECTION("an older active score") {
    bench.scoring.set(row, "RICE: Effort", Cell(4.0));
    bench.save({"INIT-000001"});
    CHECK(bench.status(row) == "OK · score is stale, run Score");
    bench.switch_to({"INIT-000001"});
    CHECK(bench.status(row) == "OK · score is stale, run Score");
    bench.score({"INIT-000001"});
    CHECK(bench.status(row) == "OK · active RICE score is older: Switch framework");
    CHECK(bench.scoring.at(row, "Active: Overall Score") == Cell(25.0));
  }
  SECTION("a score that is gone is cleared by Switch") {
    bench.scoring.set(row, "RICE: Effort", Cell{});
    bench.score({"INIT-000001"});
    CHECK(bench.status(row) ==
          "OK · RICE not scored: Effort missing; RICE has no score now: Switch framework clears the active "
          "one");
    bench.switch_to({"INIT-000001"});
    CHECK(bench.status(row) == "OK · no RICE score: Effort missing");
    CHECK(bench.scoring.at(row, "Active: Overall Score") == Cell{});
    CHECK(bench.stored.value("INIT-000001", "active_scoring_framework") == Cell("RICE"));
  }
  SECTION("a choice that was cleared here deactivates, once; a merely blank one fails") {
    bench.scoring.set(row, "Active Scoring Framework", Cell{});
    bench.save({"INIT-000001"});
    CHECK(bench.status(row) == "OK · no framework is chosen but RICE is active: Switch framework");
    bench.switch_to({"INIT-000001"});
    CHECK(bench.status(row) == "OK · no framework is active");
    CHECK(bench.stored.value("INIT-000001", "active_scoring_framework") == Cell{});
    CHECK(bench.scoring.at(row, "Active: Value Score") == Cell{});
    bench.switch_to({"INIT-000001"});
    CHECK(bench.status(row) == "FAILED: choose RICE, WSJF or MATH_MODEL");
  }
  SECTION("a Switch made on another tab is shown here, all four cells") {
    bench.stored.set("INIT-000001", "active_scoring_framework", Cell("WSJF"));
    bench.stored.set("INIT-000001", "value_score", Cell(7.0));
    bench.stored.set("INIT-000001", "overall_score", Cell(3.5));
    bench.save({"INIT-000001"});
    CHECK(bench.scoring.text(row, "Active Scoring Framework") == "WSJF");
    CHECK(bench.scoring.at(row, "Active: Overall Score") == Cell(3.5));
    CHECK(bench.status(row) == "OK");
  }
}

TEST_CASE("Score and Switch say what to fill in before a chosen framework can have a score") {
  OpsBench bench;
  const int row = bench.row("INIT-000001");
  const auto clicks = [&](const char* framework) {
    bench.scoring.set(row, "Active Scoring Framework", Cell(framework));
    std::vector<std::string> statuses;
    bench.score({"INIT-000001"});
    statuses.push_back(bench.status(row));
    bench.switch_to({"INIT-000001"});
    statuses.push_back(bench.status(row));
    return statuses;
  };
  SECTION("a framework of which no input is typed") {
    bench.rice(row, 100, 1, 0.5, Cell(2.0));
    const std::string inputs =
        "once Business Value, Time Criticality, Risk Reduction and Job Size are filled in";
    const std::string chosen =
        "OK · WSJF is chosen but not active: Switch framework, " + inputs + " and Score was run";
    CHECK(clicks("WSJF") == std::vector{chosen, "FAILED: no WSJF score yet, run Score first, " + inputs});
    CHECK(bench.stored.value("INIT-000001", "active_scoring_framework") == Cell{});
    // Save says the same of a score that is not there.
    bench.save({"INIT-000001"});
    CHECK(bench.status(row) == chosen);
    // What is typed and not saved yet is not missing.
    bench.scoring.set(row, "WSJF: Job Size", Cell(2.0));
    bench.switch_to({"INIT-000001"});
    CHECK(bench.status(row) == "FAILED: no WSJF score yet, run Score first");
    bench.save({"INIT-000001"});
    CHECK(bench.status(row) ==
          "OK · WSJF is chosen but not active: Switch framework, once Score gives it a score");
    bench.score({"INIT-000001"});
    CHECK_THAT(bench.status(row),
               Contains("WSJF not scored: Business Value, Time Criticality, Risk Reduction missing") &&
                   Contains("WSJF is chosen but not active: Switch framework, once Score gives it a score"));
    bench.switch_to({"INIT-000001"});
    CHECK_THAT(bench.status(row), Contains("OK · no WSJF score: Business Value"));
  }
  SECTION("the math model of an initiative that is not marked to have one") {
    CHECK(clicks("MATH_MODEL") ==
          std::vector<std::string>{
              "OK · nothing to score: all inputs are empty; MATH_MODEL is chosen but not active: Switch "
              "framework, once Use Math Model is ticked and Score was run",
              "FAILED: no MATH_MODEL score yet, run Score first, once Use Math Model is ticked"});
    bench.scoring.set(row, "Use Math Model", Cell(true));
    bench.score({"INIT-000001"});
    bench.switch_to({"INIT-000001"});
    CHECK(bench.status(row) == "OK · no MATH_MODEL score: missing formula");
  }
  SECTION("the longest of them is said whole") {
    for (const std::string& status : clicks("WSJF"))
      CHECK_THAT(status, !Contains("…"));
  }
}

TEST_CASE("hints are about all rows of the tab, whatever is selected") {
  OpsBench bench;
  for (const char* key : {"INIT-000001", "INIT-000002"}) {
    const int row = bench.row(key);
    for (const char* header :
         {"WSJF: Business Value", "WSJF: Time Criticality", "WSJF: Risk Reduction", "WSJF: Job Size"})
      bench.scoring.set(row, header, Cell(row == 2 ? 1.0 : 3.0));
  }
  bench.score({"INIT-000001"});
  CHECK(bench.score({"INIT-000002"}).hints.empty());  // the other row has the 1
  bench.scoring.set(2, "WSJF: Job Size", Cell(2.0));
  const ScoreJobPlan plan = bench.score({"INIT-000001"});
  CHECK(plan.hints == std::vector<std::string>{"WSJF is relative: no row has 1 in Job Size"});
  CHECK_THAT(bench.status(2), !Contains("relative"));
}

TEST_CASE("keys that shifted against the inputs typed beside them are told, with an edit in every row") {
  OpsBench bench;
  const std::vector<std::string> keys = {"INIT-000001", "INIT-000002", "INIT-000003"};
  double reach = 100;
  for (const std::string& key : keys) {
    reach *= 2;
    bench.rice(bench.row(key.c_str()), reach, 1, 0.5, Cell(reach / 50));
  }
  bench.save(keys);
  // The other sheet is sorted: the keys go round, the inputs stay.
  bench.scoring.set(2, "Initiative Key", Cell("INIT-000003"));
  bench.scoring.set(3, "Initiative Key", Cell("INIT-000001"));
  bench.scoring.set(4, "Initiative Key", Cell("INIT-000002"));
  for (int row = 2; row <= 4; ++row)
    bench.scoring.set(row, "RICE: Confidence", Cell(0.9));
  const std::vector<InitiativeRecord> before = bench.stored.initiatives;
  const SaveJobPlan plan = bench.save(keys);
  CHECK(plan.changes.empty());
  CHECK(bench.status(2) == "FAILED: these inputs belong to INIT-000001");
  CHECK(bench.status(3) == "FAILED: these inputs belong to INIT-000002");
  CHECK(bench.status(4) == "FAILED: these inputs belong to INIT-000003");
  bench.switch_to(keys);
  CHECK(bench.status(4) == "FAILED: these inputs belong to INIT-000003");
}

TEST_CASE("of two rows whose keys were swapped both are refused, on every click") {
  OpsBench bench;
  const int one = bench.row("INIT-000001");
  const int two = bench.row("INIT-000002");
  bench.scoring.set(one, "Risk Level", Cell("high"));
  bench.scoring.set(one, "RICE: Reach", Cell(100.0));
  SECTION("inputs like the other's but for one cell") { bench.scoring.set(two, "Risk Level", Cell("high")); }
  SECTION("inputs that are like the other's in no cell") {
    bench.scoring.set(two, "Risk Level", Cell("low"));
  }
  SECTION("no inputs at all") {}
  const std::vector<std::string> keys = {"INIT-000001", "INIT-000002"};
  bench.save(keys);
  const bool is_two_filled = !is_blank(bench.scoring.at(two, "Risk Level"));
  bench.scoring.set(one, "Initiative Key", Cell("INIT-000002"));
  bench.scoring.set(two, "Initiative Key", Cell("INIT-000001"));
  for (int click = 0; click < 2; ++click) {
    CAPTURE(click);
    CHECK(bench.save(keys).changes.empty());
    CHECK(bench.score(keys).changes.empty());
    CHECK(bench.status(one) == "FAILED: these inputs belong to INIT-000001");
    CHECK(bench.status(two) == (is_two_filled ? "FAILED: these inputs belong to INIT-000002"
                                              : "FAILED: the inputs of INIT-000001 stand in row 2"));
    bench.save({"INIT-000001"});  // alone, too
    bench.switch_to(keys);
    CHECK_THAT(bench.status(two), Contains("FAILED: "));
  }
  CHECK(bench.stored.value("INIT-000001", "rice_reach") == Cell(100.0));
  CHECK(bench.stored.value("INIT-000002", "rice_reach") == Cell{});
}

TEST_CASE("a key that a formula puts on top shifts all others, and none of them takes or loses inputs") {
  OpsBench bench;
  bench.rice(bench.row("INIT-000001"), 100, 1, 0.5, Cell(2.0));
  bench.rice(bench.row("INIT-000002"), 300, 2, 0.8, Cell(4.0));
  bench.save({"INIT-000001", "INIT-000002"});
  bench.scoring.set(2, "Initiative Key", Cell("INIT-000003"));  // was never seen here
  bench.scoring.set(3, "Initiative Key", Cell("INIT-000001"));
  bench.row("INIT-000002");
  const std::vector<std::string> keys = {"INIT-000001", "INIT-000002", "INIT-000003"};
  for (int click = 0; click < 2; ++click) {
    CAPTURE(click);
    CHECK(bench.save(keys).changes.empty());
    CHECK(bench.status(2) == "FAILED: these inputs belong to INIT-000001");
    CHECK(bench.status(3) == "FAILED: these inputs belong to INIT-000002");
    CHECK(bench.status(4) == "FAILED: the inputs of INIT-000002 stand in row 3");
  }
}

TEST_CASE("a row that a PM made from a copy of another does not keep the other from being saved") {
  OpsBench bench;
  bench.rice(bench.row("INIT-000001"), 100, 1, 0.5, Cell(2.0));
  bench.save({"INIT-000001"});
  bench.rice(bench.row("INIT-000002"), 100, 1, 0.5, Cell(2.0));
  bench.scoring.set(2, "RICE: Reach", Cell(200.0));
  bench.save({"INIT-000001"});
  CHECK(bench.status(2) == "OK");
  CHECK(bench.stored.value("INIT-000001", "rice_reach") == Cell(200.0));
  bench.save({"INIT-000002"});
  CHECK(bench.status(3) == "OK");
}

TEST_CASE("a value that was moved from one row to another is saved once the first row is saved without it") {
  OpsBench bench;
  bench.row("INIT-000001");
  bench.row("INIT-000002");
  bench.scoring.set(2, "Risk Level", Cell("high"));
  bench.scoring.set(3, "RICE: Reach", Cell(100.0));
  const std::vector<std::string> keys = {"INIT-000001", "INIT-000002"};
  bench.save(keys);
  bench.scoring.set(2, "Risk Level", Cell{});
  bench.save({"INIT-000001"});
  CHECK(bench.status(2) == "OK");
  bench.scoring.set(3, "Risk Level", Cell("high"));
  bench.save(keys);
  CHECK(bench.status(3) == "OK");
  CHECK(bench.stored.value("INIT-000002", "risk_level") == Cell("high"));
}

TEST_CASE("two initiatives may have like inputs") {
  OpsBench bench;
  const int one = bench.row("INIT-000001");
  const int two = bench.row("INIT-000002");
  bench.save({"INIT-000001", "INIT-000002"});
  bench.rice(one, 100, 1, 0.5, Cell(2.0));
  bench.save({"INIT-000001"});
  bench.rice(two, 100, 1, 0.5, Cell(2.0));
  bench.save({"INIT-000002"});
  CHECK(bench.status(two) == "OK");
  CHECK(bench.stored.value("INIT-000002", "rice_reach") == Cell(100.0));
}

TEST_CASE("Add to scoring gives each selected initiative a row, once, with what is stored of it") {
  OpsBench bench;
  bench.stored.set("INIT-000002", "risk_level", Cell("low"));
  bench.stored.set("INIT-000002", "active_scoring_framework", Cell("RICE"));
  bench.stored.set("INIT-000002", "overall_score", Cell(4.0));
  bench.row("INIT-000001");
  const auto add = [&](const std::vector<std::string>& keys) {
    bench.look();
    const InitiativeIndex index(bench.stored.initiatives);
    Selection selection = select(keys);
    selection.rows = {{44, " INIT-000001"}, {7, "INIT-000002"}, {45, "INIT-000001"}};  // of the Backlog
    const AddToScoringPlan plan = plan_add_to_scoring({bench.scoring_table, index, selection});
    return bench.carry_out(plan, {plan.tab});
  };
  const AddToScoringPlan plan = add({"INIT-000002", "INIT-000001", "INIT-000009", "INIT-000003"});
  CHECK(plan.added == std::set<std::string>{"INIT-000002", "INIT-000003"});
  CHECK(plan.already_there == 1);
  REQUIRE(plan.rows.size() == 4);
  CHECK(plan.rows[0].row == 7);
  CHECK(plan.rows[1].row == 44);
  CHECK(plan.rows[1].message == "already on Scoring_Inputs, row 2");
  CHECK(plan.rows[3].row == 0);
  CHECK(plan.rows[2].status == RowStatus::kFailed);
  CHECK(bench.scoring.at(3, "Initiative Key") == Cell("INIT-000002"));
  CHECK(bench.scoring.text(3, "Title") == "Title of INIT-000002");
  CHECK(bench.scoring.text(3, "Risk Level") == "low");
  CHECK(bench.scoring.at(3, "Active: Overall Score") == Cell(4.0));
  CHECK(bench.scoring.text(4, "Initiative Key") == "INIT-000003");
  CHECK(add({"INIT-000002"}).tab.empty());

  bench.stored.set("INIT-000002", "title", Cell("Renamed"));  // its cells are the system's from the start
  bench.save({"INIT-000002"});
  CHECK(bench.scoring.text(3, "Title") == "Renamed");
  CHECK(bench.stored.value("INIT-000002", "risk_level") == Cell("low"));

  bench.scoring.set(2, "Initiative Key", Cell("#REF!"));
  CHECK_THROWS_WITH(add({"INIT-000001"}), Contains("row 2"));
}

TEST_CASE("a row that was deleted and shows nothing but its key again is filled, not stored blank") {
  OpsBench bench;
  const int row = bench.row("INIT-000001");
  bench.rice(row, 100, 1, 0.5, Cell(2.0));
  bench.save({"INIT-000001"});
  bench.scoring.erase(row);
  bench.row("INIT-000001");
  bench.save({"INIT-000001"});
  CHECK(bench.scoring.at(row, "RICE: Reach") == Cell(100.0));
  CHECK(bench.stored.value("INIT-000001", "rice_reach") == Cell(100.0));
  // Inputs that a person clears in a row that stands are stored as cleared.
  for (const char* header : {"RICE: Reach", "RICE: Impact", "RICE: Confidence", "RICE: Effort"})
    bench.scoring.set(row, header, Cell{});
  bench.save({"INIT-000001"});
  CHECK(bench.stored.value("INIT-000001", "rice_reach") == Cell{});
}
