#include "raw_server.h"

#include <poll.h>
#include <sys/socket.h>

#include <array>

#include "net/file_descriptor.h"
#include "raw_client.h"

namespace net::test {
namespace {

constexpr int kBacklog = 16;

bool is_complete(std::string_view request) {
  const std::string body = body_of(request);
  if (request.find("\r\n\r\n") == std::string_view::npos) return false;
  if (field_of(request, "Transfer-Encoding") == "chunked") return body.ends_with("0\r\n\r\n");
  const std::string length = field_of(request, "Content-Length");
  return length.empty() || body.size() >= std::stoul(length);
}

}  // namespace

bool RawPeer::has_more() {
  std::array<pollfd, 2> watched{pollfd{socket_.fd(), POLLIN, 0}, pollfd{stop_fd_, POLLIN, 0}};
  poll_until(watched.data(), watched.size(), std::chrono::steady_clock::now() + kPatience);
  return watched[0].revents != 0 && socket_.read_now().value_or(0) > 0;
}

std::string RawPeer::read_request() {
  while (!is_complete(socket_.buffered())) {
    if (!has_more()) return {};
  }
  const std::string request(socket_.buffered());
  socket_.consume(request.size());
  return request;
}

bool RawPeer::send(const std::string& bytes) {
  std::string_view rest = bytes;
  while (!rest.empty()) {
    const std::optional<std::size_t> taken = socket_.send_now(rest);
    if (!taken) return false;
    rest.remove_prefix(*taken);
    pollfd writable{socket_.fd(), POLLOUT, 0};
    if (poll_until(&writable, 1, std::chrono::steady_clock::now() + kPatience) == 0) return false;
  }
  return true;
}

void RawPeer::wait_until_left() {
  while (has_more())
    socket_.consume(socket_.buffered().size());
}

RawServer::RawServer(Script script) : listener_("127.0.0.1", 0, kBacklog) {
  thread_ = std::thread([this, script = std::move(script)] { run(script); });
}

RawServer::~RawServer() {
  stop_.raise();
  thread_.join();
}

std::string RawServer::url(const std::string& path) const {
  return "http://127.0.0.1:" + std::to_string(port()) + path;
}

void RawServer::run(const Script& script) {
  for (;;) {
    std::array<pollfd, 2> watched{pollfd{listener_.fd(), POLLIN, 0}, pollfd{stop_.fd(), POLLIN, 0}};
    poll_until(watched.data(), watched.size(), Moment::max());
    if (watched[1].revents != 0) return;
    auto trouble = ListeningSocket::Trouble::kNone;
    if (auto connection = listener_.accept(trouble)) {
      RawPeer peer(std::move(*connection), stop_.fd());
      script(peer, connections_++);
    }
  }
}

}  // namespace net::test
