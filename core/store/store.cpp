#include "core/store/store.h"

#include <algorithm>
#include <iterator>

#include "core/store/cell_text.h"
#include "core/store/database.h"
#include "core/store/sql.h"
#include "core/store/table_rows.h"

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
  for (const WriteIntent& intent : changes.intents)
    put_intent(database, intent);
  for (const std::int64_t number : changes.seen_key_numbers)
    database.prepare("INSERT OR IGNORE INTO seen_key_numbers (number) VALUES (?)").bind(1, number).run();
}

void end(SqlConnection& database, const std::string& spreadsheet_id, const IntentOutcome& outcome) {
  for (const IntentOutcome::Cells& cells : outcome.standing) {
    for (const auto& [key, fields] : cells.fields)
      confirm_base(database, cells.tab, key, fields);
  }
  for (const IntentOutcome::Cells& cells : outcome.unapplied) {
    for (const auto& [key, fields] : cells.fields)
      forget_pending(database, cells.tab, key, fields);
  }
  for (const IntentOutcome::Undecided& cell : outcome.undecided)
    leave_undecided(database, cell.tab, cell.key, cell.field, cell.shown);
  for (const std::string& key : outcome.standing_keys)
    delete_pending_key(database, key);
  for (const std::string& sentence : outcome.news)
    put_news(database, spreadsheet_id, sentence);
  if (outcome.next) {
    put_intent(database, *outcome.next);
  } else {
    delete_intent(database, spreadsheet_id);
  }
}

// As a commit applies the changes, and as if what they write were seen to stand then.
void assume(SqlConnection& database, const StoreChanges& changes) {
  apply(database, changes);
  for (const BaseChange& change : changes.bases) {
    std::set<FieldId> fields;
    for (const auto& cell : change.cells)
      fields.insert(cell.first);
    confirm_base(database, change.tab, change.key, fields);
  }
  for (const PendingKeyWrite& pending : changes.pending_keys)
    delete_pending_key(database, pending.key);
}

void assume(SqlConnection& database, const EndedIntent& ended) {
  end(database, ended.spreadsheet_id, ended.outcome);
}

}  // namespace

bool StoreChanges::empty() const {
  return new_initiatives.empty() && changed_initiatives.empty() && math_models.empty() && params.empty() &&
         dropped_params.empty() && scores.empty() && bases.empty() && pending_keys.empty() &&
         confirmed_keys.empty() && !next_key_number && intents.empty() && seen_key_numbers.empty();
}

void StoreChanges::add(StoreChanges more) {
  const auto append = [](auto& to, auto& from) {
    to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
  };
  append(new_initiatives, more.new_initiatives);
  append(changed_initiatives, more.changed_initiatives);
  append(math_models, more.math_models);
  append(params, more.params);
  append(dropped_params, more.dropped_params);
  append(scores, more.scores);
  append(bases, more.bases);
  append(pending_keys, more.pending_keys);
  append(confirmed_keys, more.confirmed_keys);
  append(intents, more.intents);
  append(seen_key_numbers, more.seen_key_numbers);
  if (more.next_key_number) next_key_number = more.next_key_number;
}

void StoreChanges::drop(const std::set<std::string>& initiative_keys) {
  if (initiative_keys.empty()) return;
  const auto has = [&](const std::string& key) { return initiative_keys.contains(key); };
  std::erase_if(changed_initiatives, [&](const InitiativeChange& change) { return has(change.key); });
  std::erase_if(math_models, [&](const MathModelChange& change) { return has(change.initiative_key); });
  std::erase_if(params, [&](const ParamChange& change) { return has(change.key.initiative_key); });
  std::erase_if(dropped_params, [&](const ParamKey& key) { return has(key.initiative_key); });
  std::erase_if(scores, [&](const ScoreRecord& score) { return has(score.initiative_key); });
  std::erase_if(bases, [&](const BaseChange& change) { return has(change.key); });
}

Planning::Planning(std::unique_lock<std::mutex> lock, Database& database, std::uint64_t& version,
                   const std::vector<Assumed>* assumed)
    : lock_(std::move(lock)), database_(&database), initiatives_version_(&version), assumed_(assumed) {}

template <typename Work>
auto Planning::ask(const Work& work) const {
  if (assumed_ == nullptr || assumed_->empty()) return database_->ask(work);
  std::invoke_result_t<const Work&, SqlConnection&> answer{};
  database_->try_out([&](SqlConnection& database) {
    for (const Assumed& known : *assumed_)
      std::visit([&](const auto& stored) { assume(database, stored); }, known);
    answer = work(database);
  });
  return answer;
}

std::vector<InitiativeRecord> Planning::initiatives() const {
  return ask(
      [](SqlConnection& database) { return select_initiatives(database, "ORDER BY initiative_key", {}); });
}

std::vector<MathModelRecord> Planning::math_models(const std::vector<std::string>& keys) const {
  return ask([&](SqlConnection& database) { return select_math_models(database, keys); });
}

