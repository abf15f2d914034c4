#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>

namespace roadmap::app {

// What Prometheus is told at GET /metrics. Thread-safe; nothing here blocks for longer than a counter's lock.
// Labels come from tables of the program (actions, routes, methods), never from what a client sent.
class Metrics {
 public:
  explicit Metrics(std::string_view version);
  ~Metrics();
  Metrics(const Metrics&) = delete;
  Metrics& operator=(const Metrics&) = delete;

  void run_ended(std::string_view action, std::string_view status, std::chrono::milliseconds took);
  void step_ended(std::string_view action, std::string_view step, std::chrono::milliseconds took);
  void waited_in_queue(std::chrono::milliseconds waited);
  void sheets_call(std::string_view method, std::string_view status, std::chrono::milliseconds took,
                   std::chrono::milliseconds limiter_wait);
  void token_refresh(std::string_view outcome, std::chrono::milliseconds took);
  void http_request(std::string_view method, std::string_view route, int status,
                    std::chrono::microseconds took);
  void committed(std::chrono::microseconds took);

  // Gauges, set right before they are read.
  struct Levels {
    int queued = 0;
    int max_queued = 0;
    int running = 0;
    int worker_threads = 0;
    int http_in_flight = 0;
    int reads_in_last_minute = 0;
    int reads_per_minute = 0;
    int writes_in_last_minute = 0;
    int writes_per_minute = 0;
  };
  // The exposition text (https://prometheus.io/docs/instrumenting/exposition_formats/).
  std::string render(const Levels& levels);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace roadmap::app
