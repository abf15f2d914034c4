#pragma once

#include <poll.h>

#include <chrono>
#include <cstddef>
#include <utility>

namespace net {

// Owns one file descriptor and closes it.
class FileDescriptor {
 public:
  FileDescriptor() = default;
  explicit FileDescriptor(int fd) : fd_(fd) {}
  ~FileDescriptor() { reset(); }
  FileDescriptor(FileDescriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  FileDescriptor& operator=(FileDescriptor&& other) noexcept;

  int get() const { return fd_; }                   // -1: none
  int release() { return std::exchange(fd_, -1); }  // the caller closes it
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
  int fd() const { return event_.get(); }

 private:
  FileDescriptor event_;
};

// poll(2) up to a moment, continued after signals. Returns how many entries are ready, 0 at the deadline.
// Throws std::system_error when the kernel refuses (no memory, a bad array).
int poll_until(pollfd* entries, std::size_t count, std::chrono::steady_clock::time_point deadline);

}  // namespace net
