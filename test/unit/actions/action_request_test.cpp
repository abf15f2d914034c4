#include "core/actions/action_request_json.h"

#include <rapidcheck.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <string>

#include "core/actions/action_registry.h"
#include "core/actions/run_of_request.h"
#include "core/run/json_text.h"

namespace roadmap {
namespace {

using Kind = RequestProblems::Kind;

// One of each kind of action, whatever the program's own registry holds.
constexpr ActionSpec kActions[] = {
    {.name = "pm.backlog_sync",
     .label = "",
     .summary = "",
     .scopes = kScopeAll,
     .reach = {.workbooks = kIntakeWorkbooks | kBacklogWorkbooks},
     .options = kProductOrg,
     .handler = nullptr},
    {.name = "pm.save_selected",
     .label = "",
     .summary = "",
     .scopes = kScopeKeys,
     .reach = {.workbooks = kBacklogWorkbooks, .works_on = WorksOn::kSelectedRows},
     .handler = nullptr},
    {.name = "flow2.activate",
     .label = "",
     .summary = "",
     .scopes = kScopeAll | kScopeKeys | kScopeFilter,
     .options = kFramework | kOnlyMissing,
     .handler = nullptr},
    {.name = "flow4.seed_params",
     .label = "",
     .summary = "",
     .scopes = kScopeAll | kScopeKeys,
     .reach = {.workbooks = kProductOpsWorkbook},
     .options = kLimit | kMaxLlmCalls,
     .needs_llm = true,
     .handler = nullptr},
};

ActionRequest accepted(const std::string& body) {
  auto parsed = parse_action_request(body, kActions);
  if (const auto* problems = std::get_if<RequestProblems>(&parsed)) {
    for (const RequestProblem& problem : problems->problems)
      UNSCOPED_INFO(problem.pointer << ": " << problem.detail);
    FAIL("refused: " << body);
  }
  return std::get<ActionRequest>(std::move(parsed));
}

RequestProblems refused(const std::string& body) {
  auto parsed = parse_action_request(body, kActions);
  REQUIRE(std::holds_alternative<RequestProblems>(parsed));
  REQUIRE_FALSE(std::get<RequestProblems>(parsed).problems.empty());
  return std::get<RequestProblems>(std::move(parsed));
}

// The detail at that pointer; fails the test when there is none.
std::string detail_at(const RequestProblems& problems, const std::string& pointer) {
  const auto found = std::find_if(problems.problems.begin(), problems.problems.end(),
                                  [&](const RequestProblem& problem) { return problem.pointer == pointer; });
  if (found == problems.problems.end()) {
    for (const RequestProblem& problem : problems.problems)
      UNSCOPED_INFO(problem.pointer << ": " << problem.detail);
    FAIL("no problem at " << pointer);
  }
  return found->detail;
}

bool says(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("a request with every member is read") {
  const ActionRequest request = accepted(R"({
    "action": "pm.save_selected",
    "scope": {"type": "selection", "initiative_keys": ["INIT-000001", "", "INIT-000001"],
              "rows": [{"row": 2, "initiative_key": "INIT-000001"}]},
    "sheet_context": {"spreadsheet_id": "1AbC_d-9", "tab": "Backlog"},
    "options": {"dry_run": true},
    "requested_by": {"ui": "apps_script", "user_email": "pm@example.com"}})");
  CHECK(request.action == "pm.save_selected");
  CHECK(request.scope.type == ScopeType::kSelection);
  CHECK(request.scope.initiative_keys == std::vector<std::string>{"INIT-000001", "", "INIT-000001"});
  REQUIRE(request.scope.rows.size() == 1);
  CHECK(request.scope.rows[0].row == 2);
  REQUIRE(request.sheet_context);
  CHECK(request.sheet_context->tab == "Backlog");
  CHECK(request.options.dry_run);
  CHECK(request.requested_by.user_email == "pm@example.com");
}

TEST_CASE("only the action is required of an action that works on everything") {
  const ActionRequest request = accepted(R"({"action": "pm.backlog_sync"})");
  CHECK(request.scope.type == ScopeType::kAll);
  CHECK_FALSE(request.sheet_context);
  CHECK_FALSE(request.options.dry_run);
}

TEST_CASE("initiative_keys is another name of the scope type selection") {
  const ActionRequest request = accepted(
      R"({"action": "pm.save_selected", "scope": {"type": "initiative_keys", "initiative_keys": ["K"]}})");
  CHECK(request.scope.type == ScopeType::kSelection);
}

TEST_CASE("an action on selected rows says that its scope is missing") {
  const std::string detail = detail_at(refused(R"({"action": "pm.save_selected"})"), "/scope");
  CHECK(says(detail, "pm.save_selected takes the scope selection"));
}

TEST_CASE("an unknown action is answered with all that there are") {
  const RequestProblems problems = refused(R"({"action": "pm.backlog_snyc"})");
  CHECK(problems.kind == Kind::kInvalid);
  const std::string detail = detail_at(problems, "/action");
  for (const ActionSpec& action : kActions)
    CHECK(says(detail, std::string(action.name)));
}

TEST_CASE("the program's own actions are known by their names") {
  for (const ActionSpec& action : all_actions()) {
    const bool on_all = (action.scopes & kScopeAll) != 0;
    const std::string scope = on_all ? R"({"type":"all"})" : R"({"type":"selection","initiative_keys":[]})";
    const auto parsed =
        parse_action_request(R"({"action":")" + std::string(action.name) + R"(","scope":)" + scope + "}");
    REQUIRE(std::holds_alternative<ActionRequest>(parsed));
    CHECK(std::get<ActionRequest>(parsed).action == action.name);
  }
}

TEST_CASE("all problems of a request are reported at once, each at its place") {
  const RequestProblems problems = refused(R"({
    "action": "pm.backlog_sync", "colour": 1,
    "scope": {"type": "all", "initiative_keys": []},
    "sheet_context": {"spreadsheet_id": "https://docs.google.com/x", "tab": 7},
    "options": {"dry_run": "yes", "force": true, "a/b~c": 1},
    "requested_by": {"ui": "x", "user_email": ["a"]}})");
  CHECK(problems.problems.size() == 8);
  CHECK(says(detail_at(problems, "/colour"), "unknown member 'colour'; known are action, scope"));
  CHECK(says(detail_at(problems, "/scope/initiative_keys"), "unknown member"));
  CHECK(says(detail_at(problems, "/sheet_context/spreadsheet_id"), "spreadsheet's id"));
  CHECK(detail_at(problems, "/sheet_context/tab") == "must be a text, not a number");
  CHECK(detail_at(problems, "/options/dry_run") == "must be true or false, not a text");
  CHECK(
      says(detail_at(problems, "/options/force"), "pm.backlog_sync has no option 'force'; it takes dry_run"));
  CHECK(says(detail_at(problems, "/options/a~1b~0c"), "no option 'a/b~c'"));
  CHECK(detail_at(problems, "/requested_by/user_email") == "must be a text, not a list");
}

TEST_CASE("a scope type that an action does not take is refused with those it takes") {
  const auto problems =
      refused(R"({"action": "pm.backlog_sync", "scope": {"type": "selection", "initiative_keys": []}})");
  CHECK(detail_at(problems, "/scope/type") == "pm.backlog_sync takes the scope all, not selection");
  CHECK(says(detail_at(refused(R"({"action": "pm.backlog_sync", "scope": {"type": "some"}})"), "/scope/type"),
             "all, selection or filter, not 'some'"));
}

TEST_CASE("a selection names the entries that are wrong") {
  const auto problems = refused(R"({"action": "pm.save_selected", "scope": {"type": "selection",
    "initiative_keys": ["INIT-000001", 7, null],
    "rows": [{"row": 0, "initiative_key": "K"}, {"row": 2.5, "initiative_key": "K"}, {"row": 3}, 4,
             {"row": 5, "initiative_key": "K", "x": 1}]}})");
  CHECK(detail_at(problems, "/scope/initiative_keys/1") == "must be a text, not a number");
  CHECK(detail_at(problems, "/scope/initiative_keys/2") == "must be a text, not null");
  CHECK(says(detail_at(problems, "/scope/rows/0/row"), "whole number from 1"));
  CHECK(says(detail_at(problems, "/scope/rows/1/row"), "whole number from 1"));
  CHECK(says(detail_at(problems, "/scope/rows/2/initiative_key"), "is missing"));
  CHECK(says(detail_at(problems, "/scope/rows/3"), "must be an object"));
  CHECK(says(detail_at(problems, "/scope/rows/4/x"), "unknown member"));
}

