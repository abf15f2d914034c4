#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "net/connection.h"
#include "net/connection_server.h"

namespace net {

// Where connections are while nobody needs a thread for them: before their request has arrived whole, while
// a client takes its answer slowly, between requests. One thread for all of them (epoll(7)); those whose
// request is there go to the queue of `state`, and come back with give_back(). It keeps every limit that has
// to do with time and number.
class Lobby {
 public:
  // Both outlive the lobby.
  Lobby(ServerState& state, ListeningSocket& listener);

  // Serves until end() was called. `unexpected_close` is called when the listening socket closed before a
  // stop. Throws std::bad_alloc and std::system_error.
  void run(const std::function<void()>& unexpected_close);
  // From any thread.
  void give_back(std::unique_ptr<Connection> connection);
  void end();

 private:
  using Due = std::pair<Moment, int>;

  void look();
  void react(int socket);
  void proceed(Connection& connection);
  bool awaits_more(Connection& connection);
  void hand_over(Connection& connection);
  void take_returned();
  void on_due(Connection& connection);
  void watch(Connection& connection);
  void drop(Connection& connection);
  void count_open(std::ptrdiff_t more);
  void set_due(Connection& connection);
  void empty_for_stop();

  bool poll_for(int operation, int fd, std::uint32_t events);
  void accept_connections();
  void welcome(FileDescriptor socket);
  bool make_room();
  void accept_no_more();
  void pause_accepting();

  void count_stranger(Connection& connection, const std::string& address);
  void forget_stranger(Connection& connection);
  bool crowds(const Connection& connection) const;

  Moment due_of(const Connection& connection) const;
  Moment next_due() const;

  ServerState& state_;
  const ServerOptions& options_;
  ListeningSocket& listener_;
  std::function<void()> unexpected_close_;
  FileDescriptor epoll_;
  const std::size_t most_connections_;
  std::size_t here_and_away_ = 0;  // connections that are open, with threads too
  std::unordered_map<int, std::unique_ptr<Connection>> here_;
  std::set<Due> dues_;
  std::map<std::string, std::set<Due>> strangers_;  // by address, the longest here first
  bool accepting_ = true;
  std::optional<Moment> accept_again_;
  bool stopping_ = false;

  EventFlag called_;  // something came back, or the end
  std::mutex mutex_;  // guards what follows
  std::vector<std::unique_ptr<Connection>> returned_;
  bool ended_ = false;
};

}  // namespace net
