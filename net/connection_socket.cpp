#include "net/connection_socket.h"

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/uio.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "net/poll_deadline.h"

namespace net {
namespace {

constexpr std::size_t kReadChunkBytes = 16384;
constexpr std::chrono::milliseconds kLingerTime{1000};
constexpr std::size_t kLingerBytes = 16u << 20;

bool would_block(int error) { return error == EAGAIN || error == EWOULDBLOCK; }

// The unsent rest of two parts as iovec entries.
struct Unsent {
  std::string_view first;
  std::string_view second;

  bool empty() const { return first.empty() && second.empty(); }
  void skip(std::size_t bytes) {
    const std::size_t from_first = std::min(bytes, first.size());
    first.remove_prefix(from_first);
    second.remove_prefix(bytes - from_first);
  }
  std::array<iovec, 2> vectors() const {
    return {iovec{const_cast<char*>(first.data()), first.size()},
            iovec{const_cast<char*>(second.data()), second.size()}};
  }
};

}  // namespace

ConnectionSocket::ConnectionSocket(FileDescriptor socket) : socket_(std::move(socket)) {}

void ConnectionSocket::consume(std::size_t bytes) {
  begin_ += bytes;
  if (begin_ == buffer_.size()) {
    buffer_.clear();
    begin_ = 0;
  }
}

ReadOutcome ConnectionSocket::read_more(Moment deadline) {
  buffer_.erase(0, begin_);
  begin_ = 0;
  const std::size_t held = buffer_.size();
  for (;;) {
    // A peer that drips bytes is always readable: only the clock may end its request.
    if (std::chrono::steady_clock::now() >= deadline) return ReadOutcome::kDeadline;
    buffer_.resize(held + kReadChunkBytes);
    const ssize_t got = ::recv(fd(), buffer_.data() + held, kReadChunkBytes, 0);
    const int error = errno;
    buffer_.resize(held + (got > 0 ? static_cast<std::size_t>(got) : 0));
    if (got > 0) return ReadOutcome::kData;
    if (got == 0) return ReadOutcome::kClosed;
    if (error == EINTR) continue;
    if (!would_block(error)) return ReadOutcome::kClosed;
    pollfd readable{fd(), POLLIN, 0};
    if (poll_until(&readable, 1, deadline) == 0) return ReadOutcome::kDeadline;
  }
}

WriteOutcome ConnectionSocket::write(std::string_view first, std::string_view second,
                                     std::chrono::milliseconds progress_timeout) {
  Unsent unsent{first, second};
  while (!unsent.empty()) {
    auto vectors = unsent.vectors();
    msghdr message{};
    message.msg_iov = vectors.data();
    message.msg_iovlen = vectors.size();
    const ssize_t sent = ::sendmsg(fd(), &message, MSG_NOSIGNAL);
    if (sent >= 0) {
      unsent.skip(static_cast<std::size_t>(sent));
      continue;
    }
    if (errno == EINTR) continue;
    if (!would_block(errno)) return WriteOutcome::kFailed;
    pollfd writable{fd(), POLLOUT, 0};
    const Moment give_up = std::chrono::steady_clock::now() + progress_timeout;
    if (poll_until(&writable, 1, give_up) == 0) return WriteOutcome::kFailed;
  }
  return WriteOutcome::kDone;
}

void ConnectionSocket::finish_sending() {
  ::shutdown(fd(), SHUT_WR);
  const Moment deadline = std::chrono::steady_clock::now() + kLingerTime;
  std::size_t thrown_away = 0;
  do {
    thrown_away += buffered().size();
    consume(buffered().size());
  } while (thrown_away < kLingerBytes && read_more(deadline) == ReadOutcome::kData);
}

std::string peer_address(int socket) {
  sockaddr_storage peer{};
  socklen_t size = sizeof peer;
  if (::getpeername(socket, reinterpret_cast<sockaddr*>(&peer), &size) != 0) return {};
  std::array<char, INET6_ADDRSTRLEN> text{};
  if (peer.ss_family == AF_INET) {
    const auto* v4 = reinterpret_cast<const sockaddr_in*>(&peer);
    return ::inet_ntop(AF_INET, &v4->sin_addr, text.data(), text.size()) ? text.data() : std::string{};
  }
  if (peer.ss_family != AF_INET6) return {};
  const in6_addr& v6 = reinterpret_cast<const sockaddr_in6*>(&peer)->sin6_addr;
  const bool mapped = IN6_IS_ADDR_V4MAPPED(&v6);
  const char* shown = mapped ? ::inet_ntop(AF_INET, &v6.s6_addr[12], text.data(), text.size())
                             : ::inet_ntop(AF_INET6, &v6, text.data(), text.size());
  return shown ? shown : std::string{};
}

}  // namespace net
