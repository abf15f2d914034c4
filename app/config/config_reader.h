#pragma once

#include <map>
#include <string>
#include <vector>

#include "app/config/config.h"

namespace roadmap::app {

// Where values come from, for messages: "roadmap.toml:12" or an environment variable's name.
using Origins = std::map<std::string, std::string>;  // by "section.key"; absent: the default

// What reading a file and the environment gave, before anything beside the single values was checked.
struct ReadConfig {
  Config config;
  Origins origins;
  std::vector<std::string> problems;
};

// Reads each key of the table from the TOML text, then from the environment. Relative paths start from
// `folder`; `name` stands for the file in messages. Never throws for bad content: that is in `problems`.
ReadConfig read_config(const std::string& text, const std::string& name, const std::filesystem::path& folder,
                       const Environment& environment);

}  // namespace roadmap::app
