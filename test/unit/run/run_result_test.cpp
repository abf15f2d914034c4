#include "core/run/run_result.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

namespace roadmap {
namespace {

using Json = nlohmann::json;

Json json_of(const RunResult& result) { return Json::parse(to_json(result)); }

}  // namespace

TEST_CASE("a status says OK, failed or skipped, with its reason") {
  CHECK(status_text(RowStatus::kOk, "") == "OK");
  CHECK(status_text(RowStatus::kOk, "math model has no formula") == "OK · math model has no formula");
  CHECK(status_text(RowStatus::kFailed, "unknown key") == "FAILED: unknown key");
  CHECK(status_text(RowStatus::kSkipped, "no title") == "SKIPPED: no title");
}

TEST_CASE("a status has at most 200 characters, and is never cut inside one") {
  std::string umlauts;
  for (int i = 0; i < 300; ++i)
    umlauts += "ä";
  const std::string text = status_text(RowStatus::kFailed, umlauts);
  CHECK(text.size() == 8 + (199 - 8) * 2 + 3);  // "FAILED: ", two bytes each, the ellipsis
  CHECK(text.substr(text.size() - 5) == "ä…");
  const std::string fits(192, 'x');
  CHECK(status_text(RowStatus::kFailed, fits) == "FAILED: " + fits);
}

TEST_CASE("a result always lists substeps, rows and warnings, and others when there is something") {
  const Json empty = json_of(RunResult{});
  CHECK(empty["raw"] ==
        Json({{"substeps", Json::array()}, {"rows", Json::array()}, {"warnings", Json::array()}}));
  CHECK(empty["summary"] == Json({{"total", 0}, {"success", 0}, {"skipped", 0}, {"failed", 0}}));

  RunResult result;
  result.always_listed = kListFailedSources | kListPlan;
  CHECK(json_of(result)["raw"]["failed_sources"] == Json::array());
  CHECK(json_of(result)["raw"]["plan"] == Json::array());
  CHECK_FALSE(json_of(result)["raw"].contains("kept_pm_values"));
}

TEST_CASE("a result is written with its counts, rows and kept cells") {
  RunResult result;
  result.count("updated_count", 3);
  result.rows = {{"INIT-000001", 2, RowStatus::kOk, ""},
                 {"INIT-000002", 0, RowStatus::kFailed, "not on this tab"}};
  result.warnings = {"two columns named Title"};
  result.kept_unsaved_edits = {{"INIT-000001", "Status", Cell{std::string("doing")}, Cell{}}};
  result.kept_pm_values = {{"INIT-000001", "Country", Cell{3.0}, Cell{0.5}}};
  result.failed_sources = {{"sheet", "Marketing_EMEA", "no tab"}};
  result.add_substep("flow0.intake_sync", RunResult{});
  result.summary = {1, 0, 1};
  const Json raw = json_of(result)["raw"];
  CHECK(raw["updated_count"] == 3);
  CHECK(raw["rows"][0] ==
        Json({{"initiative_key", "INIT-000001"}, {"row", 2}, {"status", "ok"}, {"message", ""}}));
  CHECK(raw["rows"][1]["row"].is_null());
  CHECK(raw["rows"][1]["status"] == "failed");
  CHECK(raw["kept_unsaved_edits"][0].dump() ==
        R"({"column":"Status","initiative_key":"INIT-000001","shown":"doing","stored":null})");
  CHECK(raw["kept_pm_values"][0].dump() ==
        R"({"column":"Country","initiative_key":"INIT-000001","intake":0.5,"kept":3})");
  CHECK(raw["failed_sources"][0]["reason"] == "no tab");
  CHECK(raw["substeps"][0]["action"] == "flow0.intake_sync");
  CHECK(raw["substeps"][0]["summary"]["total"] == 0);
  CHECK(raw["warnings"][0] == "two columns named Title");
}

TEST_CASE("a plan shows each cell before and after") {
  RunResult result;
  result.plan = {{"sheet", "Backlog", 0, "INIT-000001", "Title", Cell{}, Cell{std::string("Tills")}},
                 {"sheet", "Backlog", 4, "INIT-000002", "Use Math Model", Cell{true}, Cell{false}}};
  const Json plan = json_of(result)["raw"]["plan"];
  CHECK(plan[0]["row"].is_null());
  CHECK(plan[0]["before"].is_null());
  CHECK(plan[0]["after"] == "Tills");
  CHECK(plan[1]["row"] == 4);
  CHECK(plan[1]["after"] == false);
}

TEST_CASE("a list above its limit is cut and the rest counted") {
  RunResult result;
  result.warnings.assign(kMaxListedEntries + 5, "w");
  const Json raw = json_of(result)["raw"];
  CHECK(raw["warnings"].size() == kMaxListedEntries);
  CHECK(raw["warnings_left_out"] == 5);
}

TEST_CASE("text that is no UTF-8 does not keep a result from being written") {
  RunResult result;
  result.warnings = {
      "a\xff"
      "b"};
  CHECK(json_of(result)["raw"]["warnings"][0] ==
        "a\xEF\xBF\xBD"
        "b");
}

TEST_CASE("the summary is read from the start of a result's text") {
  RunResult result;
  result.summary = {11, 0, 1};
  const auto summary = summary_of(to_json(result));
  REQUIRE(summary);
  CHECK(summary->total() == 12);
  CHECK(summary->success == 11);
  CHECK(summary->failed == 1);
  CHECK_FALSE(summary_of("{}"));
  CHECK_FALSE(summary_of(R"({"summary":{"total":)"));
}

}  // namespace roadmap
