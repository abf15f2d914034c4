#include "core/setup/setup_plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <set>
#include <utility>

#include "core/fields/cell_value.h"

namespace roadmap {
namespace {

// The size of a new tab, as Google makes one.
constexpr int kNewTabRows = 1000;
constexpr int kNewTabColumns = 26;
// How many gaps of a column get a rule in one plan; what is beyond them is seen to by the next.
constexpr int kMaxRuleGaps = 100;
// How many known headers make a row look like a header row without the key's.
constexpr int kHeadersThatTell = 2;

constexpr std::string_view kOwnProtection = "roadmapd: ";

const ColumnState& state_of(const TabState& tab, int column) {
  static const ColumnState kNothing;
  const auto index = static_cast<std::size_t>(column);
  return index < tab.column_states.size() ? tab.column_states[index] : kNothing;
}

int known_headers(const FoundColumns& found) {
  return static_cast<int>(
      std::count_if(found.at.begin(), found.at.end(), [](const auto& at) { return at.has_value(); }));
}

bool has_key(const WantedTab& wanted, const FoundColumns& found) {
  for (std::size_t i = 0; i < wanted.columns.size(); ++i) {
    if (wanted.columns[i].is_key) return found.at[i].has_value();
  }
  return false;
}

// Row ranges of [first, last] that no span covers, in order.
std::vector<std::pair<int, int>> gaps(const std::vector<RuleSpan>& spans, int first, int last) {
  std::vector<std::pair<int, int>> free;
  int next = first;
  for (const RuleSpan& span : spans) {
    if (span.first_row > next) free.emplace_back(next, std::min(span.first_row - 1, last));
    next = std::max(next, span.last_row + 1);
  }
  if (next <= last) free.emplace_back(next, last);
  std::erase_if(free, [](const auto& gap) { return gap.first > gap.second; });
  return free;
}

// Plans one tab that is there, or that the plan has just added.
class TabPlanner {
 public:
  TabPlanner(const WantedTab& wanted, const TabState& tab, TabSetup& plan)
      : wanted_(wanted),
        tab_(tab),
        plan_(plan),
        found_(find_columns(wanted, tab.row(wanted.header_row))),
        whole_(wanted.care == TabCare::kWhole || tab.empty()),
        rows_(tab.rows) {}

  void run() {
    if (const int row = header_row_elsewhere(wanted_, tab_); row > 0) {
      plan_.problem = fmt::format(
          "row {} holds no known header, but row {} does: set header_row = {} and first_data_row, or move "
          "the headers",
          wanted_.header_row, row, row);
      return;
    }
    place_columns();
    make_room();
    add_headers();
    add_notes();
    freeze();
    for (std::size_t i = 0; i < wanted_.columns.size(); ++i) {
      if (!at_[i]) continue;
      add_rules(wanted_.columns[i], *at_[i]);
      protect(wanted_.columns[i], *at_[i]);
    }
    if (tab_.empty()) {
      const std::vector<SetupStep> look = look_steps(wanted_, at_);
      plan_.steps.insert(plan_.steps.end(), look.begin(), look.end());
    }
  }

 private:
  bool sees_to(const WantedColumn& column) const { return whole_ || column.is_key; }

  // Where each column stands once the plan is carried out; missing ones go to the right of what is used.
  void place_columns() {
    int next = tab_.used_width();
    for (std::size_t i = 0; i < wanted_.columns.size(); ++i) {
      at_.push_back(sees_to(wanted_.columns[i]) ? found_.at[i] : std::nullopt);
      if (!found_.at[i] && sees_to(wanted_.columns[i])) at_.back() = next++;
    }
    width_ = next;
  }

  void make_room() {
    const int rows_needed = std::max(wanted_.header_row + 1, wanted_.first_data_row);
    if (rows_needed > tab_.rows) {
      rows_ = rows_needed;
      plan_.steps.emplace_back(AppendRows{rows_needed - tab_.rows});
    }
    if (width_ > tab_.columns) plan_.steps.emplace_back(AppendColumns{width_ - tab_.columns});
  }

  bool is_new(std::size_t i) const { return at_[i] && !found_.at[i]; }

  void add_headers() {
    for (std::size_t i = 0; i < wanted_.columns.size(); ++i) {
      const WantedColumn& column = wanted_.columns[i];
      // What stands on an empty cell of the header row stays: a note there is somebody's.
      if (is_new(i)) {
        const bool noted = !state_of(tab_, *at_[i]).note.empty();
        plan_.steps.emplace_back(
            AddHeader{wanted_.header_row, *at_[i], column.header, noted ? std::string{} : column.note});
      }
    }
  }

  void add_notes() {
    for (std::size_t i = 0; i < wanted_.columns.size(); ++i) {
      const WantedColumn& column = wanted_.columns[i];
      if (at_[i] && !is_new(i) && state_of(tab_, *at_[i]).note.empty())
        plan_.steps.emplace_back(AddNote{wanted_.header_row, *at_[i], column.header, column.note});
    }
  }

