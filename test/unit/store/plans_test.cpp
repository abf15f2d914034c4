// How SQLite means to carry out every statement of the store; those of the ledger stand in test/unit/ledger.
#include <algorithm>
#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "core/fields/registry.h"
#include "core/store/database.h"
#include "core/store/sql.h"
#include "core/store/store.h"
#include "test/fakes/open_gate.h"
#include "test/unit/store/query_plan.h"

namespace roadmap {
namespace {

using test::begins;
using test::plan_of;

const std::string kKey = "INIT-000001";
const std::vector<std::string> kKeys{kKey};
const TabAddress kTab{"book", "backlog"};
const ParamKey kParam{kKey, "MATH_MODEL", "hours"};

ScoreRecord a_score() {
  ScoreRecord record;
  record.initiative_key = kKey;
  return record;
}

WriteIntent an_intent() {
  WriteIntent intent;
  intent.spreadsheet_id = kTab.spreadsheet_id;
  intent.marker = "marker";
  return intent;
}

// Everything that a commit can store, as new.
StoreChanges all_that_is_stored() {
  const FieldId unit = field_id(Table::kParams, "unit");
  const FieldId model = field_id(Table::kMathModels, "model_name");
  StoreChanges changes;
  changes.new_initiatives = {make_initiative(kKey)};
  changes.changed_initiatives.push_back(
      {kKey, {{fields::title(), Cell("Payments")}}, "Core", "emea", {}, "test", true, true});
  changes.math_models.push_back({kKey, {{model, Cell("hours")}}, {}, "test"});
  changes.dropped_params = {kParam};
  changes.params.push_back({kParam, {{unit, Cell("h")}}, {}, "test"});
  changes.scores = {a_score()};
  changes.bases.push_back({kTab, kKey, 2, {{fields::title(), {Cell("a"), Cell("a"), std::nullopt}}}});
  changes.pending_keys.push_back({kKey, kTab, 2, "Payments", "pm@example.com", "Team"});
  changes.next_key_number = 9;
  changes.intents = {an_intent()};
  changes.seen_key_numbers = {7};
  return changes;
}

void read_everything(const Planning& planning) {
  planning.initiatives();
  planning.math_models(kKeys);
  planning.params(kKeys);
  planning.current_scores(kKeys);
  planning.bases(kTab);
  planning.bases_with_kept(kTab);
  planning.pending_keys();
  planning.next_key_number();
  planning.seen_key_numbers();
  planning.keys_shown_on({kTab});
}

// Every function of the store, in every way that makes another statement.
void do_everything(Store& store) {
  {
    Planning planning = store.begin_planning();
    planning.commit(all_that_is_stored(), test::open_gate());
    read_everything(planning);
  }
  store.open_intent(kTab.spreadsheet_id);
  store.amend_intent(an_intent());
  IntentOutcome outcome;
  outcome.standing = {{kTab, {{kKey, {fields::title()}}}}};
  outcome.unapplied = outcome.standing;
  outcome.standing_keys = kKeys;
  outcome.undecided = {{kTab, kKey, fields::title(), Cell("b")}};
  outcome.news = {"a sentence"};
  store.end_intent(kTab.spreadsheet_id, outcome);
  store.take_news({kTab.spreadsheet_id}, "");
  store.take_news({kTab.spreadsheet_id}, "run");
  store.list_initiatives("", 1);
  store.list_initiatives(kKey, 1);
  store.find_initiative(kKey);
  store.scoring_of(kKeys);
  store.score_history(kKey);
}

// Tables that hold what is open, or foreign, and so are short.
bool is_on_short_tables(const std::string& statement) {
  const std::vector<std::string> tables = {"pending_key_writes", "seen_key_numbers", "untold_news"};
  return std::any_of(tables.begin(), tables.end(), [&](const std::string& table) {
    return statement.find("FROM " + table) != std::string::npos;
  });
}

// Every plan weighs all initiatives.
bool is_read_whole(const std::string& statement) {
  const std::string end = "FROM initiatives ORDER BY initiative_key";
  return statement.size() >= end.size() &&
         statement.compare(statement.size() - end.size(), end.size(), end) == 0;
}

TEST_CASE("no statement of the store walks or sorts a table that grows, but for the initiatives of a plan") {
  DatabaseOptions options;
  options.path = ":memory:";  // one connection sees every statement
  Database database(std::move(options));
  Store store(database);
  do_everything(store);

  int looked_at = 0;
  int read_whole = 0;
  database.write([&](SqlConnection& connection) {
    for (const std::string& statement : connection.statements_so_far()) {
      if (is_on_short_tables(statement) || statement.find("pragma_") != std::string::npos) continue;
      const std::vector<std::string> plan = plan_of(connection, statement);
      looked_at += plan.empty() ? 0 : 1;  // an INSERT of values has none
      read_whole += is_read_whole(statement) ? 1 : 0;
      for (const std::string& line : plan) {
        INFO(statement << "\n  " << line);
        CHECK((is_read_whole(statement) || !begins(line, "SCAN")));
        CHECK(!begins(line, "USE TEMP B-TREE"));
      }
    }
  });
  CHECK(looked_at >= 15);  // so that the list of statements cannot dwindle unnoticed
  CHECK(read_whole == 1);
}

}  // namespace
}  // namespace roadmap
