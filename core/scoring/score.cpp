#include "core/scoring/score.h"

#include <fmt/format.h>

#include <utility>

namespace roadmap {

std::string status_note(const Score& score) {
  const std::string_view name = framework_info(score.framework).name;
  switch (score.state) {
    case ScoreState::kScored:
      if (score.warnings.size() <= score.adjustments) return {};
      return fmt::format("{}: {}", name,
                         fmt::join(score.warnings.begin() + static_cast<std::ptrdiff_t>(score.adjustments),
                                   score.warnings.end(), "; "));
    case ScoreState::kNotScored:
      return fmt::format("{} not scored: {}", name, score.reason);
    case ScoreState::kFailed:
      return score.reason;
    case ScoreState::kSilent:
      break;
  }
  return {};
}

std::string warnings_text(const Score& score) {
  if (score.scored()) return fmt::format("{}", fmt::join(score.warnings, "; "));
  return score.reason;
}

Score not_scored(Framework framework, std::string reason) {
  Score score;
  score.framework = framework;
  score.state = ScoreState::kNotScored;
  score.reason = std::move(reason);
  return score;
}

}  // namespace roadmap
