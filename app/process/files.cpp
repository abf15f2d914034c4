#include "app/process/private_files.h"

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

}  // namespace

void keep_files_private() { ::umask(S_IRWXG | S_IRWXO); }

void write_private_file(const std::filesystem::path& file, std::string_view content) {
  const net::FileDescriptor descriptor(
      ::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, S_IRUSR | S_IWUSR));
  const int fd = descriptor.get();
  // An existing file keeps its mode: narrow it before the key is in it.
  if (fd < 0 || ::fchmod(fd, S_IRUSR | S_IWUSR) != 0 || !write_all(fd, content)) {
    throw Error("file", fmt::format("'{}' cannot be written: {}", file.string(),
                                    std::generic_category().message(errno)));
  }
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
