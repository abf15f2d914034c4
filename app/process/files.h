#pragma once

#include <filesystem>
#include <string_view>

namespace roadmap::app {

// Writes a file whole: one that was there stays until the new one is complete. Throws Error naming the file
// and why; nothing is left half-written then.
void write_file(const std::filesystem::path& file, std::string_view content);
// The same for its owner's eyes only: it holds a key.
void write_private_file(const std::filesystem::path& file, std::string_view content);

// From now on what this process makes is for its owner only: files 0600, folders 0700.
void keep_files_private();

// A folder of its own that only this user can enter, removed with everything in it. Throws Error when it
// cannot be made.
class ScratchFolder {
 public:
  ScratchFolder();
  ~ScratchFolder();
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace roadmap::app
