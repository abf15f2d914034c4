#pragma once

#include <chrono>
#include <stop_token>
#include <string_view>

#include "core/clock.h"
#include "core/run/run_control.h"

namespace roadmap {

// How a thread lets time pass; tests let it pass at once. Safe to call from many threads.
class Waiter {
 public:
  virtual ~Waiter() = default;
  // Blocks until that moment, or until stop is requested, which wakes it at once.
  virtual void wait_until(std::chrono::steady_clock::time_point moment, const std::stop_token& stop) = 0;
};

class ThreadWaiter : public Waiter {
 public:
  void wait_until(std::chrono::steady_clock::time_point moment, const std::stop_token& stop) override;
};

// Waits until that moment, telling control.on_wait the label before and "" after. Throws RunStopped when
// the wait was cut short.
void wait_labelled(Waiter& waiter, const Clock& clock, std::chrono::steady_clock::time_point moment,
                   std::string_view label, const RunControl& control);

}  // namespace roadmap
