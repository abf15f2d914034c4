#include "app/telemetry/line_output.h"

#include <fmt/format.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace roadmap::app {

void LineOutput::write_line(std::string_view line) {
  push();
  if (held_.size() + line.size() >= kMaxHeld) {
    ++lost_;
    return;
  }
  if (lost_ > 0) tell_loss(line.substr(0, 1) == "{");
  held_.append(line).append("\n");
  push();
}

void LineOutput::tell_loss(bool as_json) {
  constexpr const char* kWords = "log lines were lost: nobody read them, or they could not be written";
  held_ += as_json ? fmt::format("{{\"level\":\"warn\",\"message\":\"{}\",\"lines\":{}}}\n", kWords, lost_)
                   : fmt::format("warn  {} lines={}\n", kWords, lost_);
  lost_ = 0;
}

// A pipe that poll(2) calls writable takes PIPE_BUF bytes without blocking (pipe(7)); so does a terminal, a
// socket, and a file always.
void LineOutput::push() {
  std::size_t written = 0;
  while (written < held_.size()) {
    pollfd writable{descriptor_, POLLOUT, 0};
    const int ready = ::poll(&writable, 1, 0);
    if (ready < 0 && errno == EINTR) continue;
    if (ready <= 0) break;
    const std::size_t size = std::min<std::size_t>(held_.size() - written, PIPE_BUF);
    const bool reader_left = (writable.revents & (POLLERR | POLLNVAL)) != 0;
    const ssize_t taken = reader_left ? -1 : ::write(descriptor_, held_.data() + written, size);
    if (taken > 0) written += static_cast<std::size_t>(taken);
    if (taken > 0 || (!reader_left && errno == EINTR)) continue;
    if (!reader_left && (errno == EAGAIN || errno == EWOULDBLOCK)) break;
    held_.erase(0, written);
    lose_held();
    return;
  }
  held_.erase(0, written);
}

void LineOutput::lose_held() {
  lost_ += static_cast<std::size_t>(std::count(held_.begin(), held_.end(), '\n'));
  held_.clear();
}

}  // namespace roadmap::app
