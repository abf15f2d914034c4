#pragma once

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "core/fields/registry.h"
#include "core/run/selection.h"
#include "core/store/store.h"
#include "core/sync/intake_plan.h"
#include "core/sync/tab_address.h"
#include "core/sync/tab_plan.h"
#include "test/fakes/cell_printing.h"

namespace roadmap::test {

// One tab as people see it: a header row, rows of cells by header. Plans are applied to it as a sheet applies
// them, so that a test can plan again on the outcome.
class TabModel {
 public:
  TabModel(Tab tab, std::string name, std::vector<std::string> headers)
      : tab_(tab), name_(std::move(name)), headers_(std::move(headers)) {}

  // Returns the row's number.
  int add(const std::vector<std::pair<std::string, Cell>>& cells) {
    rows_.emplace_back(headers_.size());
    for (const auto& [header, value] : cells)
      set(last_row(), header, value);
    return last_row();
  }
  void set(int row, const std::string& header, Cell value) {
    cells_of(row).at(column(header)) = std::move(value);
  }
  Cell at(int row, const std::string& header) const {
    const auto& cells = rows_.at(static_cast<std::size_t>(row - kFirst));
    const std::size_t index = column(header);
    return index < cells.size() ? cells[index] : Cell{};
  }
  std::string text(int row, const std::string& header) const { return to_text(at(row, header)); }
  void set_formula(int row, const std::string& header, std::string formula) {
    formulas_[{row, static_cast<int>(column(header))}] = std::move(formula);
  }
  void add_column(const std::string& header) {
    headers_.push_back(header);
    for (auto& row : rows_)
      row.resize(headers_.size());
  }
  void erase(int row) { rows_.erase(rows_.begin() + (row - kFirst)); }
  void swap_columns_from(int a, int b, std::size_t from) {  // of two rows: all cells right of a column
    for (std::size_t i = from; i < headers_.size(); ++i)
      std::swap(cells_of(a).at(i), cells_of(b).at(i));
  }
  int last_row() const { return kFirst - 1 + static_cast<int>(rows_.size()); }

  TabLayout layout() const { return {name_ + "-sheet", name_, 1, kFirst}; }
  TabAddress address() const { return address_of(layout()); }

  // Without formulas known.
  SheetTable table() const {
    TabGrid grid{name_, {}};
    CellRow header;
    for (const std::string& text : headers_)
      header.emplace_back(text);
    grid.rows.push_back(std::move(header));
    for (const auto& row : rows_)
      grid.rows.push_back(row);
    std::vector<FieldId> required = {fields::key()};
    auto made = SheetTable::make(tab_, layout(), std::move(grid), DateOrder::kDayMonthYear, required);
    return std::get<SheetTable>(std::move(made));
  }
  // With those of every column.
  SheetTable looked_at() const {
    SheetTable table = this->table();
    for (int column = 0; column < static_cast<int>(headers_.size()); ++column) {
      std::vector<SeenCell> cells = {{Cell(headers_[static_cast<std::size_t>(column)]), {}}};
      for (int row = kFirst; row <= last_row(); ++row) {
        const auto formula = formulas_.find({row, column});
        cells.push_back(
            {table.raw(row, column), formula == formulas_.end() ? std::string() : formula->second});
      }
      table.see_column(column, cells);
    }
    return table;
  }

  void apply(const TabPlan& plan) {
    for (const HeaderAdd& header : plan.headers) {
      headers_.resize(std::max(headers_.size(), static_cast<std::size_t>(header.column) + 1));
      headers_[static_cast<std::size_t>(header.column)] = header.text;
    }
    for (auto& row : rows_)
      row.resize(headers_.size());
    for (const PlannedCell& cell : plan.cells)
      cells_of(cell.row).at(static_cast<std::size_t>(cell.column)) = cell.after;
    if (!plan.insert) return;
    std::vector<CellRow> added(static_cast<std::size_t>(plan.insert->row_count()), CellRow(headers_.size()));
    for (const PlannedCell& cell : plan.insert->cells)
      added.at(static_cast<std::size_t>(cell.row - 1)).at(static_cast<std::size_t>(cell.column)) = cell.after;
    rows_.insert(rows_.begin() + (plan.insert->after_row - kFirst + 1), added.begin(), added.end());
  }

 private:
  static constexpr int kFirst = 2;
  CellRow& cells_of(int row) { return rows_.at(static_cast<std::size_t>(row - kFirst)); }
  std::size_t column(const std::string& header) const {
    const auto found = std::find(headers_.begin(), headers_.end(), header);
    if (found == headers_.end()) throw std::logic_error("no column " + header);
    return static_cast<std::size_t>(found - headers_.begin());
  }

