#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "core/run/held_spreadsheets.h"
#include "core/run/run_result.h"

namespace roadmap {

class JobContext;

// Which scope types an action accepts, as bits.
enum ScopeBits : std::uint8_t { kScopeAll = 1, kScopeKeys = 2, kScopeFilter = 4 };

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

// One action. HTTP, CLI, OpenAPI and pages are derived from this table. What a new one touches beside its
// row: ARCHITECTURE.md, "Adding things".
struct ActionSpec {
  std::string_view name;             // "pm.backlog_sync"
  std::string_view label;            // what people read: "See latest intake"
  std::string_view summary;          // one sentence for --help and the OpenAPI document
  std::uint8_t scopes;               // ScopeBits
  ActionReach reach{};               // what it works on
  std::uint8_t options = kNoOption;  // OptionBits
  bool needs_llm = false;            // asks the assistant
  // Runs the job on the caller's thread. Returns its result, throws Error when the run as a whole failed,
  // RunStopped when it was stopped: by its user only before its commit, by deadline or drain also after it.
  RunResult (*handler)(JobContext& job);
};

std::span<const ActionSpec> all_actions();
const ActionSpec* find_action(std::string_view name);  // nullptr: unknown

// Runs a job to its end on the caller's thread, and adds to its result what settling writes found. Throws as
// ActionSpec::handler does.
RunResult run_action(const ActionSpec& action, JobContext& job);

}  // namespace roadmap
