#include "core/actions/job_result.h"

#include <algorithm>
#include <iterator>

#include "core/fields/registry.h"

namespace roadmap {
namespace {

template <typename List>
void append(List& to, List from) {
  std::move(from.begin(), from.end(), std::back_inserter(to));
}

void add_lists(RunResult& total, RunResult& part) {
  append(total.warnings, std::move(part.warnings));
  append(total.hints, std::move(part.hints));
  append(total.kept_unsaved_edits, std::move(part.kept_unsaved_edits));
  append(total.kept_pm_values, std::move(part.kept_pm_values));
  append(total.failed_sources, std::move(part.failed_sources));
  append(total.plan, std::move(part.plan));
}

}  // namespace

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

void count_rows(const std::vector<RowOutcome>& rows, RunSummary& summary) {
  for (const RowOutcome& row : rows) {
    if (row.status == RowStatus::kOk) ++summary.success;
    if (row.status == RowStatus::kSkipped) ++summary.skipped;
    if (row.status == RowStatus::kFailed) ++summary.failed;
  }
}

void list_planned_values(const StoreChanges& changes, const InitiativeIndex& stored, RunResult& result) {
  for (const InitiativeChange& change : changes.changed_initiatives) {
    const InitiativeRecord* before = stored.find(change.key);
    for (const auto& [id, value] : change.values) {
      result.plan.push_back({"", "", 0, change.key, std::string(field(id).name),
                             before == nullptr ? Cell{} : before->value(id), value});
    }
  }
}

void merge_result(RunResult& total, RunResult part) {
  for (const auto& counted : part.counts) {
    const auto there = std::find_if(total.counts.begin(), total.counts.end(),
                                    [&](const auto& count) { return count.first == counted.first; });
    if (there == total.counts.end()) {
      total.counts.push_back(counted);
    } else {
      there->second += counted.second;
    }
  }
  append(total.rows, std::move(part.rows));
  add_lists(total, part);
  total.summary.success += part.summary.success;
  total.summary.skipped += part.summary.skipped;
  total.summary.failed += part.summary.failed;
}

void lift_substeps(RunResult& result) {
  for (std::size_t i = 0; i < result.substeps.size(); ++i) {
    RunResult part = result.substeps[i];  // the substep keeps its own
    const bool last = i + 1 == result.substeps.size();
    if (last) {
      result.counts = std::move(part.counts);
      result.summary.success += part.summary.success;
    } else {
      std::erase_if(part.rows, [](const RowOutcome& row) { return row.status == RowStatus::kOk; });
    }
    append(result.rows, std::move(part.rows));
    add_lists(result, part);
    result.always_listed |= part.always_listed;
    result.summary.skipped += part.summary.skipped;
    result.summary.failed += part.summary.failed;
    // Listed once, where the reader looks; the substep shows its counts.
    RunResult& kept = result.substeps[i];
    kept.rows.clear();
    kept.warnings.clear();
    kept.hints.clear();
    kept.kept_unsaved_edits.clear();
    kept.kept_pm_values.clear();
    kept.failed_sources.clear();
    kept.plan.clear();
    kept.always_listed = 0;
  }
}

}  // namespace roadmap
