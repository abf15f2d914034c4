#include "core/sync/backlog_plan.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/errors.h"
#include "core/fields/registry.h"
#include "core/fields/text.h"
#include "core/sync/keyed_rows.h"
#include "core/sync/merge_rule.h"
#include "core/sync/row_provenance.h"
#include "core/sync/tab_address.h"

namespace roadmap {
namespace {

constexpr const char* kSheetToken = "flow1.backlogsheet_write";
constexpr std::size_t kRowsInWarning = 10;

bool is_active_score(FieldId id) {
  return id == fields::value_score() || id == fields::effort_score() || id == fields::overall_score();
}

// System columns that hold a stored value; key, status and provenance have rules of their own.
bool is_stored_system(FieldId id) {
  return owner_on(id, Tab::kBacklog) == Owner::kSystem && field(id).table == Table::kInitiatives;
}

bool is_withdrawn(const InitiativeRecord& record) {
  return lower(to_text(record.value(fields::status()))) == "withdrawn";
}

class BacklogPlanner {
 public:
  explicit BacklogPlanner(const BacklogInput& input)
      : input_(input),
        with_status_(add_status_column(input)),
        table_(with_status_ ? *with_status_ : input.table),
        address_(address_of(input.table.layout())),
        keyed_(table_, input.bases) {}

  BacklogPlan run() {
    plan_.appends.tab = table_.layout().tab;
    for (const std::string& warning : table_.columns().warnings)
      warn(warning);
    refuse_unreadable_keys();
    for (const TableRow& row : table_.rows())
      plan_row(row);
    warn_about_rows_without_key();
    if (with_status_) write_status_header();
    append_missing();
    finish_result();
    return std::move(plan_);
  }

 private:
  void warn(const std::string& text) { plan_.result.warnings.push_back(table_.layout().tab + ": " + text); }

  void refuse_unreadable_keys() const {
    for (const TableRow& row : table_.rows()) {
      if (!row.key_unreadable) continue;
      throw Error(
          "backlog_key_unreadable",
          fmt::format(
              "The key in row {} of tab '{}' shows {}. Nothing was changed; repair the cell and run again.",
              row.row, table_.layout().tab, trim(to_text(table_.raw(row, fields::key())))));
    }
  }

  void plan_row(const TableRow& row) {
    if (row.key.empty()) {
      if (table_.has_content(row)) rows_without_key_.push_back(row.row);
      return;
    }
    const InitiativeRecord* record = input_.stored.find(row.key);
    if (record == nullptr) return fail(row, "unknown key");
    if (const auto original = keyed_.original_of(row)) {
      return fail(row, fmt::format("duplicate key, see row {}", *original));
    }
    update(row, *record);
  }

  void fail(const TableRow& row, const std::string& why) {
    write_provenance(table_, row, {status_text(RowStatus::kFailed, why), kSheetToken, {}}, plan_.writes);
    plan_.result.rows.push_back({row.key, row.row, RowStatus::kFailed, why});
    ++plan_.result.summary.failed;
  }

  void update(const TableRow& row, const InitiativeRecord& record) {
    const auto found = input_.bases.find(row.key);
    const RowBase* last = found == input_.bases.end() ? nullptr : &found->second;
    BaseChange base{address_, row.key, row.row, {}};
    const std::size_t writes_before = plan_.writes.size();
    for (const auto& [id, column] : table_.columns().columns) {
      if (field(id).table != Table::kInitiatives) continue;
      if (owner_on(id, Tab::kBacklog) == Owner::kPm) {
        merge_pm_cell(row, record, id, column, last, base);
      } else if (is_stored_system(id) && !(is_active_score(id) && input_.publish == Publish::kNoScores)) {
        const Cell& shown = table_.raw(row.row, column);
        const Cell& stored = record.value(id);
        if (!same_value(field(id).type, shown, stored)) add_write(row, id, column, stored);
      }
    }
    if (!base.cells.empty()) plan_.changes.bases.push_back(std::move(base));
    ++plan_.result.summary.success;
    if (plan_.writes.size() == writes_before) return;
    plan_.changed_keys.insert(row.key);
    write_provenance(table_, row,
                     {status_text(RowStatus::kOk, ""), kSheetToken, sheet_time(record.updated_at)},
                     plan_.writes);
    plan_.result.rows.push_back({row.key, row.row, RowStatus::kOk, "updated"});
  }

