#pragma once

#include <chrono>
#include <functional>
#include <mutex>
#include <stop_token>
#include <vector>

#include "core/clock.h"
#include "core/run/waiter.h"

namespace roadmap::test {

// Time that passes only when somebody waits, and then at once. Thread safety: safe to call from many threads.
class FakeTime : public Clock, public Waiter {
 public:
  UtcTime now() const override {
    const std::lock_guard lock(mutex_);
    return from_iso8601("2026-03-04T05:06:07Z") + passed_;
  }

  std::chrono::steady_clock::time_point steady_now() const override {
    const std::lock_guard lock(mutex_);
    return steady_start_ + passed_;
  }

  void wait_until(std::chrono::steady_clock::time_point moment, const std::stop_token& stop) override {
    on_wait_begin();
    const std::lock_guard lock(mutex_);
    if (stop.stop_requested()) return;
    const auto wait =
        std::chrono::duration_cast<std::chrono::milliseconds>(moment - (steady_start_ + passed_));
    waits_.push_back(wait);
    if (wait.count() > 0) passed_ += wait;
  }

  void advance(std::chrono::milliseconds by) {
    const std::lock_guard lock(mutex_);
    passed_ += by;
  }

  // How long each wait was, in order.
  std::vector<std::chrono::milliseconds> waits() const {
    const std::lock_guard lock(mutex_);
    return waits_;
  }

  // Called at the start of each wait, before time passes.
  std::function<void()> on_wait_begin = [] {};

 private:
  mutable std::mutex mutex_;
  const std::chrono::steady_clock::time_point steady_start_{std::chrono::hours{1000}};
  std::chrono::milliseconds passed_{0};
  std::vector<std::chrono::milliseconds> waits_;
};

}  // namespace roadmap::test
