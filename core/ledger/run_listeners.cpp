#include "core/ledger/run_listeners.h"

#include <algorithm>
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

RunListeners::RunListeners() : register_(std::make_shared<Register>()) {}

std::shared_ptr<void> RunListeners::add(const std::string& run_id, std::function<void()> call) {
  auto listener = std::make_shared<Listener>();
  listener->call = std::move(call);
  {
    const std::lock_guard lock(register_->mutex);
    register_->by_run.emplace(run_id, listener);
  }
  // Keeps the register alive: a handle may outlive the ledger.
  const auto end = [registered = register_, run_id, listener](void*) {
    {
      const std::lock_guard lock(registered->mutex);
      const auto [first, last] = registered->by_run.equal_range(run_id);
      registered->by_run.erase(
          std::find_if(first, last, [&](const auto& each) { return each.second == listener; }));
    }
    const std::lock_guard lock(listener->calling);
    listener->call = nullptr;
  };
  return {listener.get(), end};
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
