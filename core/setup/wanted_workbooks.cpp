#include "core/setup/wanted_workbooks.h"

#include <fmt/format.h>
#include <strings.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "core/fields/header_match.h"
#include "core/fields/registry.h"
#include "core/run_log/run_log_line.h"

namespace roadmap {
namespace {

// What stands in front of each tab, in order. Who works on a tab sees it beside the frozen columns of a
// screen 1440 pixels wide; of the columns behind it, typed ones come first.
const std::vector<std::string_view>& front_of(Tab tab) {
  static const std::array<std::vector<std::string_view>, kTabCount> kFront = {{
      {"initiative_key", "title"},
      {"initiative_key", "title", "run_status", "active_scoring_framework", "overall_score", "status"},
      {"initiative_key", "title", "run_status", "active_scoring_framework", "overall_score",
       "rice_overall_score", "wsjf_overall_score", "math_overall_score", "rice_reach", "rice_impact",
       "rice_confidence", "rice_effort", "wsjf_business_value", "wsjf_time_criticality",
       "wsjf_risk_reduction", "wsjf_job_size"},
      {"initiative_key", "model_name", "run_status", "approved_by_user", "formula_text"},
      {"initiative_key", "param_name", "run_status", "value", "unit", "approved", "min", "max"},
  }};
  return kFront[static_cast<std::size_t>(tab)];
}

// Texts of several sentences or lines.
constexpr std::array kProse = {
    "problem_statement",   "current_pain",
    "desired_outcome",     "target_metrics",
    "hypothesis",          "expected_impact_description",
    "risk_description",    "dependencies_others",
    "llm_notes",           "llm_summary",
    "math_warnings",       "model_description_free_text",
    "model_prompt_to_llm", "formula_text",
    "assumptions_text",    "parameters_json",
    "description",         "notes",
    "requester_email",     "llm_suggested_formula_text",
};

constexpr int kKeyPixels = 110;
constexpr int kNamePixels = 214;
constexpr int kStatusPixels = 340;  // of a sentence
constexpr int kFrameworkPixels = 116;
constexpr int kNumberPixels = 92;
constexpr int kTextPixels = 140;
constexpr int kProsePixels = 250;
constexpr int kFormulaPixels = 340;
constexpr int kTimePixels = 165;

bool is_prose(std::string_view name) { return std::find(kProse.begin(), kProse.end(), name) != kProse.end(); }

bool is_typed(FieldId id, Tab tab) {
  const Owner owner = owner_on(id, tab);
  return owner == Owner::kPm || owner == Owner::kTeam;
}

std::vector<FieldId> in_order(Tab tab) {
  const std::vector<std::string_view>& front = front_of(tab);
  const auto rank = [&](FieldId id) {
    const auto place = std::find(front.begin(), front.end(), field(id).name) - front.begin();
    const bool behind = place == static_cast<std::ptrdiff_t>(front.size());
    return behind && !is_typed(id, tab) ? place + 1 : place;
  };
  std::vector<FieldId> ids = fields_on(tab);
  std::stable_sort(ids.begin(), ids.end(), [&](FieldId a, FieldId b) { return rank(a) < rank(b); });
  return ids;
}

// Whether the column stays in view while people scroll to the right: the key, and what names the row.
bool stays_in_view(FieldId id, Tab tab) {
  const std::vector<FieldId>& columns = columns_of_new_tab(tab);
  return id == columns[0] || id == columns[1];
}

CellLook look_of(FieldId id, Tab tab) {
  if (id == fields::run_status()) return CellLook::kSentence;
  if (is_typed(id, tab)) return CellLook::kTyped;
  return field(id).type == FieldType::kNumber ? CellLook::kScore : CellLook::kWritten;
}

int pixels_of(FieldId id, Tab tab) {
  if (id == fields::key()) return kKeyPixels;
  if (stays_in_view(id, tab)) return kNamePixels;
  if (id == fields::run_status()) return kStatusPixels;
  switch (field(id).type) {
    case FieldType::kFramework:
      return kFrameworkPixels;
    case FieldType::kNumber:
    case FieldType::kBool:
      return kNumberPixels;
    case FieldType::kTimestamp:
      return kTimePixels;
    default:
      if (id == fields::formula_text() || id == fields::suggested_formula()) return kFormulaPixels;
      return is_prose(field(id).name) ? kProsePixels : kTextPixels;
  }
}

std::string_view who_writes(Owner owner) {
  // In the order of Owner.
  constexpr std::array<std::string_view, 4> kSentences = {
      "Filled in by teams.",
      "Filled in by PMs.",
      "Written by the system: what is typed here is not read and may be overwritten.",
      "Written by the assistant; never taken over by itself.",
  };
  return kSentences[static_cast<std::size_t>(owner)];
}

CellRule rule_of(FieldType type) {
  if (type == FieldType::kBool) return CellRule::kCheckbox;
  if (type == FieldType::kFramework) return CellRule::kFramework;
  return CellRule::kNone;
}

// The columns without which runs fail on that tab.
bool is_required(FieldId id, Tab tab) {
  return id == fields::key() || (tab == Tab::kIntake && id == fields::title());
}

WantedColumn column_of(FieldId id, Tab tab) {
  const TabColumn& shown = *field(id).on(tab);
  WantedColumn column;
  column.header = shown.header;
  column.note = fmt::format("{}\n{}", field(id).note, who_writes(shown.owner));
  column.rule = rule_of(field(id).type);
  column.system_written = shown.owner == Owner::kSystem;
  column.required = is_required(id, tab);
  column.is_key = id == fields::key();
  column.field = id;
  column.look = look_of(id, tab);
  column.pixels = pixels_of(id, tab);
  column.stays_in_view = stays_in_view(id, tab);
  return column;
}

bool same_name(const std::string& a, const std::string& b) { return ::strcasecmp(a.c_str(), b.c_str()) == 0; }

// Gathers tabs by spreadsheet, in the order in which they are added.
class Workbooks {
 public:
  // The workbook; nullptr where no spreadsheet is configured.
  WantedWorkbook* add(const std::string& spreadsheet_id, const std::string& section) {
    if (spreadsheet_id.empty()) return nullptr;
    const auto known = std::find_if(found_.begin(), found_.end(), [&](const WantedWorkbook& workbook) {
      return workbook.spreadsheet_id == spreadsheet_id;
    });
    if (known == found_.end()) return &found_.emplace_back(WantedWorkbook{section, spreadsheet_id, {}});
    if (known->section.find(section) == std::string::npos) known->section += ", " + section;
    return &*known;
  }

