#pragma once

#include <poll.h>

#include <chrono>
#include <cstddef>

namespace net {

// poll(2) up to a moment, continued after signals. Returns how many entries are ready, 0 at the deadline.
// Throws std::system_error when the kernel refuses (no memory, a bad array).
int poll_until(pollfd* entries, std::size_t count, std::chrono::steady_clock::time_point deadline);

}  // namespace net
