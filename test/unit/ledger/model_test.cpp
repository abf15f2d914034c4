// Random sequences of everything that can happen to a ledger, against a model of a few lines.
#include <rapidcheck.h>

#include <catch2/catch.hpp>

#include "core/store/sql.h"
#include "test/unit/ledger/open_ledger.h"

namespace roadmap {
namespace {

using test::OpenLedger;
using test::request_for;
using test::run_of;

constexpr int kMaxQueued = 4;
constexpr int kMaxCrashes = 3;

struct ModelRun {
  std::string run_id;
  std::string body;
  std::string book;
  RunStatus status = RunStatus::kQueued;
  int attempt = 0;
  int crashes = 0;
  bool cancel_requested = false;
};

class Model {
 public:
  std::vector<ModelRun> runs;

  int count(RunStatus status) const {
    int n = 0;
    for (const ModelRun& run : runs)
      n += run.status == status ? 1 : 0;
    return n;
  }
  const ModelRun* queued_equal(const std::string& body) const {
    for (const ModelRun& run : runs) {
      if (run.status == RunStatus::kQueued && run.body == body) return &run;
    }
    return nullptr;
  }
  ModelRun* next() {
    for (ModelRun& run : runs) {
      if (run.status == RunStatus::kQueued && !is_held(run.book)) return &run;
    }
    return nullptr;
  }
  void crash() {
    for (ModelRun& run : runs) {
      if (run.status != RunStatus::kRunning) continue;
      run.status = run.cancel_requested            ? RunStatus::kCancelled
                   : run.crashes + 1 < kMaxCrashes ? RunStatus::kQueued
                                                   : RunStatus::kFailed;
      ++run.crashes;
    }
  }

 private:
  bool is_held(const std::string& book) const {
    for (const ModelRun& run : runs) {
      if (run.status == RunStatus::kRunning && run.book == book) return true;
    }
    return false;
  }
};

void enqueue(OpenLedger& ledger, Model& model) {
  const std::string body = *rc::gen::elementOf(std::vector<std::string>{"A", "B", "C", "D", "E", "F"});
  // The spreadsheet is part of what is asked for.
  const std::string book = body < "D" ? "one" : "two";
  const EnqueueResult result = ledger->enqueue(run_of(request_for(body), book));
  if (const ModelRun* equal = model.queued_equal(body)) {
    RC_ASSERT(result.kind == EnqueueResult::Kind::kDeduplicated);
    RC_ASSERT(result.run_id == equal->run_id);
  } else if (model.count(RunStatus::kQueued) >= kMaxQueued) {  // more, where running ones came back
    RC_ASSERT(result.kind == EnqueueResult::Kind::kQueueFull);
  } else {
    RC_ASSERT(result.kind == EnqueueResult::Kind::kAccepted);
    model.runs.push_back({result.run_id, body, book});
  }
}

void claim(OpenLedger& ledger, Model& model) {
  const auto run = ledger->claim();
  ModelRun* expected = model.next();
  RC_ASSERT(run.has_value() == (expected != nullptr));
  if (expected == nullptr) return;
  RC_ASSERT(run->run_id == expected->run_id);
  expected->status = RunStatus::kRunning;
  RC_ASSERT(run->attempt == ++expected->attempt);
}

void end(OpenLedger& ledger, Model& model) {
  if (model.runs.empty()) return;
  ModelRun& run = model.runs[*rc::gen::inRange<std::size_t>(0, model.runs.size())];
  const int attempt = run.attempt - (*rc::gen::inRange(0, 4) == 0 ? 1 : 0);  // sometimes an older one
  const bool expected = run.status == RunStatus::kRunning && attempt == run.attempt;
  RunStatus status = RunStatus::kSuccess;
  bool done = false;
  switch (*rc::gen::inRange(0, 5)) {
    case 0:
      done = ledger->finish(run.run_id, attempt, {RunStatus::kSuccess, "{}"});
      break;
    case 1:
      done = ledger->finish(run.run_id, attempt, {RunStatus::kFailed, {}, RunError{"c", "m", "d"}});
      status = RunStatus::kFailed;
      break;
    case 2:
      done = ledger->finish(run.run_id, attempt, {RunStatus::kCancelled});
      status = RunStatus::kCancelled;
      break;
    case 3:
      ledger->forget_cancel(run.run_id, attempt);
      if (expected) run.cancel_requested = false;
      return;
    default: {
      const auto put_back = ledger->put_back(run.run_id, attempt, false, "drain");
      done = put_back.has_value();
      status = run.cancel_requested ? RunStatus::kCancelled : RunStatus::kQueued;
      RC_ASSERT(put_back.value_or(status) == status);
    }
  }
  RC_ASSERT(done == expected);
  if (done) run.status = status;
}

void cancel(OpenLedger& ledger, Model& model) {
  if (model.runs.empty()) return;
  ModelRun& run = model.runs[*rc::gen::inRange<std::size_t>(0, model.runs.size())];
  const CancelResult result = ledger->cancel(run.run_id);
  if (run.status == RunStatus::kQueued) {
    RC_ASSERT(result == CancelResult::kCancelled);
    run.status = RunStatus::kCancelled;
  } else if (run.status == RunStatus::kRunning) {
    RC_ASSERT(result == CancelResult::kStopping);
    run.cancel_requested = true;
  } else {
    RC_ASSERT(result == CancelResult::kAlreadyEnded);
  }
}

void check_same(OpenLedger& ledger, const Model& model) {
  RC_ASSERT(ledger->queued_count() == model.count(RunStatus::kQueued));
  RC_ASSERT(ledger->running_count() == model.count(RunStatus::kRunning));
  for (const ModelRun& expected : model.runs) {
    const auto run = ledger->find(expected.run_id);
    RC_ASSERT(run.has_value());
    RC_ASSERT(run->status == expected.status);
    RC_ASSERT(run->attempt == expected.attempt);
    RC_ASSERT(is_final(run->status) == run->finished_at.has_value());
    RC_ASSERT(is_final(run->status) == (ledger->version(run->run_id) == 0));
  }
}

TEST_CASE("whatever happens in whatever order, the ledger does what the model does") {
  CHECK(rc::check("ledger against model", [] {
    LedgerOptions options;
    options.max_queued = kMaxQueued;
    options.max_crashes = kMaxCrashes;
    OpenLedger ledger(options);
    Model model;
    const int steps = *rc::gen::inRange(1, 40);
    for (int i = 0; i < steps; ++i) {
      const int kind = *rc::gen::inRange(0, 10);
      if (kind < 4) {
        enqueue(ledger, model);
      } else if (kind < 6) {
        claim(ledger, model);
      } else if (kind < 8) {
        end(ledger, model);
      } else if (kind < 9) {
        cancel(ledger, model);
      } else {
        ledger.restart();
        model.crash();
        ledger->recover();
      }
    }
    check_same(ledger, model);
  }));
}

}  // namespace
}  // namespace roadmap
