#pragma once

#include <filesystem>

namespace roadmap::app {

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
