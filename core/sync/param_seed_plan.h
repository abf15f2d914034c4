#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/llm/assistant.h"
#include "core/run/selection.h"
#include "core/sync/initiative_index.h"
#include "core/sync/row_report.h"
#include "core/sync/tab_plan.h"

namespace roadmap {

// What is known of the parameters that an initiative's formula lacks.
struct DescribedParams {
  std::vector<ParameterDescription> descriptions;  // names that are not among them are described by name
  std::string remark;                              // why some are not; empty: nothing to say
};

struct ParamSeedInput {
  const SheetTable& math_models;
  const SheetTable& params;
  const InitiativeIndex& stored;
  const Selection& selection;
  StatusPolicy status = StatusPolicy::kEverySelectedRow;
  std::optional<int> limit;                                  // of initiatives that get parameters
  const std::map<std::string, DescribedParams>& described;   // by key
  const std::map<std::string, std::set<std::string>>& sent;  // names that this run has sent before, by key
  UtcTime now{};
};

struct ParamQuestion {
  std::string key;
  ParametersQuestion question;
};

struct SeededParam {
  std::string key;
  std::string name;
  friend auto operator<=>(const SeededParam&, const SeededParam&) = default;
};

struct ParamSeedPlan {
  std::vector<ParamQuestion> questions;  // one an initiative with missing parameters, in selected order
  TabPlan math_models;                   // Status and Updated Source
  TabPlan params;                        // new rows
  std::vector<SeededParam> inserted;     // parallel to the new rows
  std::int64_t seeded = 0;               // parameters, those sent before included
  std::int64_t skipped_unapproved = 0;
  std::int64_t skipped_invalid_formula = 0;
  std::int64_t skipped_no_missing = 0;
  TabReport report;
};

// Plans one new Params row for each input of an approved, valid formula that has none on the tab. Formula and
// approval are the tab's. No existing row of Params is changed. Pure.
ParamSeedPlan plan_param_seeds(const ParamSeedInput& input);

// "cost_per_ticket" as people read it: "Cost per ticket".
std::string display_name(const std::string& identifier);

}  // namespace roadmap
