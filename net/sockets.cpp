#include "net/sockets.h"

#include <fmt/format.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <memory>
#include <system_error>

#include "net/http_server.h"

namespace net {
namespace {

constexpr std::size_t kReadChunkBytes = 16384;
// A buffer that once held much keeps no more than this: ten thousand idle connections shall be cheap.
constexpr std::size_t kKeptBufferBytes = 1024;

bool would_block(int error) { return error == EAGAIN || error == EWOULDBLOCK; }

using AddressList = std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)>;

[[noreturn]] void cannot_listen(const std::string& host, int port, const std::string& reason) {
  throw ListenError(fmt::format("cannot listen on {} port {}: {}", host, port, reason));
}

AddressList resolve(const std::string& host, int port) {
  addrinfo wanted{};
  wanted.ai_family = AF_UNSPEC;
  wanted.ai_socktype = SOCK_STREAM;
  wanted.ai_flags = AI_PASSIVE | AI_NUMERICSERV;
  addrinfo* found = nullptr;
  const int error = ::getaddrinfo(host.c_str(), std::to_string(port).c_str(), &wanted, &found);
  if (error != 0) cannot_listen(host, port, ::gai_strerror(error));
  return AddressList(found, &::freeaddrinfo);
}

// An invalid descriptor, with errno set, when a step fails.
FileDescriptor listen_on(const addrinfo& address, int backlog) {
  FileDescriptor socket(
      ::socket(address.ai_family, address.ai_socktype | SOCK_CLOEXEC | SOCK_NONBLOCK, address.ai_protocol));
  // Without it a restart would have to wait until connections of the former process have timed out.
  const int on = 1;
  const bool listens =
      socket.get() >= 0 && ::setsockopt(socket.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) == 0 &&
      ::bind(socket.get(), address.ai_addr, address.ai_addrlen) == 0 && ::listen(socket.get(), backlog) == 0;
  return listens ? std::move(socket) : FileDescriptor{};
}

int bound_port(int socket) {
  sockaddr_storage bound{};
  socklen_t size = sizeof bound;
  if (::getsockname(socket, reinterpret_cast<sockaddr*>(&bound), &size) != 0) {
    throw std::system_error(errno, std::generic_category(), "getsockname");
  }
  return ntohs(bound.ss_family == AF_INET6 ? reinterpret_cast<sockaddr_in6*>(&bound)->sin6_port
                                           : reinterpret_cast<sockaddr_in*>(&bound)->sin_port);
}

}  // namespace

void ConnectionSocket::consume(std::size_t bytes) {
  begin_ += bytes;
  if (begin_ == buffer_.size()) {
    buffer_.clear();
    begin_ = 0;
    if (buffer_.capacity() > kKeptBufferBytes) buffer_.shrink_to_fit();
  }
}

std::optional<std::size_t> ConnectionSocket::read_now() {
  std::array<char, kReadChunkBytes> piece;
  ssize_t got = 0;
  do {
    got = ::recv(fd(), piece.data(), piece.size(), MSG_DONTWAIT);
  } while (got < 0 && errno == EINTR);
  if (got < 0 && would_block(errno)) return 0;
  if (got <= 0) return std::nullopt;
  buffer_.erase(0, begin_);
  begin_ = 0;
  buffer_.append(piece.data(), static_cast<std::size_t>(got));
  return static_cast<std::size_t>(got);
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

ListeningSocket::ListeningSocket(const std::string& host, int port, int backlog) {
  const AddressList addresses = resolve(host, port);
  int error = 0;
  for (const addrinfo* address = addresses.get(); address != nullptr; address = address->ai_next) {
    socket_ = listen_on(*address, backlog);
    if (socket_.get() >= 0) break;
    error = errno;
  }
  if (socket_.get() < 0) cannot_listen(host, port, std::generic_category().message(error));
  port_ = bound_port(socket_.get());
}

std::optional<FileDescriptor> ListeningSocket::accept(Trouble& trouble) {
  FileDescriptor connection(::accept4(fd(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
  if (connection.get() >= 0) {
    trouble = Trouble::kNone;
    const int on = 1;
    // Fails only on a connection that is gone already; its thread will notice.
    ::setsockopt(connection.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    return connection;
  }
  switch (errno) {
    case EBADF:
    case EINVAL:
    case ENOTSOCK:
    case EOPNOTSUPP:
      trouble = Trouble::kClosed;
      break;
    case EMFILE:
    case ENFILE:
    case ENOBUFS:
    case ENOMEM:
      trouble = Trouble::kNoDescriptors;
      break;
    // accept(2): errors of the new connection itself are passed on here and mean "try the next one".
    default:
      trouble = Trouble::kNothingThere;
      break;
  }
  return std::nullopt;
}

}  // namespace net
