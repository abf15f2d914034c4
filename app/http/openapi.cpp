#include "app/http/openapi.h"

#include <nlohmann/json.hpp>
#include <string_view>

#include "app/http/gate.h"
#include "app/http/openapi_schemas.h"
#include "app/http/route.h"
#include "app/process/version.h"
#include "core/actions/action_registry.h"
#include "core/fields/text.h"

namespace roadmap::app {
namespace {

using Json = nlohmann::ordered_json;

Json reference(std::string_view kind, std::string_view name) {
  return {{"$ref", "#/components/" + std::string(kind) + "/" + std::string(name)}};
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
                              {"schema", Json::parse(parameter.schema)}});
  }
  if (route.name == "startRun") parameters.push_back(reference("parameters", "IdempotencyKey"));
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

Json request_body() {
  Json examples = Json::object();
  for (const ActionSpec& action : all_actions()) {
    examples[std::string(action.name)] = Json{{"summary", action.label}, {"value", example_request(action)}};
  }
  return {{"required", true},
          {"content",
           {{"application/json",
             {{"schema", reference("schemas", "ActionRequest")}, {"examples", std::move(examples)}}}}}};
}

Json login_body() {
  const Json schema = {{"type", "object"},
                       {"properties", {{"secret", {{"type", "string"}, {"format", "password"}}}}},
                       {"required", Json::array({"secret"})},
                       {"additionalProperties", false}};
  return {{"required", true}, {"content", {{"application/json", {{"schema", schema}}}}}};
}

Json operation_json(const Route& route) {
  Json operation = {{"operationId", route.name}, {"summary", route.summary}};
  Json parameters = parameters_json(route);
  if (!parameters.empty()) operation["parameters"] = std::move(parameters);
  if (route.name == "startRun") operation["requestBody"] = request_body();
  if (route.name == "logIn") operation["requestBody"] = login_body();
  operation["responses"] = answers_json(route);
  if (route.access == Access::kOpen) operation["security"] = Json::array();
  return operation;
}

Json components_json() {
  const auto problem_response = [](const char* description) {
    return Json{{"description", description},
                {"content", {{"application/problem+json", {{"schema", reference("schemas", "Problem")}}}}}};
  };
  return {{"securitySchemes",
           {{"secret", {{"type", "apiKey"}, {"in", "header"}, {"name", Gate::kSecretHeader}}},
            {"session",
             {{"type", "apiKey"},
              {"in", "cookie"},
              {"name", Gate::kCookie},
              {"description", "Requests that change something need the header X-CSRF-Token too."}}}}},
          {"parameters",
           {{"IdempotencyKey",
             {{"name", "Idempotency-Key"},
              {"in", "header"},
              {"description", "The same key with the same body within 24 hours answers with the first run."},
              {"schema", {{"type", "string"}, {"minLength", 1}, {"maxLength", 200}}}}}}},
          {"responses",
           {{"Unauthorised", problem_response("The secret is missing or wrong.")},
            {"NotFound", problem_response("There is no such thing.")}}},
          {"schemas", openapi_schemas()}};
}

}  // namespace

std::string openapi_document() {
  Json paths = Json::object();
  for (const Route& route : all_routes()) {
    paths[std::string(route.path)][lower(route.method)] = operation_json(route);
  }
  const Json document = {
      {"openapi", "3.1.0"},
      {"info",
       {{"title", "roadmapd"},
        {"version", version()},
        {"description", "Starts and watches the jobs behind the Roadmap AI menu of Google Sheets."}}},
      {"security", Json::array({Json{{"secret", Json::array()}}, Json{{"session", Json::array()}}})},
      {"paths", std::move(paths)},
      {"components", components_json()}};
  return document.dump(2);
}

}  // namespace roadmap::app