  void add_write(const TableRow& row, FieldId id, int column, const Cell& value) {
    plan_.writes.push_back({row.key, row.row, column, id, table_.raw(row.row, column), value});
  }

  void merge_pm_cell(const TableRow& row, const InitiativeRecord& record, FieldId id, int column,
                     const RowBase* last, BaseChange& base) {
    const BaseCell* cell_base = nullptr;
    if (last != nullptr) {
      const auto at = last->cells.find(id);
      if (at != last->cells.end()) cell_base = &at->second;
    }
    const bool holds_back = id == fields::active_framework() && input_.publish == Publish::kNoScores;
    if (holds_back && cell_base != nullptr) return;
    const Cell shown = table_.shown(row, id);
    BacklogMerge merge = merge_backlog(field(id).type, shown, record.value(id), cell_base);
    if (merge.unsaved_edit) {
      plan_.result.kept_unsaved_edits.push_back({row.key, table_.header_of(id), shown, record.value(id)});
    }
    if (merge.write) {
      add_write(row, id, column, record.value(id));
      plan_.merged.push_back(plan_.writes.back());
    }
    if (merge.base) base.cells.emplace_back(id, std::move(*merge.base));
  }

  void warn_about_rows_without_key() {
    if (rows_without_key_.empty()) return;
    std::string list;
    for (std::size_t i = 0; i < std::min(rows_without_key_.size(), kRowsInWarning); ++i) {
      list += fmt::format("{}{}", i == 0 ? "" : ", ", rows_without_key_[i]);
    }
    if (rows_without_key_.size() > kRowsInWarning) list += ", …";
    warn(fmt::format(
        "{} without an Initiative Key left alone: row {}",
        rows_without_key_.size() == 1 ? "1 row" : fmt::format("{} rows", rows_without_key_.size()), list));
  }

  // The table as it will be once it has its Last Run Status column; nullopt when it needs none.
  static std::optional<SheetTable> add_status_column(const BacklogInput& input) {
    if (!input.add_status_column || input.table.has(fields::run_status())) return std::nullopt;
    return input.table.with_column(fields::run_status(), input.table.used_width());
  }

  void write_status_header() {
    plan_.appends.headers.push_back({table_.layout().header_row,
                                     *table_.columns().column_of(fields::run_status()),
                                     table_.header_of(fields::run_status())});
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
    RowsInsert insert;
    insert.after_row = std::max(keyed_.last_row(), table_.layout().first_data_row - 1);
    for (const InitiativeRecord* record : missing)
      insert.rows.push_back(new_row(*record));
    plan_.appends.insert = std::move(insert);
  }

  RowWrite new_row(const InitiativeRecord& record) {
    RowWrite row{0, record.key, {}};
    BaseChange base{address_, record.key, 0, {}};
    const auto put = [&](int column, const Cell& value) {
      if (!is_blank(value)) row.cells.push_back({column, value});
    };
    for (const auto& [id, column] : table_.columns().columns) {
      if (id == fields::key()) {
        put(column, Cell(record.key));
      } else if (id == fields::run_status()) {
        put(column, Cell(status_text(RowStatus::kOk, "")));
      } else if (id == fields::updated_at()) {
        put(column, Cell(sheet_time(record.updated_at)));
      } else if (id == fields::updated_source()) {
        put(column, Cell(std::string(kSheetToken)));
      } else {
        put(column, record.value(id));
        if (owner_on(id, Tab::kBacklog) == Owner::kPm) {
          base.cells.emplace_back(id, BaseCell{Cell{}, record.value(id), record.value(id)});
        }
      }
    }
    std::sort(row.cells.begin(), row.cells.end(),
              [](const CellWrite& a, const CellWrite& b) { return a.column < b.column; });
    plan_.changes.bases.push_back(std::move(base));
    plan_.appended_keys.push_back(record.key);
    plan_.result.rows.push_back({record.key, 0, RowStatus::kOk, "appended"});
    ++plan_.result.summary.success;
    return row;
  }

  void finish_result() {
    RunSummary& summary = plan_.result.summary;
    summary.total() = summary.success + summary.skipped + summary.failed;
  }

  const BacklogInput& input_;
  const std::optional<SheetTable> with_status_;
  const SheetTable& table_;
  const TabAddress address_;
  const KeyedRows keyed_;
  BacklogPlan plan_;
  std::vector<int> rows_without_key_;
};

}  // namespace

BacklogPlan plan_backlog(const BacklogInput& input) { return BacklogPlanner(input).run(); }

}  // namespace roadmap
