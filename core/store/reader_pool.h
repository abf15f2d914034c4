#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "core/store/sql.h"

namespace roadmap {

// How many reads run at once; more wait for one to end.
inline constexpr std::size_t kMaxReaders = 8;

// Read-only connections to one file, opened when first needed and used by one thread at a time. Thread-safe.
class ReaderPool {
 public:
  ReaderPool(std::string path, std::chrono::milliseconds busy_timeout);

  // Runs `work` inside one read transaction: it sees one consistent state. Throws what `work` throws, and
  // StorageError.
  void read(const std::function<void(SqlConnection&)>& work);

 private:
  std::unique_ptr<SqlConnection> take();
  void give_back(std::unique_ptr<SqlConnection> connection);

  std::string path_;
  std::chrono::milliseconds busy_timeout_;
  std::mutex mutex_;
  std::condition_variable returned_;
  std::vector<std::unique_ptr<SqlConnection>> idle_;
  std::size_t lent_ = 0;
};

}  // namespace roadmap
