#include "core/store/reader_pool.h"

#include <utility>

namespace roadmap {

ReaderPool::ReaderPool(std::string path, std::chrono::milliseconds busy_timeout)
    : path_(std::move(path)), busy_timeout_(busy_timeout) {}

void ReaderPool::read(const std::function<void(SqlConnection&)>& work) {
  // Whatever happens below, the place in the pool is free again afterwards. A connection that failed is
  // closed rather than given back: closing ends its transaction.
  struct Loan {
    ReaderPool& pool;
    std::unique_ptr<SqlConnection> connection{};
    ~Loan() { pool.give_back(std::move(connection)); }
  };
  std::unique_ptr<SqlConnection> connection = take();
  Loan loan{*this};
  if (!connection) connection = std::make_unique<SqlConnection>(path_, SqlAccess::kReadOnly, busy_timeout_);
  connection->prepare("BEGIN").run();
  work(*connection);
  connection->prepare("COMMIT").run();
  loan.connection = std::move(connection);
}

std::unique_ptr<SqlConnection> ReaderPool::take() {
  std::unique_lock lock(mutex_);
  returned_.wait(lock, [&] { return lent_ < kMaxReaders; });
  ++lent_;
  if (idle_.empty()) return nullptr;
  auto connection = std::move(idle_.back());
  idle_.pop_back();
  return connection;
}

void ReaderPool::give_back(std::unique_ptr<SqlConnection> connection) {
  const std::lock_guard lock(mutex_);
  --lent_;
  if (connection) idle_.push_back(std::move(connection));
  returned_.notify_one();
}

}  // namespace roadmap
