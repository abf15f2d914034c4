// Handlers for what the program knows: actions, fields, the API's own description.
#include <nlohmann/json.hpp>

#include "app/http/api.h"
#include "app/http/openapi.h"
#include "app/http/response.h"
#include "core/fields/registry.h"

namespace roadmap::app {
namespace {

using Json = nlohmann::ordered_json;

Json option_json(const OptionSpec& option) {
  Json json = {{"name", option.name}, {"type", nullptr}, {"summary", option.summary}};
  json.update(option_schema(option));
  return json;
}

std::string_view owner_name(Owner owner) {
  switch (owner) {
    case Owner::kTeam:
      return "team";
    case Owner::kPm:
      return "pm";
    case Owner::kSystem:
      return "system";
    case Owner::kLlm:
      return "llm";
  }
  return "system";
}

Json workbooks_json(std::uint8_t workbooks) {
  Json names = Json::array();
  if ((workbooks & kIntakeWorkbooks) != 0) names.push_back("intake");
  if ((workbooks & kBacklogWorkbooks) != 0) names.push_back("central_backlog");
  if ((workbooks & kProductOpsWorkbook) != 0) names.push_back("product_ops");
  return names;
}

Json action_json(const ActionSpec& action) {
  Json options = Json::array();
  for (const OptionSpec* option : options_of(action))
    options.push_back(option_json(*option));
  return {{"name", action.name},
          {"label", action.label},
          {"summary", action.summary},
          {"scopes", scope_names(action)},
          {"needs_selection", action.reach.needs_selection()},
          {"needs_llm", action.needs_llm},
          {"workbooks", workbooks_json(action.reach.workbooks)},
          {"options", std::move(options)}};
}

// With its header on each tab.
Json field_json(const Field& field) {
  Json columns = Json::array();
  for (const TabColumn& column : field.columns) {
    if (column.header.empty()) continue;
    columns.push_back(
        Json{{"tab", tab_name(column.tab)}, {"header", column.header}, {"owner", owner_name(column.owner)}});
  }
  return {{"name", field.name}, {"note", field.note}, {"columns", std::move(columns)}};
}

}  // namespace

net::HttpResponse Api::list_actions(const Exchange&) {
  Json actions = Json::array();
  for (const ActionSpec& action : all_actions())
    actions.push_back(action_json(action));
  return json_response(200, dumped(Json{{"actions", std::move(actions)}}));
}

net::HttpResponse Api::list_fields(const Exchange&) {
  Json fields = Json::array();
  for (const Field& field : all_fields())
    fields.push_back(field_json(field));
  return json_response(200, dumped(Json{{"fields", std::move(fields)}}));
}

net::HttpResponse Api::get_openapi(const Exchange&) { return json_response(200, openapi_document()); }

}  // namespace roadmap::app
