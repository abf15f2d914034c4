#include "app/telemetry/metrics.h"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <utility>
#include <vector>

namespace roadmap::app {
namespace {

using prometheus::Counter;
using prometheus::Family;
using prometheus::Gauge;
using prometheus::Histogram;
using Buckets = Histogram::BucketBoundaries;

// Seconds. Jobs wait for Google, so from a tenth of a second to the usual deadline.
const Buckets kJobBuckets = {0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300};
const Buckets kCallBuckets = {0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60};
const Buckets kQuickBuckets = {0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5, 50};

template <class Duration>
double seconds(Duration duration) {
  return std::chrono::duration<double>(duration).count();
}

}  // namespace

class Metrics::Impl {
 public:
  explicit Impl(std::string_view version) {
    prometheus::BuildGauge()
        .Name("roadmapd_build_info")
        .Help("Always 1; the label tells the version.")
        .Register(registry_)
        .Add({{"version", std::string(version)}})
        .Set(1);
  }

  prometheus::Registry registry_;
  Family<Counter>& runs_ = counter("roadmapd_runs_total", "Runs that ended, by action and final status.");
  Family<Histogram>& run_seconds_ =
      histogram("roadmapd_run_duration_seconds", "From the start of a run to its end.");
  Family<Histogram>& step_seconds_ =
      histogram("roadmapd_step_duration_seconds", "Time spent in one step of a run.");
  Histogram& queue_seconds_ =
      histogram("roadmapd_queue_wait_seconds", "From a request to the start of its run.")
          .Add({}, kJobBuckets);
  Family<Counter>& calls_ = counter("roadmapd_sheets_calls_total",
                                    "Requests to Google Sheets, retries included, by method and status.");
  Family<Histogram>& call_seconds_ =
      histogram("roadmapd_sheets_call_duration_seconds", "One request to Google Sheets.");
  Histogram& limiter_seconds_ = histogram("roadmapd_sheets_limiter_wait_seconds",
                                          "Time that requests waited for their turn under the quota.")
                                    .Add({}, kCallBuckets);
  Family<Counter>& tokens_ = counter("roadmapd_token_refreshes_total", "Access tokens fetched, by outcome.");
  Histogram& token_seconds_ =
      histogram("roadmapd_token_refresh_duration_seconds", "One fetch of an access token.")
          .Add({}, kCallBuckets);
  Family<Counter>& requests_ = counter("roadmapd_http_requests_total", "HTTP requests answered.");
  Family<Histogram>& request_seconds_ =
      histogram("roadmapd_http_request_duration_seconds", "From a request's arrival to its answer.");
  Histogram& commit_seconds_ =
      histogram("roadmapd_commit_duration_seconds", "One commit of the ledger to disk.")
          .Add({}, kQuickBuckets);

  // Gauges with what they show.
  std::vector<std::pair<Gauge&, int Levels::*>> levels_ = {
      {gauge("roadmapd_queue_depth", "Runs that wait for a worker."), &Levels::queued},
      {gauge("roadmapd_runs_running", "Runs that are being worked on."), &Levels::running},
      {gauge("roadmapd_http_requests_in_flight", "HTTP requests being answered now."),
       &Levels::http_in_flight},
      {gauge("roadmapd_sheets_reads_last_minute", "Reads counted against the quota."),
       &Levels::reads_in_last_minute},
      {gauge("roadmapd_sheets_writes_last_minute", "Writes counted against the quota."),
       &Levels::writes_in_last_minute},
      {gauge("roadmapd_queue_limit", "Runs that may wait for a worker."), &Levels::max_queued},
      {gauge("roadmapd_worker_threads", "Threads that work on runs."), &Levels::worker_threads},
      {gauge("roadmapd_sheets_reads_limit", "Reads a minute that the quota allows."),
       &Levels::reads_per_minute},
      {gauge("roadmapd_sheets_writes_limit", "Writes a minute that the quota allows."),
       &Levels::writes_per_minute}};

 private:
  Family<Counter>& counter(const std::string& name, const std::string& help) {
    return prometheus::BuildCounter().Name(name).Help(help).Register(registry_);
  }
  Family<Histogram>& histogram(const std::string& name, const std::string& help) {
    return prometheus::BuildHistogram().Name(name).Help(help).Register(registry_);
  }
  Gauge& gauge(const std::string& name, const std::string& help) {
    return prometheus::BuildGauge().Name(name).Help(help).Register(registry_).Add({});
  }
};

Metrics::Metrics(std::string_view version) : impl_(std::make_unique<Impl>(version)) {}
Metrics::~Metrics() = default;

void Metrics::run_ended(std::string_view action, std::string_view status, std::chrono::milliseconds took) {
  impl_->runs_.Add({{"action", std::string(action)}, {"status", std::string(status)}}).Increment();
  impl_->run_seconds_.Add({{"action", std::string(action)}}, kJobBuckets).Observe(seconds(took));
}

void Metrics::step_ended(std::string_view action, std::string_view step, std::chrono::milliseconds took) {
  impl_->step_seconds_.Add({{"action", std::string(action)}, {"step", std::string(step)}}, kJobBuckets)
      .Observe(seconds(took));
}

void Metrics::waited_in_queue(std::chrono::milliseconds waited) {
  impl_->queue_seconds_.Observe(seconds(waited));
}

void Metrics::sheets_call(std::string_view method, std::string_view status, std::chrono::milliseconds took,
                          std::chrono::milliseconds limiter_wait) {
  impl_->calls_.Add({{"method", std::string(method)}, {"status", std::string(status)}}).Increment();
  impl_->call_seconds_.Add({{"method", std::string(method)}}, kCallBuckets).Observe(seconds(took));
  impl_->limiter_seconds_.Observe(seconds(limiter_wait));
}

void Metrics::token_refresh(std::string_view outcome, std::chrono::milliseconds took) {
  impl_->tokens_.Add({{"outcome", std::string(outcome)}}).Increment();
  impl_->token_seconds_.Observe(seconds(took));
}

void Metrics::http_request(std::string_view method, std::string_view route, int status,
                           std::chrono::microseconds took) {
  impl_->requests_
      .Add({{"method", std::string(method)},
            {"route", std::string(route)},
            {"status", std::to_string(status)}})
      .Increment();
  impl_->request_seconds_.Add({{"route", std::string(route)}}, kQuickBuckets).Observe(seconds(took));
}

void Metrics::committed(std::chrono::microseconds took) { impl_->commit_seconds_.Observe(seconds(took)); }

std::string Metrics::render(const Levels& levels) {
  for (const auto& [gauge, level] : impl_->levels_)
    gauge.Set(levels.*level);
  return prometheus::TextSerializer().Serialize(impl_->registry_.Collect());
}

}  // namespace roadmap::app