TEST_CASE("a key is whatever the cell held") {
  const ActionRequest request = accepted(
      R"({"action": "pm.save_selected", "scope": {"type": "selection", "initiative_keys": [" a\nb "]}})");
  CHECK(request.scope.initiative_keys == std::vector<std::string>{" a\nb "});
}

TEST_CASE("a filter has one of four columns, an operator and a plain value") {
  const std::string start = R"({"action": "flow2.activate", "scope": {"type": "filter", "predicate": )";
  const ActionRequest request = accepted(start + R"({"column": "status", "op": "!=", "value": "new"}}})");
  REQUIRE(request.scope.predicate);
  CHECK(request.scope.predicate->op == PredicateOp::kNotEqual);
  CHECK(scope_summary(request) == "status != new");
  const auto problems = refused(start + R"({"column": "title", "op": "<", "value": [1]}}})");
  CHECK(says(detail_at(problems, "/scope/predicate/column"), "use_math_model, approved_by_user"));
  CHECK(detail_at(problems, "/scope/predicate/op") == "must be == or !=");
  CHECK(says(detail_at(problems, "/scope/predicate/value"), "not a list"));
}

TEST_CASE("counts of options have bounds and frameworks any spelling") {
  const ActionRequest request = accepted(
      R"({"action": "flow2.activate", "options": {"framework": "math model", "only_missing": false}})");
  CHECK(request.options.framework == "MATH_MODEL");
  CHECK_FALSE(request.options.only_missing);
  CHECK(detail_at(refused(R"({"action": "flow2.activate", "options": {"framework": "ICE"}})"),
                  "/options/framework") == "must be RICE, WSJF or MATH_MODEL");
  CHECK(says(
      detail_at(refused(R"({"action": "flow4.seed_params", "options": {"limit": 0}})"), "/options/limit"),
      "from 1 to"));
  CHECK(says(
      detail_at(refused(R"({"action": "flow4.seed_params", "options": {"limit": 1e300}})"), "/options/limit"),
      "from 1 to"));
}

