#include "core/actions/action_options.h"

#include <array>

namespace roadmap {
namespace {

constexpr int kMaxInitiativesPerRun = 100000;
constexpr int kMaxLlmCallsPerRun = 1000;

constexpr std::array kOptions = {
    OptionSpec{0, "dry_run", &ActionOptions::dry_run,
               "Only says what would change: nothing is stored or written."},
    OptionSpec{kProductOrg, "product_org", &ActionOptions::product_org,
               "Only the backlog of this product organisation; all backlogs when missing."},
    OptionSpec{kAllowStatusOverride, "allow_status_override", &ActionOptions::allow_status_override,
               "Lets intake bring a withdrawn initiative back to new."},
    OptionSpec{kFramework, "framework", &ActionOptions::framework,
               "The framework to activate instead of each initiative's own choice."},
    OptionSpec{kOnlyMissing, "only_missing", &ActionOptions::only_missing,
               "Leaves initiatives alone that have an active score already."},
    OptionSpec{kForce, "force", &ActionOptions::force, "Also where there is a suggestion already."},
    OptionSpec{kLimit, "limit", &ActionOptions::limit, "At most this many initiatives.", 1,
               kMaxInitiativesPerRun},
    OptionSpec{kMaxLlmCalls, "max_llm_calls", &ActionOptions::max_llm_calls,
               "At most this many questions to the language model.", 1, kMaxLlmCallsPerRun},
};

// What an option is where a request does not name it; nullopt: it is no `Value`.
template <class Value>
std::optional<Value> default_of(const OptionSpec& option) {
  const auto* member = std::get_if<Value ActionOptions::*>(&option.member);
  return member == nullptr ? std::nullopt : std::optional<Value>(ActionOptions{}.**member);
}

}  // namespace

OptionType OptionSpec::type() const {
  if (std::holds_alternative<bool ActionOptions::*>(member)) return OptionType::kFlag;
  if (!std::holds_alternative<std::optional<std::string> ActionOptions::*>(member)) return OptionType::kCount;
  return member == Member(&ActionOptions::framework) ? OptionType::kFramework : OptionType::kText;
}

bool OptionSpec::default_flag() const { return default_of<bool>(*this).value_or(false); }

int OptionSpec::default_count() const { return default_of<int>(*this).value_or(0); }

std::span<const OptionSpec> all_options() { return kOptions; }

std::vector<const OptionSpec*> options_of(const ActionSpec& action) {
  std::vector<const OptionSpec*> options;
  for (const OptionSpec& option : kOptions) {
    if (option.bit == 0 || (action.options & option.bit) != 0) options.push_back(&option);
  }
  return options;
}

}  // namespace roadmap
