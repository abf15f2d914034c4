// What the ledger is asked to record for a request, and which spreadsheets the run will hold.
#include "core/actions/run_of_request.h"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

namespace roadmap {
namespace {

Settings settings_of_three_workbooks() {
  Settings settings;
  settings.backlogs.push_back({{"backlog", "Backlog", 1, 2}, ""});
  settings.backlogs.push_back({{"backlog-apac", "Backlog", 1, 2}, "apac"});
  settings.product_ops.spreadsheet_id = "ops";
  IntakeSettings intake;
  intake.spreadsheet_id = "intake";
  settings.intakes.push_back(intake);
  return settings;
}

using Held = std::vector<std::string>;

Held held_by(const ActionRequest& request) {
  return run_of_request(request, settings_of_three_workbooks(), {}).held;
}

ActionRequest request_to(const std::string& action) {
  ActionRequest request;
  request.action = action;
  return request;
}

TEST_CASE("a run holds the spreadsheets that its action touches, the one written first in front") {
  CHECK(held_by(request_to("pm.backlog_sync")) == Held{"backlog", "backlog-apac", "intake"});
  CHECK(held_by(request_to("flow0.intake_sync")).front() == "intake");
  CHECK(held_by(request_to("flow3.write_scores")).front() == "ops");
}

TEST_CASE("a run for one product organisation leaves the other backlogs to others") {
  ActionRequest request = request_to("pm.backlog_sync");
  request.options.product_org = "apac";
  CHECK(held_by(request) == Held{"backlog-apac", "intake"});
}

TEST_CASE("a run on selected rows holds the spreadsheet that the PM stands on, and no other") {
  ActionRequest request = request_to("pm.save_selected");
  request.sheet_context = SheetContext{"backlog-apac", "Backlog"};
  CHECK(held_by(request) == Held{"backlog-apac"});
}

TEST_CASE("a run that works on the database alone holds nothing") {
  CHECK(held_by(request_to("flow3.compute_all_frameworks")).empty());
}

TEST_CASE("who asked, from where, for what and under which key is in the new run") {
  ActionRequest request = request_to("pm.save_selected");
  request.scope.type = ScopeType::kSelection;
  request.scope.initiative_keys = {"INIT-000001", " ", "INIT-000002", "INIT-000001"};
  request.sheet_context = SheetContext{"backlog", "Backlog"};
  request.requested_by = {"apps_script", "pm@example.com"};
  const NewRun run = run_of_request(request, settings_of_three_workbooks(), "key-1");
  CHECK(run.action == "pm.save_selected");
  CHECK(run.tab == "Backlog");
  CHECK(run.scope_type == "selection");
  CHECK(run.scope_summary == "2 initiatives");
  CHECK(run.requested_by_ui == "apps_script");
  CHECK(run.requested_by_email == "pm@example.com");
  CHECK(run.idempotency_key == "key-1");
}

}  // namespace
}  // namespace roadmap
