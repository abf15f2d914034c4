#include "app/process/files.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <string>
#include <system_error>

#include "core/errors.h"
#include "net/file_descriptor.h"

namespace roadmap::app {
namespace {

bool write_all(int descriptor, std::string_view content) {
  while (!content.empty()) {
    const ssize_t written = ::write(descriptor, content.data(), content.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    content.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

[[noreturn]] void throw_unwritten(const std::filesystem::path& file, int error) {
  throw Error("file", fmt::format("'{}' cannot be written: {}", file.string(),
                                  std::generic_category().message(error)));
}

// What is no regular file, such as /dev/stdout, is written to as it is.
void replace(const std::filesystem::path& file, std::string_view content, mode_t mode) {
  std::error_code ignored;  // a file that is not there is not irregular
  const bool in_place =
      (std::filesystem::exists(file, ignored) && !std::filesystem::is_regular_file(file, ignored)) ||
      file.string().starts_with("/dev/");  // whatever standard output is
  std::filesystem::path target =
      std::filesystem::weakly_canonical(file, ignored);  // of a link, what it names
  if (ignored) target = file;
  const std::string written =
      in_place ? file.string() : fmt::format("{}.partial-{}", target.string(), ::getpid());
  if (!in_place) ::unlink(written.c_str());  // what an earlier process of that number left
  const int how = in_place ? O_WRONLY : O_WRONLY | O_CREAT | O_EXCL;
  const net::FileDescriptor descriptor(::open(written.c_str(), how | O_CLOEXEC, mode));
  if (descriptor.get() < 0) throw_unwritten(file, errno);
  if (write_all(descriptor.get(), content) && (in_place || ::rename(written.c_str(), target.c_str()) == 0))
    return;
  const int error = errno;
  if (!in_place) ::unlink(written.c_str());
  throw_unwritten(file, error);
}

}  // namespace

void keep_files_private() { ::umask(S_IRWXG | S_IRWXO); }

void write_file(const std::filesystem::path& file, std::string_view content) {
  constexpr mode_t kAsTheUmaskAllows = S_IRUSR | S_IWUSR | S_IRGRP | S_IWGRP | S_IROTH | S_IWOTH;
  replace(file, content, kAsTheUmaskAllows);
}

void write_private_file(const std::filesystem::path& file, std::string_view content) {
  replace(file, content, S_IRUSR | S_IWUSR);
}

ScratchFolder::ScratchFolder() {
  std::string name = (std::filesystem::temp_directory_path() / "roadmapd-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr)
    throw Error("file", "no folder can be made in " + std::filesystem::temp_directory_path().string());
  path_ = name;
}

ScratchFolder::~ScratchFolder() {
  std::error_code ignored;  // what cannot be removed is left to the system's own cleaning
  std::filesystem::remove_all(path_, ignored);
}

}  // namespace roadmap::app
