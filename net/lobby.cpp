#include "net/lobby.h"

#include <sys/epoll.h>
#include <sys/resource.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <system_error>

#include "net/client_address.h"

namespace net {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;
using Stage = Connection::Stage;

constexpr std::uint32_t kReadableOnce = std::uint32_t{EPOLLIN} | std::uint32_t{EPOLLONESHOT};
constexpr std::uint32_t kWritableOnce = std::uint32_t{EPOLLOUT} | std::uint32_t{EPOLLONESHOT};
constexpr std::size_t kEventsAtOnce = 256;
constexpr int kAcceptsAtOnce = 512;  // a full backlog: who finds it full comes again after a second
// Descriptors for everything else: long polls, the database, calls of others.
constexpr std::size_t kDescriptorsKept = 512;
// With no descriptor left the kernel reports the same connection again and again.
constexpr milliseconds kNoDescriptorsPause{100};
// How long a client whose last answer is under way may still send.
constexpr milliseconds kLingerTime{1000};
constexpr std::size_t kLingerBytes = 16u << 20;
// From here on a request must have come at the least rate.
constexpr milliseconds kFirstSecond{1000};
// A connection is a slow stranger's only when it has been here for so long.
constexpr milliseconds kGrace{250};

// The process's soft limit of descriptors is raised as far as that takes and the system allows.
std::size_t most_connections(const ServerOptions& options) {
  rlimit descriptors{};
  if (::getrlimit(RLIMIT_NOFILE, &descriptors) != 0) return options.max_connections;
  const auto wanted = static_cast<rlim_t>(options.max_connections + kDescriptorsKept);
  if (descriptors.rlim_cur < wanted) {
    descriptors.rlim_cur = std::min(wanted, descriptors.rlim_max);
    if (::setrlimit(RLIMIT_NOFILE, &descriptors) != 0) ::getrlimit(RLIMIT_NOFILE, &descriptors);
  }
  const auto all = static_cast<std::size_t>(descriptors.rlim_cur);
  const std::size_t left = all > 2 * kDescriptorsKept ? all - kDescriptorsKept : all / 2;
  return std::min(options.max_connections, left);
}

}  // namespace

Lobby::Lobby(ServerState& state, ListeningSocket& listener)
    : state_(state),
      options_(state.options),
      listener_(listener),
      epoll_(::epoll_create1(EPOLL_CLOEXEC)),
      most_connections_(most_connections(options_)) {
  if (epoll_.get() < 0) throw std::system_error(errno, std::generic_category(), "epoll");
  // The stop is told once: the flag stays raised.
  if (!poll_for(EPOLL_CTL_ADD, state_.stopping.fd(), kReadableOnce) ||
      !poll_for(EPOLL_CTL_ADD, called_.fd(), EPOLLIN) || !poll_for(EPOLL_CTL_ADD, listener_.fd(), EPOLLIN))
    throw std::system_error(errno, std::generic_category(), "epoll");
}

// False, with errno set, when the kernel refuses.
bool Lobby::poll_for(int operation, int fd, std::uint32_t events) {
  epoll_event event{};
  event.events = events;
  event.data.fd = fd;
  return ::epoll_ctl(epoll_.get(), operation, fd, &event) == 0;
}

void Lobby::run(const std::function<void()>& unexpected_close) {
  unexpected_close_ = unexpected_close;
  for (;;) {
    {
      const std::lock_guard lock(mutex_);
      if (ended_) break;
    }
    look();
  }
  here_.clear();
}

void Lobby::give_back(std::unique_ptr<Connection> connection) {
  const std::lock_guard lock(mutex_);
  returned_.push_back(std::move(connection));
  called_.raise();
}

void Lobby::end() {
  const std::lock_guard lock(mutex_);
  ended_ = true;
  called_.raise();
}

Moment Lobby::next_due() const {
  const Moment next = accept_again_.value_or(Moment::max());
  return dues_.empty() ? next : std::min(next, dues_.begin()->first);
}

