#include "net/connection.h"

#include <sys/socket.h>

namespace net {

void send_on(Connection& connection) {
  const std::string_view rest = std::string_view(connection.unsent).substr(connection.sent);
  const std::optional<std::size_t> taken = connection.socket.send_now(rest);
  if (!taken) {
    connection.stage = Connection::Stage::kClosed;
    return;
  }
  const auto now = std::chrono::steady_clock::now();
  if (*taken > 0 || connection.stage != Connection::Stage::kSending) connection.since = now;
  connection.stage = Connection::Stage::kSending;
  connection.sent += *taken;
  if (*taken < rest.size()) return;
  std::string().swap(connection.unsent);
  connection.sent = 0;
  connection.stage = connection.after_sending;
  if (connection.stage == Connection::Stage::kLeaving) ::shutdown(connection.socket.fd(), SHUT_WR);
}

}  // namespace net
