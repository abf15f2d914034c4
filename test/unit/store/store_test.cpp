#include "core/store/store.h"

#include <catch2/catch.hpp>
#include <future>
#include <thread>

#include "core/errors.h"
#include "core/fields/registry.h"
#include "core/store/database.h"
#include "core/store/sql.h"
#include "test/fakes/open_gate.h"
#include "test/fakes/temporary_folder.h"

namespace roadmap {
namespace {

const UtcTime kThen = from_iso8601("2026-01-02T03:04:05.678Z");
const UtcTime kLater = from_iso8601("2026-01-03T00:00:00Z");
const TabAddress kBacklog{"book", "backlog"};

FieldId initiative_field(const char* name) { return field_id(Table::kInitiatives, name); }

struct OpenStore {
  test::TemporaryFolder folder;
  Database database{[this] {
    DatabaseOptions options;
    options.path = folder / "roadmap.db";
    return options;
  }()};
  Store store{database};

  void commit(const StoreChanges& changes) {
    store.begin_planning().commit(changes, roadmap::test::open_gate());
  }
};

InitiativeRecord payments(const std::string& key = "INIT-000001") {
  InitiativeRecord record = make_initiative(key);
  record.set(fields::title(), std::string("Payments"));
  record.set(initiative_field("is_mandatory"), true);
  record.set(fields::use_math_model(), false);
  record.set(initiative_field("impact_low"), 3.0);
  record.set(initiative_field("deadline_date"), std::string("2026-02-03"));
  record.product_org = "Core";
  record.intake_tab_key = "emea";
  record.created_at = kThen;
  record.updated_at = kThen;
  record.updated_source = "flow0.intake_sync";
  return record;
}

BaseChange base_change(const std::string& key, int row, std::vector<std::pair<FieldId, BaseCell>> cells) {
  return {kBacklog, key, row, std::move(cells)};
}

TEST_CASE("an initiative comes back with every value in its own type") {
  OpenStore open;
  StoreChanges changes;
  changes.new_initiatives = {payments()};
  open.commit(changes);
  const auto found = open.store.find_initiative("INIT-000001");
  REQUIRE(found);
  CHECK(found->values.cells() == payments().values.cells());
  CHECK(found->product_org == "Core");
  CHECK(found->intake_tab_key == "emea");
  CHECK(found->created_at == kThen);
  CHECK(found->updated_at == kThen);
  CHECK(found->updated_source == "flow0.intake_sync");
  CHECK_FALSE(open.store.find_initiative("INIT-000002"));
}

TEST_CASE("a change touches the named values only") {
  OpenStore open;
  StoreChanges changes;
  changes.new_initiatives = {payments()};
  open.commit(changes);
  StoreChanges edit;
  edit.changed_initiatives.push_back(
      {"INIT-000001",
       {{fields::title(), Cell("Refunds")}, {initiative_field("impact_low"), Cell()}},
       std::nullopt,
       std::nullopt,
       kLater,
       "flow1.backlogsheet_read",
       true});
  open.commit(edit);
  const auto found = open.store.find_initiative("INIT-000001");
  REQUIRE(found);
  CHECK(found->value(fields::title()) == Cell("Refunds"));
  CHECK(found->value(initiative_field("impact_low")) == Cell());
  CHECK(found->value(initiative_field("is_mandatory")) == Cell(true));
  CHECK(found->product_org == "Core");
  CHECK(found->created_at == kThen);
  CHECK(found->updated_at == kLater);
  CHECK(found->updated_source == "flow1.backlogsheet_read");
}

TEST_CASE("bookkeeping leaves time and source of the last change alone") {
  OpenStore open;
  StoreChanges changes;
  changes.new_initiatives = {payments()};
  open.commit(changes);
  StoreChanges moved;
  moved.changed_initiatives.push_back({"INIT-000001", {}, std::nullopt, "apac", kLater, "x", false});
  open.commit(moved);
  const auto found = open.store.find_initiative("INIT-000001");
  REQUIRE(found);
  CHECK(found->intake_tab_key == "apac");
  CHECK(found->updated_at == kThen);
  CHECK(found->updated_source == "flow0.intake_sync");
}

TEST_CASE("a plan is stored as a whole or not at all") {
  OpenStore open;
  StoreChanges changes;
  changes.new_initiatives = {payments()};
  changes.bases = {base_change("INIT-000001", 2, {{fields::title(), {Cell("a"), Cell("a"), std::nullopt}}})};
  changes.next_key_number = 9;
  changes.changed_initiatives.push_back(
      {"INIT-000404", {{fields::title(), Cell("x")}}, std::nullopt, std::nullopt, kLater, "x", true});
  CHECK_THROWS_AS(open.commit(changes), StorageError);
  Planning planning = open.store.begin_planning();
  CHECK(planning.initiatives().empty());
  CHECK(planning.bases(kBacklog).empty());
  CHECK(planning.next_key_number() == 1);
}

TEST_CASE("a value of another type than its field's is a bug that stores nothing") {
  OpenStore open;
  InitiativeRecord record = payments();
  record.set(fields::title(), 3.0);
  StoreChanges changes;
  changes.new_initiatives = {record};
  CHECK_THROWS_AS(open.commit(changes), std::logic_error);
  CHECK_FALSE(open.store.find_initiative("INIT-000001"));
}

TEST_CASE("a key is stored once") {
  OpenStore open;
  StoreChanges changes;
  changes.new_initiatives = {payments()};
  open.commit(changes);
  CHECK_THROWS_AS(open.commit(changes), StorageError);
}

TEST_CASE("a base change replaces the named cells and keeps the others") {
  OpenStore open;
  const FieldId title = fields::title();
  const FieldId team = fields::requesting_team();
  StoreChanges first;
  first.bases = {
      base_change("INIT-000001", 2,
                  {{title, {Cell("A"), Cell("A"), std::nullopt}}, {team, {Cell("T"), Cell(), Cell("U")}}})};
  open.commit(first);
  StoreChanges second;
  second.bases = {base_change("INIT-000001", 7, {{title, {Cell("B"), Cell("A"), std::nullopt}}})};
  open.commit(second);
  const auto bases = open.store.begin_planning().bases(kBacklog);
  REQUIRE(bases.size() == 1);
  const RowBase& base = bases.at("INIT-000001");
  CHECK(base.row == 7);
  CHECK(base.cells.at(title) == BaseCell{Cell("B"), Cell("A"), std::nullopt});
  CHECK(base.cells.at(team) == BaseCell{Cell("T"), Cell(), Cell("U")});
}

TEST_CASE("bases belong to their tab, whose name is compared ignoring case") {
  OpenStore open;
  StoreChanges changes;
  changes.bases = {
      {{"book", "BackLog"}, "INIT-000001", 2, {{fields::title(), {Cell("A"), Cell("A"), std::nullopt}}}}};
  open.commit(changes);
  Planning planning = open.store.begin_planning();
  CHECK(planning.bases({"book", "backlog"}).size() == 1);
  CHECK(planning.bases({"book", "Backlog"}).size() == 1);
  CHECK(planning.bases({"book", "intake"}).empty());
  CHECK(planning.bases({"other", "backlog"}).empty());
}

TEST_CASE("a confirmed write makes the pending value the base, one that was never applied leaves none") {
  OpenStore open;
  const FieldId title = fields::title();
  const BaseCell pending{Cell("A"), Cell("A"), Cell("B")};
  StoreChanges changes;
  changes.bases = {base_change("INIT-000001", 2, {{title, pending}}),
                   base_change("INIT-000002", 3, {{title, pending}}),
                   base_change("INIT-000003", 4, {{title, pending}})};
  changes.bases.front().cells.emplace_back(fields::requesting_team(), pending);
  open.commit(changes);
  IntentOutcome outcome;
  outcome.standing = {{kBacklog, {{"INIT-000001", {title}}, {"INIT-000404", {title}}}}};
  outcome.unapplied = {{kBacklog, {{"INIT-000003", {title, fields::status()}}}}};
  open.store.end_intent("book", outcome);
  const auto bases = open.store.begin_planning().bases(kBacklog);
  CHECK(bases.at("INIT-000001").cells.at(title) == BaseCell{Cell("B"), Cell("B"), std::nullopt});
  CHECK(bases.at("INIT-000001").cells.at(fields::requesting_team()) == pending);
  CHECK(bases.at("INIT-000002").cells.at(title) == pending);
  CHECK(bases.at("INIT-000003").cells.at(title) == BaseCell{Cell("A"), Cell("A"), std::nullopt});
}

TEST_CASE("pending key writes come back oldest first until they are confirmed") {
  OpenStore open;
  StoreChanges changes;
  for (const char* key : {"INIT-000003", "INIT-000001", "INIT-000002"}) {
    changes.new_initiatives.push_back(payments(key));
    changes.pending_keys.push_back({key, {"intake", "EMEA"}, 5, "Payments", "a@example.com", "Team"});
  }
  open.commit(changes);
  IntentOutcome outcome;
  outcome.standing_keys = {"INIT-000001"};
  open.store.end_intent("intake", outcome);
  StoreChanges confirmed;
  confirmed.confirmed_keys = {"INIT-000002"};
  StoreChanges moved;
  moved.pending_keys = {{"INIT-000003", {"intake", "apac"}, 9, "New", "b@example.com", "Other"}};
  open.commit(confirmed);
  open.commit(moved);
  const auto pending = open.store.begin_planning().pending_keys();
  REQUIRE(pending.size() == 1);
  CHECK(pending[0].key == "INIT-000003");
  CHECK(pending[0].tab == TabAddress{"intake", "apac"});
  CHECK(pending[0].row == 9);
  CHECK(pending[0].title == "New");
  CHECK(pending[0].requester_email == "b@example.com");
  CHECK(pending[0].requesting_team == "Other");
}

TEST_CASE("the order of pending key writes is that of their issue") {
  OpenStore open;
  StoreChanges changes;
  for (const char* key : {"INIT-000003", "INIT-000001", "INIT-000002"}) {
    changes.new_initiatives.push_back(payments(key));
    changes.pending_keys.push_back({key, {"intake", "emea"}, 5, "", "", ""});
  }
  open.commit(changes);
  const auto pending = open.store.begin_planning().pending_keys();
  REQUIRE(pending.size() == 3);
  CHECK(pending[0].key == "INIT-000003");
  CHECK(pending[2].key == "INIT-000002");
}

TEST_CASE("a pending key write needs its initiative") {
  OpenStore open;
  StoreChanges changes;
  changes.pending_keys = {{"INIT-000001", {"intake", "emea"}, 5, "", "", ""}};
  CHECK_THROWS_AS(open.commit(changes), StorageError);
}

TEST_CASE("the key counter is never lowered") {
  OpenStore open;
  StoreChanges up;
  up.next_key_number = 40;
  open.commit(up);
  StoreChanges down;
  down.next_key_number = 7;
  open.commit(down);
  CHECK(open.store.begin_planning().next_key_number() == 40);
}

TEST_CASE("an intent is stored with the changes it belongs to, and stays until it has ended") {
  OpenStore open;
  StoreChanges changes;
  changes.new_initiatives.push_back(payments("INIT-000001"));
  changes.intents = {{"book", "m1", {}, 0}, {"other", "m2", {}, 0}};
  open.commit(changes);
  REQUIRE(open.store.open_intent("book"));
  CHECK(open.store.open_intent("book")->marker == "m1");
  IntentOutcome put_right;
  put_right.next = WriteIntent{"book", "m3", {}, 1};
  open.store.end_intent("book", put_right);
  CHECK(open.store.open_intent("book")->marker == "m3");
  open.store.end_intent("book", {});
  CHECK_FALSE(open.store.open_intent("book"));
  CHECK(open.store.open_intent("other")->marker == "m2");
}

TEST_CASE("a gate that refuses keeps everything from being stored") {
  class ClosedGate : public CommitGate {
    void about_to_commit() override { throw Error("stopped", "told to stop"); }
    void committed() override { FAIL("nothing was committed"); }
  };
  OpenStore open;
  StoreChanges changes;
  changes.new_initiatives.push_back(payments("INIT-000001"));
  ClosedGate gate;
  CHECK_THROWS_AS(open.store.begin_planning().commit(changes, gate), Error);
  CHECK(open.store.begin_planning().initiatives().empty());
}

TEST_CASE("only one plan is made at a time") {
  OpenStore open;
  std::optional<Planning> first = open.store.begin_planning();
  std::promise<void> started;
  auto second = std::async(std::launch::async, [&] {
    started.set_value();
    return open.store.begin_planning().next_key_number();
  });
  started.get_future().wait();
  // Whatever the other thread is at, it plans from what this one has stored.
  StoreChanges changes;
  changes.next_key_number = 5;
  first->commit(changes, roadmap::test::open_gate());
  first.reset();
  CHECK(second.get() == 5);
}

TEST_CASE("what is assumed counts as stored for that planning, whatever it is, and is stored nowhere") {
  OpenStore open;
  StoreChanges stored;
  stored.new_initiatives = {payments()};
  stored.params = {{{"INIT-000001", "MATH_MODEL", "old"}, {}, kThen, "pm"}};
  open.commit(stored);
  StoreChanges first;
  first.new_initiatives = {payments("INIT-000002")};
  first.changed_initiatives.push_back(
      {"INIT-000001", {{fields::title(), Cell("Refunds")}}, std::nullopt, std::nullopt, kLater, "pm", true});
  first.math_models = {{"INIT-000002", {{fields::formula_text(), Cell("value = a")}}, kLater, "pm"}};
  first.params = {{{"INIT-000002", "MATH_MODEL", "a"}, {}, kLater, "pm"},
                  {{"INIT-000002", "MATH_MODEL", "b"}, {}, kLater, "pm"}};
  first.scores = {{"INIT-000002", kLater, "", Score{}}};
  first.bases = {base_change("INIT-000002", 7, {{fields::title(), {Cell(), Cell(), Cell("Payments")}}})};
  first.pending_keys = {{"INIT-000002", {"intake", "emea"}, 3, "Payments", "a@x", "Web"}};
  first.next_key_number = 3;
  first.seen_key_numbers = {17};
  StoreChanges second;
  second.dropped_params = {{"INIT-000002", "MATH_MODEL", "a"}, {"INIT-000001", "MATH_MODEL", "old"}};
  const std::vector<Assumed> assumed = {first, second};
  {
    const Planning planning = open.store.begin_planning(&assumed);
    REQUIRE(planning.initiatives().size() == 2);
    CHECK(planning.initiatives().front().value(fields::title()) == Cell("Refunds"));
    CHECK(planning.initiatives().front().updated_at == kLater);
    CHECK(planning.math_models({"INIT-000002"}).size() == 1);
    REQUIRE(planning.params({"INIT-000001", "INIT-000002"}).size() == 1);
    CHECK(planning.params({"INIT-000002"}).front().key.name == "b");
    CHECK(planning.current_scores({"INIT-000002"}).size() == 1);
    const BaseCell seen = planning.bases(kBacklog).at("INIT-000002").cells.at(fields::title());
    CHECK(seen == BaseCell{Cell("Payments"), Cell("Payments"), std::nullopt});
    CHECK(planning.pending_keys().empty());
    CHECK(planning.next_key_number() == 3);
    CHECK(planning.seen_key_numbers() == std::set<std::int64_t>{17});
    CHECK(planning.keys_shown_on({kBacklog}) == std::set<std::string>{"INIT-000002"});
  }
  const Planning planning = open.store.begin_planning();
  CHECK(planning.initiatives().size() == 1);
  CHECK(planning.initiatives().front().value(fields::title()) == Cell("Payments"));
  CHECK(planning.params({"INIT-000001"}).size() == 1);
  CHECK(planning.bases(kBacklog).empty());
  CHECK(planning.next_key_number() == 1);
}

TEST_CASE("initiatives are listed page by page, each once") {
  OpenStore open;
  StoreChanges changes;
  for (int i = 1; i <= 25; ++i)
    changes.new_initiatives.push_back(payments(format_initiative_key(i)));
  open.commit(changes);
  std::vector<std::string> keys;
  std::string after;
  do {
    const Store::InitiativePage page = open.store.list_initiatives(after, 10);
    CHECK(page.initiatives.size() <= 10);
    for (const auto& record : page.initiatives)
      keys.push_back(record.key);
    after = page.next_after;
  } while (!after.empty());
  REQUIRE(keys.size() == 25);
  CHECK(keys.front() == "INIT-000001");
  CHECK(keys.back() == "INIT-000025");
  CHECK(open.store.list_initiatives("INIT-000015", 10).next_after.empty());
}

}  // namespace
}  // namespace roadmap
