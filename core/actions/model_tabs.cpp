#include "core/actions/model_tabs.h"

#include <fmt/format.h>

#include "core/actions/sheet_scope.h"
#include "core/actions/tab_of_request.h"
#include "core/fields/registry.h"
#include "core/sync/tab_address.h"

namespace roadmap {
namespace {

SheetTable to_table(const JobContext& job, Tab tab, const TabLayout& layout, TabRead read,
                    const std::vector<FieldId>& needed) {
  const std::string where = fmt::format("spreadsheet {}, tab {}", layout.spreadsheet_id, layout.tab);
  if (!read.grid) throw Error("tab_unusable", read.problem, where);
  auto made = SheetTable::make(tab, layout, std::move(*read.grid), job.settings.date_order, needed);
  if (const auto* problem = std::get_if<HeaderProblem>(&made))
    throw Error("tab_unusable", problem->message, where);
  return std::get<SheetTable>(std::move(made));
}

}  // namespace

ModelTabs find_model_tabs(JobContext& job) {
  // Checks the request's tab and workbook; which of the three it is does not matter.
  const TabOfRequest branch = find_tab_of_request(job, {Tab::kMathModels, Tab::kParams, Tab::kScoringInputs});
  const auto layout = [&](Tab tab) {
    TabLayout there = job.settings.product_ops.layout_of(tab);
    there.spreadsheet_id = branch.layout.spreadsheet_id;
    return there;
  };
  return {layout(Tab::kMathModels), layout(Tab::kParams)};
}

SheetTable read_math_models(JobContext& job, const ModelTabs& tabs) {
  std::vector<TabRead> reads = job.read_tabs(tabs.math_models.spreadsheet_id, {tabs.math_models.tab});
  return to_table(job, Tab::kMathModels, tabs.math_models, std::move(reads.front()),
                  {fields::key(), field_id(Table::kMathModels, "llm_suggested_formula_text")});
}

ModelTables read_model_tables(JobContext& job, const ModelTabs& tabs) {
  std::vector<TabRead> reads =
      job.read_tabs(tabs.math_models.spreadsheet_id, {tabs.math_models.tab, tabs.params.tab});
  return {to_table(job, Tab::kMathModels, tabs.math_models, std::move(reads[0]),
                   {fields::key(), field_id(Table::kMathModels, "formula_text"),
                    field_id(Table::kMathModels, "approved_by_user")}),
          to_table(job, Tab::kParams, tabs.params, std::move(reads[1]),
                   {fields::key(), field_id(Table::kParams, "param_name")})};
}

Selection selected_models(const JobContext& job, const SheetTable& math_models) {
  Selection selection = keys_in_scope(job, math_models);
  const auto& context = job.request.sheet_context;
  const bool made_there =
      !context || address_of({context->spreadsheet_id, context->tab}) == address_of(math_models.layout());
  if (!made_there) selection.rows.clear();
  return selection;
}

StatusPolicy status_policy(const Scope& scope) {
  return scope.type == ScopeType::kAll ? StatusPolicy::kChangedAndFailedRows
                                       : StatusPolicy::kEverySelectedRow;
}

RunResult result_on_models(const Selection& selection, TabReport report) {
  RunResult result;
  for (const RowOutcome& row : report.outcomes()) {
    if (row.status == RowStatus::kOk) ++result.summary.success;
    if (row.status == RowStatus::kSkipped) ++result.summary.skipped;
    if (row.status == RowStatus::kFailed) ++result.summary.failed;
  }
  result.summary.skipped += selection.skipped_no_key;
  result.rows = report.take_outcomes();
  result.warnings = std::move(report.warnings);
  return result;
}

}  // namespace roadmap
