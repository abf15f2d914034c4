#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "core/actions/action_registry.h"

namespace roadmap {

enum class OptionType : std::uint8_t { kFlag, kText, kFramework, kCount };

// One option of a request, for its reader, --help and the OpenAPI document.
struct OptionSpec {
  std::uint8_t bit;  // of OptionBits; 0: every action takes it
  std::string_view name;
  OptionType type;
  std::string_view summary;
  bool default_flag = false;
  int min = 0;  // of a count
  int max = 0;
  int default_count = 0;  // 0: none
};

std::span<const OptionSpec> all_options();

// Those that an action takes, dry_run among them.
std::vector<const OptionSpec*> options_of(const ActionSpec& action);

}  // namespace roadmap
