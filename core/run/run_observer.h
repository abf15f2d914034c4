#pragma once

#include <chrono>
#include <string_view>

namespace roadmap {

// Where runs tell what they do: the log and the metrics. Called from worker threads, many at once;
// implementations are thread-safe and do not block. No argument ever holds a cell's content or a secret.
class RunObserver {
 public:
  virtual ~RunObserver() = default;
  virtual void run_started(std::string_view run_id, std::string_view action, int attempt) = 0;
  virtual void step(std::string_view run_id, std::string_view action, std::string_view step,
                    std::chrono::milliseconds previous_step_took) = 0;
  virtual void note(std::string_view run_id, std::string_view action, std::string_view message) = 0;
  virtual void run_finished(std::string_view run_id, std::string_view action, std::string_view status,
                            std::chrono::milliseconds took, std::string_view error) = 0;
};

}  // namespace roadmap