TEST_CASE("what is no JSON is malformed and says where") {
  const auto malformed = [](const std::string& body) {
    const RequestProblems problems = refused(body);
    CHECK(problems.kind == Kind::kMalformed);
    return problems.problems.front().detail;
  };
  CHECK(says(malformed(""), "no JSON in it"));
  CHECK(says(malformed("{\"action\":\n  pm}"), "line 2, column 3"));
  CHECK(says(malformed(R"({"action": "a", "action": "b"})"), "'action' is given twice"));
  CHECK(says(malformed(R"({"action": 1e999})"), "too large"));
  CHECK(says(malformed("{\"action\": \"\xff\"}"), "line 1"));
  CHECK(says(malformed(std::string(33, '[') + std::string(33, ']')), "deeper than 32"));
  CHECK(says(malformed(std::string(1000000, '[')), "deeper than 32"));
}

TEST_CASE("thirty-two levels are no trouble, and brackets inside a text do not count") {
  CHECK(json_trouble(std::string(32, '[') + std::string(32, ']')).empty());
  CHECK(json_trouble('"' + std::string(100, '[') + "\\\"[" + '"').empty());
}

TEST_CASE("a document that is no object is a problem of the whole") {
  CHECK(detail_at(refused("[]"), "") == "must be an object, not a list");
}

