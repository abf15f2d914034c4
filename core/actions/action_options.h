#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/actions/action_registry.h"
#include "core/run/action_request.h"

namespace roadmap {

enum class OptionType : std::uint8_t { kFlag, kText, kFramework, kCount };

// One option of a request. Its reader, its canonical JSON, --help and the OpenAPI document follow from this
// row; its kind and its default from the member.
struct OptionSpec {
  using Member = std::variant<bool ActionOptions::*, std::optional<std::string> ActionOptions::*,
                              int ActionOptions::*, std::optional<int> ActionOptions::*>;

  std::uint8_t bit;  // of OptionBits; 0: every action takes it
  std::string_view name;
  Member member;
  std::string_view summary;
  int min = 0;  // of a count
  int max = 0;

  OptionType type() const;
  bool default_flag() const;
  int default_count() const;  // 0: none
};

std::span<const OptionSpec> all_options();

// Those that an action takes, dry_run among them.
std::vector<const OptionSpec*> options_of(const ActionSpec& action);

}  // namespace roadmap
