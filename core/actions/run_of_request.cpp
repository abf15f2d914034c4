#include "core/actions/run_of_request.h"

#include <fmt/format.h>

#include <set>
#include <string_view>
#include <utility>

#include "core/actions/action_registry.h"
#include "core/actions/action_request_json.h"
#include "core/run/held_spreadsheets.h"

namespace roadmap {
namespace {

std::string words_of(const Scope& scope) {
  if (scope.type == ScopeType::kAll) return "all";
  if (scope.type == ScopeType::kFilter) {
    if (!scope.predicate) return "filter";
    return fmt::format("{} {} {}", scope.predicate->column,
                       scope.predicate->op == PredicateOp::kEqual ? "==" : "!=",
                       is_blank(scope.predicate->value) ? "blank" : to_text(scope.predicate->value));
  }
  std::set<std::string_view> keys;
  for (const std::string& key : scope.initiative_keys) {
    if (!trim(key).empty()) keys.insert(trim(key));
  }
  return fmt::format("{} {}", keys.size(), keys.size() == 1 ? "initiative" : "initiatives");
}

}  // namespace

NewRun run_of_request(const ActionRequest& request, const Settings& settings, std::string idempotency_key) {
  const ActionSpec* action = find_action(request.action);
  NewRun run;
  run.action = request.action;
  run.payload = to_canonical_json(request);
  run.requested_by_email = request.requested_by.user_email;
  run.requested_by_ui = request.requested_by.ui;
  if (request.sheet_context) run.tab = request.sheet_context->tab;
  run.scope_type = scope_name(request.scope.type);
  run.scope_summary = scope_summary(request);
  run.held = held_spreadsheets(request, settings, action == nullptr ? ActionReach{} : action->reach);
  run.idempotency_key = std::move(idempotency_key);
  return run;
}

std::string scope_summary(const ActionRequest& request) {
  return words_of(request.scope) + (request.options.dry_run ? ", dry run" : "");
}

}  // namespace roadmap
