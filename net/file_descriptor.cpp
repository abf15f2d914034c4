#include "net/file_descriptor.h"

#include <sys/eventfd.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <system_error>

namespace net {
namespace {

// poll takes an int; a longer wait is made of several.
constexpr std::chrono::milliseconds kLongestDeadline{3600000};

}  // namespace

FileDescriptor& FileDescriptor::operator=(FileDescriptor&& other) noexcept {
  if (this != &other) {
    reset();
    fd_ = std::exchange(other.fd_, -1);
  }
  return *this;
}

void FileDescriptor::reset() noexcept {
  // Linux releases the descriptor also when close reports an error; trying again could hit another's.
  if (fd_ >= 0) ::close(std::exchange(fd_, -1));
}

EventFlag::EventFlag() : event_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
  if (event_.get() < 0) throw std::system_error(errno, std::generic_category(), "eventfd");
}

// Both can only fail with EAGAIN, which means that the flag is as wanted already.
void EventFlag::raise() noexcept {
  const std::uint64_t one = 1;
  [[maybe_unused]] const auto written = ::write(event_.get(), &one, sizeof one);
}

void EventFlag::lower() noexcept {
  std::uint64_t count = 0;
  [[maybe_unused]] const auto got = ::read(event_.get(), &count, sizeof count);
}

int poll_until(pollfd* entries, std::size_t count, std::chrono::steady_clock::time_point deadline) {
  using std::chrono::steady_clock;
  for (;;) {
    const auto now = steady_clock::now();
    // Compared before it is subtracted: time_point::max() minus a moment may overflow when rounded up.
    const auto wait = deadline <= now ? std::chrono::milliseconds{0}
                      : deadline - now >= kLongestDeadline
                          ? kLongestDeadline
                          : std::chrono::ceil<std::chrono::milliseconds>(deadline - now);
    const int ready = ::poll(entries, static_cast<nfds_t>(count), static_cast<int>(wait.count()));
    if (ready > 0) return ready;
    if (ready < 0 && errno != EINTR) throw std::system_error(errno, std::generic_category(), "poll");
    if (steady_clock::now() >= deadline) return 0;
  }
}

}  // namespace net
