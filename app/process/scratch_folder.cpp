#include "app/process/scratch_folder.h"

#include <cstdlib>
#include <string>
#include <system_error>

#include "core/errors.h"

namespace roadmap::app {

ScratchFolder::ScratchFolder() {
  std::string name = (std::filesystem::temp_directory_path() / "roadmapd-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr)
    throw Error("file", "no folder can be made in " + std::filesystem::temp_directory_path().string());
  path_ = name;
}

ScratchFolder::~ScratchFolder() {
  std::error_code
      ignored;  // what cannot be removed is left to the system's own cleaning of its temporary files
  std::filesystem::remove_all(path_, ignored);
}

}  // namespace roadmap::app
