#include "core/actions/action_request_json.h"

#include <nlohmann/json.hpp>

#include "core/actions/action_registry.h"
#include "core/run/json_text.h"

namespace roadmap {
namespace {

using OrderedJson = nlohmann::ordered_json;

OrderedJson scope_json(const Scope& scope) {
  OrderedJson json = {{"type", scope_name(scope.type)}};
  if (scope.type == ScopeType::kSelection) {
    json["initiative_keys"] = scope.initiative_keys;
    OrderedJson rows = OrderedJson::array();
    for (const SelectedRow& row : scope.rows)
      rows.push_back(OrderedJson{{"row", row.row}, {"initiative_key", row.initiative_key}});
    if (!rows.empty()) json["rows"] = std::move(rows);
  }
  if (scope.type == ScopeType::kFilter && scope.predicate) {
    json["predicate"] = OrderedJson{{"column", scope.predicate->column},
                                    {"op", scope.predicate->op == PredicateOp::kEqual ? "==" : "!="},
                                    {"value", cell_to_json(scope.predicate->value)}};
  }
  return json;
}

// Only options that the action takes: parse_action_request refuses the others.
OrderedJson options_json(const ActionOptions& options, const ActionSpec* action) {
  OrderedJson json = OrderedJson::object();
  for (const OptionSpec& option : all_options()) {
    if (option.bit != 0 && (action == nullptr || (action->options & option.bit) == 0)) continue;
    std::visit(
        [&](auto member) {
          const auto& value = options.*member;
          if constexpr (requires { *value; }) {
            if (value) json[std::string(option.name)] = *value;
          } else {
            json[std::string(option.name)] = value;
          }
        },
        option.member);
  }
  return json;
}

}  // namespace

std::string to_canonical_json(const ActionRequest& request) {
  OrderedJson json = {{"action", request.action}, {"scope", scope_json(request.scope)}};
  if (request.sheet_context) {
    json["sheet_context"] = OrderedJson{{"spreadsheet_id", request.sheet_context->spreadsheet_id},
                                        {"tab", request.sheet_context->tab}};
  }
  json["options"] = options_json(request.options, find_action(request.action));
  json["requested_by"] =
      OrderedJson{{"ui", request.requested_by.ui}, {"user_email", request.requested_by.user_email}};
  return json.dump(-1, ' ', false, OrderedJson::error_handler_t::replace);
}

}  // namespace roadmap
