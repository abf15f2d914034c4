#include "app/serve/engine.h"

#include <fmt/format.h>

#include <algorithm>
#include <random>
#include <utility>

#include "app/process/memory.h"
#include "app/process/version.h"
#include "core/actions/action_registry.h"
#include "core/actions/action_request_json.h"
#include "core/actions/job_context.h"
#include "core/actions/run_of_request.h"

namespace roadmap::app {
namespace {

// Far below kMostBetweenLooks: a service that was down for some hours is no clock that jumped.
constexpr std::chrono::hours kPruneEvery{6};

std::string make_boot_id() {
  std::random_device random;
  return fmt::format("{:08x}{:08x}", random(), random());
}

DatabaseOptions database_options(const LedgerConfig& config, ProcessLock& lock, Metrics& metrics) {
  return {.path = config.path,
          .checkpoint = config.checkpoint == "external" ? CheckpointMode::kExternal : CheckpointMode::kSelf,
          .before_write = [&lock] { lock.check(); },
          .on_commit = [&metrics](std::chrono::microseconds took) { metrics.committed(took); }};
}

std::unique_ptr<RunLog> make_run_log(const ProductOpsSettings& ops, sheets::GoogleSheets& sheets,
                                     const Ledger& ledger, const Clock& clock, Log& log) {
  if (ops.spreadsheet_id.empty() || ops.run_log_tab.empty()) return nullptr;
  return std::make_unique<RunLog>(TabLayout{ops.spreadsheet_id, ops.run_log_tab, ops.header_row}, sheets,
                                  ledger, clock, log);
}

// The request that a run was recorded with.
ActionRequest recorded_request(const ActionRun& run) {
  auto parsed = parse_action_request(run.payload);
  if (auto* request = std::get_if<ActionRequest>(&parsed)) return std::move(*request);
  const RequestProblem& first = std::get<RequestProblems>(parsed).problems.front();
  throw Error("request_outdated", "This run was recorded by another version of the service; start it again.",
              fmt::format("{} {}", first.pointer, first.detail));
}

// What a step took and left free lies scattered: the next step's answers and tables, each in one piece, do
// not fit there and would come on top of it.
class ThriftyReporter : public RunReporter {
 public:
  explicit ThriftyReporter(RunReporter& reporter) : reporter_(reporter) {}

  void step(const RunProgress& progress) override {
    give_memory_back();
    reporter_.step(progress);
  }
  void note(std::string_view message) override { reporter_.note(message); }
  void committed() override { reporter_.committed(); }

 private:
  RunReporter& reporter_;
};

}  // namespace

Engine::Engine(Config config, Log& log, const Clock& clock, Assistant* own_assistant)
    : config_(std::move(config)),
      settings_(config_.job_settings()),
      log_(log),
      clock_(clock),
      boot_id_(make_boot_id()),
      metrics_(version()),
      observer_(log, metrics_, clock),
      lock_(config_.ledger.path, clock.now()),
      database_(database_options(config_.ledger, lock_, metrics_)),
      store_(database_),
      ledger_(database_, clock,
              {.max_queued = config_.worker.max_queued,
               .on_ended =
                   [this](const std::string& run_id) {
                     if (run_log_) run_log_->run_ended(run_id);
                   }},
              boot_id_),
      sheets_(config_.sheets, clock, &observer_),
      run_log_(make_run_log(settings_.product_ops, sheets_.client(), ledger_, clock, log)),
      llm_(make_assistant(config_.llm, config_.llm_api_key, clock)),
      own_assistant_(own_assistant),
      workers_(ledger_, clock, observer_,
               {.threads = config_.worker.threads,
                .run_timeout = std::chrono::seconds{config_.worker.run_timeout_seconds}},
               [this](const ActionRun& run, const RunControl& control, RunReporter& reporter) {
                 const struct Afterwards {
                   ~Afterwards() { give_memory_back(); }
                 } afterwards;
                 ThriftyReporter thrifty(reporter);
                 return execute(run, control, thrifty);
               }) {
  const int recovered = ledger_.recover();
  if (recovered > 0) log_.warn("runs that another process left were recovered", {{"runs", recovered}});
}

Engine::~Engine() = default;

void Engine::start() {
  workers_.start();
  housekeeper_ = std::jthread([this](const std::stop_token& stop) { keep_house(stop); });
}

void Engine::drain() {
  const auto end = clock_.steady_now() + std::chrono::seconds{config_.worker.drain_seconds};
  ledger_.begin_drain();
  workers_.drain(std::chrono::seconds{config_.worker.drain_seconds});
  if (!run_log_) return;
  const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - clock_.steady_now());
  run_log_->drain(std::max(left, std::chrono::milliseconds{0}));
}

void Engine::hurry() {
  workers_.hurry();
  if (run_log_) run_log_->hurry();
}

EnqueueResult Engine::enqueue(const ActionRequest& request, const std::string& idempotency_key) {
  return ledger_.enqueue(run_of_request(request, settings_, idempotency_key));
}

RunResult Engine::execute(const ActionRun& run, const RunControl& control, RunReporter& reporter) {
  const LogRunScope scope(run.run_id, run.action);
  if (run.started_at) metrics_.waited_in_queue(*run.started_at - run.created_at);
  const ActionRequest request = recorded_request(run);
  const ActionSpec* action = find_action(request.action);  // parse_action_request accepts known ones only
  JobContext job(run.run_id, request, settings_, sheets_.client(), store_, clock_, control, reporter,
                 llm_ ? llm_.get() : own_assistant_);
  // cppcheck-suppress returnDanglingLifetime; the result holds nothing of the job
  return run_action(*action, job);
}

void Engine::keep_house(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    prune_old_runs(stop);
    std::unique_lock lock(housekeeping_mutex_);
    housekeeping_.wait_for(lock, stop, kPruneEvery, [] { return false; });
  }
}

void Engine::prune_old_runs(const std::stop_token& stop) {
  try {
    int deleted = 0;
    while (!stop.stop_requested()) {
      const Pruned batch = ledger_.prune(std::chrono::hours{24} * config_.ledger.keep_days);
      if (batch.clock_jumped)
        log_.warn("the clock jumped, or the service was down for a day: no old run is deleted for a week");
      if (batch.runs == 0) break;
      deleted += batch.runs;
    }
    if (deleted == 0) return;
    log_.info("old runs deleted", {{"runs", deleted}});
    database_.give_space_back(stop);
  } catch (const Error& error) {
    log_.error("old runs could not be deleted; tried again in a few hours",
               {{"error", error.what()}, {"detail", error.detail()}});
  }
}

}  // namespace roadmap::app
