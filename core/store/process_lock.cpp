#include "core/store/process_lock.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <cstring>
#include <fstream>
#include <functional>
#include <sstream>
#include <system_error>
#include <utility>

#include "core/errors.h"

namespace roadmap {
namespace {

// As many as Linux follows (path_resolution(7)).
constexpr int kMaxLinks = 40;

// Where the ledger is or will be, links resolved, also one to a file that is not there yet.
std::filesystem::path real_file(std::filesystem::path ledger) {
  std::error_code ignored;  // what cannot be looked at cannot be opened either, which then says so
  for (int links = 0; links < kMaxLinks && std::filesystem::is_symlink(ledger, ignored); ++links)
    ledger = ledger.parent_path() / std::filesystem::read_symlink(ledger, ignored);
  const std::filesystem::path real = std::filesystem::weakly_canonical(ledger, ignored);
  return ignored ? ledger : real;
}

std::filesystem::path lock_file_of(const std::filesystem::path& ledger) {
  std::filesystem::path file = real_file(ledger);
  file += ".lock";
  return file;
}

void require_one_name(const std::filesystem::path& ledger) {
  struct stat found {};
  if (::stat(ledger.c_str(), &found) != 0) return;
  if (S_ISDIR(found.st_mode)) {
    throw StorageError(
        fmt::format("The ledger {} is a folder. Let ledger.path name a file in it.", ledger.string()));
  }
  if (found.st_nlink <= 1) return;
  throw StorageError(
      fmt::format("The ledger {} has {} names (hard links). SQLite needs it to have one: remove "
                  "the others, or copy it with `roadmapd backup`.",
                  ledger.string(), found.st_nlink));
}

// LockHolder::start_ticks (proc(5), field 22). Empty when there is no such process.
std::string start_ticks_of(pid_t pid) {
  std::ifstream stat(fmt::format("/proc/{}/stat", pid));
  std::string line;
  std::getline(stat, line);
  const std::size_t name_end = line.rfind(')');  // of the second field, the name, which may hold blanks
  if (name_end == std::string::npos) return {};
  std::istringstream fields(line.substr(name_end + 1));
  std::string ticks;
  for (int field = 3; field <= 22; ++field) {
    if (!(fields >> ticks)) return {};
  }
  return ticks;
}

// Lines "pid N", "started TICKS", "since TIME", "url URL", the last one "end": a text without it was caught
// half-written.
std::optional<LockHolder> read_lock_file(const std::filesystem::path& file) {
  std::ifstream in(file);
  LockHolder holder;
  std::string word;
  while (in >> word && word != "end") {
    std::string value;
    in.ignore(1);
    std::getline(in, value);
    if (word == "pid") holder.pid = static_cast<pid_t>(std::strtol(value.c_str(), nullptr, 10));
    if (word == "started") holder.start_ticks = value;
    if (word == "since") holder.since = value;
    if (word == "url") holder.url = value;
  }
  if (word != "end" || holder.pid <= 0) return std::nullopt;
  return holder;
}

[[noreturn]] void throw_in_use(const std::filesystem::path& ledger) {
  const std::optional<LockHolder> holder = read_lock_file(lock_file_of(ledger));
  std::string who = "a process that its lock file does not name";
  if (holder) {
    who = fmt::format("process {}{}{}, since {}", holder->pid, holder->url.empty() ? "" : " at ", holder->url,
                      holder->since);
  }
  throw Error("ledger_in_use", fmt::format("Another roadmapd is using the ledger {}: {}. Stop it first, or "
                                           "choose another ledger.path.",
                                           ledger.string(), who));
}

}  // namespace

ProcessLock::ProcessLock(const std::filesystem::path& ledger, UtcTime since, std::string url)
    : ledger_(real_file(ledger)),
      file_(lock_file_of(ledger)),
      self_{::getpid(), std::move(url), to_iso8601(since), start_ticks_of(::getpid())} {
  require_one_name(ledger_);
  take();
  try {
    take_name();
    write_holder();
  } catch (...) {
    ::close(descriptor_);
    throw;
  }
}

ProcessLock::~ProcessLock() {
  // Should this fail, the process that the file names is gone soon, which readers check.
  [[maybe_unused]] const int result = ::ftruncate(descriptor_, 0);
  ::close(descriptor_);
  ::close(name_);
}

void ProcessLock::take() {
  const int descriptor = ::open(file_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (descriptor < 0) {
    throw StorageError(
        fmt::format("The lock file {} cannot be opened. Check that its folder exists and may be "
                    "written.",
                    file_.string()),
        std::strerror(errno));
  }
  struct stat found {};
  // A file of an older version was readable by others; who may not change its mode may still lock it.
  [[maybe_unused]] const int narrowed = ::fchmod(descriptor, S_IRUSR | S_IWUSR);
  if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0 || ::fstat(descriptor, &found) != 0) {
    const int error = errno;
    ::close(descriptor);
    if (error == EWOULDBLOCK) throw_in_use(ledger_);
    throw StorageError(fmt::format("The lock file {} cannot be locked.", file_.string()),
                       std::strerror(error));
  }
  if (descriptor_ >= 0) ::close(descriptor_);
  descriptor_ = descriptor;
  lock_ = {found.st_dev, found.st_ino};
}

// The folder's identity and the ledger's name in it stay the same whatever becomes of the files.
void ProcessLock::take_name() {
  const std::optional<FileIdentity> folder = identity_of(file_.parent_path());
  const std::string name =
      fmt::format("roadmapd-{:x}-{:x}-{:x}", folder ? folder->device : 0, folder ? folder->inode : 0,
                  std::hash<std::string>{}(ledger_.filename().string()));
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  name.copy(&address.sun_path[1], sizeof address.sun_path - 1);  // a leading NUL: in the kernel only
  const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + 1 + name.size());
  name_ = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (name_ < 0) throw StorageError("The ledger cannot be locked.", std::strerror(errno));
  if (::bind(name_, reinterpret_cast<const sockaddr*>(&address), size) == 0) return;
  const int error = errno;
  ::close(name_);
  if (error == EADDRINUSE) throw_in_use(ledger_);
  throw StorageError("The ledger cannot be locked.", std::strerror(error));
}

