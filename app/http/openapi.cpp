#include "app/http/openapi.h"

#include <nlohmann/json.hpp>
#include <string_view>

#include "app/http/route.h"
#include "app/process/version.h"
#include "core/actions/action_registry.h"
#include "core/fields/cell_value.h"
#include "core/fields/registry.h"
#include "core/fields/text.h"

// NOLINTBEGIN(readability-identifier-naming): named by the assembler's file
extern "C" const char app_openapi_begin[];
extern "C" const char app_openapi_end[];
// NOLINTEND(readability-identifier-naming)

namespace roadmap::app {
namespace {

using Json = nlohmann::ordered_json;

Json reference(std::string_view kind, std::string_view name) {
  return {{"$ref", "#/components/" + std::string(kind) + "/" + std::string(name)}};
}

Json schema_of(const QueryParameter& parameter) {
  if (const auto* schema = std::get_if<std::string_view>(&parameter.value)) return Json::parse(*schema);
  const auto& range = std::get<WholeNumber>(parameter.value);
  return {{"type", "integer"}, {"minimum", range.min}, {"maximum", range.max}, {"default", range.fallback}};
}

Json parameters_json(const Route& route) {
  Json parameters = Json::array();
  std::string_view path = route.path;
  for (std::size_t open = path.find('{'); open != std::string_view::npos; open = path.find('{')) {
    const std::size_t close = path.find('}', open);
    parameters.push_back(Json{{"name", path.substr(open + 1, close - open - 1)},
                              {"in", "path"},
                              {"required", true},
                              {"schema", {{"type", "string"}}}});
    path.remove_prefix(close + 1);
  }
  for (const QueryParameter& parameter : route.query) {
    parameters.push_back(Json{{"name", parameter.name},
                              {"in", "query"},
                              {"description", parameter.summary},
                              {"schema", schema_of(parameter)}});
  }
  for (const std::string_view header : route.headers)
    parameters.push_back(reference("parameters", header));
  return parameters;
}

Json answer_json(const RouteAnswer& answer) {
  Json json = {{"description", answer.summary}};
  if (!answer.content_type.empty()) {
    Json schema = answer.schema.empty() ? Json(Json::object()) : reference("schemas", answer.schema);
    json["content"][std::string(answer.content_type)] = Json{{"schema", std::move(schema)}};
  }
  if (answer.status == 202) {
    json["headers"]["Location"] =
        Json{{"description", "The run's address."}, {"schema", {{"type", "string"}}}};
  }
  if (answer.status == 429) {
    json["headers"]["Retry-After"] = Json{{"description", "Seconds."}, {"schema", {{"type", "integer"}}}};
  }
  return json;
}

Json answers_json(const Route& route) {
  Json answers = Json::object();
  for (const RouteAnswer& answer : route.answers)
    answers[std::to_string(answer.status)] = answer_json(answer);
  if (route.access == Access::kSecret) answers["401"] = reference("responses", "Unauthorised");
  if (route.path.find('{') != std::string_view::npos) answers["404"] = reference("responses", "NotFound");
  return answers;
}

// A request that the action accepts as it stands.
Json example_request(const ActionSpec& action) {
  Json example = {{"action", action.name}};
  if ((action.scopes & kScopeAll) != 0) {
    example["scope"] = Json{{"type", "all"}};
  } else {
    example["scope"] =
        Json{{"type", "selection"}, {"initiative_keys", Json::array({"INIT-000001", "INIT-000002"})}};
  }
  Json options = {{"dry_run", true}};
  for (const OptionSpec* option : options_of(action)) {
    const std::string name(option->name);
    if (option->type() == OptionType::kFramework) options[name] = kFrameworkNames.front();
    if (option->type() == OptionType::kCount)
      options[name] = option->default_count() != 0 ? option->default_count() : 20;
  }
  example["options"] = std::move(options);
  example["requested_by"] = Json{{"ui", "curl"}, {"user_email", "pm@example.com"}};
  return example;
}

// A body that asks for a run comes with an example for each action.
Json body_json(Json schema) {
  Json content = {{"schema", std::move(schema)}};
  if (content["schema"] == reference("schemas", "ActionRequest")) {
    for (const ActionSpec& action : all_actions()) {
      content["examples"][std::string(action.name)] =
          Json{{"summary", action.label}, {"value", example_request(action)}};
    }
  }
  return {{"required", true}, {"content", {{"application/json", std::move(content)}}}};
}

Json operation_json(const Route& route) {
  Json operation = {{"operationId", route.name}, {"summary", route.summary}};
  Json parameters = parameters_json(route);
  if (!parameters.empty()) operation["parameters"] = std::move(parameters);
  if (!route.body.empty()) operation["requestBody"] = body_json(Json::parse(route.body));
  operation["responses"] = answers_json(route);
  if (route.access == Access::kOpen) operation["security"] = Json::array();
  return operation;
}

void add_paths(Json& paths) {
  for (const Route& route : all_routes())
    paths[std::string(route.path)][lower(route.method)] = operation_json(route);
}

// What the file leaves to the registries.
void complete_schemas(Json& schemas) {
  Json& request = schemas["ActionRequest"]["properties"];
  for (const ActionSpec& action : all_actions())
    request["action"]["enum"].push_back(action.name);
  for (const OptionSpec& option : all_options()) {
    Json& schema = request["options"]["properties"][std::string(option.name)];
    schema = option_schema(option);
    schema["description"] = option.summary;
  }

  Json initiative = {{"initiative_key", nullptr}};
  for (const FieldId id : fields_of(Table::kInitiatives))
    initiative[std::string(field(id).name)] = Json{{"description", field(id).note}};
  initiative.update(schemas["Initiative"]["properties"]);
  schemas["Initiative"]["properties"] = std::move(initiative);

  // Lists show a run with a summary of its result.
  Json listed = schemas["Run"]["properties"];
  listed.erase("result");
  listed.update(schemas["ListedRun"]["properties"]);
  schemas["ListedRun"]["properties"] = std::move(listed);
}

}  // namespace

Json option_schema(const OptionSpec& option) {
  switch (option.type()) {
    case OptionType::kFlag:
      return {{"type", "boolean"}, {"default", option.default_flag()}};
    case OptionType::kFramework:
      return {{"type", "string"}, {"enum", kFrameworkNames}};
    case OptionType::kCount: {
      Json schema = {{"type", "integer"}, {"minimum", option.min}, {"maximum", option.max}};
      if (option.default_count() != 0) schema["default"] = option.default_count();
      return schema;
    }
    case OptionType::kText:
      break;
  }
  return {{"type", "string"}};
}

std::string openapi_document() {
  Json document = Json::parse(app_openapi_begin, app_openapi_end);
  document["info"]["version"] = version();
  add_paths(document["paths"]);
  complete_schemas(document["components"]["schemas"]);
  return document.dump(2);
}

}  // namespace roadmap::app
