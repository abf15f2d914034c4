#pragma once

#include <chrono>
#include <functional>
#include <stop_token>
#include <string_view>

#include "core/errors.h"

namespace roadmap {

// What a job asks before each call to the outside, and what a long call watches while it waits.
// `stop` wakes waits and transfers at once; `why_stopped` tells cancel from the end of a drain.
struct RunControl {
  std::stop_token stop;
  std::chrono::steady_clock::time_point deadline = std::chrono::steady_clock::time_point::max();
  std::function<StopReason()> why_stopped = [] { return StopReason::kCancelled; };
  // Called when a call has to wait (quota, backoff) with words for the progress view: "Waiting for Google's
  // quota". Called again with an empty text when the wait is over.
  std::function<void(std::string_view label)> on_wait = [](std::string_view) {};

  // Throws RunStopped when stop was requested or, at that moment, the deadline has passed.
  void check(std::chrono::steady_clock::time_point now = std::chrono::steady_clock::now()) const {
    if (stop.stop_requested()) throw RunStopped(why_stopped());
    if (now >= deadline) throw RunStopped(StopReason::kDeadline);
  }
};

}  // namespace roadmap
