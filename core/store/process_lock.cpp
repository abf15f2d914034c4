#include "core/store/process_lock.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstring>
#include <fstream>
#include <utility>

#include "core/errors.h"

namespace roadmap {
namespace {

std::filesystem::path lock_file_of(const std::filesystem::path& ledger) {
  std::filesystem::path file = ledger;
  file += ".lock";
  return file;
}

// When a process started, in clock ticks since boot (proc(5), field 22): tells it from a later one with the
// same id. Empty when there is no such process.
std::string start_ticks_of(pid_t pid) {
  std::ifstream stat(fmt::format("/proc/{}/stat", pid));
  std::string line;
  std::getline(stat, line);
  // The second field, the name in parentheses, may hold blanks.
  const std::size_t name_end = line.rfind(')');
  if (name_end == std::string::npos) return {};
  std::size_t at = name_end + 2;
  for (int field = 3; field < 22 && at != std::string::npos; ++field) {
    at = line.find(' ', at);
    if (at != std::string::npos) ++at;
  }
  if (at == std::string::npos) return {};
  return line.substr(at, line.find(' ', at) - at);
}

struct LockText {
  LockHolder holder;
  std::string start_ticks;
};

// Lines "pid N", "started TICKS", "since TIME", "url URL", the last one "end": a text without it was caught
// half-written.
std::optional<LockText> read_lock_text(const std::filesystem::path& file) {
  std::ifstream in(file);
  LockText text;
  std::string word;
  while (in >> word && word != "end") {
    std::string value;
    in.ignore(1);
    std::getline(in, value);
    if (word == "pid") text.holder.pid = static_cast<pid_t>(std::strtol(value.c_str(), nullptr, 10));
    if (word == "started") text.start_ticks = value;
    if (word == "since") text.holder.since = value;
    if (word == "url") text.holder.url = value;
  }
  if (word != "end" || text.holder.pid <= 0) return std::nullopt;
  return text;
}

[[noreturn]] void throw_in_use(const std::filesystem::path& ledger) {
  const std::optional<LockText> text = read_lock_text(lock_file_of(ledger));
  std::string who = "a process that has just started";
  if (text) {
    const LockHolder& holder = text->holder;
    who = fmt::format("process {}{}{}, since {}", holder.pid, holder.url.empty() ? "" : " at ", holder.url,
                      holder.since);
  }
  throw Error("ledger_in_use", fmt::format("Another roadmapd is using the ledger {}: {}. Stop it first, or "
                                           "choose another ledger.path.",
                                           ledger.string(), who));
}

}  // namespace

ProcessLock::ProcessLock(const std::filesystem::path& ledger, UtcTime since, std::string url)
    : file_(lock_file_of(ledger)), self_{::getpid(), std::move(url), to_iso8601(since)} {
  descriptor_ = ::open(file_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  if (descriptor_ < 0) {
    throw StorageError(
        fmt::format("The lock file {} cannot be opened. Check that its folder exists and may be "
                    "written.",
                    file_.string()),
        std::strerror(errno));
  }
  if (::flock(descriptor_, LOCK_EX | LOCK_NB) != 0) {
    const int error = errno;
    ::close(descriptor_);
    if (error == EWOULDBLOCK) throw_in_use(ledger);
    throw StorageError(fmt::format("The lock file {} cannot be locked.", file_.string()),
                       std::strerror(error));
  }
  try {
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
}

void ProcessLock::set_url(std::string url) {
  self_.url = std::move(url);
  write_holder();
}

void ProcessLock::write_holder() const {
  const std::string text = fmt::format("pid {}\nstarted {}\nsince {}\nurl {}\nend\n", self_.pid,
                                       start_ticks_of(self_.pid), self_.since, self_.url);
  const auto size = static_cast<ssize_t>(text.size());
  if (::ftruncate(descriptor_, 0) != 0 || ::pwrite(descriptor_, text.data(), text.size(), 0) != size) {
    throw StorageError(fmt::format("The lock file {} cannot be written.", file_.string()),
                       std::strerror(errno));
  }
}

std::optional<LockHolder> find_lock_holder(const std::filesystem::path& ledger) {
  const std::optional<LockText> text = read_lock_text(lock_file_of(ledger));
  if (!text || start_ticks_of(text->holder.pid) != text->start_ticks) return std::nullopt;
  return text->holder;
}

}  // namespace roadmap
