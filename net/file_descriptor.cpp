#include "net/file_descriptor.h"

#include <sys/eventfd.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <system_error>

namespace net {

using std::chrono::steady_clock;

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

bool EventFlag::raised() const {
  pollfd flag{fd(), POLLIN, 0};
  return poll_until(&flag, 1, steady_clock::now()) > 0;
}

int milliseconds_until(Moment moment) {
  // poll takes an int; a longer wait is made of several.
  constexpr std::chrono::milliseconds kLongest{3600000};
  const auto now = steady_clock::now();
  if (moment <= now) return 0;
  // Compared before it is rounded: time_point::max() minus a moment may overflow.
  const auto wait =
      moment - now >= kLongest ? kLongest : std::chrono::ceil<std::chrono::milliseconds>(moment - now);
  return static_cast<int>(wait.count());
}

int poll_until(pollfd* entries, std::size_t count, Moment deadline) {
  for (;;) {
    const int ready = ::poll(entries, static_cast<nfds_t>(count), milliseconds_until(deadline));
    if (ready > 0) return ready;
    if (ready < 0 && errno != EINTR) throw std::system_error(errno, std::generic_category(), "poll");
    if (steady_clock::now() >= deadline) return 0;
  }
}

}  // namespace net