void Lobby::look() {
  std::array<epoll_event, kEventsAtOnce> events{};
  const int ready = ::epoll_wait(epoll_.get(), events.data(), static_cast<int>(events.size()),
                                 milliseconds_until(next_due()));
  if (ready < 0 && errno != EINTR) throw std::system_error(errno, std::generic_category(), "epoll_wait");
  bool somebody_knocks = false;
  for (int i = 0; i < ready; ++i) {
    const int fd = events[static_cast<std::size_t>(i)].data.fd;
    if (fd == state_.stopping.fd()) {
      empty_for_stop();
    } else if (fd == called_.fd()) {
      take_returned();
    } else if (fd == listener_.fd()) {
      somebody_knocks = true;
    } else {
      react(fd);
    }
  }
  const Moment now = steady_clock::now();
  while (!dues_.empty() && dues_.begin()->first <= now)
    on_due(*here_.at(dues_.begin()->second));
  if (accept_again_ && now >= *accept_again_) {
    accepting_ = true;
    accept_again_.reset();
    poll_for(EPOLL_CTL_MOD, listener_.fd(), EPOLLIN);
  }
  // Last: a number that was closed above may come back.
  if (somebody_knocks && accepting_) accept_connections();
}

void Lobby::react(int socket) {
  const auto found = here_.find(socket);
  if (found == here_.end()) return;
  Connection& connection = *found->second;
  if (connection.stage == Stage::kSending) {
    send_on(connection);
  } else {
    const std::optional<std::size_t> got = connection.socket.read_now();
    if (!got) return drop(connection);
    connection.received += *got;
  }
  proceed(connection);
}

// Goes on with what has arrived: to a thread, or back to sleep.
void Lobby::proceed(Connection& connection) {
  if (connection.stage == Stage::kIdle && !connection.socket.buffered().empty()) {
    connection.stage = Stage::kHead;
    connection.since = steady_clock::now();
    connection.received = connection.socket.buffered().size();
    connection.scanned = 0;
  }
  if (connection.stage == Stage::kLeaving) {
    connection.socket.consume(connection.socket.buffered().size());
    if (connection.received > kLingerBytes) connection.stage = Stage::kClosed;
  }
  if (connection.stage == Stage::kClosed || (stopping_ && connection.stage == Stage::kIdle)) {
    drop(connection);
  } else if (awaits_more(connection)) {
    watch(connection);
  } else {
    hand_over(connection);
  }
}

bool Lobby::awaits_more(Connection& connection) {
  if (connection.stage == Stage::kHead)
    return head_awaits_more(connection.socket, options_.max_head_bytes, connection.scanned);
  if (connection.stage != Stage::kBody) return true;
  const BegunRequest& begun = *connection.begun;
  return !body_has_come(connection.socket.buffered(), begun.framing, begun.max_body_bytes, connection.chunks);
}

void Lobby::hand_over(Connection& connection) {
  const int socket = connection.socket.fd();
  dues_.erase({connection.due, socket});
  auto leaving = here_.extract(socket);
  state_.queue.push(std::move(leaving.mapped()));
}

void Lobby::take_returned() {
  called_.lower();
  std::vector<std::unique_ptr<Connection>> returned;
  {
    const std::lock_guard lock(mutex_);
    returned.swap(returned_);
  }
  for (auto& back : returned) {
    Connection& connection = *back;
    here_.emplace(connection.socket.fd(), std::move(back));
    // Who has sent a right secret is no stranger. Behind a proxy a stranger is known by his request.
    if (connection.known || connection.counted != connection.peer) forget_stranger(connection);
    const bool strange = options_.judge && !connection.known && connection.counted.empty();
    if (strange && connection.stage == Stage::kBody)
      count_stranger(connection, connection.begun->request.remote_address);
    if (connection.stage != Stage::kBody) connection.received = connection.socket.buffered().size();
    proceed(connection);
  }
}

void Lobby::watch(Connection& connection) {
  const int operation = connection.due == Moment{} ? EPOLL_CTL_ADD : EPOLL_CTL_MOD;
  const bool to_send = connection.stage == Stage::kSending;
  if (!poll_for(operation, connection.socket.fd(), to_send ? kWritableOnce : kReadableOnce))
    return drop(connection);  // no memory in the kernel
  set_due(connection);
}

void Lobby::set_due(Connection& connection) {
  const int socket = connection.socket.fd();
  dues_.erase({connection.due, socket});
  connection.due = due_of(connection);
  dues_.insert({connection.due, socket});
}

Moment Lobby::due_of(const Connection& connection) const {
  Moment due = connection.since;
  switch (connection.stage) {
    case Stage::kIdle:
      due += options_.idle_timeout;
      break;
    case Stage::kSending:
      due += options_.write_timeout;
      break;
    case Stage::kLeaving:
    case Stage::kClosed:
      due += kLingerTime;
      break;
    case Stage::kHead:
    case Stage::kBody:
      due += options_.request_deadline;
      if (options_.least_bytes_per_second > 0) {
        const milliseconds earned(connection.received * 1000 / options_.least_bytes_per_second);
        due = std::min(due, connection.since + kFirstSecond + earned);
      }
      break;
  }
  const Moment judged = connection.accepted + kGrace;
  if (crowds(connection) && judged > steady_clock::now()) due = std::min(due, judged);
  return due;
}

