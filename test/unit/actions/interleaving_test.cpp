#include <rapidcheck.h>

#include <catch2/catch.hpp>
#include <map>

#include "core/fields/registry.h"
#include "test/fakes/cell_printing.h"
#include "test/fakes/job_bench.h"

// Any interleaving of what teams, PMs, jobs and crashes do keeps every typed cell and every identity.

using namespace roadmap;
using namespace roadmap::test;

namespace {

// What people know: which row they typed what into. Intake rows are told apart by a token in the title that
// nobody changes; backlog rows by their key.
class World {
 public:
  // One random thing happens.
  void happen() {
    switch (*rc::gen::inRange(0, 14)) {
      case 0:
      case 1:
        return add_initiative();
      case 2:
        return edit_intake();
      case 3:
        return intake().insert_rows(some_row(intake()), *rc::gen::inRange(1, 3));
      case 4:
        return intake().sort(2, *rc::gen::inRange(1, 5), *rc::gen::arbitrary<bool>());
      case 5:
        return backlog().sort(2, *rc::gen::inRange(0, 5), *rc::gen::arbitrary<bool>());
      case 6:
        return backlog().insert_rows(some_row(backlog()), 1);
      case 7:
      case 8:
        return edit_backlog();
      case 9:
        return save_some();
      case 10:
        return withdraw();
      default:
        return run_job();
    }
  }

  // After quiet runs everything that was promised holds.
  void settle_and_check() {
    bench_.run("pm.backlog_sync");
    bench_.run("pm.backlog_sync");
    bench_.sheets.reset_counts();
    bench_.run("pm.backlog_sync");
    RC_ASSERT(bench_.sheets.writes == 0);
    check_intake();
    check_backlog();
    RC_ASSERT(bench_.store->begin_planning().pending_keys().empty());
  }

 private:
  FakeTab& intake() { return bench_.intake(); }
  FakeTab& backlog() { return bench_.backlog(); }

  static int some_row(const FakeTab& tab) { return *rc::gen::inRange(2, tab.last_row() + 2); }

  void add_initiative() {
    const std::string token = "T" + std::to_string(++tokens_);
    // Few requesters, so that fingerprints differ in the title only.
    JobBench::add_row(
        intake(),
        {{"Title", token}, {"Requester Email", tokens_ % 2 == 0 ? "a@x" : "b@x"}, {"Country", "DE"}});
    live_tokens_.insert(token);
  }

  std::vector<int> filled_rows(const FakeTab& tab, const std::string& header) const {
    std::vector<int> rows;
    for (int row = 2; row <= tab.last_row(); ++row) {
      if (!is_blank(JobBench::cell(tab, row, header))) rows.push_back(row);
    }
    return rows;
  }

  void edit_intake() {
    const std::vector<int> rows = filled_rows(intake(), "Title");
    if (rows.empty()) return;
    intake().set(*rc::gen::elementOf(rows), intake().column_of("Country"),
                 Cell("team" + std::to_string(++edits_)));
  }

  void edit_backlog() {
    const std::vector<int> rows = filled_rows(backlog(), "Initiative Key");
    if (rows.empty()) return;
    const int row = *rc::gen::elementOf(rows);
    const std::string key = to_text(JobBench::cell(backlog(), row, "Initiative Key"));
    const std::string header =
        *rc::gen::elementOf(std::vector<std::string>{"Country", "PM Notes", "Requesting Team"});
    const Cell typed("pm" + std::to_string(++edits_));
    backlog().set(row, backlog().column_of(header), typed);
    typed_[{key, header}] = typed;
  }

  void save_some() {
    std::vector<std::string> keys;
    for (const int row : filled_rows(backlog(), "Initiative Key")) {
      if (*rc::gen::arbitrary<bool>())
        keys.push_back(to_text(JobBench::cell(backlog(), row, "Initiative Key")));
    }
    disturb();
    try {
      bench_.save(keys);
    } catch (const FakeSheets::Killed&) {
      // The process died there; the next job finds what it left.
    }
    bench_.sheets.calm_down();
  }

