#include "core/actions/model_tabs.h"

#include "core/actions/read_tabs.h"
#include "core/actions/sheet_job.h"
#include "core/actions/tab_of_request.h"
#include "core/fields/registry.h"
#include "core/sync/tab_address.h"

namespace roadmap {
ModelTabs find_model_tabs(JobContext& job) {
  // Checks the request's tab and workbook; which of the three it is does not matter.
  const TabOfRequest here = find_tab_of_request(job, {Tab::kMathModels, Tab::kParams, Tab::kScoringInputs});
  std::vector<TabToRead> tabs =
      product_ops_layouts(job, here.layout.spreadsheet_id, {Tab::kMathModels, Tab::kParams});
  return {std::move(tabs[0].layout), std::move(tabs[1].layout)};
}

SheetTable read_math_models(JobContext& job, const ModelTabs& tabs) {
  return read_tab(job, {Tab::kMathModels, tabs.math_models, {fields::suggested_formula()}});
}

ModelTables read_model_tables(JobContext& job, const ModelTabs& tabs) {
  ProductOpsTables read = read_product_ops(
      job,
      {{Tab::kMathModels, tabs.math_models, {fields::formula_text(), fields::approved_by_user()}},
       {Tab::kParams, tabs.params, {fields::param_name()}}},
      {Tab::kMathModels, Tab::kParams});
  return {std::move(*read.math_models), std::move(*read.params)};
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
  result.take_rows(report.take_outcomes());
  result.summary.skipped += selection.skipped_no_key;
  result.warnings = std::move(report.warnings);
  return result;
}

}  // namespace roadmap
