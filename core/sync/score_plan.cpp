#include "core/sync/score_plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "core/fields/cell_value.h"
#include "core/fields/registry.h"
#include "core/sync/found_in.h"
#include "core/sync/keyed_rows.h"

namespace roadmap {
namespace {

constexpr const char* kComputeToken = "flow3.compute_all_frameworks";
constexpr const char* kWriteScoresToken = "flow3.productopssheet_write_scores";

Cell cell_of(const std::optional<double>& number) { return number ? Cell(*number) : Cell{}; }

class Scorer {
 public:
  explicit Scorer(const ScorePlanInput& input) : input_(input) {}

  ScorePlan run() {
    plan_.initiatives.reserve(input_.cases.size());
    for (const ScoringCase& scoring_case : input_.cases)
      plan_.initiatives.push_back(compute(scoring_case));
    plan_.hints = calibration_hints(input_.tab_rows);
    for (ScoredInitiative& scored : plan_.initiatives)
      add_detail(scored.message, until_published(scored));
    return std::move(plan_);
  }

 private:
  ScoredInitiative compute(const ScoringCase& scoring_case) {
    ScoredInitiative scored;
    scored.key = scoring_case.initiative->key;
    scored.scores = compute_scores(scoring_case, input_.settings);
    scored.after = input_.stored.take(*scoring_case.initiative);
    for (const Score& score : scored.scores) {
      if (score.state == ScoreState::kFailed) scored.failure = score.reason;
    }
    if (!scored.failure.empty()) return scored;
    store(scoring_case.model, scored);
    scored.message = message(scored);
    for (Score& score : scored.scores)
      leave_to_history(score);
    return scored;
  }

  // How a score came about takes much memory, for thousands of initiatives.
  static void leave_to_history(Score& score) {
    std::vector<NamedNumber>().swap(score.inputs);
    std::vector<NamedNumber>().swap(score.components);
    std::string().swap(score.explanation);
  }

  void store(const MathModelRecord* model, ScoredInitiative& scored) {
    InitiativeChange change;
    change.key = scored.key;
    change.updated_at = input_.now;
    change.updated_source = kComputeToken;
    change.touches_scores = true;
    const auto set = [&](FieldId id, const Cell& value) {
      if (same_value(field(id).type, scored.after.value(id), value)) return;
      scored.after.set(id, value);
      change.values.emplace_back(id, value);
    };
    for (const Score& score : scored.scores) {
      const ScoreFields fields = score_fields(score.framework);
      set(fields.value, cell_of(score.value));
      set(fields.effort, cell_of(score.effort));
      set(fields.overall, cell_of(score.overall));
      const std::string_view warnings = framework_info(score.framework).warnings_field;
      if (!warnings.empty()) {
        const std::string text = warnings_text(score);
        set(field_id(Table::kInitiatives, warnings), text.empty() ? Cell{} : Cell(text));
      }
      remember(scored.key, model, score);
    }
    scored.changed = !change.values.empty();
    if (scored.changed) {
      scored.after.updated_at = input_.now;
      plan_.changes.changed_initiatives.push_back(std::move(change));
    }
  }

  // The history gets an entry where this computation is not what the newest one says already.
  void remember(const std::string& key, const MathModelRecord* model, const Score& score) {
    const bool is_math = score.framework == Framework::kMathModel;
    const std::string formula = is_math ? formula_of(model) : std::string();
    const ScoreRecord* newest = input_.stored.score(key, score.framework);
    const bool is_first = newest == nullptr;
    if (is_first && score.state == ScoreState::kSilent) return;
    const bool is_same = !is_first && !is_stale(*newest, score, formula) &&
                         newest->score.warnings == score.warnings && newest->score.reason == score.reason;
    if (!is_same) plan_.changes.scores.push_back({key, input_.now, formula, score});
  }

  static std::string message(const ScoredInitiative& scored) {
    std::string message;
    bool silent = true;
    for (const Score& score : scored.scores) {
      silent = silent && score.state == ScoreState::kSilent;
      const bool wants_math = scored.after.value(fields::use_math_model()) == Cell(true);
      if (score.framework == Framework::kMathModel && !wants_math) continue;
      add_detail(message, status_note(score));
    }
    return silent ? "nothing to score: all inputs are empty" : message;
  }

  // What still stands between the score and its publication.
  std::string until_published(const ScoredInitiative& scored) const {
    if (!scored.failure.empty()) return {};
    const FrameworkUnit& unit = found_or_empty(input_.units, scored.key);
    if (unit.is_choice) return unit.chosen ? choice_note(scored.after, *unit.chosen) : unit.note;
    const std::string name = to_text(scored.after.value(fields::active_framework()));
    const auto active = framework_named(name);
    if (!active) return {};
    const bool is_current =
        score_cells(scored.after, active_score_fields()) == score_cells(scored.after, score_fields(*active));
    if (is_current) return {};
    if (!has_score(scored.after, *active))
      return fmt::format("{} has no score now: Switch framework clears the active one", name);
    return fmt::format("active {} score is older: Switch framework", name);
  }

  const ScorePlanInput& input_;
  ScorePlan plan_;
};

// The columns that scoring fills, by what the registry says of the frameworks.
bool is_framework_score(FieldId id) {
  static const auto kScores = [] {
    std::set<FieldId> scores;
    for (const FrameworkInfo& info : frameworks()) {
      const ScoreFields fields = score_fields(info.framework);
      scores.insert({fields.value, fields.effort, fields.overall});
      if (!info.warnings_field.empty()) scores.insert(field_id(Table::kInitiatives, info.warnings_field));
    }
    return scores;
  }();
  return kScores.contains(id);
}

}  // namespace

bool ScoredInitiative::has_any_score() const {
  return std::any_of(scores.begin(), scores.end(), [](const Score& score) { return score.scored(); });
}

ScorePlan plan_scores(const ScorePlanInput& input) { return Scorer(input).run(); }

void write_framework_scores(const TableRow& row, const InitiativeRecord& initiative, TabPlan& plan) {
  for (const auto& [id, column] : plan.table->columns().columns) {
    if (is_framework_score(id)) add_if_different(plan, row, id, column, initiative.value(id));
  }
}

ScoreWritePlan plan_score_writes(const ScoreWriteInput& input) {
  ScoreWritePlan plan;
  plan.tab.table = &input.table;
  const auto write = [&](const TableRow& row, const InitiativeRecord& record) {
    MergedRow merged(input.table, row, record, input.bases);
    const std::size_t before = plan.tab.cells.size();
    write_framework_scores(row, record, plan.tab);
    const FrameworkUnit unit = refresh_framework_unit(plan.tab, merged);
    refresh_title(plan.tab, merged);
    if (!merged.base.cells.empty()) plan.changes.bases.push_back(std::move(merged.base));
    const bool changed = plan.tab.cells.size() > before;
    if (changed) plan.updated.insert(row.key);
    plan.report.add({row.row, row.key, RowStatus::kOk, unit.note, changed, record.updated_at});
  };
  report_selection(input.table, KeyedRows(input.table, input.bases), input.stored, input.selection,
                   plan.report, write);
  write_reports(plan.report, StatusPolicy::kChangedAndFailedRows, kWriteScoresToken, plan.tab);
  sort_cells(plan.tab);
  return plan;
}

}  // namespace roadmap
