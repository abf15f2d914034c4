#pragma once

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "core/fields/cell_value.h"
#include "core/fields/field.h"
#include "core/scoring/score.h"

namespace roadmap {

// Where a tab's header and data stand. Rows are 1-based.
struct TabLayout {
  std::string spreadsheet_id;
  std::string tab;
  int header_row = 1;
  int first_data_row = 2;
};

struct BacklogSettings {
  TabLayout layout;
  std::string product_org;
};

struct IntakeTabSettings {
  std::string key;  // "emea_marketing"
  TabLayout layout;
  std::string product_org;  // empty: the first backlog
  bool active = true;
  bool allow_status_override = false;
};

struct IntakeSettings {
  std::string sheet_key;  // "intake_emea"
  std::string spreadsheet_id;
  std::vector<IntakeTabSettings> tabs;
};

struct ProductOpsSettings {
  std::string spreadsheet_id;
  std::string scoring_inputs_tab = "Scoring_Inputs";
  std::string mathmodels_tab = "MathModels";
  std::string params_tab = "Params";
  std::string run_log_tab;  // empty: no run log
  int header_row = 1;
  int first_data_row = 2;

  // Where Scoring_Inputs, MathModels or Params stand; the tab's name is empty for other tabs.
  TabLayout layout_of(Tab tab) const {
    std::string name;
    if (tab == Tab::kScoringInputs) name = scoring_inputs_tab;
    if (tab == Tab::kMathModels) name = mathmodels_tab;
    if (tab == Tab::kParams) name = params_tab;
    return {spreadsheet_id, std::move(name), header_row, first_data_row};
  }
};

// The part of the configuration that jobs depend on; immutable once the service runs.
struct Settings {
  std::vector<BacklogSettings> backlogs;
  ProductOpsSettings product_ops;
  std::vector<IntakeSettings> intakes;
  ScoringSettings scoring;
  std::string default_framework;  // activated where an initiative has none: "RICE"; empty: none
  DateOrder date_order = DateOrder::kDayMonthYear;
  bool verify_rows = true;
  bool allow_any_spreadsheet = false;
  int max_write_retries = 5;  // lost writes planned again

  // The backlog of a product_org; empty names the first one. nullptr when none is configured for it.
  const BacklogSettings* backlog_for(const std::string& product_org) const {
    for (const BacklogSettings& backlog : backlogs) {
      if (product_org.empty() || backlog.product_org == product_org) return &backlog;
    }
    return nullptr;
  }
  bool knows_spreadsheet(const std::string& spreadsheet_id) const {
    if (spreadsheet_id.empty()) return false;
    const auto is_in = [&](const auto& place) { return place.spreadsheet_id == spreadsheet_id; };
    return is_in(product_ops) || std::any_of(intakes.begin(), intakes.end(), is_in) ||
           std::any_of(backlogs.begin(), backlogs.end(),
                       [&](const BacklogSettings& backlog) { return is_in(backlog.layout); });
  }
};

}  // namespace roadmap
