#pragma once

#include <sys/types.h>

#include <filesystem>
#include <mutex>
#include <optional>
#include <string>

#include "core/clock.h"

namespace roadmap {

// Who uses a ledger, as its lock file tells.
struct LockHolder {
  pid_t pid = 0;
  std::string url;    // where it serves; empty: it does not
  std::string since;  // ISO 8601
  // When the process started, in clock ticks since boot: tells it from a later one with the same id.
  std::string start_ticks;
};

// The right of this process to open a ledger for writing: an flock on `<ledger>.lock` beside the real file
// (links resolved), which the kernel ends with the process, however that ends. The file stays; it is empty
// when nobody holds it, or the disk has no room for who does. Should somebody delete it, a name in the
// kernel (an abstract socket, unix(7)) still keeps others out. Constructor and destructor from one thread.
class ProcessLock {
 public:
  // Throws Error "ledger_in_use", which names the holder, and StorageError when the file cannot be used or
  // the ledger has a second name (a hard link), by which SQLite would not know it.
  ProcessLock(const std::filesystem::path& ledger, UtcTime since, std::string url = {});
  ~ProcessLock();
  ProcessLock(const ProcessLock&) = delete;
  ProcessLock& operator=(const ProcessLock&) = delete;

  // Once the port is known.
  void set_url(std::string url);

  // Throws StorageError when the ledger is not the file any more that was opened, or somebody else holds the
  // lock file that stands there now. One that was deleted, and one that a process which was refused made
  // anew, is taken. From any thread; cheap.
  void check();

 private:
  struct FileIdentity {
    dev_t device = 0;
    ino_t inode = 0;
    bool operator==(const FileIdentity& other) const = default;
  };
  static std::optional<FileIdentity> identity_of(const std::filesystem::path& file);

  void take();
  void take_name();
  void write_holder();

  const std::filesystem::path ledger_;
  const std::filesystem::path file_;
  std::mutex mutex_;  // guards what follows
  int descriptor_ = -1;
  int name_ = -1;  // the socket
  FileIdentity lock_;
  std::optional<FileIdentity> database_;  // once it was seen
  LockHolder self_;
};

// Who holds the ledger's lock now, without touching the lock; nullopt when the file names no living process.
std::optional<LockHolder> find_lock_holder(const std::filesystem::path& ledger);

}  // namespace roadmap
