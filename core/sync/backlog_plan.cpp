#include "core/sync/backlog_plan.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/fields/cell_value.h"
#include "core/fields/registry.h"
#include "core/fields/text.h"
#include "core/sync/found_in.h"
#include "core/sync/initiative_scores.h"
#include "core/sync/keyed_rows.h"
#include "core/sync/merge_rule.h"
#include "core/sync/pm_cells.h"
#include "core/sync/row_report.h"

namespace roadmap {
namespace {

constexpr const char* kBacklogToken = "flow1.backlogsheet_write";
constexpr std::size_t kRowsInWarning = 10;
constexpr std::string_view kYoursWasKept = "yours was kept";

bool is_withdrawn(const InitiativeRecord& record) {
  return lower(to_text(record.value(fields::status()))) == "withdrawn";
}

// The first few, and that there are more.
template <typename Item>
std::string listed(const std::vector<Item>& items) {
  const std::size_t count = std::min(items.size(), kRowsInWarning);
  const std::string list =
      fmt::format("{}", fmt::join(items.begin(), items.begin() + static_cast<std::ptrdiff_t>(count), ", "));
  return count < items.size() ? list + ", …" : list;
}

class BacklogPlanner {
 public:
  explicit BacklogPlanner(const BacklogInput& input)
      : input_(input), table_(with_status_column()), keyed_(table_, input.bases) {
    plan_.tab.table = &table_;
  }

  BacklogPlan run() {
    plan_.result.warnings = table_.warnings();
    refuse_unreadable_keys(table_, "backlog_key_unreadable",
                           "Nothing was changed; repair the cell and run again.");
    for (const TableRow& row : table_.rows())
      plan_row(row);
    warn_about_rows_without_key();
    append_missing();
    if (!plan_.result.rows.empty() && !table_.has(fields::run_status()))
      plan_.result.warnings.push_back(missing_status(table_));
    sort_cells(plan_.tab);
    return std::move(plan_);
  }

 private:
  void warn(const std::string& text) { plan_.result.warnings.push_back(table_.layout().tab + ": " + text); }

  // The table as it will be once it has its Last Run Status column.
  const SheetTable& with_status_column() {
    const SheetTable& table = input_.table;
    if (!input_.add_status_column || table.has(fields::run_status())) return table;
    const int column = table.used_width();
    plan_.with_status = std::make_shared<const SheetTable>(table.with_column(fields::run_status(), column));
    plan_.tab.headers.push_back({table.layout().header_row, column,
                                 std::string(field(fields::run_status()).on(Tab::kBacklog)->header)});
    return *plan_.with_status;
  }

  void plan_row(const TableRow& row) {
    if (row.key.empty()) {
      if (table_.has_content(row)) rows_without_key_.push_back(row.row);
      return;
    }
    const InitiativeRecord* record = input_.stored.find(row.key);
    if (record == nullptr) return fail(row, "unknown key");
    if (const int original = keyed_.original_of(row); original != 0)
      return fail(row, fmt::format("duplicate key, see row {}", original));
    if (!input_.belongs_here.contains(row.key)) return leave_behind(row, *record);
    if (const std::string* why = found_in(input_.refused, row.key)) return fail(row, *why);
    update(row, *record);
  }

  void fail(const TableRow& row, const std::string& why) {
    write_provenance(row, {status_text(RowStatus::kFailed, why), kBacklogToken, {}}, plan_.tab);
    plan_.result.rows.push_back({row.key, row.row, RowStatus::kFailed, why});
    ++plan_.result.summary.failed;
  }

  // The row of an initiative that another backlog shows now.
  void leave_behind(const TableRow& row, const InitiativeRecord& record) {
    const std::string why =
        "moved to " + (record.product_org.empty() ? input_.first_org : record.product_org);
    const std::size_t before = plan_.tab.cells.size();
    write_provenance(row, {status_text(RowStatus::kOk, why), {}, {}}, plan_.tab);
    const bool is_news = plan_.tab.cells.size() > before;
    if (is_news) write_provenance(row, {{}, kBacklogToken, sheet_time(record.updated_at)}, plan_.tab);
    plan_.result.rows.push_back({row.key, row.row, RowStatus::kOk, why});
    ++plan_.result.summary.success;
  }

  void update(const TableRow& row, const InitiativeRecord& record) {
    MergedRow merged(table_, row, record, input_.bases);
    const std::size_t before = plan_.tab.cells.size();
    std::string details = publish(merged);
    for (const auto& [id, column] : table_.columns().columns) {
      if (field(id).table != Table::kInitiatives || id == fields::active_framework()) continue;
      if (owner_on(id, Tab::kBacklog) == Owner::kPm) {
        refresh_pm_cell(plan_.tab, merged, id, column);
      } else if (!is_active_score(id)) {
        add_if_different(plan_.tab, row, id, column, record.value(id));
      }
    }
    add_detail(details, kept_note(record));
    if (!merged.base.cells.empty()) plan_.changes.bases.push_back(std::move(merged.base));
    auto& kept = plan_.result.kept_unsaved_edits;
    kept.insert(kept.end(), merged.unsaved_edits.begin(), merged.unsaved_edits.end());
    ++plan_.result.summary.success;
    finish(row, record, details, plan_.tab.cells.size() > before || input_.saved.contains(row.key));
  }

