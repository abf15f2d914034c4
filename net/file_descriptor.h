#pragma once

#include <poll.h>

#include <chrono>
#include <cstddef>
#include <utility>

namespace net {

using Moment = std::chrono::steady_clock::time_point;

// Owns one file descriptor and closes it.
class FileDescriptor {
 public:
  FileDescriptor() = default;
  explicit FileDescriptor(int fd) : fd_(fd) {}
  ~FileDescriptor() { reset(); }
  FileDescriptor(FileDescriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  FileDescriptor& operator=(FileDescriptor&& other) noexcept;

  int get() const { return fd_; }  // -1: none
  void reset() noexcept;

 private:
  int fd_ = -1;
};

// A flag that poll(2) sees: readable while raised.
// Thread safety: every function may be called from any thread.
class EventFlag {
 public:
  EventFlag();  // Throws std::system_error when the process has no descriptor left.

  void raise() noexcept;
  void lower() noexcept;
  bool raised() const;
  int fd() const { return event_.get(); }

 private:
  FileDescriptor event_;
};

// The time until a moment as poll(2) and its like take it: rounded up, 0 when it has passed, an hour at most.
int milliseconds_until(Moment moment);

// poll(2) up to a moment, continued after signals. Returns how many entries are ready, 0 at the deadline.
// Throws std::system_error when the kernel refuses (no memory, a bad array).
int poll_until(pollfd* entries, std::size_t count, Moment deadline);

}  // namespace net
