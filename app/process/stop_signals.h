#pragma once

namespace roadmap::app {

// SIGTERM, SIGINT and SIGHUP as something that a thread waits for. Make it before any
// other thread starts: they inherit that the signals are blocked, which they stay: a process that makes one
// is about to serve or end. Thread safety: one thread waits; fail() and release() from any.
class StopSignals {
 public:
  StopSignals();  // throws std::system_error when the system is out of descriptors
  ~StopSignals();
  StopSignals(const StopSignals&) = delete;
  StopSignals& operator=(const StopSignals&) = delete;

  enum class Wake { kSignal, kFailed, kReleased };
  // Blocks until a signal arrives (each ends one wait), fail() or release() was called.
  Wake wait();

  // The process cannot go on. Ends every wait from now on.
  void fail();
  // Nobody needs to wait any more. Ends every wait from now on.
  void release();

 private:
  int signals_ = -1;
  int failed_ = -1;
  int released_ = -1;
};

}  // namespace roadmap::app
