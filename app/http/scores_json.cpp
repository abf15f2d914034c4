#include "app/http/scores_json.h"

#include <nlohmann/json.hpp>

#include "core/clock.h"
#include "core/run/json_text.h"

namespace roadmap::app {
namespace {

using Json = nlohmann::ordered_json;

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

}  // namespace

template <typename Describe>
Json ScoresJson::by_framework(const InitiativeRecord& initiative, Describe describe) {
  const ScoringCase scoring_case = stored_.scoring_case(initiative);
  const FrameworkScores now = compute_scores(scoring_case, settings_);
  Json json = Json::object();
  for (const FrameworkInfo& info : frameworks()) {
    const ScoreRecord* newest = stored_.score(initiative.key, info.framework);
    if (newest == nullptr) {
      json[std::string(info.name)] = nullptr;
      continue;
    }
    const bool is_math = info.framework == Framework::kMathModel;
    Json score = figures_json(*newest);
    score["stale"] = is_stale(*newest, now[static_cast<std::size_t>(info.framework)],
                              is_math ? formula_of(scoring_case.model) : std::string());
    describe(*newest, score);
    json[std::string(info.name)] = std::move(score);
  }
  return json;
}

Json ScoresJson::summary(const InitiativeRecord& initiative) {
  return by_framework(initiative, [](const ScoreRecord&, Json&) {});
}

Json ScoresJson::details(const InitiativeRecord& initiative) {
  return by_framework(initiative, add_explanation);
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

}  // namespace roadmap::app
