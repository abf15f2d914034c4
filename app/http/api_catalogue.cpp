// Handlers for what there is: actions, initiatives, the API's own description.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "app/http/api.h"
#include "app/http/catalogue_json.h"
#include "app/http/entity_tag.h"
#include "app/http/openapi.h"
#include "app/http/query_reader.h"
#include "app/http/response.h"
#include "app/http/scores_json.h"
#include "core/fields/registry.h"

namespace roadmap::app {
namespace {

using Json = nlohmann::ordered_json;

constexpr int kDefaultListedInitiatives = 100;
constexpr int kMaxListedInitiatives = 500;

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

net::HttpResponse Api::list_initiatives(const Exchange& exchange) {
  QueryReader query(exchange.request, {"limit", "cursor"});
  const int limit = query.whole("limit", kDefaultListedInitiatives, 1, kMaxListedInitiatives);
  if (!query.problems().empty()) return problem(400, query.problems() + ".");
  const Store::InitiativePage page = parts_.store.list_initiatives(query.text("cursor").value_or(""), limit);
  std::vector<std::string> keys;
  for (const InitiativeRecord& initiative : page.initiatives)
    keys.push_back(initiative.key);
  const Store::Scoring scoring = parts_.store.scoring_of(keys);
  StoredScoring stored(scoring.models, scoring.params, scoring.current);
  ScoresJson scores(stored, parts_.settings.scoring);
  Json initiatives = Json::array();
  for (const InitiativeRecord& initiative : page.initiatives) {
    Json json = initiative_json(initiative);
    json["scores"] = scores.summary(initiative);
    initiatives.push_back(std::move(json));
  }
  Json json = {{"initiatives", std::move(initiatives)}};
  json["next_cursor"] = page.next_after.empty() ? Json(nullptr) : Json(page.next_after);
  return tagged_by_content(json_response(200, dumped(json)), exchange.request);
}

net::HttpResponse Api::get_initiative(const Exchange& exchange) {
  constexpr std::size_t kMaxShown = 60;
  const std::string& key = exchange.path_values.front();
  const std::optional<InitiativeRecord> initiative = parts_.store.find_initiative(key);
  if (!initiative) return problem(404, fmt::format("There is no initiative '{}'.", key.substr(0, kMaxShown)));
  const Store::Scoring scoring = parts_.store.scoring_of({key});
  StoredScoring stored(scoring.models, scoring.params, scoring.current);
  Json json = initiative_json(*initiative);
  json["scores"] = ScoresJson(stored, parts_.settings.scoring).details(*initiative);
  json["history"] = history_json(parts_.store.score_history(key));
  return json_response(200, dumped(json));
}

net::HttpResponse Api::get_openapi(const Exchange&) { return json_response(200, openapi_document()); }

}  // namespace roadmap::app
