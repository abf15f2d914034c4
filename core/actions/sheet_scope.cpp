#include "core/actions/sheet_scope.h"

#include <fmt/format.h>

#include "core/actions/save_flow.h"

namespace roadmap {

TabLayout product_ops_layout(JobContext& job, Tab tab) {
  TabLayout layout = job.settings.product_ops.layout_of(tab);
  const auto& context = job.request.sheet_context;
  if (context && !context->spreadsheet_id.empty() && context->spreadsheet_id != layout.spreadsheet_id) {
    if (!job.settings.knows_spreadsheet(context->spreadsheet_id) && !job.settings.allow_any_spreadsheet) {
      throw Error(
          "unknown_spreadsheet",
          fmt::format("Spreadsheet '{}' is not one of the configured workbooks.", context->spreadsheet_id));
    }
    if (job.settings.allow_any_spreadsheet) layout.spreadsheet_id = context->spreadsheet_id;
  }
  if (layout.spreadsheet_id.empty()) {
    throw Error(
        "no_product_ops",
        "No Product Ops workbook is configured. Set product_ops.spreadsheet_id in the configuration.");
  }
  return layout;
}

Selection keys_in_scope(const JobContext& job, const SheetTable& table) {
  return job.request.scope.type == ScopeType::kSelection ? select_keys(job.request.scope) : every_key(table);
}

}  // namespace roadmap
