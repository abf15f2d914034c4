#include "raw_client.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

#include <array>
#include <stdexcept>

#include "net/file_descriptor.h"

namespace net::test {
namespace {

constexpr std::string_view kHeadEnd = "\r\n\r\n";

}  // namespace

RawClient::RawClient(int port) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_in server{};
  server.sin_family = AF_INET;
  server.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  server.sin_port = htons(static_cast<std::uint16_t>(port));
  if (::connect(socket_.get(), reinterpret_cast<const sockaddr*>(&server), sizeof server) != 0) {
    throw std::runtime_error("connection refused");
  }
}

bool RawClient::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(socket_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent < 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

void RawClient::end_sending() { REQUIRE(::shutdown(socket_.get(), SHUT_WR) == 0); }

bool RawClient::wait_readable(std::chrono::milliseconds time) {
  pollfd readable{socket_.get(), POLLIN, 0};
  return poll_until(&readable, 1, std::chrono::steady_clock::now() + time) > 0;
}

bool RawClient::read_more() {
  if (!wait_readable(kPatience)) throw std::runtime_error("the server neither answers nor closes");
  std::array<char, 65536> bytes{};
  const ssize_t got = ::recv(socket_.get(), bytes.data(), bytes.size(), 0);
  if (got <= 0) return false;
  buffer_.append(bytes.data(), static_cast<std::size_t>(got));
  return true;
}

std::string RawClient::read_answer_head() {
  while (buffer_.find(kHeadEnd) == std::string::npos && read_more()) {
  }
  const std::size_t end = buffer_.find(kHeadEnd);
  const std::string head = buffer_.substr(0, end == std::string::npos ? end : end + kHeadEnd.size());
  buffer_.erase(0, head.size());
  return head;
}

std::string RawClient::read_answer() {
  std::string answer = read_answer_head();
  const std::string length = field_of(answer, "Content-Length");
  const std::size_t bytes = length.empty() ? 0 : std::stoul(length);
  while (buffer_.size() < bytes && read_more()) {
  }
  answer += buffer_.substr(0, bytes);
  buffer_.erase(0, bytes);
  return answer;
}

std::string RawClient::read_to_end() {
  while (read_more()) {
  }
  return std::exchange(buffer_, {});
}

std::size_t RawClient::count_to_end(std::size_t piece, std::chrono::milliseconds pause) {
  const EventFlag never;
  std::size_t total = 0;
  do {
    total += buffer_.size();
    buffer_.clear();
    pollfd nothing{never.fd(), POLLIN, 0};
    poll_until(&nothing, 1, std::chrono::steady_clock::now() + pause);
    while (buffer_.size() < piece && read_more()) {
    }
  } while (!buffer_.empty());
  return total;
}

int local_port(int socket) {
  sockaddr_in bound{};
  socklen_t size = sizeof bound;
  return ::getsockname(socket, reinterpret_cast<sockaddr*>(&bound), &size) == 0 ? ntohs(bound.sin_port) : 0;
}

int status_of(std::string_view answer) {
  constexpr std::string_view kVersion = "HTTP/1.1 ";
  return answer.starts_with(kVersion) ? std::stoi(std::string(answer.substr(kVersion.size(), 3))) : 0;
}

std::string body_of(std::string_view answer) {
  const std::size_t end = answer.find(kHeadEnd);
  return end == std::string_view::npos ? std::string{} : std::string(answer.substr(end + kHeadEnd.size()));
}

std::string field_of(std::string_view answer, std::string_view name) {
  const std::string_view head = answer.substr(0, answer.find(kHeadEnd));
  const std::string start = "\r\n" + std::string(name) + ": ";
  const std::size_t at = head.find(start);
  if (at == std::string_view::npos) return {};
  const std::string_view rest = head.substr(at + start.size());
  return std::string(rest.substr(0, rest.find("\r\n")));
}

}  // namespace net::test
