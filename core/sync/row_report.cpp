#include "core/sync/row_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "core/fields/registry.h"
#include "core/sync/found_in.h"

namespace roadmap {
namespace {

constexpr std::string_view kDetailSeparator = "; ";
constexpr const char* kUnknownKey = "unknown key";

void write_if_different(const TableRow& row, FieldId id, const std::string& text, TabPlan& plan) {
  const auto column = plan.table->columns().column_of(id);
  if (text.empty() || !column || trim(to_text(plan.table->raw(row, id))) == text) return;
  plan.cells.push_back({row.key, row.row, *column, id, plan.table->raw(row, id), Cell(text)});
}

// A run with nothing new leaves what was said of the typed cells.
bool stays_as_it_is(const RowReport& report, const TableRow& row, const TabPlan& plan) {
  if (report.changed || report.said_before.empty() || report.status != RowStatus::kOk) return false;
  const std::string shown(trim(to_text(plan.table->raw(row, fields::run_status()))));
  const std::string ok = status_text(RowStatus::kOk, "-");
  if (!shown.starts_with(ok.substr(0, ok.size() - 1))) return false;
  std::string_view rest = std::string_view(shown).substr(ok.size() - 1);
  std::string message;  // with what was said and still stands there; a long Status is cut
  for (const std::string& said : report.said_before) {
    if (!rest.starts_with(said)) continue;
    rest.remove_prefix(said.size());
    if (rest.starts_with(kDetailSeparator)) rest.remove_prefix(kDetailSeparator.size());
    add_detail(message, said);
  }
  add_detail(message, report.message);
  return shown == status_text(RowStatus::kOk, message);
}

}  // namespace

void TabReport::add(RowReport report) {
  add_outcome({report.key, report.row, report.status, report.message});
  add_row(std::move(report));
}

void TabReport::fail(const TableRow& row, const std::string& why) {
  add({row.row, row.key, RowStatus::kFailed, why, false, std::nullopt});
}

void TabReport::pass_over(const TableRow& row, const std::string& why, StatusPolicy policy) {
  RowReport report{row.row, row.key, RowStatus::kSkipped, why, false, std::nullopt};
  if (policy == StatusPolicy::kEverySelectedRow) {
    add(std::move(report));
  } else {
    add_outcome({report.key, report.row, report.status, report.message});
  }
}

void TabReport::add_row(RowReport report) {
  row_index_.emplace(report.key, rows_.size());
  rows_.push_back(std::move(report));
}

void TabReport::add_outcome(RowOutcome outcome) {
  outcome_index_.emplace(outcome.initiative_key, outcomes_.size());
  outcomes_.push_back(std::move(outcome));
}

std::int64_t TabReport::ok_count() const {
  return std::count_if(outcomes_.begin(), outcomes_.end(),
                       [](const RowOutcome& outcome) { return outcome.status == RowStatus::kOk; });
}

const RowOutcome* TabReport::outcome_of(const std::string& key) const {
  const std::size_t* found = found_in(outcome_index_, key);
  return found == nullptr ? nullptr : &outcomes_[*found];
}

RowOutcome* TabReport::find_outcome(const std::string& key) {
  const std::size_t* found = found_in(outcome_index_, key);
  return found == nullptr ? nullptr : &outcomes_[*found];
}

// The rows of the initiative that are OK so far.
template <typename Change>
void TabReport::for_each_row_of(const std::string& key, Change change) {
  const auto range = row_index_.equal_range(key);
  for (auto at = range.first; at != range.second; ++at) {
    RowReport& row = rows_[at->second];
    if (row.status == RowStatus::kOk) change(row);
  }
}

void TabReport::add_detail_to(const std::string& key, const std::string& detail) {
  RowOutcome* outcome = find_outcome(key);
  if (outcome == nullptr || outcome->status != RowStatus::kOk) return;
  add_detail(outcome->message, detail);
  add_detail_to_rows(key, detail);
}

void TabReport::add_detail_to_rows(const std::string& key, const std::string& detail) {
  for_each_row_of(key, [&](RowReport& row) { add_detail(row.message, detail); });
}

void TabReport::fail_initiative(const std::string& key, const std::string& why) {
  RowOutcome* outcome = find_outcome(key);
  if (outcome == nullptr || outcome->status == RowStatus::kFailed) return;
  outcome->status = RowStatus::kFailed;
  outcome->message = why;
  for_each_row_of(key, [&](RowReport& row) {
    row.status = RowStatus::kFailed;
    row.message = why;
  });
}

void TabReport::mark_changed(const std::string& key, UtcTime at) {
  for_each_row_of(key, [&](RowReport& row) {
    row.changed = true;
    row.updated_at = at;
  });
}

namespace {

// The rows of keys that stand on several, from top to bottom.
std::unordered_map<std::string, std::vector<int>> rows_of_copied(const SheetTable& table,
                                                                 const KeyedRows& keyed) {
  std::unordered_map<std::string, std::vector<int>> rows;
  if (!keyed.has_copies()) return rows;
  for (const TableRow& row : table.rows()) {
    if (!row.key.empty()) rows[row.key].push_back(row.row);
  }
  std::erase_if(rows, [](const auto& entry) { return entry.second.size() == 1; });
  return rows;
}

}  // namespace

void report_selection(const SheetTable& table, const KeyedRows& keyed, const InitiativeIndex& stored,
                      const Selection& selection, TabReport& report,
                      const std::function<void(const TableRow&, const InitiativeRecord&)>& work) {
  std::unordered_map<std::string, std::vector<int>> selected_rows;
  for (const SelectedRow& row : selection.rows)
    selected_rows[row.initiative_key].push_back(row.row);
  const std::unordered_map<std::string, std::vector<int>> all_rows = rows_of_copied(table, keyed);
  for (const std::string& key : selection.keys) {
    const TableRow* own = keyed.find(key);
    if (own == nullptr) {
      const std::vector<int>& rows = selected_rows[key];
      if (is_error_text(key)) {
        report.add_outcome({key, rows.empty() ? 0 : rows.front(), RowStatus::kFailed,
                            "its key cell shows " + key + ": put its key back"});
      } else {
        report.add_outcome({key, 0, RowStatus::kFailed, "not on this tab"});
      }
      continue;
    }
    const InitiativeRecord* record = stored.find(key);
    std::vector<int>& numbers = selected_rows[key];
    const bool is_by_row = !numbers.empty();
    if (!is_by_row) numbers = found_or_empty(all_rows, key);
    std::vector<RowReport> copies;
    for (const int number : numbers) {
      const TableRow* row = row_at(table, number);
      const int original = row != nullptr && row->key == key ? keyed.original_of(*row) : 0;
      if (original == 0) continue;
      const std::string why =
          record == nullptr ? kUnknownKey : fmt::format("duplicate key, see row {}", original);
      copies.push_back({number, key, RowStatus::kFailed, why, false, std::nullopt});
    }
    // A row whose key no longer matches is looked up by key, so it stands for the initiative's own.
    if (!copies.empty() && copies.size() == numbers.size()) {
      report.add_outcome({key, copies.front().row, RowStatus::kFailed, copies.front().message});
    } else if (record == nullptr) {
      report.fail(*own, kUnknownKey);
    } else {
      work(*own, *record);
    }
    for (RowReport& copy : copies) {
      // The initiative's own outcome is that of its own row; who selected the copy as well is told of it.
      if (is_by_row && copies.size() < numbers.size())
        report.warnings.push_back(fmt::format("{}: row {}: {}", table.layout().tab, copy.row, copy.message));
      report.add_row(std::move(copy));
    }
  }
}

const TableRow* row_at(const SheetTable& table, int number) {
  const int index = number - table.layout().first_data_row;
  const bool there = index >= 0 && index < static_cast<int>(table.rows().size());
  return there ? &table.rows()[static_cast<std::size_t>(index)] : nullptr;
}

void write_provenance(const TableRow& row, const RowProvenance& provenance, TabPlan& plan) {
  write_if_different(row, fields::run_status(), provenance.status, plan);
  write_if_different(row, fields::updated_at(), provenance.updated_at, plan);
  write_if_different(row, fields::updated_source(), provenance.source, plan);
}

std::string sheet_time(UtcTime time) {
  const std::string text = to_iso8601(time);
  return text.substr(0, 19) + "Z";  // whole seconds: nobody reads the rest in a cell
}

void write_reports(TabReport& all, StatusPolicy policy, const std::string& sheet_token, TabPlan& plan) {
  if (policy == StatusPolicy::kNone) return;
  bool any = false;
  for (const RowReport& report : all.rows()) {
    const bool is_news = report.changed || report.status != RowStatus::kOk;
    if (policy == StatusPolicy::kChangedAndFailedRows && !is_news) continue;
    const TableRow* row = row_at(*plan.table, report.row);
    if (row == nullptr) continue;
    any = true;
    write_provenance(
        *row,
        {stays_as_it_is(report, *row, plan) ? std::string() : status_text(report.status, report.message),
         sheet_token, report.updated_at ? sheet_time(*report.updated_at) : std::string()},
        plan);
  }
  if (any && !plan.table->has(fields::run_status())) all.warnings.push_back(missing_status(*plan.table));
}

std::string missing_status(const SheetTable& table) {
  return fmt::format("{}: no column '{}': what happened to a row is said here alone", table.layout().tab,
                     field(fields::run_status()).on(table.tab())->header);
}

void add_detail(std::string& message, const std::string& detail) {
  if (detail.empty()) return;
  if (!message.empty()) message += kDetailSeparator;
  message += detail;
}

}  // namespace roadmap
