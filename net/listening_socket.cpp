#include "net/listening_socket.h"

#include <fmt/format.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <cerrno>
#include <memory>
#include <system_error>

#include "net/http_server.h"

namespace net {
namespace {

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