TEST_CASE("texts have a length and no control characters") {
  const auto problems = refused(R"({"action": "pm.backlog_sync", "requested_by": {"ui": ")" +
                                std::string(65, 'x') + R"(", "user_email": "a\nb"}})");
  CHECK(says(detail_at(problems, "/requested_by/ui"), "longer than 64"));
  CHECK(says(detail_at(problems, "/requested_by/user_email"), "control characters"));
}

TEST_CASE("the canonical text of equal requests is the same") {
  const std::string one = to_canonical_json(accepted(
      R"({"options": {}, "scope": {"initiative_keys": ["A"], "type": "initiative_keys"}, "action": "pm.save_selected"})"));
  const std::string other = to_canonical_json(accepted(
      R"({"action":"pm.save_selected","scope":{"type":"selection","initiative_keys":["A"],"rows":[]},"options":{"dry_run":false},"requested_by":{}})"));
  CHECK(one == other);
}

TEST_CASE("the canonical text of any request is read back as that request") {
  const bool holds = rc::check("canonical text round trip", [] {
    const auto actions = all_actions();
    const ActionSpec& action = actions[*rc::gen::inRange<std::size_t>(0, actions.size())];
    const auto text = rc::gen::container<std::string>(rc::gen::inRange<char>(' ', '~'));
    ActionRequest request;
    request.action = action.name;
    if ((action.scopes & kScopeAll) == 0) {
      request.scope.type = ScopeType::kSelection;
      request.scope.initiative_keys = *rc::gen::container<std::vector<std::string>>(text);
      for (const std::string& key : request.scope.initiative_keys) {
        request.scope.rows.push_back({*rc::gen::inRange(1, 1000), key});
      }
    } else if ((action.scopes & kScopeFilter) != 0 && *rc::gen::arbitrary<bool>()) {
      request.scope.type = ScopeType::kFilter;
      request.scope.predicate = Predicate{"status", PredicateOp::kNotEqual, Cell{*text}};
    }
    if (*rc::gen::arbitrary<bool>()) request.sheet_context = SheetContext{"1Ab-_", *text};
    request.options.dry_run = *rc::gen::arbitrary<bool>();
    if ((action.options & kForce) != 0) request.options.force = *rc::gen::arbitrary<bool>();
    if ((action.options & kLimit) != 0) request.options.limit = *rc::gen::inRange(1, 500);
    request.requested_by.user_email = *text;
    const std::string canonical = to_canonical_json(request);
    const auto parsed = parse_action_request(canonical);
    RC_ASSERT(std::holds_alternative<ActionRequest>(parsed));
    RC_ASSERT(to_canonical_json(std::get<ActionRequest>(parsed)) == canonical);
    RC_ASSERT(std::get<ActionRequest>(parsed).scope.initiative_keys == request.scope.initiative_keys);
  });
  CHECK(holds);
}

TEST_CASE("the summary of a selection counts each initiative once") {
  ActionRequest request;
  request.scope.type = ScopeType::kSelection;
  request.scope.initiative_keys = {"A", " ", "B", "A", ""};
  CHECK(scope_summary(request) == "2 initiatives");
  request.scope.initiative_keys = {"A", "A"};
  CHECK(scope_summary(request) == "1 initiative");
  CHECK(scope_summary(ActionRequest{}) == "all");
}

TEST_CASE("the summary of a scope says that a run is a dry one") {
  ActionRequest request;
  request.options.dry_run = true;
  CHECK(scope_summary(request) == "all, dry run");
}

}  // namespace roadmap
