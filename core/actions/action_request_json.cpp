#include "core/actions/action_request_json.h"

#include <nlohmann/json.hpp>

#include "core/actions/action_options.h"
#include "core/actions/action_registry.h"
#include "core/run/json_text.h"

namespace roadmap {
namespace {

using OrderedJson = nlohmann::ordered_json;

OrderedJson scope_json(const Scope& scope) {
  switch (scope.type) {
    case ScopeType::kAll:
      return {{"type", "all"}};
    case ScopeType::kSelection: {
      OrderedJson json = {{"type", "selection"}, {"initiative_keys", scope.initiative_keys}};
      OrderedJson rows = OrderedJson::array();
      for (const SelectedRow& row : scope.rows) {
        rows.push_back(OrderedJson{{"row", row.row}, {"initiative_key", row.initiative_key}});
      }
      if (!rows.empty()) json["rows"] = std::move(rows);
      return json;
    }
    case ScopeType::kFilter:
      break;
  }
  OrderedJson json = {{"type", "filter"}};
  if (scope.predicate) {
    json["predicate"] = OrderedJson{{"column", scope.predicate->column},
                                    {"op", scope.predicate->op == PredicateOp::kEqual ? "==" : "!="},
                                    {"value", cell_to_json(scope.predicate->value)}};
  }
  return json;
}

// Only options that the action takes: parse_action_request refuses the others.
OrderedJson options_json(const ActionOptions& options, std::uint8_t taken) {
  OrderedJson json = {{"dry_run", options.dry_run}};
  if ((taken & kProductOrg) != 0 && options.product_org) json["product_org"] = *options.product_org;
  if ((taken & kAllowStatusOverride) != 0) json["allow_status_override"] = options.allow_status_override;
  if ((taken & kFramework) != 0 && options.framework) json["framework"] = *options.framework;
  if ((taken & kOnlyMissing) != 0) json["only_missing"] = options.only_missing;
  if ((taken & kForce) != 0) json["force"] = options.force;
  if ((taken & kLimit) != 0 && options.limit) json["limit"] = *options.limit;
  if ((taken & kMaxLlmCalls) != 0) json["max_llm_calls"] = options.max_llm_calls;
  return json;
}

}  // namespace

std::string to_canonical_json(const ActionRequest& request) {
  const ActionSpec* action = find_action(request.action);
  const std::uint8_t taken = action == nullptr ? std::uint8_t{kNoOption} : action->options;
  OrderedJson json = {{"action", request.action}, {"scope", scope_json(request.scope)}};
  if (request.sheet_context) {
    json["sheet_context"] = OrderedJson{{"spreadsheet_id", request.sheet_context->spreadsheet_id},
                                        {"tab", request.sheet_context->tab}};
  }
  json["options"] = options_json(request.options, taken);
  json["requested_by"] =
      OrderedJson{{"ui", request.requested_by.ui}, {"user_email", request.requested_by.user_email}};
  return json.dump(-1, ' ', false, OrderedJson::error_handler_t::replace);
}

}  // namespace roadmap