std::optional<ProcessLock::FileIdentity> ProcessLock::identity_of(const std::filesystem::path& file) {
  struct stat found {};
  if (::stat(file.empty() ? "." : file.c_str(), &found) != 0) return std::nullopt;
  return FileIdentity{found.st_dev, found.st_ino};
}

void ProcessLock::check() {
  const std::lock_guard lock(mutex_);
  const auto database = identity_of(ledger_);
  if (!database_) database_ = database;
  if (database != database_) {
    throw StorageError(
        fmt::format("The ledger {} was {} while the service used it. Stop the service, and put "
                    "the file back or restore a backup.",
                    ledger_.string(), database ? "replaced" : "removed"));
  }
  if (identity_of(file_) == lock_) return;
  // Removed, and perhaps made anew by a process that was refused since: nobody else holds it then.
  try {
    take();
  } catch (const StorageError&) {
    throw;
  } catch (const Error&) {
    throw StorageError(
        fmt::format("The lock file {} was replaced while the service used it: another process "
                    "may use the ledger. Stop the service, and see who does.",
                    file_.string()));
  }
  write_holder();
}

void ProcessLock::set_url(std::string url) {
  const std::lock_guard lock(mutex_);
  self_.url = std::move(url);
  write_holder();
}

// On a full disk the file stays empty, which is no reason not to start: it names nobody then.
void ProcessLock::write_holder() {
  const std::string text = fmt::format("pid {}\nstarted {}\nsince {}\nurl {}\nend\n", self_.pid,
                                       self_.start_ticks, self_.since, self_.url);
  const auto size = static_cast<ssize_t>(text.size());
  const bool written =
      ::ftruncate(descriptor_, 0) == 0 && ::pwrite(descriptor_, text.data(), text.size(), 0) == size;
  if (written || errno == ENOSPC || errno == EDQUOT) return;
  throw StorageError(fmt::format("The lock file {} cannot be written.", file_.string()),
                     std::strerror(errno));
}

std::optional<LockHolder> find_lock_holder(const std::filesystem::path& ledger) {
  std::optional<LockHolder> holder = read_lock_file(lock_file_of(ledger));
  if (holder && start_ticks_of(holder->pid) != holder->start_ticks) holder.reset();
  return holder;
}

}  // namespace roadmap
