#include "core/actions/action_options.h"

#include <array>

namespace roadmap {
namespace {

constexpr int kMaxInitiativesPerRun = 100000;
constexpr int kMaxLlmCallsPerRun = 1000;
constexpr int kDefaultLlmCalls = 10;

constexpr std::array kOptions = {
    OptionSpec{0, "dry_run", OptionType::kFlag, "Only says what would change: nothing is stored or written."},
    OptionSpec{kProductOrg, "product_org", OptionType::kText,
               "Only the backlog of this product organisation; all backlogs when missing."},
    OptionSpec{kAllowStatusOverride, "allow_status_override", OptionType::kFlag,
               "Lets intake bring a withdrawn initiative back to new."},
    OptionSpec{kFramework, "framework", OptionType::kFramework,
               "The framework to activate instead of each initiative's own choice."},
    OptionSpec{kOnlyMissing, "only_missing", OptionType::kFlag,
               "Leaves initiatives alone that have an active score already.", true},
    OptionSpec{kForce, "force", OptionType::kFlag, "Also where there is a suggestion already."},
    OptionSpec{kLimit, "limit", OptionType::kCount, "At most this many initiatives.", false, 1,
               kMaxInitiativesPerRun},
    OptionSpec{kMaxLlmCalls, "max_llm_calls", OptionType::kCount,
               "At most this many questions to the language model.", false, 1, kMaxLlmCallsPerRun,
               kDefaultLlmCalls},
};

}  // namespace

std::span<const OptionSpec> all_options() { return kOptions; }

std::vector<const OptionSpec*> options_of(const ActionSpec& action) {
  std::vector<const OptionSpec*> options;
  for (const OptionSpec& option : kOptions) {
    if (option.bit == 0 || (action.options & option.bit) != 0) options.push_back(&option);
  }
  return options;
}

}  // namespace roadmap