  // What is said of the framework. Without publishing, only what the two agree in is noted.
  std::string publish(MergedRow& merged) {
    if (input_.publish == Publish::kScores) {
      FrameworkUnit unit = refresh_framework_unit(plan_.tab, merged);
      plan_.not_active += unit.is_choice ? 1 : 0;
      return std::move(unit.note);
    }
    const FieldId id = fields::active_framework();
    if (!table_.has(id)) return {};
    const Cell shown = table_.shown(merged.row, id);
    const Cell& stored = merged.record.value(id);
    if (!same_value(field(id).type, shown, stored)) return {};
    PmMerge met = merge_pm(field(id).type, shown, stored, find_base(merged.seen, id));
    if (met.base) merged.base.cells.emplace_back(id, std::move(*met.base));
    return {};
  }

  void finish(const TableRow& row, const InitiativeRecord& record, const std::string& details, bool changed) {
    if (changed) plan_.changed.insert(row.key);
    if (changed || !details.empty()) {
      write_provenance(row,
                       {status_text(RowStatus::kOk, details), kBacklogToken, sheet_time(record.updated_at)},
                       plan_.tab);
      plan_.result.rows.push_back({row.key, row.row, RowStatus::kOk, details.empty() ? "updated" : details});
    } else if (is_outdated(to_text(table_.raw(row, fields::run_status())))) {
      write_provenance(row, {status_text(RowStatus::kOk, {}), {}, {}}, plan_.tab);
    }
  }

  // Sentences of an earlier run that would have been said again if they were still true.
  bool is_outdated(const std::string& status) const {
    const bool was_refused = status.starts_with("FAILED: unknown key") ||
                             status.starts_with("FAILED: duplicate key") ||
                             status.starts_with("OK · moved to ");
    const bool was_choice = input_.publish == Publish::kScores &&
                            status.find("but not active: Switch framework") != std::string::npos;
    return was_refused || was_choice || status.find(kYoursWasKept) != std::string::npos;
  }

  // The values of a team that were not taken over since a PM had saved another one, which still stands: "team
  // changed Title to '…', yours was kept".
  std::string kept_note(const InitiativeRecord& record) const {
    std::string note;
    for (const auto& [id, cell] : found_or_empty(input_.intake_bases, record.key).cells) {
      if (!cell.kept || same_value(field(id).type, cell.stored, record.value(id))) continue;
      add_detail(note, fmt::format("team changed {} to '{}', {}", column_name(id),
                                   shortened(to_text(cell.stored), kQuotedBytes), kYoursWasKept));
    }
    return note;
  }

  std::string column_name(FieldId id) const {
    const bool is_shown = field(id).on(Tab::kBacklog) != nullptr;
    return is_shown ? table_.header_of(id) : std::string(field(id).on(Tab::kIntake)->header);
  }

  void warn_about_rows_without_key() {
    if (rows_without_key_.empty()) return;
    warn(fmt::format(
        "{} without an Initiative Key left alone: row {}",
        rows_without_key_.size() == 1 ? "1 row" : fmt::format("{} rows", rows_without_key_.size()),
        listed(rows_without_key_)));
  }

  // Whoever deleted a row sees it come back; whoever lost its key has it twice.
  void warn_about_returned() {
    if (returned_.empty()) return;
    warn("no row had the key any more, appended again: " + listed(returned_));
  }

  void append_missing() {
    std::vector<const InitiativeRecord*> missing;
    for (const InitiativeRecord& record : input_.stored.all()) {
      const bool wanted = input_.belongs_here.contains(record.key) && keyed_.find(record.key) == nullptr &&
                          !input_.unconfirmed.contains(record.key) && !is_withdrawn(record);
      if (wanted) missing.push_back(&record);
    }
    if (missing.empty()) return;
    std::sort(missing.begin(), missing.end(), [](const InitiativeRecord* a, const InitiativeRecord* b) {
      return parse_initiative_key(a->key).value_or(0) < parse_initiative_key(b->key).value_or(0);
    });
    RowsInsert insert{last_keyed_row(table_), {}};
    for (std::size_t i = 0; i < missing.size(); ++i)
      append(*missing[i], static_cast<int>(i) + 1, insert);
    plan_.tab.insert = std::move(insert);
    warn_about_returned();
  }

  void append(const InitiativeRecord& record, int number, RowsInsert& insert) {
    const std::string note = kept_note(record);
    if (was_seen(record.key)) returned_.push_back(record.key);
    plan_.changes.bases.push_back(add_initiative_row(insert, table_, record, number, note, kBacklogToken));
    plan_.appended.insert(record.key);
    plan_.result.rows.push_back({record.key, 0, RowStatus::kOk, note.empty() ? "appended" : note});
    ++plan_.result.summary.success;
  }

  // Whether a row of the initiative once showed something here. One that was appended and never seen, or
  // that Google refused, has a base, too.
  bool was_seen(const std::string& key) const {
    const auto& cells = found_or_empty(input_.bases, key).cells;
    return std::ranges::any_of(cells, [](const auto& cell) { return !is_blank(cell.second.sheet); });
  }

  const BacklogInput& input_;
  BacklogPlan plan_;
  const SheetTable& table_;
  const KeyedRows keyed_;
  std::vector<int> rows_without_key_;
  std::vector<std::string> returned_;  // keys: the tab showed them before
};

}  // namespace

BacklogPlan plan_backlog(const BacklogInput& input) { return BacklogPlanner(input).run(); }

}  // namespace roadmap
