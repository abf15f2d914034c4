#include "net/poll_deadline.h"

#include <cerrno>
#include <system_error>

namespace net {
namespace {

// poll takes an int; a longer wait is made of several.
constexpr std::chrono::milliseconds kLongestDeadline{3600000};

}  // namespace

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
