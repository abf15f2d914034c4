#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/llm/assistant.h"
#include "core/run/selection.h"
#include "core/store/store.h"
#include "core/sync/initiative_index.h"
#include "core/sync/row_report.h"
#include "core/sync/tab_plan.h"

namespace roadmap {

// What became of a question that was to be asked about an initiative.
struct AskedModel {
  std::optional<FormulaSuggestion> suggestion;  // to write down; nullopt: there is none
  RowStatus status = RowStatus::kOk;            // kSkipped with a suggestion: it is no valid formula
  std::string message;
};

struct SuggestionInput {
  const SheetTable& table;  // MathModels as it stands now
  const InitiativeIndex& stored;
  const Selection& selection;
  bool force = false;  // also where there is a suggestion
  StatusPolicy status = StatusPolicy::kEverySelectedRow;
  const std::map<std::string, AskedModel>& asked;  // by key; empty before the first question
  UtcTime now{};
};

struct ModelQuestion {
  std::string key;
  FormulaQuestion question;
};

struct SuggestionPlan {
  std::vector<ModelQuestion> questions;  // of rows that want one and are not in `asked`, in selected order
  StoreChanges changes;
  TabPlan tab;  // suggestions, Status, Updated Source
  std::int64_t suggested = 0;
  std::int64_t invalid_formula = 0;
  std::int64_t skipped_approved = 0;
  std::int64_t skipped_has_formula = 0;
  std::int64_t skipped_has_suggestion = 0;
  std::int64_t skipped_no_context = 0;
  TabReport report;  // of all selected initiatives but those with a question
};

// Plans the suggestions of the selected rows: what is still to be asked, and what to write of what was
// answered. Approval, formula and context are the tab's, so that a person who approved or typed a formula
// while the assistant was thinking keeps the last word. Only columns of the assistant and the row's outcome
// are written. Pure.
SuggestionPlan plan_suggestions(const SuggestionInput& input);

}  // namespace roadmap
