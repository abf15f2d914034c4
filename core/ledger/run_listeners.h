#pragma once

#include <functional>
#include <memory>
#include <string>

namespace roadmap {

// Who wants to hear of a run. Thread-safe.
class RunListeners {
 public:
  RunListeners();

  // `call` is called by notify() until the handle is destroyed; destroying it waits for a call under way.
  // So never destroy it inside `call`, nor while holding a lock that `call` takes.
  [[nodiscard]] std::shared_ptr<void> add(const std::string& run_id, std::function<void()> call);
  // Calls the run's listeners on this thread, holding no lock that others need meanwhile.
  void notify(const std::string& run_id) const;

 private:
  struct Listener;
  struct Register;
  std::shared_ptr<Register> register_;
};

}  // namespace roadmap
