#include "core/store/wal_checkpoint.h"

#include <sqlite3.h>

namespace roadmap {

WalCheckpoint::WalCheckpoint(SqlConnection& writer, std::chrono::milliseconds busy_timeout)
    : writer_(writer), busy_timeout_(busy_timeout) {
  const auto remember = [](void* pages, sqlite3*, const char*, int count) {
    *static_cast<int*>(pages) = count;
    return SQLITE_OK;
  };
  sqlite3_wal_hook(writer_.handle(), remember, &pages_);
}

void WalCheckpoint::run_if_due() {
  const bool asked = truncate_asked_.exchange(false);
  if (pages_ < kCheckpointPages && !asked) return;
  sqlite3* writer = writer_.handle();
  const bool truncate = asked || pages_ >= kTruncatePages;
  pages_ = 0;  // counted anew by the next commit that writes
  if (!truncate) {
    sqlite3_wal_checkpoint_v2(writer, nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
    return;
  }
  // Truncating waits for readers and holds up writers meanwhile.
  sqlite3_busy_timeout(writer, static_cast<int>(kTruncatePatience.count()));
  sqlite3_wal_checkpoint_v2(writer, nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
  sqlite3_busy_timeout(writer, static_cast<int>(busy_timeout_.count()));
}

void leave_checkpoints_to_others(SqlConnection& writer) {
  sqlite3_wal_autocheckpoint(writer.handle(), 0);
  sqlite3_db_config(writer.handle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
}

}  // namespace roadmap
