#include "core/actions/result_merge.h"

#include <algorithm>
#include <iterator>

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
