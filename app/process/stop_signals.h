#pragma once

#include <functional>
#include <thread>
#include <utility>

#include "net/file_descriptor.h"

namespace roadmap::app {

// SIGTERM, SIGINT and SIGHUP as something that a thread waits for. Make it before any
// other thread starts: they inherit that the signals are blocked, which they stay: a process that makes one
// is about to serve or end. Thread safety: one thread waits; fail() and release() from any.
class StopSignals {
 public:
  StopSignals();  // throws std::system_error when the system is out of descriptors
  StopSignals(const StopSignals&) = delete;
  StopSignals& operator=(const StopSignals&) = delete;

  enum class Wake { kSignal, kFailed, kReleased };
  // Blocks until a signal arrives (each ends one wait), fail() or release() was called.
  Wake wait();

  // The process cannot go on. Ends every wait from now on.
  void fail() { failed_.raise(); }
  // Nobody needs to wait any more. Ends every wait from now on.
  void release() { released_.raise(); }

 private:
  net::FileDescriptor signals_;
  net::EventFlag failed_;
  net::EventFlag released_;
};

// A thread that waits for signals beside work which may throw: it ends with the scope that made it, however
// that is left. Thread safety: made and destroyed by one thread.
class SignalWatch {
 public:
  // Calls `watch` on the thread. It waits by `signals` alone, and returns soon once they are released; what
  // it uses outlives this.
  SignalWatch(StopSignals& signals, std::function<void()> watch)
      : signals_(signals), thread_(std::move(watch)) {}
  // Releases the signals for everybody, and blocks until `watch` has returned.
  ~SignalWatch() {
    signals_.release();
    thread_.join();
  }
  SignalWatch(const SignalWatch&) = delete;
  SignalWatch& operator=(const SignalWatch&) = delete;

 private:
  StopSignals& signals_;
  std::thread thread_;
};

}  // namespace roadmap::app
