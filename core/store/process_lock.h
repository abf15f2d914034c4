#pragma once

#include <sys/types.h>

#include <filesystem>
#include <optional>
#include <string>

#include "core/clock.h"

namespace roadmap {

// Who uses a ledger, as its lock file tells.
struct LockHolder {
  pid_t pid = 0;
  std::string url;    // where it serves; empty: it does not
  std::string since;  // ISO 8601
};

// The right of this process to open a ledger for writing: an flock on `<ledger>.lock`, which the kernel ends
// with the process, however that ends. The file stays; it is empty when nobody holds it. One thread.
class ProcessLock {
 public:
  // Throws Error "ledger_in_use", which names the holder, and StorageError when the file cannot be used.
  ProcessLock(const std::filesystem::path& ledger, UtcTime since, std::string url = {});
  ~ProcessLock();
  ProcessLock(const ProcessLock&) = delete;
  ProcessLock& operator=(const ProcessLock&) = delete;

  // Once the port is known.
  void set_url(std::string url);

 private:
  void write_holder() const;

  std::filesystem::path file_;
  int descriptor_ = -1;
  LockHolder self_;
};

// Who holds the ledger's lock now, without touching the lock; nullopt when the file names no living process.
std::optional<LockHolder> find_lock_holder(const std::filesystem::path& ledger);

}  // namespace roadmap
