// Handlers for stored initiatives and their scores.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "app/http/api.h"
#include "app/http/request_reader.h"
#include "app/http/response.h"
#include "core/fields/registry.h"
#include "core/run/json_text.h"
#include "core/sync/initiative_scores.h"

namespace roadmap::app {
namespace {

using Json = nlohmann::ordered_json;

// All fields by their canonical names; null where there is no value.
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

Json number_json(const std::optional<double>& number) {
  return number ? cell_to_json(Cell(*number)) : Json(nullptr);
}

Json numbers_json(const std::vector<NamedNumber>& numbers) {
  Json json = Json::object();
  for (const NamedNumber& number : numbers)
    json[number.name] = cell_to_json(Cell(number.value));
  return json;
}

Json figures_json(const ScoreRecord& record) {
  return {{"value", number_json(record.score.value)},
          {"effort", number_json(record.score.effort)},
          {"overall", number_json(record.score.overall)},
          {"computed_at", to_iso8601(record.computed_at)}};
}

void add_explanation(const ScoreRecord& record, Json& json) {
  const Score& score = record.score;
  json["reason"] = score.reason;
  json["explanation"] = score.explanation;
  json["inputs"] = numbers_json(score.inputs);
  json["components"] = numbers_json(score.components);
  json["warnings"] = score.warnings;
  if (score.framework != Framework::kMathModel) return;
  json["formula"] = record.formula;
  json["parameters"] = numbers_json(score.inputs);
}

enum class Explanation : std::uint8_t { kNone, kFull };

// The newest computation of each framework, null where there was none.
Json scores_json(const InitiativeRecord& initiative, StoredScoring& stored, const ScoringSettings& settings,
                 Explanation explanation) {
  const ScoringCase scoring_case = stored.scoring_case(initiative);
  const FrameworkScores now = compute_scores(scoring_case, settings);
  Json json = Json::object();
  for (const FrameworkInfo& info : frameworks()) {
    Json& score = json[std::string(info.name)];
    const ScoreRecord* newest = stored.score(initiative.key, info.framework);
    if (newest == nullptr) continue;
    const bool is_math = info.framework == Framework::kMathModel;
    score = figures_json(*newest);
    score["stale"] = is_stale(*newest, now[static_cast<std::size_t>(info.framework)],
                              is_math ? formula_of(scoring_case.model) : std::string());
    if (explanation == Explanation::kFull) add_explanation(*newest, score);
  }
  return json;
}

Json history_json(const std::vector<ScoreRecord>& history) {
  Json list = Json::array();
  for (const ScoreRecord& record : history) {
    Json entry = {{"framework", framework_info(record.score.framework).name}};
    entry.update(figures_json(record));
    add_explanation(record, entry);
    list.push_back(std::move(entry));
  }
  return list;
}

}  // namespace

net::HttpResponse Api::list_initiatives(const Exchange& exchange) {
  QueryReader query(exchange);
  const int limit = query.whole("limit");
  if (!query.problems().empty()) return problem(400, query.problems() + ".");
  const Store::InitiativePage page = parts_.store.list_initiatives(query.text("cursor").value_or(""), limit);
  std::vector<std::string> keys;
  for (const InitiativeRecord& initiative : page.initiatives)
    keys.push_back(initiative.key);
  const Store::Scoring scoring = parts_.store.scoring_of(keys);
  StoredScoring stored(scoring.models, scoring.params, scoring.current);
  Json initiatives = Json::array();
  for (const InitiativeRecord& initiative : page.initiatives) {
    Json json = initiative_json(initiative);
    json["scores"] = scores_json(initiative, stored, parts_.settings.scoring, Explanation::kNone);
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
  json["scores"] = scores_json(*initiative, stored, parts_.settings.scoring, Explanation::kFull);
  json["history"] = history_json(parts_.store.score_history(key));
  return json_response(200, dumped(json));
}

}  // namespace roadmap::app
