#include "app/http/catalogue_json.h"

#include <nlohmann/json.hpp>

#include "core/actions/action_registry.h"
#include "core/fields/cell_value.h"
#include "core/fields/registry.h"
#include "core/run/json_text.h"

namespace roadmap::app {
namespace {

using Json = nlohmann::ordered_json;

std::string_view type_name(OptionType type) {
  switch (type) {
    case OptionType::kFlag:
      return "boolean";
    case OptionType::kText:
    case OptionType::kFramework:
      return "string";
    case OptionType::kCount:
      return "integer";
  }
  return "string";
}

Json option_json(const OptionSpec& option) {
  Json json = {{"name", option.name}, {"type", type_name(option.type())}, {"summary", option.summary}};
  if (option.type() == OptionType::kFlag) json["default"] = option.default_flag();
  if (option.type() == OptionType::kFramework) json["enum"] = kFrameworkNames;
  if (option.type() == OptionType::kCount) {
    json["minimum"] = option.min;
    json["maximum"] = option.max;
    if (option.default_count() != 0) json["default"] = option.default_count();
  }
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

}  // namespace

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

Json field_json(const Field& field) {
  Json columns = Json::array();
  for (const TabColumn& column : field.columns) {
    if (column.header.empty()) continue;
    columns.push_back(
        Json{{"tab", tab_name(column.tab)}, {"header", column.header}, {"owner", owner_name(column.owner)}});
  }
  return {{"name", field.name}, {"note", field.note}, {"columns", std::move(columns)}};
}

Json initiative_json(const InitiativeRecord& initiative) {
  Json json = {{"initiative_key", initiative.key}};
  for (const FieldId id : fields_of(Table::kInitiatives)) {
    json[std::string(field(id).name)] = cell_to_json(initiative.value(id));
  }
  json["initiative_key"] = initiative.key;
  json["product_org"] = initiative.product_org;
  json["intake_tab_key"] = initiative.intake_tab_key;
  json["created_at"] = to_iso8601(initiative.created_at);
  json["updated_at"] = to_iso8601(initiative.updated_at);
  json["updated_source"] = initiative.updated_source;
  json["scoring_updated_at"] =
      initiative.scoring_updated_at ? Json(to_iso8601(*initiative.scoring_updated_at)) : Json(nullptr);
  json["scoring_updated_source"] = initiative.scoring_updated_source;
  return json;
}

}  // namespace roadmap::app