  void add(const std::string& spreadsheet_id, WantedTab tab) {
    WantedWorkbook* workbook = add(spreadsheet_id, tab.section);
    if (workbook == nullptr) return;
    const bool known =
        std::any_of(workbook->tabs.begin(), workbook->tabs.end(),
                    [&](const WantedTab& earlier) { return same_name(earlier.title, tab.title); });
    if (!known) workbook->tabs.push_back(std::move(tab));
  }

  std::vector<WantedWorkbook> take() { return std::move(found_); }

 private:
  std::vector<WantedWorkbook> found_;
};

void add_product_ops(const ProductOpsSettings& ops, Workbooks& workbooks) {
  for (const Tab kind : {Tab::kScoringInputs, Tab::kMathModels, Tab::kParams})
    workbooks.add(ops.spreadsheet_id, wanted_tab(kind, ops.layout_of(kind), "product_ops"));
  if (!ops.run_log_tab.empty()) workbooks.add(ops.spreadsheet_id, wanted_run_log(ops));
}

}  // namespace

const std::vector<FieldId>& columns_of_new_tab(Tab tab) {
  static const auto kByTab = [] {
    std::array<std::vector<FieldId>, kTabCount> result;
    for (int t = 0; t < kTabCount; ++t)
      result[static_cast<std::size_t>(t)] = in_order(static_cast<Tab>(t));
    return result;
  }();
  return kByTab[static_cast<std::size_t>(tab)];
}

WantedTab wanted_tab(Tab kind, const TabLayout& layout, std::string section) {
  WantedTab tab{std::move(section),
                layout.tab,
                layout.header_row,
                layout.first_data_row,
                kind,
                kind == Tab::kIntake ? TabCare::kTeams : TabCare::kWhole,
                {}};
  for (const FieldId id : columns_of_new_tab(kind))
    tab.columns.push_back(column_of(id, kind));
  return tab;
}

WantedTab wanted_run_log(const ProductOpsSettings& ops) {
  WantedTab tab{
      "product_ops", ops.run_log_tab, ops.header_row, ops.header_row + 1, std::nullopt, TabCare::kWhole, {}};
  for (const RunLogColumn& shown : run_log_columns()) {
    WantedColumn column;
    column.header = shown.header;
    column.note = fmt::format("{}\n{}", shown.note, who_writes(Owner::kSystem));
    column.system_written = true;
    tab.columns.push_back(std::move(column));
  }
  return tab;
}

std::vector<WantedWorkbook> wanted_workbooks(const Settings& settings) {
  Workbooks workbooks;
  for (const BacklogSettings& backlog : settings.backlogs) {
    const std::string section =
        backlog.product_org.empty() ? "central_backlog" : "central_backlog " + backlog.product_org;
    workbooks.add(backlog.layout.spreadsheet_id, wanted_tab(Tab::kBacklog, backlog.layout, section));
  }
  for (const IntakeSettings& intake : settings.intakes) {
    const std::string section = "intake " + intake.sheet_key;
    workbooks.add(intake.spreadsheet_id, section);
    for (const IntakeTabSettings& tab : intake.tabs) {
      if (tab.active) workbooks.add(intake.spreadsheet_id, wanted_tab(Tab::kIntake, tab.layout, section));
    }
  }
  add_product_ops(settings.product_ops, workbooks);
  return workbooks.take();
}

FoundColumns find_columns(const WantedTab& tab, const std::vector<Cell>& header_row) {
  FoundColumns found;
  if (tab.kind) {
    ColumnMap map = match_headers(*tab.kind, header_row);
    for (const WantedColumn& column : tab.columns)
      found.at.push_back(map.column_of(*column.field));
    found.warnings = std::move(map.warnings);
    return found;
  }
  for (const WantedColumn& column : tab.columns) {
    const auto same = std::find_if(header_row.begin(), header_row.end(), [&](const Cell& cell) {
      return normalise_header(to_text(cell)) == normalise_header(column.header);
    });
    found.at.push_back(same == header_row.end() ? std::nullopt
                                                : std::optional(static_cast<int>(same - header_row.begin())));
  }
  return found;
}

}  // namespace roadmap