  void freeze() {
    if (whole_ && tab_.frozen_rows < wanted_.header_row)
      plan_.steps.emplace_back(FreezeRows{wanted_.header_row});
  }

  void add_rules(const WantedColumn& column, int at) {
    const ColumnState& state = state_of(tab_, at);
    // Where people write yes and no, boxes would mark every cell as wrong.
    if (column.rule == CellRule::kNone || (column.rule == CellRule::kCheckbox && state.texts_below)) return;
    std::vector<RuleSpan> below = state.rules;
    std::erase_if(below, [&](const RuleSpan& span) { return span.last_row < wanted_.first_data_row; });
    const std::string own = rule_text(column.rule);
    if (std::any_of(below.begin(), below.end(), [&](const RuleSpan& span) { return span.rule != own; }))
      return;
    int left = kMaxRuleGaps;
    for (const auto& [first, last] : gaps(below, wanted_.first_data_row, rows_)) {
      if (left-- == 0) break;
      plan_.steps.emplace_back(AddRule{column.rule, first, last, at, column.header});
    }
  }

  void protect(const WantedColumn& column, int at) {
    if (column.system_written && !is_protected(wanted_, column, at, tab_)) {
      plan_.steps.emplace_back(
          ProtectColumn{wanted_.first_data_row, at, column.header, protection_description(column)});
    }
  }

  const WantedTab& wanted_;
  const TabState& tab_;
  TabSetup& plan_;
  const FoundColumns found_;
  const bool whole_;
  int rows_;                            // of the grid, once there is room
  std::vector<std::optional<int>> at_;  // parallel to wanted_.columns
  int width_ = 0;
};

// A tab that is about to be added, as later steps find it.
TabState new_tab(const WantedTab& wanted, std::int64_t sheet_id) {
  TabState tab;
  tab.sheet_id = sheet_id;
  tab.title = wanted.title;
  tab.rows = std::max({kNewTabRows, wanted.header_row + 1, wanted.first_data_row});
  tab.columns = std::max(kNewTabColumns, static_cast<int>(wanted.columns.size()));
  tab.frozen_rows = wanted.header_row;
  return tab;
}

}  // namespace

std::size_t WorkbookPlan::step_count() const {
  std::size_t count = 0;
  for (const TabSetup& tab : tabs)
    count += tab.steps.size();
  return count;
}

std::string rule_text(CellRule rule) {
  if (rule == CellRule::kCheckbox) return "BOOLEAN";
  if (rule == CellRule::kNone) return "";
  std::string text = "ONE_OF_LIST";
  for (const std::string_view name : kFrameworkNames)
    text += fmt::format(" {}", name);
  return text;
}

std::string protection_description(const WantedColumn& column) {
  return fmt::format("{}{} is written by the system", kOwnProtection, column.header);
}

bool is_protected(const WantedTab& wanted, const WantedColumn& column, int at, const TabState& tab) {
  const std::string own = protection_description(column);
  return std::any_of(tab.protections.begin(), tab.protections.end(), [&](const Protection& range) {
    return range.description == own ||
           (range.first_column <= at && at <= range.last_column && wanted.first_data_row <= range.last_row);
  });
}

int header_row_elsewhere(const WantedTab& wanted, const TabState& tab) {
  if (known_headers(find_columns(wanted, tab.row(wanted.header_row))) > 0) return 0;
  const int rows = std::min(kSurveyedTopRows, static_cast<int>(tab.top_rows.size()));
  for (int row = 1; row <= rows; ++row) {
    const FoundColumns found = find_columns(wanted, tab.row(row));
    if (has_key(wanted, found) || known_headers(found) >= kHeadersThatTell) return row;
  }
  return 0;
}

WorkbookPlan plan_setup(const WantedWorkbook& wanted, const WorkbookState& state) {
  WorkbookPlan plan;
  plan.spreadsheet_id = wanted.spreadsheet_id;
  std::set<std::int64_t> sheet_ids(state.sheet_ids.begin(), state.sheet_ids.end());
  std::int64_t next_id = 1;
  for (std::size_t i = 0; i < wanted.tabs.size(); ++i) {
    const WantedTab& tab = wanted.tabs[i];
    const TabSurvey& survey = state.tabs[i];
    TabSetup& tab_plan = plan.tabs.emplace_back(TabSetup{tab.section, tab.title, 0, {}, {}});
    if (survey.state) {
      tab_plan.title = survey.state->title;
      tab_plan.sheet_id = survey.state->sheet_id;
      TabPlanner(tab, *survey.state, tab_plan).run();
    } else if (survey.missing) {
      while (!sheet_ids.insert(next_id).second)
        ++next_id;
      const TabState added = new_tab(tab, next_id);
      tab_plan.sheet_id = added.sheet_id;
      tab_plan.steps.emplace_back(AddTab{added.rows, added.columns, added.frozen_rows});
      TabPlanner(tab, added, tab_plan).run();
    } else {
      tab_plan.problem = survey.problem;
    }
  }
  return plan;
}

}  // namespace roadmap
