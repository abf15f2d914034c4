#include "core/ledger/run_listeners.h"

#include <mutex>
#include <unordered_map>
#include <utility>
#include <vector>

namespace roadmap {

struct RunListeners::Listener {
  std::mutex calling;
  std::function<void()> call;  // empty once its handle is gone
};

struct RunListeners::Register {
  std::mutex mutex;
  std::unordered_multimap<std::string, std::shared_ptr<Listener>> by_run;
};

// Keeps the register alive: a handle may outlive the ledger.
class RunListeners::Handle {
 public:
  Handle(std::shared_ptr<Register> registered, std::string run_id, std::shared_ptr<Listener> listener)
      : register_(std::move(registered)), run_id_(std::move(run_id)), listener_(std::move(listener)) {}
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
  ~Handle() {
    {
      const std::lock_guard lock(register_->mutex);
      const auto [first, last] = register_->by_run.equal_range(run_id_);
      for (auto it = first; it != last; ++it) {
        if (it->second == listener_) {
          register_->by_run.erase(it);
          break;
        }
      }
    }
    const std::lock_guard lock(listener_->calling);
    listener_->call = nullptr;
  }

 private:
  std::shared_ptr<Register> register_;
  std::string run_id_;
  std::shared_ptr<Listener> listener_;
};

RunListeners::RunListeners() : register_(std::make_shared<Register>()) {}

std::shared_ptr<void> RunListeners::add(const std::string& run_id, std::function<void()> call) {
  auto listener = std::make_shared<Listener>();
  listener->call = std::move(call);
  {
    const std::lock_guard lock(register_->mutex);
    register_->by_run.emplace(run_id, listener);
  }
  return std::make_shared<Handle>(register_, run_id, std::move(listener));
}

void RunListeners::notify(const std::string& run_id) const {
  std::vector<std::shared_ptr<Listener>> listeners;
  {
    const std::lock_guard lock(register_->mutex);
    const auto [first, last] = register_->by_run.equal_range(run_id);
    for (auto it = first; it != last; ++it)
      listeners.push_back(it->second);
  }
  for (const auto& listener : listeners) {
    const std::lock_guard lock(listener->calling);
    if (listener->call) listener->call();
  }
}

}  // namespace roadmap