std::vector<ParamRecord> Planning::params(const std::vector<std::string>& keys) const {
  return ask([&](SqlConnection& database) { return select_params(database, keys); });
}

std::vector<ScoreRecord> Planning::current_scores(const std::vector<std::string>& keys) const {
  return ask([&](SqlConnection& database) { return select_current_scores(database, keys); });
}

std::map<std::string, RowBase> Planning::bases(const TabAddress& tab) const {
  return ask([&](SqlConnection& database) { return read_bases(database, tab); });
}

std::map<std::string, RowBase> Planning::bases_with_kept(const TabAddress& tab) const {
  return ask([&](SqlConnection& database) { return read_bases(database, tab, kKeptCellText); });
}

std::vector<PendingKeyWrite> Planning::pending_keys() const { return ask(read_pending_keys); }

std::int64_t Planning::next_key_number() const {
  return ask([](SqlConnection& database) {
    return database.number("SELECT value FROM counters WHERE name = 'next_initiative_number'");
  });
}

std::set<std::int64_t> Planning::seen_key_numbers() const {
  const std::vector<std::int64_t> numbers = ask([](SqlConnection& database) {
    return database.prepare("SELECT number FROM seen_key_numbers ORDER BY number")
        .all([](const SqlStatement& row) { return row.integer(0); });
  });
  return {numbers.begin(), numbers.end()};
}

std::set<std::string> Planning::keys_shown_on(const std::vector<TabAddress>& tabs) const {
  return ask([&](SqlConnection& database) {
    std::set<std::string> keys;
    for (const TabAddress& tab : tabs) {
      const std::vector<std::string> shown = read_base_keys(database, tab);
      keys.insert(shown.begin(), shown.end());
    }
    return keys;
  });
}

void Planning::commit(const StoreChanges& changes, CommitGate& gate) {
  if (changes.empty()) return;
  gate.about_to_commit();
  if (!changes.new_initiatives.empty() || !changes.changed_initiatives.empty()) ++*initiatives_version_;
  database_->write([&](SqlConnection& database) { apply(database, changes); });
  gate.committed();
}

Store::Store(Database& database) : database_(&database) {}

Planning Store::begin_planning(const std::vector<Assumed>* assumed) {
  std::unique_lock lock(planning_);
  return Planning(std::move(lock), *database_, initiatives_version_, assumed);
}

std::optional<WriteIntent> Store::open_intent(const std::string& spreadsheet_id) {
  return database_->ask([&](SqlConnection& database) { return read_open_intent(database, spreadsheet_id); });
}

void Store::amend_intent(const WriteIntent& intent) {
  const std::lock_guard lock(planning_);
  database_->write([&](SqlConnection& database) { put_intent(database, intent); });
}

void Store::end_intent(const std::string& spreadsheet_id, const IntentOutcome& outcome) {
  const std::lock_guard lock(planning_);
  database_->write([&](SqlConnection& database) { end(database, spreadsheet_id, outcome); });
}

std::vector<std::string> Store::take_news(const std::set<std::string>& spreadsheet_ids,
                                          const std::string& run_id) {
  const bool any = database_->ask([](SqlConnection& database) {
    return database.number("SELECT EXISTS (SELECT 1 FROM untold_news)") != 0;
  });
  std::vector<std::string> news;
  if (!any) return news;
  const auto tell = [&](SqlConnection& database) {
    news = news_told_by(database, spreadsheet_ids, run_id, kMaxNewsAtOnce);
  };
  if (run_id.empty()) {
    database_->try_out(tell);
  } else {
    database_->write(tell);
  }
  return news;
}

Store::InitiativePage Store::list_initiatives(const std::string& after, int limit) const {
  InitiativePage page;
  const auto size = static_cast<std::size_t>(std::clamp(limit, 1, kMaxInitiativePage));
  // One more than asked for tells whether there is a next page.
  const std::string tail =
      "WHERE initiative_key > ? ORDER BY initiative_key LIMIT " + std::to_string(size + 1);
  page.initiatives =
      database_->ask([&](SqlConnection& database) { return select_initiatives(database, tail, {after}); });
  if (page.initiatives.size() > size) {
    page.initiatives.pop_back();
    page.next_after = page.initiatives.back().key;
  }
  return page;
}

std::optional<InitiativeRecord> Store::find_initiative(const std::string& key) const {
  std::vector<InitiativeRecord> found = database_->ask([&](SqlConnection& database) {
    return select_initiatives(database, "WHERE initiative_key = ?", {key});
  });
  return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

Store::Scoring Store::scoring_of(const std::vector<std::string>& keys) const {
  return database_->ask([&](SqlConnection& database) {
    return Scoring{select_math_models(database, keys), select_params(database, keys),
                   select_current_scores(database, keys)};
  });
}

std::vector<ScoreRecord> Store::score_history(const std::string& key) const {
  return database_->ask(
      [&](SqlConnection& database) { return select_score_history(database, key, kMaxScoreHistory); });
}

}  // namespace roadmap
