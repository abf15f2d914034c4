#include "core/store/score_rows.h"

#include <fmt/format.h>

#include <array>
#include <nlohmann/json.hpp>

#include "core/errors.h"

namespace roadmap {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kColumns =
    "initiative_key, framework, computed_at, value_score, effort_score, overall_score, inputs, components, "
    "warnings, formula, explanation";

Cell cell_of(const std::optional<double>& number) { return number ? Cell(*number) : Cell{}; }

std::optional<double> number_of(const Cell& cell) {
  const auto* number = std::get_if<double>(&cell);
  return number != nullptr ? std::optional(*number) : std::nullopt;
}

std::string to_text(const NamedNumbers& numbers) {
  Json object = Json::object();
  for (const auto& [name, number] : numbers)
    object[name] = number;
  return object.dump();
}

Json parse(const std::string& text) {
  Json json = Json::parse(text, nullptr, false);
  if (json.is_discarded()) {
    throw StorageError("A score is stored in a form that this program does not know.", text.substr(0, 80));
  }
  return json;
}

NamedNumbers numbers_in(const std::string& text) {
  NamedNumbers numbers;
  const Json json = parse(text);
  for (const auto& [name, number] : json.items()) {
    if (number.is_number()) numbers.emplace_back(name, number.get<double>());
  }
  return numbers;
}

std::vector<std::string> texts_in(const std::string& text) {
  std::vector<std::string> texts;
  for (const Json& each : parse(text)) {
    if (each.is_string()) texts.push_back(each.get<std::string>());
  }
  return texts;
}

ScoreRecord read_score(const SqlStatement& row) {
  return {row.text(0),
          row.text(1),
          from_iso8601(row.text(2)),
          number_of(row.cell(3)),
          number_of(row.cell(4)),
          number_of(row.cell(5)),
          numbers_in(row.text(6)),
          numbers_in(row.text(7)),
          texts_in(row.text(8)),
          row.text(9),
          row.text(10)};
}

}  // namespace

void append_score(SqlConnection& database, const ScoreRecord& score) {
  SqlStatement insert = database.prepare(
      fmt::format("INSERT INTO initiative_scores ({}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", kColumns));
  insert
      .bind_all(score.initiative_key, score.framework, to_iso8601(score.computed_at), cell_of(score.value),
                cell_of(score.effort), cell_of(score.overall), to_text(score.inputs),
                to_text(score.components),
                Json(score.warnings).dump(-1, ' ', false, Json::error_handler_t::replace), score.formula,
                score.explanation)
      .run();
}

std::vector<ScoreRecord> select_current_scores(SqlConnection& database,
                                               const std::vector<std::string>& initiative_keys) {
  constexpr std::array kFrameworks = {"RICE", "WSJF", "MATH_MODEL"};
  std::vector<ScoreRecord> scores;
  SqlStatement select = database.prepare(
      fmt::format("SELECT {} FROM initiative_scores WHERE initiative_key = ? AND framework = ? "
                  "ORDER BY id DESC LIMIT 1",
                  kColumns));
  for (const std::string& key : initiative_keys) {
    for (const char* framework : kFrameworks) {
      select.bind(1, key).bind(2, framework);
      if (select.step()) scores.push_back(read_score(select));
      select.rewind();
    }
  }
  return scores;
}

std::vector<ScoreRecord> select_score_history(SqlConnection& database, const std::string& initiative_key,
                                              int limit) {
  std::vector<ScoreRecord> scores;
  SqlStatement select = database.prepare(fmt::format(
      "SELECT {} FROM initiative_scores WHERE initiative_key = ? ORDER BY id DESC LIMIT ?", kColumns));
  select.bind_all(initiative_key, limit);
  while (select.step())
    scores.push_back(read_score(select));
  return scores;
}

}  // namespace roadmap
