#pragma once

#include <filesystem>
#include <string_view>

namespace roadmap::app {

// Writes a file that only its owner can read: it holds a key. Replaces one that is there. Throws Error naming
// the file.
void write_private_file(const std::filesystem::path& file, std::string_view content);

}  // namespace roadmap::app
