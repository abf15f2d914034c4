#include "app/http/openapi_schemas.h"

#include <nlohmann/json.hpp>

#include "core/actions/action_registry.h"
#include "core/fields/cell_value.h"
#include "core/fields/registry.h"

namespace roadmap::app {
namespace {

using Json = nlohmann::ordered_json;

Json schema_named(const char* name) { return {{"$ref", std::string("#/components/schemas/") + name}}; }

Json text() { return {{"type", "string"}}; }
Json integer() { return {{"type", "integer"}}; }
Json flag() { return {{"type", "boolean"}}; }
Json moment() { return {{"type", Json::array({"string", "null"})}, {"format", "date-time"}}; }
Json list_of(Json items) { return {{"type", "array"}, {"items", std::move(items)}}; }
Json or_null(Json schema) { return {{"oneOf", Json::array({std::move(schema), Json{{"type", "null"}}})}}; }

Json object(Json properties, Json required = Json::array()) {
  Json schema = {{"type", "object"}, {"properties", std::move(properties)}};
  if (!required.empty()) schema["required"] = std::move(required);
  return schema;
}

// An object of a request: unknown members are refused.
Json strict(Json schema) {
  schema["additionalProperties"] = false;
  return schema;
}

Json option_schema(const OptionSpec& option) {
  Json schema;
  switch (option.type()) {
    case OptionType::kFlag:
      schema = flag();
      schema["default"] = option.default_flag();
      break;
    case OptionType::kText:
      schema = text();
      break;
    case OptionType::kFramework:
      schema = {{"type", "string"}, {"enum", kFrameworkNames}};
      break;
    case OptionType::kCount:
      schema = {{"type", "integer"}, {"minimum", option.min}, {"maximum", option.max}};
      if (option.default_count() != 0) schema["default"] = option.default_count();
      break;
  }
  schema["description"] = option.summary;
  return schema;
}

Json action_request_schema() {
  Json names = Json::array();
  for (const ActionSpec& action : all_actions())
    names.push_back(action.name);
  Json options = Json::object();
  for (const OptionSpec& option : all_options())
    options[std::string(option.name)] = option_schema(option);
  const Json sheet_context =
      strict(object({{"spreadsheet_id", text()}, {"tab", text()}}, Json::array({"spreadsheet_id"})));
  return strict(object({{"action", {{"type", "string"}, {"enum", std::move(names)}}},
                        {"scope", schema_named("Scope")},
                        {"sheet_context", sheet_context},
                        {"options", strict(object(std::move(options)))},
                        {"requested_by", strict(object({{"ui", text()}, {"user_email", text()}}))}},
                       Json::array({"action"})));
}

Json scope_schema() {
  const Json row = strict(object({{"row", {{"type", "integer"}, {"minimum", 1}}}, {"initiative_key", text()}},
                                 {"row", "initiative_key"}));
  const Json predicate = strict(
      object({{"column",
               {{"type", "string"},
                {"enum", {"use_math_model", "approved_by_user", "active_scoring_framework", "status"}}}},
              {"op", {{"type", "string"}, {"enum", {"==", "!="}}}},
              {"value", {{"type", Json::array({"string", "number", "boolean", "null"})}}}},
             {"column", "op", "value"}));
  const auto type = [](Json names) { return Json{{"type", "string"}, {"enum", std::move(names)}}; };
  return {{"oneOf",
           Json::array({strict(object({{"type", type(Json::array({"all"}))}}, Json::array({"type"}))),
                        strict(object({{"type", type({"selection", "initiative_keys"})},
                                       {"initiative_keys", list_of(text())},
                                       {"rows", list_of(row)}},
                                      {"type", "initiative_keys"})),
                        strict(object({{"type", type(Json::array({"filter"}))}, {"predicate", predicate}},
                                      {"type", "predicate"}))})}};
}

Json summary_schema() {
  return object({{"total", integer()}, {"success", integer()}, {"skipped", integer()}, {"failed", integer()}},
                {"total", "success", "skipped", "failed"});
}

Json outcome_schema() {
  return object({{"initiative_key", text()},
                 {"row", {{"type", Json::array({"integer", "null"})}}},
                 {"status", {{"type", "string"}, {"enum", {"ok", "failed", "skipped"}}}},
                 {"message", text()}});
}

Json result_schema() {
  const Json raw = object({{"rows", list_of(outcome_schema())},
                           {"warnings", list_of(text())},
                           {"substeps", list_of(Json::object())}});
  return object({{"summary", schema_named("Summary")}, {"raw", raw}}, {"summary", "raw"});
}

// What a run shows wherever it appears.
Json run_properties() {
  return {{"run_id", text()},
          {"action", text()},
          {"status", {{"type", "string"}, {"enum", {"queued", "running", "success", "failed", "cancelled"}}}},
          {"created_at", moment()},
          {"started_at", moment()},
          {"finished_at", moment()},
          {"attempt", integer()},
          {"progress",
           or_null(object({{"step", text()}, {"label", text()}, {"done", integer()}, {"total", integer()}}))},
          {"requested_by", object({{"ui", text()}, {"user_email", text()}})},
          {"spreadsheet_id", text()},
          {"tab", text()},
          {"scope_summary", text()},
          {"error", or_null(object({{"code", text()}, {"message", text()}, {"detail", text()}}))}};
}

Json run_schema(const char* name, Json schema) {
  Json properties = run_properties();
  properties[name] = or_null(std::move(schema));
  return object(std::move(properties), {"run_id", "action", "status"});
}

Json listed_run_schema() {
  Json schema = run_schema("summary", schema_named("Summary"));
  Json failures = list_of(object({{"message", text()}, {"count", integer()}}, {"message", "count"}));
  failures["type"] = Json::array({"array", "null"});
  failures["description"] =
      "Why rows failed, the commonest reasons first; empty where none did, null where they are not read yet.";
  schema["properties"]["failures"] = std::move(failures);
  return schema;
}

Json run_counts_schema() {
  const Json counts = {{"type", "object"}, {"additionalProperties", integer()}};
  Json over_time = list_of(object({{"from", moment()}, {"counts", counts}}, {"from", "counts"}));
  over_time["description"] = "With `per`: the periods in which runs were asked for, oldest first.";
  return object({{"counts", counts}, {"of_newest", integer()}, {"over_time", std::move(over_time)}},
                {"counts", "of_newest"});
}

Json field_schema() {
  const Json column = object({{"tab", text()}, {"header", text()}, {"owner", text()}});
  return object({{"name", text()}, {"note", text()}, {"columns", list_of(column)}}, {"name", "columns"});
}

Json action_schema() {
  return object({{"name", text()},
                 {"label", text()},
                 {"summary", text()},
                 {"scopes", list_of(text())},
                 {"needs_selection", flag()},
                 {"needs_llm", flag()},
                 {"workbooks", list_of(text())},
                 {"options", list_of(Json{{"type", "object"}})}});
}

Json number_or_null() { return {{"type", Json::array({"number", "null"})}}; }

// One computation of a score. In lists of initiatives only the figures are there.
Json score_schema() {
  const Json numbers = {{"type", "object"}, {"additionalProperties", {{"type", "number"}}}};
  return object(
      {{"framework", text()},
       {"value", number_or_null()},
       {"effort", number_or_null()},
       {"overall", number_or_null()},
       {"computed_at", moment()},
       {"stale", flag()},
       {"reason", {{"type", "string"}, {"description", "Why there is no score; empty where there is one."}}},
       {"explanation", text()},
       {"inputs", numbers},
       {"components", numbers},
       {"warnings", list_of(text())},
       {"formula", text()},
       {"parameters", numbers}},
      {"value", "effort", "overall", "computed_at"});
}

Json initiative_schema() {
  Json properties = {{"initiative_key", text()}};
  for (const FieldId id : fields_of(Table::kInitiatives)) {
    properties[std::string(field(id).name)] = Json{{"description", field(id).note}};
  }
  properties["initiative_key"] = text();
  properties["created_at"] = moment();
  properties["updated_at"] = moment();
  properties["scores"] =
      Json{{"type", "object"},
           {"description", "The newest score of each framework; null where none was computed."},
           {"additionalProperties", or_null(schema_named("Score"))}};
  Json history = list_of(schema_named("Score"));
  history["description"] = "Every score that was computed, newest first. Not in lists.";
  properties["history"] = std::move(history);
  return object(std::move(properties), Json::array({"initiative_key"}));
}

Json problem_schema() {
  const Json error = object({{"pointer", text()}, {"detail", text()}});
  return object({{"type", text()},
                 {"title", text()},
                 {"status", integer()},
                 {"detail", text()},
                 {"errors", list_of(error)}},
                {"type", "title", "status", "detail"});
}

Json run_record_schema() {
  const Json event = object({{"at", moment()}, {"kind", text()}, {"detail", text()}});
  return object({{"run_id", text()},
                 {"events", list_of(event)},
                 {"idempotency_key", {{"type", Json::array({"string", "null"})}}},
                 {"request", schema_named("ActionRequest")}},
                {"run_id", "events", "request"});
}

Json session_schema() {
  return object({{"login_required", flag()},
                 {"csrf_token", {{"type", Json::array({"string", "null"})}}},
                 {"ends_at", moment()}},
                {"login_required", "csrf_token", "ends_at"});
}

Json status_schema() {
  const Json quota = object({{"used", integer()}, {"per_minute", integer()}});
  const Json tab = object({{"workbook", text()},
                           {"spreadsheet_id", text()},
                           {"tab", text()},
                           {"sheet_id", {{"type", Json::array({"integer", "null"})}}}});
  return object({{"version", text()},
                 {"started_at", moment()},
                 {"queue", object({{"queued", integer()}, {"max_queued", integer()}})},
                 {"workers", object({{"running", integer()}, {"threads", integer()}})},
                 {"quota", object({{"reads", quota}, {"writes", quota}})},
                 {"token", object({{"account", text()},
                                   {"fetched_at", moment()},
                                   {"outcome", {{"type", Json::array({"string", "null"})}}}})},
                 {"tabs", list_of(tab)},
                 {"workspace", flag()}});
}

Json page_schema(const char* list, const char* item) {
  return object(
      {{list, list_of(schema_named(item))}, {"next_cursor", {{"type", Json::array({"string", "null"})}}}});
}

}  // namespace

Json openapi_schemas() {
  const Json check = object({{"name", text()}, {"ok", flag()}, {"detail", text()}});
  return {{"ActionRequest", action_request_schema()},
          {"Scope", scope_schema()},
          {"AcceptedRun", object({{"run_id", text()}, {"status", text()}, {"deduplicated", flag()}},
                                 {"run_id", "status", "deduplicated"})},
          {"Summary", summary_schema()},
          {"Result", result_schema()},
          {"Run", run_schema("result", schema_named("Result"))},
          {"ListedRun", listed_run_schema()},
          {"RunCounts", run_counts_schema()},
          {"RunRecord", run_record_schema()},
          {"Session", session_schema()},
          {"Status", status_schema()},
          {"RunPage", page_schema("runs", "ListedRun")},
          {"Action", action_schema()},
          {"ActionList", object({{"actions", list_of(schema_named("Action"))}})},
          {"Field", field_schema()},
          {"FieldList", object({{"fields", list_of(schema_named("Field"))}})},
          {"Score", score_schema()},
          {"Initiative", initiative_schema()},
          {"InitiativePage", page_schema("initiatives", "Initiative")},
          {"Readiness", object({{"status", text()}, {"checks", list_of(check)}})},
          {"Problem", problem_schema()}};
}

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

}  // namespace roadmap::app
