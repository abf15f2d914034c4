#include "core/actions/selection_result.h"

#include <algorithm>

namespace roadmap {

RunResult selection_result(const Selection& selection, TabReport report) {
  RunResult result;
  const auto selected = static_cast<std::int64_t>(selection.keys.size());
  const std::int64_t saved = report.ok_count();
  result.count("selected_count", selected);
  result.count("saved_count", saved);
  result.count("failed_count", std::max<std::int64_t>(0, selected - saved));
  result.count("skipped_no_key", selection.skipped_no_key);
  result.rows = report.take_outcomes();
  result.warnings = std::move(report.warnings);
  result.summary.success = saved;
  result.summary.failed = selected - saved;
  result.summary.skipped = selection.skipped_no_key;
  return result;
}

RunResult nothing_selected(const Selection& selection) { return selection_result(selection, {}); }

}  // namespace roadmap
