#include <fmt/format.h>

#include "core/fields/registry.h"
#include "core/formula/formula.h"
#include "core/run/json_text.h"
#include "core/sync/found_in.h"
#include "core/sync/keyed_rows.h"
#include "core/sync/save_plan.h"

namespace roadmap {
namespace {

constexpr const char* kSyncModelsToken = "flow4.sync_mathmodels";

bool is_true(const Cell& cell) { return cell == Cell(true); }

// Bases made of what is stored, for tabs that keep none: they tell an initiative's row from a copy of it.
std::map<std::string, RowBase> bases_of(const std::vector<MathModelRecord>& models) {
  std::map<std::string, RowBase> bases;
  for (const MathModelRecord& model : models) {
    RowBase base{model.initiative_key, 0, {}};
    for (const FieldId id : fields_of(Table::kMathModels)) {
      const Cell& value = model.values.value(id);
      base.cells.insert_or_assign(id, {value, value, std::nullopt});
    }
    bases.emplace(model.initiative_key, std::move(base));
  }
  return bases;
}

class ModelSaver {
 public:
  explicit ModelSaver(const SaveInput& input)
      : input_(input), table_(input.table), bases_(bases_of(input.models)), keyed_(table_, bases_) {
    plan_.tab.table = &table_;
    for (const MathModelRecord& model : input.models)
      models_.emplace(model.initiative_key, &model);
  }

  SavePlan run() {
    plan_.report.warnings = table_.warnings();
    report_selection(table_, keyed_, input_.stored, input_.selection, plan_.report,
                     [&](const TableRow& row, const InitiativeRecord&) { save(row); });
    return std::move(plan_);
  }

 private:
  void fail_score(const TableRow& row, const std::string& why, const std::string& score_problem) {
    plan_.score_problems.emplace(row.key, score_problem);
    plan_.report.fail(row, why);
  }

  void save(const TableRow& row) {
    const MathModelRecord* known = found_or_empty(models_, row.key);
    const FieldValues before = known == nullptr ? FieldValues(Table::kMathModels) : known->values;
    FieldValues after = before;
    std::vector<std::pair<FieldId, Cell>> changed;
    std::string problems;
    std::set<int> wants_displayed, wants_formulas;
    for (const auto& [id, column] : table_.columns().columns) {
      if (field(id).table != Table::kMathModels || owner_on(id, Tab::kMathModels) != Owner::kPm) continue;
      ParsedCell parsed = table_.parsed(row, id);
      if (const auto* bad = std::get_if<BadCell>(&parsed)) {
        add_detail(problems, fmt::format("{}: {}", table_.header_of(id), bad->reason));
        continue;
      }
      Cell value = std::get<Cell>(std::move(parsed));
      if (table_.says(row, id, before.value(id))) continue;
      add_detail(problems, still_calculating(table_, row, id, before.value(id), wants_formulas));
      if (table_.lacks_display(row, id)) wants_displayed.insert(column);
      after.set(id, value);
      changed.emplace_back(id, std::move(value));
    }
    if (!problems.empty())
      return fail_score(row, problems, fmt::format("{} row {}: {}", table_.layout().tab, row.row, problems));
    plan_.doubted_blanks.merge(wants_formulas);
    if (refuse_formula(row, after) || refuse_parameters(row, after)) return;
    plan_.tab.wants_displayed.merge(wants_displayed);
    finish(row, known, std::move(changed));
  }

  // True when the formula, or the approval of none, keeps the row from being saved.
  bool refuse_formula(const TableRow& row, const FieldValues& after) {
    const Cell& text = after.value(fields::formula_text());
    if (is_blank(text)) {
      if (!is_true(after.value(fields::approved_by_user()))) return false;
      fail_score(row, "copy the suggestion into formula_text", "missing formula");
      return true;
    }
    const auto parsed = parse_formula(std::get<std::string>(text));
    const auto* error = std::get_if<FormulaError>(&parsed);
    if (error == nullptr) return false;
    fail_score(row, fmt::format("{}: {}", table_.header_of(fields::formula_text()), error->text()),
               "invalid: " + error->line_text());
    return true;
  }

  bool refuse_parameters(const TableRow& row, const FieldValues& after) {
    const FieldId id = field_id(Table::kMathModels, "parameters_json");
    const Cell& text = after.value(id);
    if (is_blank(text)) return false;
    const std::string trouble = json_trouble(std::get<std::string>(text));
    if (trouble.empty()) return false;
    const std::string why = fmt::format("{}: not JSON: {}", table_.header_of(id), trouble);
    fail_score(row, why, fmt::format("{} row {}: {}", table_.layout().tab, row.row, why));
    return true;
  }

  void finish(const TableRow& row, const MathModelRecord* known,
              std::vector<std::pair<FieldId, Cell>> values) {
    const bool changed = !values.empty() || known == nullptr;
    plan_.created += known == nullptr ? 1 : 0;
    if (changed) {
      plan_.changes.math_models.push_back({row.key, std::move(values), input_.now, kSyncModelsToken});
    }
    plan_.report.add(
        {row.row, row.key, RowStatus::kOk, {}, changed, changed ? input_.now : known->updated_at});
  }

  const SaveInput& input_;
  const SheetTable& table_;
  const std::map<std::string, RowBase> bases_;
  const KeyedRows keyed_;
  std::map<std::string, const MathModelRecord*> models_;
  SavePlan plan_;
};

}  // namespace

SavePlan plan_model_save(const SaveInput& input) { return ModelSaver(input).run(); }

}  // namespace roadmap
