#include "core/sync/param_seed_plan.h"

#include <fmt/format.h>

#include <utility>

#include "core/fields/cell_value.h"
#include "core/fields/registry.h"
#include "core/formula/formula.h"
#include "core/sync/found_in.h"
#include "core/sync/keyed_rows.h"
#include "core/sync/model_rows_plan.h"

namespace roadmap {
namespace {

constexpr const char* kSeedParamsToken = "flow4.seed_params";
constexpr const char* kFillIn = "fill in the value and approve it";

// Which parameters of math models stand on a Params tab.
class ParamsOnTab {
 public:
  explicit ParamsOnTab(const SheetTable& params) {
    for (const TableRow& row : params.rows()) {
      const ParsedCell parsed = params.parsed(row, fields::param_framework());
      const Cell* readable = std::get_if<Cell>(&parsed);
      const bool of_another =
          readable != nullptr && !is_blank(*readable) && to_text(*readable) != kMathModelFramework;
      std::string name(trim(to_text(params.raw(row, fields::param_name()))));
      if (of_another || name.empty()) continue;
      if (row.key_unreadable) {
        unknown_owner_.emplace(std::move(name), row.row);
      } else if (!row.key.empty()) {
        names_.emplace(row.key, std::move(name));
      }
    }
  }

  // A row whose framework cannot be read counts as one: better a parameter too few than one twice.
  bool has(const std::string& key, const std::string& name) const { return names_.contains({key, name}); }
  // The row of that name whose key shows an error or Loading...: whose it is cannot be known. 0: none.
  int row_of_unknown_owner(const std::string& name) const { return found_or_empty(unknown_owner_, name); }

 private:
  std::set<std::pair<std::string, std::string>> names_;  // key and name
  std::map<std::string, int> unknown_owner_;
};

class ParamSeedPlanner {
 public:
  explicit ParamSeedPlanner(const ParamSeedInput& input)
      : input_(input), models_(input.math_models), on_tab_(input.params) {
    plan_.math_models.table = &models_;
    plan_.params.table = &input.params;
    new_rows_.after_row = last_keyed_row(input.params);
  }

  ParamSeedPlan run() {
    plan_.report.warnings = models_.warnings();
    for (std::string& warning : input_.params.warnings())
      plan_.report.warnings.push_back(std::move(warning));
    report_selection(models_, KeyedRows(models_, {}), input_.stored, input_.selection, plan_.report,
                     [&](const TableRow& row, const InitiativeRecord& record) {
                       plan_row(ModelRow(models_, row), record);
                     });
    write_reports(plan_.report, input_.status, kSeedParamsToken, plan_.math_models);
    if (!plan_.inserted.empty()) plan_.params.insert = std::move(new_rows_);
    sort_cells(plan_.math_models);
    sort_cells(plan_.params);
    return std::move(plan_);
  }

 private:
  void plan_row(const ModelRow& model, const InitiativeRecord& record) {
    const TableRow& row = model.row();
    const std::string problems = model.problems({"approved_by_user", "formula_text"});
    if (!problems.empty()) return plan_.report.fail(row, problems);
    const std::string text = model.text("formula_text");
    const bool suggested = !model.text("llm_suggested_formula_text").empty();
    if (!model.approved()) {
      return skip(row, plan_.skipped_unapproved,
                  !text.empty() ? "not approved; set approved_by_user once the formula is right"
                  : suggested   ? "not approved; copy the suggestion into formula_text once it is right"
                                : "no formula yet; write one into formula_text or use Suggest formula");
    }
    if (text.empty()) {
      return plan_.report.fail(row,
                               suggested ? "copy the suggestion into formula_text" : "formula_text is empty");
    }
    const ParsedFormula parsed = parse_formula(text);
    if (const auto* error = std::get_if<FormulaError>(&parsed))
      return skip(row, plan_.skipped_invalid_formula, fmt::format("formula invalid: {}", error->line_text()));
    seed(model, record, text, std::get<Formula>(parsed).inputs());
  }

