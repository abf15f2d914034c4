#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/run/action_request.h"
#include "core/run/held_spreadsheets.h"
#include "core/run/run_result.h"

namespace roadmap {

class JobContext;

// Which scope types an action accepts, as bits.
constexpr std::uint8_t scope_bit(ScopeType type) {
  return static_cast<std::uint8_t>(1U << static_cast<unsigned>(type));
}
inline constexpr std::uint8_t kScopeAll = scope_bit(ScopeType::kAll);
inline constexpr std::uint8_t kScopeKeys = scope_bit(ScopeType::kSelection);
inline constexpr std::uint8_t kScopeFilter = scope_bit(ScopeType::kFilter);

// Options an action takes beside dry_run, as bits.
enum OptionBits : std::uint8_t {
  kNoOption = 0,
  kProductOrg = 1,
  kAllowStatusOverride = 2,
  kFramework = 4,
  kOnlyMissing = 8,
  kForce = 16,
  kLimit = 32,
  kMaxLlmCalls = 64,
};

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

// One action. HTTP, CLI, OpenAPI and pages are derived from this table. What a new one touches beside its
// row: ARCHITECTURE.md, "Adding things".
struct ActionSpec {
  std::string_view name;             // "pm.backlog_sync"
  std::string_view label;            // what people read: "See latest intake"
  std::string_view summary;          // one sentence for --help and the OpenAPI document
  std::uint8_t scopes;               // of scope_bit
  ActionReach reach{};               // what it works on
  std::uint8_t options = kNoOption;  // OptionBits
  bool needs_llm = false;            // asks the assistant
  // Runs the job on the caller's thread. Returns its result, throws Error when the run as a whole failed,
  // RunStopped when it was stopped: by its user only before its commit, by deadline or drain also after it.
  RunResult (*handler)(JobContext& job);
};

std::span<const ActionSpec> all_actions();
const ActionSpec* find_action(std::string_view name);  // nullptr: unknown
// Those that an action takes, dry_run among them.
std::vector<const OptionSpec*> options_of(const ActionSpec& action);
// "all", "selection", "filter": those that it accepts.
std::vector<std::string_view> scope_names(const ActionSpec& action);

// Runs a job to its end on the caller's thread, and adds to its result what settling writes found. Throws as
// ActionSpec::handler does.
RunResult run_action(const ActionSpec& action, JobContext& job);

}  // namespace roadmap
