#include "app/process/stop_signals.h"

#include <poll.h>
#include <pthread.h>
#include <signal.h>  // NOLINT(modernize-deprecated-headers): POSIX has more in it than C
#include <sys/signalfd.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <system_error>

namespace roadmap::app {
namespace {

sigset_t stop_set() {
  sigset_t set;
  ::sigemptyset(&set);
  ::sigaddset(&set, SIGTERM);
  ::sigaddset(&set, SIGINT);
  // A terminal that closes ends its service in good order, unless it was started with nohup: Linux delivers a
  // blocked signal here although it is ignored.
  struct sigaction hangup {};
  const bool ignored = ::sigaction(SIGHUP, nullptr, &hangup) == 0 && hangup.sa_handler == SIG_IGN;
  if (!ignored) ::sigaddset(&set, SIGHUP);
  return set;
}

}  // namespace

StopSignals::StopSignals() {
  const sigset_t set = stop_set();
  ::pthread_sigmask(SIG_BLOCK, &set, nullptr);
  signals_ = net::FileDescriptor(::signalfd(-1, &set, SFD_CLOEXEC));
  if (signals_.get() < 0) throw std::system_error(errno, std::generic_category(), "waiting for signals");
}

StopSignals::Wake StopSignals::wait() {
  std::array<pollfd, 3> watched{pollfd{failed_.fd(), POLLIN, 0}, pollfd{released_.fd(), POLLIN, 0},
                                pollfd{signals_.get(), POLLIN, 0}};
  while (::poll(watched.data(), watched.size(), -1) < 0) {
    if (errno != EINTR) throw std::system_error(errno, std::generic_category(), "waiting for signals");
  }
  if (watched[0].revents != 0) return Wake::kFailed;
  if (watched[2].revents == 0) return Wake::kReleased;
  signalfd_siginfo taken{};
  if (::read(signals_.get(), &taken, sizeof taken) < 0)
    throw std::system_error(errno, std::generic_category(), "waiting for signals");
  return Wake::kSignal;
}

}  // namespace roadmap::app
