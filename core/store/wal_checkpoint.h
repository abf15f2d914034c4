#pragma once

#include <atomic>

#include "core/store/sql.h"

namespace roadmap {

// When the writer moves the write-ahead log back into the database file, in pages of 4 KiB.
inline constexpr int kCheckpointPages = 1000;  // 4 MB: as far as readers let it
inline constexpr int kTruncatePages = 16000;   // 64 MB: waits a moment for readers, then cuts the file
inline constexpr std::chrono::milliseconds kTruncatePatience{200};

// Watches the writer's log and checkpoints it: the only checkpointing connection there is. Used by the thread
// that has the writer.
class WalCheckpoint {
 public:
  // Takes the place of SQLite's automatic checkpoint on `writer`, which outlives this object.
  WalCheckpoint(SqlConnection& writer, std::chrono::milliseconds busy_timeout);

  // Call after each commit. Trouble is no reason to fail anything: the log keeps what it holds, and the next
  // commit tries again.
  void run_if_due();
  // The next run_if_due() cuts log and file to what they hold. From any thread.
  void ask_to_truncate() { truncate_asked_ = true; }

 private:
  SqlConnection& writer_;
  std::chrono::milliseconds busy_timeout_;
  std::atomic<bool> truncate_asked_{false};
  int pages_ = 0;  // in the log after the last commit
};

// Leaves checkpoints to another process, at the last close as well.
void leave_checkpoints_to_others(SqlConnection& writer);

}  // namespace roadmap
