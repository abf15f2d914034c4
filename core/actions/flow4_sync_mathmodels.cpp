#include <algorithm>

#include "core/actions/handlers.h"
#include "core/actions/read_tabs.h"
#include "core/actions/save_flow.h"
#include "core/actions/sheet_scope.h"
#include "core/fields/registry.h"
#include "core/sync/keyed_rows.h"

namespace roadmap {
namespace {

// Takes the keys whose row has no formula out of the selection; they are listed as skipped.
std::vector<RowOutcome> drop_rows_without_formula(const SheetTable& table, Selection& selection) {
  std::vector<RowOutcome> skipped;
  const KeyedRows keyed(table, {});
  std::erase_if(selection.keys, [&](const std::string& key) {
    const TableRow* row = keyed.find(key);
    if (row == nullptr || !is_blank(table.raw(*row, fields::formula_text()))) return false;
    skipped.push_back({key, row->row, RowStatus::kSkipped, "no formula yet"});
    return true;
  });
  return skipped;
}

}  // namespace

RunResult run_flow4_sync_mathmodels(JobContext& job) {
  job.expect_steps(2);
  job.step("read_models", "Reading math models");
  SheetTable table = read_tab(job, {Tab::kMathModels, product_ops_layout(job, Tab::kMathModels), {}});
  Selection selection = keys_in_scope(job, table);
  const std::vector<RowOutcome> skipped = drop_rows_without_formula(table, selection);
  SaveOptions options;
  options.status = StatusPolicy::kNone;
  Saved saved = save_rows(job, std::move(table), std::nullopt, selection, options);
  RunResult result = std::move(saved.result);
  result.counts.clear();
  result.count("updated", saved.changed - saved.created);
  result.count("created", saved.created);
  result.count("skipped_no_formula", static_cast<std::int64_t>(skipped.size()));
  result.rows.insert(result.rows.end(), skipped.begin(), skipped.end());
  result.summary.skipped += static_cast<std::int64_t>(skipped.size());
  return result;
}

}  // namespace roadmap