void Lobby::on_due(Connection& connection) {
  const Moment now = steady_clock::now();
  if (crowds(connection) && now >= connection.accepted + kGrace) {
    drop(connection);
    return;
  }
  set_due(connection);
  if (connection.due > now) return;
  if (connection.stage == Stage::kHead || connection.stage == Stage::kBody) {
    connection.late = true;
    hand_over(connection);
  } else {
    drop(connection);
  }
}

void Lobby::drop(Connection& connection) {
  const int socket = connection.socket.fd();
  dues_.erase({connection.due, socket});
  forget_stranger(connection);
  count_open(-1);
  here_.erase(socket);
}

void Lobby::count_open(std::ptrdiff_t more) {
  here_and_away_ += static_cast<std::size_t>(more);
  state_.nearly_full = here_and_away_ > most_connections_ / 4 * 3;
}

void Lobby::empty_for_stop() {
  stopping_ = true;
  accept_no_more();
  std::vector<int> idle;
  for (const auto& [socket, connection] : here_) {
    if (connection->stage == Stage::kIdle) idle.push_back(socket);
  }
  for (const int socket : idle)
    drop(*here_.at(socket));
}

void Lobby::accept_connections() {
  for (int i = 0; i < kAcceptsAtOnce; ++i) {
    if (here_and_away_ >= most_connections_ && !make_room()) return pause_accepting();
    auto trouble = ListeningSocket::Trouble::kNone;
    if (auto socket = listener_.accept(trouble)) {
      welcome(std::move(*socket));
      continue;
    }
    if (trouble == ListeningSocket::Trouble::kNoDescriptors && !make_room()) pause_accepting();
    if (trouble == ListeningSocket::Trouble::kClosed) {
      accept_no_more();
      if (unexpected_close_) unexpected_close_();
    }
    return;
  }
}

void Lobby::welcome(FileDescriptor socket) {
  auto arrived = std::make_unique<Connection>(std::move(socket), state_.open);
  Connection& connection = *arrived;
  connection.peer = peer_address(connection.socket.fd());
  connection.accepted = connection.since = steady_clock::now();
  count_open(1);
  here_.emplace(connection.socket.fd(), std::move(arrived));
  if (options_.judge && !is_trusted_proxy(connection.peer, options_.trusted_proxies))
    count_stranger(connection, connection.peer);
  watch(connection);
}

// Drops the slowest stranger, or else the idle connection that would go next. False: everybody is at work.
bool Lobby::make_room() {
  for (const bool known : {false, true}) {
    for (const auto& [due, socket] : dues_) {
      Connection& connection = *here_.at(socket);
      const bool at_work = connection.stage == Stage::kSending || (known && connection.stage != Stage::kIdle);
      if (at_work || connection.known != known) continue;
      drop(connection);
      return true;
    }
  }
  return false;
}

void Lobby::accept_no_more() {
  accept_again_.reset();
  accepting_ = false;
  poll_for(EPOLL_CTL_DEL, listener_.fd(), 0);
}

void Lobby::pause_accepting() {
  accepting_ = false;
  accept_again_ = steady_clock::now() + kNoDescriptorsPause;
  poll_for(EPOLL_CTL_MOD, listener_.fd(), 0);
}

bool Lobby::crowds(const Connection& connection) const {
  if (connection.counted.empty()) return false;
  return strangers_.at(connection.counted).size() > options_.strangers_per_address;
}

// Above the limit the slowest one of the same address that is no newcomer goes at once; newcomers have a
// moment to say who they are.
void Lobby::count_stranger(Connection& connection, const std::string& address) {
  std::set<Due>& others = strangers_[address];
  connection.counted = address;
  others.insert({connection.accepted, connection.socket.fd()});
  if (others.size() <= options_.strangers_per_address) return;
  const Moment newcomer = steady_clock::now() - kGrace;
  for (const auto& [accepted, socket] : others) {
    if (accepted > newcomer) return;
    const auto slow = here_.find(socket);
    if (slow == here_.end() || slow->second.get() == &connection) continue;
    drop(*slow->second);
    return;
  }
}

void Lobby::forget_stranger(Connection& connection) {
  if (connection.counted.empty()) return;
  const auto others = strangers_.find(connection.counted);
  others->second.erase({connection.accepted, connection.socket.fd()});
  if (others->second.empty()) strangers_.erase(others);
  connection.counted.clear();
}

}  // namespace net