  void withdraw() {
    const std::vector<int> rows = filled_rows(intake(), "Title");
    if (rows.empty()) return;
    const int row = *rc::gen::elementOf(rows);
    intake().set(row, intake().column_of("Status"), Cell("withdrawn"));
  }

  // What may go wrong or happen beside the next job.
  void disturb() {
    switch (*rc::gen::inRange(0, 10)) {
      case 0:
        return bench_.sheets.die_in_write(FakeSheets::Loss::kBeforeApply);
      case 1:
        return bench_.sheets.die_in_write(FakeSheets::Loss::kAfterApply);
      case 2:
        return bench_.sheets.lose_write(FakeSheets::Loss::kBeforeApply);
      case 3:
        return bench_.sheets.lose_write(FakeSheets::Loss::kAfterApply);
      case 4:
        return bench_.sheets.before_write([this] { intake().sort(2, intake().column_of("Title"), true); });
      case 5:
        return bench_.sheets.before_write([this] { backlog().sort(2, backlog().column_of("Title"), true); });
      case 6:  // the rows move, and nobody is left to see where the write landed
        bench_.sheets.before_write([this] { shuffle(intake()); });
        return bench_.sheets.die_in_write(FakeSheets::Loss::kAfterApply);
      default:
        return;
    }
  }

  static void shuffle(FakeTab& tab) { tab.sort(2, tab.column_of("Title"), *rc::gen::arbitrary<bool>()); }

  void run_job() {
    const std::vector<std::string> jobs = {"pm.backlog_sync", "flow0.intake_sync", "flow1.backlog_sync"};
    const std::string job = *rc::gen::elementOf(jobs);
    disturb();
    try {
      bench_.run(job);
    } catch (const FakeSheets::Killed&) {
      // The process died there; the next job finds what it left.
    }
    bench_.sheets.calm_down();
    bench_.clock.advance(std::chrono::seconds(1));
  }

  void check_intake() {
    std::map<std::string, std::string> token_of_key;
    std::set<std::string> tokens;
    for (const int row : filled_rows(intake(), "Title")) {
      const std::string token = to_text(JobBench::cell(intake(), row, "Title"));
      const std::string key = to_text(JobBench::cell(intake(), row, "Initiative Key"));
      RC_ASSERT(parse_initiative_key(key).has_value());
      RC_ASSERT(token_of_key.emplace(key, token).second);  // no key twice
      RC_ASSERT(tokens.insert(token).second);
      const InitiativeRecord* record = bench_.stored(key);
      RC_ASSERT(record != nullptr);
      RC_ASSERT(to_text(record->value(fields::title())) == token);
    }
    RC_ASSERT(tokens == live_tokens_);
    RC_ASSERT(bench_.store->begin_planning().initiatives().size() ==
              live_tokens_.size());  // none created twice
  }

  void check_backlog() {
    std::set<std::string> keys;
    for (const int row : filled_rows(backlog(), "Initiative Key")) {
      const std::string key = to_text(JobBench::cell(backlog(), row, "Initiative Key"));
      RC_ASSERT(keys.insert(key).second);
      const InitiativeRecord* record = bench_.stored(key);
      RC_ASSERT(record != nullptr);
      RC_ASSERT(JobBench::cell(backlog(), row, "Title") == record->value(fields::title()));
    }
    for (const auto& [where, typed] : typed_) {
      const int row = JobBench::row_of(backlog(), where.first);
      RC_ASSERT(row > 0);
      RC_ASSERT(JobBench::cell(backlog(), row, where.second) == typed);
    }
  }

  JobBench bench_;
  int tokens_ = 0;
  int edits_ = 0;
  std::set<std::string> live_tokens_;
  std::map<std::pair<std::string, std::string>, Cell> typed_;  // what PMs typed last, by key and header
};

}  // namespace

TEST_CASE("property: any interleaving keeps every typed cell and every identity") {
  CHECK(rc::check("people, jobs, moves, losses and kills", [] {
    World world;
    const int steps = *rc::gen::inRange(1, 30);
    for (int i = 0; i < steps; ++i)
      world.happen();
    world.settle_and_check();
  }));
}
