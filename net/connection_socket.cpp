#include "net/connection_socket.h"

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>

#include "net/file_descriptor.h"

namespace net {
namespace {

constexpr std::size_t kReadChunkBytes = 16384;
// A buffer that once held much keeps no more than this: ten thousand idle connections shall be cheap.
constexpr std::size_t kKeptBufferBytes = 1024;

bool would_block(int error) { return error == EAGAIN || error == EWOULDBLOCK; }

}  // namespace

ConnectionSocket::ConnectionSocket(FileDescriptor socket) : socket_(std::move(socket)) {}

void ConnectionSocket::consume(std::size_t bytes) {
  begin_ += bytes;
  if (begin_ == buffer_.size()) {
    buffer_.clear();
    begin_ = 0;
    if (buffer_.capacity() > kKeptBufferBytes) buffer_.shrink_to_fit();
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

ReadOutcome ConnectionSocket::read_now(std::size_t& got) {
  std::array<char, kReadChunkBytes> piece;
  ssize_t taken = 0;
  do {
    taken = ::recv(fd(), piece.data(), piece.size(), MSG_DONTWAIT);
  } while (taken < 0 && errno == EINTR);
  if (taken < 0 && would_block(errno)) return ReadOutcome::kDeadline;
  if (taken <= 0) return ReadOutcome::kClosed;
  buffer_.erase(0, begin_);
  begin_ = 0;
  got = static_cast<std::size_t>(taken);
  buffer_.append(piece.data(), got);
  return ReadOutcome::kData;
}

std::optional<std::size_t> ConnectionSocket::send_now(std::string_view bytes) {
  std::size_t sent = 0;
  while (sent < bytes.size()) {
    const ssize_t taken = ::send(fd(), bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (taken >= 0) {
      sent += static_cast<std::size_t>(taken);
    } else if (would_block(errno)) {
      break;
    } else if (errno != EINTR) {
      return std::nullopt;
    }
  }
  return sent;
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
