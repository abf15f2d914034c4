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

// What is no regular file is written to as it is; so is /dev/stdout, whatever standard output is.
bool is_device(const std::filesystem::path& file) {
  std::error_code ignored;  // a file that is not there is not irregular
  const bool irregular =
      std::filesystem::exists(file, ignored) && !std::filesystem::is_regular_file(file, ignored);
  return irregular || file.string().starts_with("/dev/");
}

void write_to_device(const std::filesystem::path& file, std::string_view content) {
  const net::FileDescriptor descriptor(::open(file.c_str(), O_WRONLY | O_CLOEXEC));
  if (descriptor.get() < 0 || !write_all(descriptor.get(), content)) throw_unwritten(file, errno);
}

void write_with_mode(const std::filesystem::path& file, std::string_view content, mode_t mode) {
  if (is_device(file)) return write_to_device(file, content);
  std::error_code failed;
  std::filesystem::path target = std::filesystem::weakly_canonical(file, failed);  // of a link, what it names
  if (failed) target = file;
  const std::string partial = fmt::format("{}.partial-{}", target.string(), ::getpid());
  ::unlink(partial.c_str());  // what an earlier process of that number left
  const net::FileDescriptor descriptor(
      ::open(partial.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode));
  if (descriptor.get() < 0) throw_unwritten(file, errno);
  if (write_all(descriptor.get(), content) && ::rename(partial.c_str(), target.c_str()) == 0) return;
  const int error = errno;
  ::unlink(partial.c_str());
  throw_unwritten(file, error);
}

}  // namespace

void keep_files_private() { ::umask(S_IRWXG | S_IRWXO); }

void write_file(const std::filesystem::path& file, std::string_view content) {
  constexpr mode_t kAsTheUmaskAllows = S_IRUSR | S_IWUSR | S_IRGRP | S_IWGRP | S_IROTH | S_IWOTH;
  write_with_mode(file, content, kAsTheUmaskAllows);
}

void write_private_file(const std::filesystem::path& file, std::string_view content) {
  write_with_mode(file, content, S_IRUSR | S_IWUSR);
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