  Tab tab_;
  std::string name_;
  std::vector<std::string> headers_;
  std::vector<CellRow> rows_;
  std::map<std::pair<int, int>, std::string> formulas_;
};

// What is stored, in memory: changes are applied as a commit applies them, and writes are settled at once.
struct StoredModel {
  std::vector<InitiativeRecord> initiatives;
  std::map<TabAddress, std::map<std::string, RowBase>> bases;
  std::vector<PendingKeyWrite> pending;
  std::set<std::int64_t> seen_numbers;
  std::int64_t next_number = 1;
  std::vector<MathModelRecord> models;
  std::vector<ParamRecord> params;
  std::vector<ScoreRecord> scores;

  void apply(const InitiativeChange& change) {
    for (InitiativeRecord& record : initiatives) {
      if (record.key != change.key) continue;
      for (const auto& [id, value] : change.values)
        record.set(id, value);
      if (change.product_org) record.product_org = *change.product_org;
      if (change.intake_tab_key) record.intake_tab_key = *change.intake_tab_key;
      if (!change.touches_values) continue;
      record.updated_at = change.updated_at;
      record.updated_source = change.updated_source;
    }
  }
  void commit(const StoreChanges& changes) {
    initiatives.insert(initiatives.end(), changes.new_initiatives.begin(), changes.new_initiatives.end());
    std::sort(initiatives.begin(), initiatives.end(),
              [](const InitiativeRecord& a, const InitiativeRecord& b) { return a.key < b.key; });
    for (const InitiativeChange& change : changes.changed_initiatives)
      apply(change);
    for (const BaseChange& change : changes.bases) {
      RowBase& base = bases[change.tab][change.key];
      base.key = change.key;
      for (const auto& [id, cell] : change.cells)
        base.cells.insert_or_assign(id, cell);
    }
    for (const PendingKeyWrite& key : changes.pending_keys)
      pending.push_back(key);
    for (const std::string& key : changes.confirmed_keys)
      std::erase_if(pending, [&](const PendingKeyWrite& write) { return write.key == key; });
    if (changes.next_key_number) next_number = std::max(next_number, *changes.next_key_number);
    seen_numbers.insert(changes.seen_key_numbers.begin(), changes.seen_key_numbers.end());
    for (const ScoreRecord& score : changes.scores) {
      std::erase_if(scores, [&](const ScoreRecord& old) {
        return old.initiative_key == score.initiative_key && old.score.framework == score.score.framework;
      });
      scores.push_back(score);
    }
    for (const MathModelChange& change : changes.math_models) {
      auto model = std::find_if(models.begin(), models.end(), [&](const MathModelRecord& each) {
        return each.initiative_key == change.initiative_key;
      });
      if (model == models.end())
        model = models.insert(models.end(), {change.initiative_key, FieldValues(Table::kMathModels), {}});
      for (const auto& [id, value] : change.values)
        model->values.set(id, value);
    }
    for (const ParamChange& change : changes.params) {
      auto param = std::find_if(params.begin(), params.end(),
                                [&](const ParamRecord& each) { return each.key == change.key; });
      if (param == params.end())
        param = params.insert(params.end(), {change.key, FieldValues(Table::kParams), {}});
      for (const auto& [id, value] : change.values)
        param->values.set(id, value);
    }
  }
  // The write of that tab is known to stand.
  void settle(const TabAddress& tab) {
    for (auto& entry : bases[tab]) {
      for (auto& [id, cell] : entry.second.cells) {
        if (cell.pending) cell = BaseCell{*cell.pending, *cell.pending, std::nullopt};
      }
    }
  }

  InitiativeRecord& record(const std::string& key) {
    const auto found = std::find_if(initiatives.begin(), initiatives.end(),
                                    [&](const InitiativeRecord& each) { return each.key == key; });
    if (found == initiatives.end()) throw std::logic_error(key + " is not stored");
    return *found;
  }
  Cell value(const std::string& key, const char* name) {
    return record(key).value(field_id(Table::kInitiatives, name));
  }
  void set(const std::string& key, const char* name, Cell cell) {
    record(key).set(field_id(Table::kInitiatives, name), std::move(cell));
  }
  void add(const std::string& key, const std::string& title) {
    InitiativeRecord record = make_initiative(key);
    record.set(fields::title(), Cell(title));
    record.set(fields::status(), Cell("new"));
    initiatives.push_back(std::move(record));
  }
};

inline Selection select(const std::vector<std::string>& keys) {
  Scope scope;
  scope.initiative_keys = keys;
  return select_keys(scope);
}

inline UtcTime noon() { return from_iso8601("2026-01-02T12:00:00Z"); }

}  // namespace roadmap::test
