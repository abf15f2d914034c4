#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "core/errors.h"
#include "core/scoring/framework.h"
#include "core/store/table_rows.h"

namespace roadmap {
namespace {

using OrderedJson = nlohmann::ordered_json;

constexpr const char* kScoreColumns =
    "initiative_key, framework, computed_at, value_score, effort_score, overall_score, inputs, components, "
    "warnings, formula, explanation, reason";

Cell score_cell(const std::optional<double>& number) { return number ? Cell(*number) : Cell{}; }

std::optional<double> score_number(const Cell& cell) {
  const auto* number = std::get_if<double>(&cell);
  return number != nullptr ? std::optional(*number) : std::nullopt;
}

std::string numbers_text(const std::vector<NamedNumber>& numbers) {
  OrderedJson object = OrderedJson::object();
  for (const NamedNumber& number : numbers)
    object[number.name] = number.value;
  return object.dump();
}

OrderedJson parse(const std::string& text) {
  OrderedJson json = OrderedJson::parse(text, nullptr, false);
  if (json.is_discarded()) {
    throw StorageError("A score is stored in a form that this program does not know.", text.substr(0, 80));
  }
  return json;
}

std::vector<NamedNumber> numbers_in(const std::string& text) {
  std::vector<NamedNumber> numbers;
  const OrderedJson json = parse(text);
  for (const auto& [name, number] : json.items()) {
    if (number.is_number()) numbers.push_back({name, number.get<double>()});
  }
  return numbers;
}

std::vector<std::string> texts_in(const std::string& text) {
  std::vector<std::string> texts;
  for (const OrderedJson& each : parse(text)) {
    if (each.is_string()) texts.push_back(each.get<std::string>());
  }
  return texts;
}

ScoreRecord read_score(const SqlStatement& row) {
  const auto framework = framework_named(row.text(1));
  if (!framework) throw StorageError("A score is stored for an unknown framework.", row.text(1));
  Score score;
  score.framework = *framework;
  score.value = score_number(row.cell(3));
  score.effort = score_number(row.cell(4));
  score.overall = score_number(row.cell(5));
  score.inputs = numbers_in(row.text(6));
  score.components = numbers_in(row.text(7));
  score.warnings = texts_in(row.text(8));
  score.explanation = row.text(10);
  score.reason = row.text(11);
  const bool is_silent = score.reason.empty();
  score.state = score.value ? ScoreState::kScored : is_silent ? ScoreState::kSilent : ScoreState::kNotScored;
  return {row.text(0), from_iso8601(row.text(2)), row.text(9), std::move(score)};
}

}  // namespace

void append_score(SqlConnection& database, const ScoreRecord& record) {
  const Score& score = record.score;
  SqlStatement insert = database.prepare(fmt::format(
      "INSERT INTO initiative_scores ({}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", kScoreColumns));
  insert
      .bind_all(record.initiative_key, std::string(framework_info(score.framework).name),
                to_iso8601(record.computed_at), score_cell(score.value), score_cell(score.effort),
                score_cell(score.overall), numbers_text(score.inputs), numbers_text(score.components),
                OrderedJson(score.warnings).dump(-1, ' ', false, OrderedJson::error_handler_t::replace),
                record.formula, score.explanation, score.reason)
      .run();
}

std::vector<ScoreRecord> select_current_scores(SqlConnection& database,
                                               const std::vector<std::string>& initiative_keys) {
  std::vector<ScoreRecord> scores;
  SqlStatement select = database.prepare(
      fmt::format("SELECT {} FROM initiative_scores WHERE initiative_key = ? AND framework = ? "
                  "ORDER BY id DESC LIMIT 1",
                  kScoreColumns));
  for (const std::string& key : initiative_keys) {
    for (const FrameworkInfo& framework : frameworks()) {
      select.bind(1, key).bind(2, std::string(framework.name));
      if (select.step()) scores.push_back(read_score(select));
      select.rewind();
    }
  }
  return scores;
}

std::vector<ScoreRecord> select_score_history(SqlConnection& database, const std::string& initiative_key,
                                              int limit) {
  // The index has each framework's rows in their order; as parts they are merged, not sorted, however many
  // there are.
  std::string parts;
  for (const FrameworkInfo& framework : frameworks()) {
    parts +=
        fmt::format("{}SELECT {}, id FROM initiative_scores WHERE initiative_key = ?1 AND framework = '{}'",
                    parts.empty() ? "" : " UNION ALL ", kScoreColumns, framework.name);
  }
  return database.prepare(parts + " ORDER BY id DESC LIMIT ?2")
      .bind_all(initiative_key, limit)
      .all(read_score);
}

}  // namespace roadmap
