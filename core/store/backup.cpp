#include "core/store/backup.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <system_error>

#include "core/errors.h"
#include "core/store/migrations.h"

namespace roadmap {
namespace {

constexpr std::chrono::milliseconds kCopyBusyTimeout{5000};

// fsync of a file or folder by path. Only ever given the finished copy, which no connection has open.
void sync_to_disk(const std::filesystem::path& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  const bool synced = descriptor >= 0 && ::fsync(descriptor) == 0;
  const int error = errno;
  if (descriptor >= 0) ::close(descriptor);
  if (!synced) throw StorageError("The backup could not be written to disk.", std::strerror(error));
}

void verify_copy(const std::filesystem::path& copy) {
  SqlConnection database(copy.string(), SqlAccess::kReadOnly, kCopyBusyTimeout);
  SqlStatement check = database.prepare("PRAGMA integrity_check");
  if (!check.step() || check.text(0) != "ok") {
    throw StorageError("The backup of the database is damaged, so it was not kept. Check the database.",
                       check.text(0));
  }
  inspect_schema(database, copy.string());
}

}  // namespace

void keep_private(const std::filesystem::path& database) {
  constexpr mode_t kOwnerOnly = S_IRUSR | S_IWUSR;
  const auto refuse = [&](int error) {
    throw StorageError("The file " + database.string() + " cannot be kept from others' eyes.",
                       std::strerror(error));
  };
  // O_EXCL: a file that is there is never opened here, nor closed, which would drop SQLite's locks on it.
  const int made = ::open(database.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, kOwnerOnly);
  if (made >= 0) ::close(made);
  for (const char* suffix : {"", "-wal", "-shm"}) {
    const std::string file = database.string() + suffix;
    struct stat found {};
    if (::stat(file.c_str(), &found) != 0) continue;
    const bool private_already = (found.st_mode & (S_IRWXU | S_IRWXG | S_IRWXO)) == kOwnerOnly;
    if (!private_already && ::chmod(file.c_str(), kOwnerOnly) != 0) refuse(errno);
  }
}

void copy_database(SqlConnection& source, const std::filesystem::path& target) {
  std::error_code ignored;
  if (std::filesystem::exists(target, ignored)) {
    throw StorageError("The file " + target.string() + " exists already. Choose another name.");
  }
  std::filesystem::path partial = target;
  partial += ".partial";
  std::filesystem::remove(partial, ignored);
  try {
    keep_private(partial);
    source.prepare("VACUUM INTO ?").bind(1, partial.string()).run();
    verify_copy(partial);
    sync_to_disk(partial);
    std::filesystem::rename(partial, target);
    sync_to_disk(std::filesystem::absolute(target).parent_path());
  } catch (const std::filesystem::filesystem_error& error) {
    std::filesystem::remove(partial, ignored);
    throw StorageError("The backup " + target.string() + " could not be put in its place.", error.what());
  } catch (const StorageError&) {
    std::filesystem::remove(partial, ignored);
    throw;
  }
}

}  // namespace roadmap