  void seed(const ModelRow& model, const InitiativeRecord& record, const std::string& formula,
            const std::vector<std::string>& inputs) {
    const TableRow& row = model.row();
    std::vector<std::string> missing;
    std::size_t sent_before = 0;
    for (const std::string& name : inputs) {
      if (!on_tab_.has(row.key, name)) {
        missing.push_back(name);
      } else if (was_sent(row.key, name)) {
        ++sent_before;
      }
    }
    if (missing.empty() && sent_before == 0)
      return skip(row, plan_.skipped_no_missing,
                  inputs.empty() ? "the formula needs no parameters" : "all its parameters are there");
    for (const std::string& name : missing) {
      if (const int unknown = on_tab_.row_of_unknown_owner(name); unknown != 0)
        return plan_.report.fail(
            row, fmt::format("row {} of tab '{}' has no readable key; run this again when it has", unknown,
                             input_.params.layout().tab));
    }
    if (input_.limit && seeded_initiatives_ >= *input_.limit)
      return plan_.report.pass_over(row, fmt::format("left out: at most {} initiatives", *input_.limit),
                                    input_.status);
    ++seeded_initiatives_;
    add_rows(record, formula, missing);
    const std::size_t count = missing.size() + sent_before;
    plan_.seeded += static_cast<std::int64_t>(count);
    plan_.report.add({row.row, row.key, RowStatus::kOk, seeded_message(row.key, count), true, std::nullopt});
  }

  bool was_sent(const std::string& key, const std::string& name) const {
    return found_or_empty(input_.sent, key).contains(name);
  }

  std::string seeded_message(const std::string& key, std::size_t count) const {
    std::string message = fmt::format("{} {} added to {}", count, count == 1 ? "parameter" : "parameters",
                                      input_.params.layout().tab);
    add_detail(message, found_or_empty(input_.described, key).remark);
    return message;
  }

  void add_rows(const InitiativeRecord& record, const std::string& formula,
                const std::vector<std::string>& missing) {
    if (missing.empty()) return;
    ParametersQuestion question{initiative_context(record), formula, missing};
    if (question.names.size() > kMaxDescribedParameters) question.names.resize(kMaxDescribedParameters);
    plan_.questions.push_back({record.key, std::move(question)});
    for (const std::string& name : missing) {
      plan_.inserted.push_back({record.key, name});
      add_row(record.key, name);
    }
  }

  ParameterDescription description_of(const std::string& key, const std::string& name) const {
    ParameterDescription description;
    for (const ParameterDescription& candidate : found_or_empty(input_.described, key).descriptions) {
      if (candidate.name == name) description = candidate;
    }
    if (description.display.empty()) description.display = display_name(name);
    return description;
  }

  void add_row(const std::string& key, const std::string& name) {
    const ParameterDescription described = description_of(key, name);
    const int row = static_cast<int>(plan_.inserted.size());
    const auto put = [&](FieldId id, const Cell& value) {
      const auto column = input_.params.columns().column_of(id);
      if (column) add_new_cell(new_rows_, key + " " + name, row, *column, id, value);
    };
    const auto put_param = [&](std::string_view field_name, const Cell& value) {
      put(field_id(Table::kParams, field_name), value);
    };
    put(fields::key(), Cell(key));
    put_param("framework", Cell(std::string(kMathModelFramework)));
    put_param("param_name", Cell(name));
    put_param("param_display", Cell(described.display));
    put_param("description", Cell(described.description));
    put_param("unit", Cell(described.unit));
    put_param("source", Cell(described.source));
    put_param("approved", Cell(false));
    put_param("notes", Cell(described.example.empty() ? "" : "Example: " + described.example));
    put_param("is_auto_seeded", Cell(true));
    put(fields::run_status(), Cell(status_text(RowStatus::kOk, kFillIn)));
    put(fields::updated_at(), Cell(sheet_time(input_.now)));
    put(fields::updated_source(), Cell(kSeedParamsToken));
  }

  void skip(const TableRow& row, std::int64_t& counter, const std::string& why) {
    ++counter;
    plan_.report.pass_over(row, why, input_.status);
  }

  const ParamSeedInput& input_;
  const SheetTable& models_;
  const ParamsOnTab on_tab_;
  int seeded_initiatives_ = 0;
  RowsInsert new_rows_;
  ParamSeedPlan plan_;
};

}  // namespace

ParamSeedPlan plan_param_seeds(const ParamSeedInput& input) { return ParamSeedPlanner(input).run(); }

std::string display_name(const std::string& identifier) {
  std::string name;
  for (const char c : identifier) {
    if (c != '_') {
      name += c;
    } else if (!name.empty() && name.back() != ' ') {
      name += ' ';
    }
  }
  if (!name.empty() && name.back() == ' ') name.pop_back();
  if (name.empty()) return identifier;
  if (name.front() >= 'a' && name.front() <= 'z') name.front() = static_cast<char>(name.front() - 'a' + 'A');
  return name;
}

}  // namespace roadmap
