#include "core/sync/model_rows_plan.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/fields/registry.h"
#include "core/sync/keyed_rows.h"
#include "core/sync/row_report.h"

namespace roadmap {

std::string ModelRow::text(std::string_view field_name) const {
  return std::string(trim(to_text(table_->raw(*row_, field_id(Table::kMathModels, field_name)))));
}

bool ModelRow::approved() const {
  return table_->shown(*row_, field_id(Table::kMathModels, "approved_by_user")) == Cell(true);
}

std::string ModelRow::problems(const std::vector<std::string_view>& field_names) const {
  std::string problems;
  for (const std::string_view name : field_names) {
    const FieldId id = field_id(Table::kMathModels, name);
    const ParsedCell parsed = table_->parsed(*row_, id);
    if (const auto* bad = std::get_if<BadCell>(&parsed))
      add_detail(problems, fmt::format("{}: {}", table_->header_of(id), bad->reason));
  }
  return problems;
}

std::vector<NamedText> initiative_context(const InitiativeRecord& record) {
  std::vector<NamedText> context;
  for (const char* name :
       {"title", "problem_statement", "current_pain", "desired_outcome", "target_metrics", "hypothesis",
        "strategic_theme", "customer_segment", "initiative_type", "country", "product_area",
        "expected_impact_description", "impact_metric", "impact_unit", "impact_low", "impact_expected",
        "impact_high", "effort_tshirt_size", "effort_engineering_days"}) {
    std::string text = to_text(record.value(field_id(Table::kInitiatives, name)));
    if (!trim(text).empty()) context.push_back({name, std::move(text)});
  }
  return context;
}

std::optional<RowsInsert> plan_model_rows(const SheetTable& math_models,
                                          const std::vector<const InitiativeRecord*>& initiatives) {
  const KeyedRows keyed(math_models, {});
  const bool unreadable = std::any_of(math_models.rows().begin(), math_models.rows().end(),
                                      [](const TableRow& row) { return row.key_unreadable; });
  if (unreadable) return std::nullopt;  // any of them may stand behind a key that does not show yet
  RowsInsert insert{last_keyed_row(math_models), {}};
  int rows = 0;
  const auto name = math_models.columns().column_of(fields::model_name());
  const auto key = math_models.columns().column_of(fields::key());
  for (const InitiativeRecord* initiative : initiatives) {
    const bool is_marked = initiative->value(fields::use_math_model()) == Cell(true);
    if (!is_marked || keyed.find(initiative->key) != nullptr) continue;
    ++rows;
    add_new_cell(insert, initiative->key, rows, *key, fields::key(), Cell(initiative->key));
    if (name)
      add_new_cell(insert, initiative->key, rows, *name, fields::model_name(),
                   initiative->value(fields::title()));
  }
  if (rows == 0) return std::nullopt;
  return insert;
}

}  // namespace roadmap
