#include "core/store/connections.h"

#include <atomic>
#include <catch2/catch.hpp>
#include <future>
#include <thread>

#include "core/errors.h"
#include "test/fakes/temporary_folder.h"

namespace roadmap {
namespace {

// Holds the writer until told otherwise, so that others are seen to wait behind it.
class BlockedGroup {
 public:
  BlockedGroup() : writer_((folder_ / "test.db").string(), SqlAccess::kReadWrite, std::chrono::seconds(5)) {
    writer_.exec("PRAGMA journal_mode = WAL");
    writer_.exec("PRAGMA foreign_keys = ON");
    writer_.exec("CREATE TABLE numbers (number INTEGER PRIMARY KEY)");
    writer_.exec(
        "CREATE TABLE deferred_refs (number INTEGER REFERENCES numbers (number) DEFERRABLE INITIALLY "
        "DEFERRED)");
    blocker_ = std::thread([this] {
      group_.write(
          [this](SqlConnection&) {
            blocked_.set_value();
            release_.get_future().wait();
          },
          {});
    });
    blocked_.get_future().wait();
  }
  ~BlockedGroup() {
    release();
    for (std::thread& thread : threads_)
      thread.join();
  }

  // Writes on a thread of its own; returns when it waits behind the blocked writer.
  std::future<void> start(GroupCommit::Work work, GroupCommit::Committed committed = {}) {
    const std::size_t before = group_.waiting();
    auto task = std::make_shared<std::packaged_task<void()>>(
        [this, work = std::move(work), committed = std::move(committed)] { group_.write(work, committed); });
    threads_.emplace_back([task] { (*task)(); });
    while (group_.waiting() == before)
      std::this_thread::yield();
    return task->get_future();
  }

  void release() {
    if (!blocker_.joinable()) return;
    release_.set_value();
    blocker_.join();
  }

  GroupCommit& group() { return group_; }
  SqlConnection& writer() { return writer_; }
  int commits() const { return commits_; }
  std::int64_t stored() { return writer_.number("SELECT count(*) FROM numbers"); }

 private:
  test::TemporaryFolder folder_;
  SqlConnection writer_;
  std::atomic<int> commits_{0};
  GroupCommit group_{writer_, [this](std::chrono::microseconds) { ++commits_; }, {}};
  std::promise<void> blocked_;
  std::promise<void> release_;
  std::thread blocker_;
  std::vector<std::thread> threads_;
};

GroupCommit::Work insert(int number) {
  return [number](SqlConnection& writer) {
    writer.prepare("INSERT INTO numbers VALUES (?)").bind(1, number).run();
  };
}

TEST_CASE("writes that wait at the same time share one commit") {
  BlockedGroup blocked;
  std::vector<std::future<void>> writes;
  for (int i = 0; i < 32; ++i)
    writes.push_back(blocked.start(insert(i)));
  blocked.release();
  for (auto& write : writes)
    write.get();
  CHECK(blocked.stored() == 32);
  CHECK(blocked.commits() == 2);  // the blocking one and one for all others
}

TEST_CASE("a group never exceeds its limit") {
  BlockedGroup blocked;
  std::vector<std::future<void>> writes;
  const int count = static_cast<int>(kMaxSharedCommit) + 1;
  for (int i = 0; i < count; ++i)
    writes.push_back(blocked.start(insert(i)));
  blocked.release();
  for (auto& write : writes)
    write.get();
  CHECK(blocked.stored() == count);
  CHECK(blocked.commits() == 3);
}

TEST_CASE("a throw undoes only its own changes and reaches only its own caller") {
  BlockedGroup blocked;
  auto first = blocked.start(insert(1));
  auto thrower = blocked.start([](SqlConnection& writer) {
    insert(2)(writer);
    throw std::runtime_error("mine");
  });
  auto refused = blocked.start(insert(1));
  auto last = blocked.start(insert(3));
  blocked.release();
  CHECK_NOTHROW(first.get());
  CHECK_THROWS_WITH(thrower.get(), "mine");
  CHECK_THROWS_AS(refused.get(), StorageError);
  CHECK_NOTHROW(last.get());
  CHECK(blocked.writer().number("SELECT sum(number) FROM numbers") == 4);
}

TEST_CASE("a commit that fails fails every caller of its group and stores nothing") {
  BlockedGroup blocked;
  std::atomic<int> told{0};
  auto innocent = blocked.start(insert(1), [&] { ++told; });
  // A deferred foreign key is only looked at by COMMIT.
  auto guilty = blocked.start(
      [](SqlConnection& writer) { writer.exec("INSERT INTO deferred_refs VALUES (99)"); }, [&] { ++told; });
  blocked.release();
  CHECK_THROWS_AS(innocent.get(), StorageError);
  CHECK_THROWS_AS(guilty.get(), StorageError);
  CHECK(told == 0);
  CHECK(blocked.stored() == 0);
  // The next one is not hurt.
  blocked.group().write(insert(5), {});
  CHECK(blocked.stored() == 1);
}

TEST_CASE("after a commit its callers are told in the order of their changes") {
  BlockedGroup blocked;
  std::vector<int> order;
  std::vector<std::future<void>> writes;
  for (int i = 0; i < 8; ++i)
    writes.push_back(blocked.start(insert(i), [&order, i] { order.push_back(i); }));
  blocked.release();
  for (auto& write : writes)
    write.get();
  CHECK(order == std::vector<int>{0, 1, 2, 3, 4, 5, 6, 7});
}

TEST_CASE("a write inside a write is refused instead of waiting for itself") {
  BlockedGroup blocked;
  blocked.release();
  CHECK_THROWS_AS(
      blocked.group().write([&](SqlConnection&) { blocked.group().write([](SqlConnection&) {}, {}); }, {}),
      std::logic_error);
}

}  // namespace
}  // namespace roadmap
