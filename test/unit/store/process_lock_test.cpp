#include "core/store/process_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <fstream>

#include "core/errors.h"
#include "test/fakes/temporary_folder.h"

namespace roadmap {
namespace {

using Catch::Matchers::Contains;

const UtcTime kSince = from_iso8601("2026-01-02T03:04:05Z");

TEST_CASE("a second process is refused and learns who holds the ledger") {
  test::TemporaryFolder folder;
  ProcessLock lock(folder / "roadmap.db", kSince);
  lock.set_url("http://127.0.0.1:8000");
  // flock belongs to the open file: a second one in this process is refused as another process would be.
  CHECK_THROWS_WITH(ProcessLock(folder / "roadmap.db", kSince), Contains(std::to_string(::getpid())) &&
                                                                    Contains("http://127.0.0.1:8000") &&
                                                                    Contains("2026-01-02T03:04:05.000Z"));
  try {
    ProcessLock(folder / "roadmap.db", kSince);
  } catch (const Error& error) {
    CHECK(error.code() == "ledger_in_use");
  }
}

TEST_CASE("the holder of a lock is found without touching it") {
  test::TemporaryFolder folder;
  CHECK_FALSE(find_lock_holder(folder / "roadmap.db"));
  {
    const ProcessLock lock(folder / "roadmap.db", kSince, "http://127.0.0.1:8000");
    const auto holder = find_lock_holder(folder / "roadmap.db");
    REQUIRE(holder);
    CHECK(holder->pid == ::getpid());
    CHECK(holder->url == "http://127.0.0.1:8000");
    CHECK(holder->since == "2026-01-02T03:04:05.000Z");
  }
  CHECK_FALSE(find_lock_holder(folder / "roadmap.db"));
}

TEST_CASE("a lock given up can be taken again") {
  test::TemporaryFolder folder;
  { const ProcessLock lock(folder / "roadmap.db", kSince); }
  CHECK_NOTHROW(ProcessLock(folder / "roadmap.db", kSince));
}

TEST_CASE("a process that was killed holds nothing, whatever its lock file says") {
  test::TemporaryFolder folder;
  const pid_t child = ::fork();
  if (child == 0) {
    const ProcessLock lock(folder / "roadmap.db", kSince, "http://127.0.0.1:1");
    ::_exit(0);  // without destructors, as a kill ends it
  }
  REQUIRE(child > 0);
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  REQUIRE(test::bytes_of(folder / "roadmap.db.lock").find("127.0.0.1:1") != std::string::npos);
  CHECK_FALSE(find_lock_holder(folder / "roadmap.db"));
  CHECK_NOTHROW(ProcessLock(folder / "roadmap.db", kSince));
}

TEST_CASE("a lock file caught half-written names nobody") {
  test::TemporaryFolder folder;
  std::ofstream(folder / "roadmap.db.lock") << "pid " << ::getpid() << "\nurl http://127";
  CHECK_FALSE(find_lock_holder(folder / "roadmap.db"));
}

TEST_CASE("a ledger is locked by whatever name it is reached") {
  test::TemporaryFolder folder;
  std::filesystem::create_symlink("roadmap.db", folder / "link.db");
  std::filesystem::create_directory_symlink(folder.path(), folder / "folder");
  {
    const ProcessLock lock(folder / "link.db", kSince, "http://127.0.0.1:8000");  // before there is a ledger
    CHECK_THROWS_WITH(ProcessLock(folder / "roadmap.db", kSince), Contains("http://127.0.0.1:8000"));
    CHECK(find_lock_holder(folder / "roadmap.db"));
  }
  std::ofstream(folder / "roadmap.db") << "content";
  const ProcessLock lock(folder / "roadmap.db", kSince, "http://127.0.0.1:8000");
  CHECK_THROWS_WITH(ProcessLock(folder / "link.db", kSince), Contains("http://127.0.0.1:8000"));
  CHECK_THROWS_WITH(ProcessLock(folder.path() / "folder" / "roadmap.db", kSince),
                    Contains("http://127.0.0.1:8000"));
  CHECK(find_lock_holder(folder / "link.db"));
}

TEST_CASE("a ledger with a second name of its own is refused") {
  test::TemporaryFolder folder;
  std::ofstream(folder / "roadmap.db") << "content";
  std::filesystem::create_hard_link(folder / "roadmap.db", folder / "twin.db");
  CHECK_THROWS_WITH(ProcessLock(folder / "twin.db", kSince), Contains("2 names"));
}

TEST_CASE("a lock file that is deleted lets nobody in, and is made anew") {
  test::TemporaryFolder folder;
  ProcessLock lock(folder / "roadmap.db", kSince, "http://127.0.0.1:8000");
  std::filesystem::remove(folder / "roadmap.db.lock");
  try {
    ProcessLock(folder / "roadmap.db", kSince);
    FAIL("two locks on one ledger");
  } catch (const Error& error) {
    CHECK(error.code() == "ledger_in_use");
  }
  std::filesystem::remove(folder / "roadmap.db.lock");
  CHECK_NOTHROW(lock.check());
  CHECK(find_lock_holder(folder / "roadmap.db").value().url == "http://127.0.0.1:8000");
}

TEST_CASE("a lock or a ledger that another file took the place of is noticed") {
  test::TemporaryFolder folder;
  std::ofstream(folder / "roadmap.db") << "content";
  ProcessLock lock(folder / "roadmap.db", kSince);
  CHECK_NOTHROW(lock.check());
  std::filesystem::rename(folder / "roadmap.db", folder / "moved.db");
  CHECK_THROWS_WITH(lock.check(), Contains("removed"));
  std::ofstream(folder / "roadmap.db") << "another";
  CHECK_THROWS_WITH(lock.check(), Contains("replaced"));
  std::filesystem::rename(folder / "moved.db", folder / "roadmap.db");
  CHECK_NOTHROW(lock.check());
  std::filesystem::rename(folder / "roadmap.db.lock", folder / "moved.lock");
  std::ofstream(folder / "roadmap.db.lock") << "another";
  const int stranger = ::open((folder / "roadmap.db.lock").c_str(), O_RDWR | O_CLOEXEC);
  REQUIRE(::flock(stranger, LOCK_EX | LOCK_NB) == 0);
  CHECK_THROWS_WITH(lock.check(), Contains("lock file") && Contains("replaced"));
  ::close(stranger);
  CHECK_NOTHROW(lock.check());  // nobody holds it any more
}

TEST_CASE("a refused process that made the deleted lock file anew leaves the ledger to whom it belongs") {
  test::TemporaryFolder folder;
  ProcessLock lock(folder / "roadmap.db", kSince, "http://127.0.0.1:8000");
  std::filesystem::remove(folder / "roadmap.db.lock");
  CHECK_THROWS_AS(ProcessLock(folder / "roadmap.db", kSince), Error);
  REQUIRE(std::filesystem::exists(folder / "roadmap.db.lock"));
  CHECK_NOTHROW(lock.check());
  CHECK(find_lock_holder(folder / "roadmap.db").value().url == "http://127.0.0.1:8000");
}

TEST_CASE("a ledger that is a folder is told as such") {
  test::TemporaryFolder folder;
  CHECK_THROWS_WITH(ProcessLock(folder.path(), kSince), Contains("is a folder"));
}

TEST_CASE("only its owner reads a lock file, whatever the umask") {
  test::TemporaryFolder folder;
  const mode_t before = ::umask(0);
  const ProcessLock lock(folder / "roadmap.db", kSince);
  ::umask(before);
  struct stat found {};
  REQUIRE(::stat((folder / "roadmap.db.lock").c_str(), &found) == 0);
  CHECK((found.st_mode & 0777) == 0600);
}

TEST_CASE("the database file itself is never touched by the lock") {
  test::TemporaryFolder folder;
  const ProcessLock lock(folder / "roadmap.db", kSince);
  CHECK_FALSE(std::filesystem::exists(folder / "roadmap.db"));
}

}  // namespace
}  // namespace roadmap
