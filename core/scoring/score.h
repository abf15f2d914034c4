#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/scoring/framework.h"

namespace roadmap {

enum class ScoreState : std::uint8_t {
  kScored,
  kNotScored,  // `reason` says why; the score cells are blank
  kSilent,     // nobody asked this framework for a score: blank, and nothing is said
  kFailed,     // a typed value makes no sense: `reason` is the row's failure
};

struct NamedNumber {
  std::string name;
  double value = 0;
  friend bool operator==(const NamedNumber&, const NamedNumber&) = default;
};

// What one framework makes of one initiative. All numbers in it are finite.
struct Score {
  Framework framework{};
  ScoreState state = ScoreState::kSilent;

  // Only when scored. A math model may be scored without effort, and then without overall.
  std::optional<double> value;
  std::optional<double> effort;
  std::optional<double> overall;

  std::string reason;                 // not scored: "Effort missing"; failed: "Reach: -5 is negative"
  std::vector<std::string> warnings;  // of a score: "Impact 5 counts as 3"
  std::size_t adjustments = 0;        // how many of them, from the first on, say what an input was read as

  // How the score came about, for the history. RICE and WSJF name inputs and components as the field registry
  // does; a math model's inputs are its parameters, its components the names that the formula assigns.
  std::vector<NamedNumber> inputs;      // as typed, or the defaults that stood in
  std::vector<NamedNumber> components;  // what was computed with, after adjustments, and what came out
  std::string explanation;              // "500 × 3 × 0.3 ÷ 2 = 225"; empty unless scored

  bool scored() const { return state == ScoreState::kScored; }
};

// What the row's Status says about the score: "RICE not scored: Effort missing", "RICE: default used for
// Effort 1", the failure itself, or nothing. What an input was read as is said when it is typed, not here.
std::string status_note(const Score& score);

// What the framework's warnings column shows (Math: Warnings): the reason or the warnings, "; " between them.
std::string warnings_text(const Score& score);

// A score that does not exist, and why.
Score not_scored(Framework framework, std::string reason);

// What a typed number counts as.
struct TakenInput {
  double value = 0;
  std::string warning;  // "Impact 5 counts as 3"; empty: taken as typed
  std::string failure;  // "Confidence: 1.5 is neither a fraction nor a percentage"; then there is no value
};

TakenInput take_input(const ScoreInput& input, double typed);

enum class MissingInputs : std::uint8_t {
  kBlank,     // an input that is missing leaves the framework without a score
  kDefaults,  // the configured default stands in, and the score's warnings say so
};

struct ScoringSettings {
  MissingInputs missing_inputs = MissingInputs::kBlank;
  ScoringDefaults defaults;
};

// RICE or WSJF from what the row shows. Silent when all inputs are blank, with defaults too: nobody began to
// score that initiative. A typed value that makes no sense fails the row even where others are missing. Pure.
//
// RICE: value = Reach × Impact × Confidence, divided by Effort. WSJF: value = Business Value + Time
// Criticality + Risk Reduction (the cost of delay of SAFe), divided by Job Size.
Score score_inputs(Framework framework, const ScoreInputs& inputs, const ScoringSettings& settings);

}  // namespace roadmap
