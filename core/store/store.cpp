#include "core/store/store.h"

#include <algorithm>

#include "core/store/database.h"
#include "core/store/initiative_rows.h"
#include "core/store/model_rows.h"
#include "core/store/score_rows.h"
#include "core/store/sheet_state.h"
#include "core/store/sql.h"

namespace roadmap {
namespace {

void apply(SqlConnection& database, const StoreChanges& changes) {
  // Initiatives first: pending keys refer to them.
  for (const InitiativeRecord& record : changes.new_initiatives)
    insert_initiative(database, record);
  for (const InitiativeChange& change : changes.changed_initiatives)
    update_initiative(database, change);
  for (const MathModelChange& change : changes.math_models)
    put_math_model(database, change);
  for (const ParamKey& key : changes.dropped_params)
    delete_param(database, key);
  for (const ParamChange& change : changes.params)
    put_param(database, change);
  for (const ScoreRecord& score : changes.scores)
    append_score(database, score);
  for (const BaseChange& change : changes.bases)
    apply_base_change(database, change);
  for (const PendingKeyWrite& pending : changes.pending_keys)
    put_pending_key(database, pending);
  for (const std::string& key : changes.confirmed_keys)
    delete_pending_key(database, key);
  if (changes.next_key_number) {
    database.prepare("UPDATE counters SET value = max(value, ?) WHERE name = 'next_initiative_number'")
        .bind(1, *changes.next_key_number)
        .run();
  }
  for (const std::int64_t number : changes.seen_key_numbers)
    database.prepare("INSERT OR IGNORE INTO seen_key_numbers (number) VALUES (?)").bind(1, number).run();
}

}  // namespace

bool StoreChanges::empty() const {
  return new_initiatives.empty() && changed_initiatives.empty() && math_models.empty() && params.empty() &&
         dropped_params.empty() && scores.empty() && bases.empty() && pending_keys.empty() &&
         confirmed_keys.empty() && !next_key_number && seen_key_numbers.empty();
}

Planning::Planning(std::unique_lock<std::mutex> lock, Database& database)
    : lock_(std::move(lock)), database_(&database) {}

std::vector<InitiativeRecord> Planning::initiatives() const {
  std::vector<InitiativeRecord> all;
  database_->read([&](SqlConnection& database) {
    select_initiatives(database, "ORDER BY initiative_key", {},
                       [&](InitiativeRecord record) { all.push_back(std::move(record)); });
  });
  return all;
}

std::vector<MathModelRecord> Planning::math_models(const std::vector<std::string>& keys) const {
  std::vector<MathModelRecord> models;
  database_->read([&](SqlConnection& database) { models = select_math_models(database, keys); });
  return models;
}

std::vector<ParamRecord> Planning::params(const std::vector<std::string>& keys) const {
  std::vector<ParamRecord> params;
  database_->read([&](SqlConnection& database) { params = select_params(database, keys); });
  return params;
}

std::vector<ScoreRecord> Planning::current_scores(const std::vector<std::string>& keys) const {
  std::vector<ScoreRecord> scores;
  database_->read([&](SqlConnection& database) { scores = select_current_scores(database, keys); });
  return scores;
}

std::map<std::string, RowBase> Planning::bases(const TabAddress& tab) const {
  std::map<std::string, RowBase> bases;
  database_->read([&](SqlConnection& database) { bases = read_bases(database, tab); });
  return bases;
}

std::vector<PendingKeyWrite> Planning::pending_keys() const {
  std::vector<PendingKeyWrite> pending;
  database_->read([&](SqlConnection& database) { pending = read_pending_keys(database); });
  return pending;
}

std::int64_t Planning::next_key_number() const {
  std::int64_t number = 0;
  database_->read([&](SqlConnection& database) {
    number = database.number("SELECT value FROM counters WHERE name = 'next_initiative_number'");
  });
  return number;
}

std::set<std::int64_t> Planning::seen_key_numbers() const {
  std::set<std::int64_t> numbers;
  database_->read([&](SqlConnection& database) {
    SqlStatement select = database.prepare("SELECT number FROM seen_key_numbers ORDER BY number");
    while (select.step())
      numbers.insert(numbers.end(), select.integer(0));
  });
  return numbers;
}

std::set<std::string> Planning::keys_shown_on(const std::vector<TabAddress>& tabs) const {
  std::set<std::string> keys;
  database_->read([&](SqlConnection& database) {
    for (const TabAddress& tab : tabs) {
      const std::vector<std::string> shown = read_base_keys(database, tab);
      keys.insert(shown.begin(), shown.end());
    }
  });
  return keys;
}

void Planning::commit(const StoreChanges& changes) {
  if (changes.empty()) return;
  database_->write([&](SqlConnection& database) { apply(database, changes); });
}

Store::Store(Database& database) : database_(&database) {}

Planning Store::begin_planning() { return Planning(std::unique_lock(planning_), *database_); }

void Store::confirm_bases(const TabAddress& tab, const std::vector<std::string>& keys) {
  if (keys.empty()) return;
  const std::lock_guard lock(planning_);
  database_->write([&](SqlConnection& database) {
    for (const std::string& key : keys)
      confirm_base(database, tab, key);
  });
}

void Store::confirm_keys(const std::vector<std::string>& keys) {
  if (keys.empty()) return;
  const std::lock_guard lock(planning_);
  database_->write([&](SqlConnection& database) {
    for (const std::string& key : keys)
      delete_pending_key(database, key);
  });
}

Store::InitiativePage Store::list_initiatives(const std::string& after, int limit) const {
  InitiativePage page;
  const auto size = static_cast<std::size_t>(std::clamp(limit, 1, kMaxInitiativePage));
  // One more than asked for tells whether there is a next page.
  const std::string tail =
      "WHERE initiative_key > ? ORDER BY initiative_key LIMIT " + std::to_string(size + 1);
  database_->read([&](SqlConnection& database) {
    select_initiatives(database, tail, {after},
                       [&](InitiativeRecord record) { page.initiatives.push_back(std::move(record)); });
  });
  if (page.initiatives.size() > size) {
    page.initiatives.pop_back();
    page.next_after = page.initiatives.back().key;
  }
  return page;
}

std::optional<InitiativeRecord> Store::find_initiative(const std::string& key) const {
  std::optional<InitiativeRecord> found;
  database_->read([&](SqlConnection& database) {
    select_initiatives(database, "WHERE initiative_key = ?", {key},
                       [&](InitiativeRecord record) { found = std::move(record); });
  });
  return found;
}

Store::Scoring Store::scoring_of(const std::vector<std::string>& keys) const {
  Scoring scoring;
  database_->read([&](SqlConnection& database) {
    scoring.models = select_math_models(database, keys);
    scoring.params = select_params(database, keys);
    scoring.current = select_current_scores(database, keys);
  });
  return scoring;
}

std::vector<ScoreRecord> Store::score_history(const std::string& key) const {
  std::vector<ScoreRecord> history;
  database_->read(
      [&](SqlConnection& database) { history = select_score_history(database, key, kMaxScoreHistory); });
  return history;
}

}  // namespace roadmap
