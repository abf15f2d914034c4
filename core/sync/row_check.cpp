#include "core/sync/row_check.h"

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <unordered_map>

#include "core/fields/header_match.h"
#include "core/fields/registry.h"

namespace roadmap {
namespace {

std::string text_of(const Cell& cell) { return std::string(trim(to_text(cell))); }

const Cell& cell_at(const std::vector<Cell>& cells, int row) {
  static const Cell kEmpty{};
  const auto index = static_cast<std::size_t>(row - 1);
  return index < cells.size() ? cells[index] : kEmpty;
}

CheckRead read_for(const SheetTable& table, FieldId identifying, const ColumnMap& columns) {
  CheckRead read{table.layout().tab, table.layout().header_row, {}};
  for (const FieldId id : {fields::key(), identifying}) {
    const int column = columns.column_of(id).value_or(table.columns().column_of(id).value_or(0));
    if (read.columns.empty() || read.columns.front() != column) read.columns.push_back(column);
  }
  return read;
}

class RepairPlanner {
 public:
  RepairPlanner(const SheetTable& table, FieldId identifying, const TabNow& now)
      : table_(table),
        identifying_(identifying),
        now_(now),
        columns_now_(match_headers(table.tab(), now.header)) {
    for (int row = table.layout().first_data_row; row <= static_cast<int>(now.identities.size()); ++row) {
      const Cell& identity = cell_at(now.identities, row);
      if (!is_blank(identity) && !is_error(identity)) rows_now_[text_of(identity)].push_back(row);
    }
    for (const TableRow& row : table.rows())
      rows_read_[text_of(table.raw(row, identifying))].push_back(row.row);
  }

  Repair run(const std::vector<CheckedWrite>& writes) {
    for (const CheckedWrite& write : writes)
      written_[{write.row, write.column}] = text_of(write.after);
    for (const CheckedWrite& write : writes)
      check(write);
    for (const auto& [address, cell] : right_)
      wrong_[address] = cell;
    Repair repair;
    repair.moved = std::move(moved_);
    repair.misplaced = std::move(misplaced_);
    for (const auto& [address, cell] : wrong_) {
      if (repair.rows.empty() || repair.rows.back().row != address.row) {
        repair.rows.push_back({address.row, text_of(cell_at(now_.identities, address.row)), {}});
      }
      repair.rows.back().cells.push_back({address.column, cell});
    }
    return repair;
  }

 private:
  void check(const CheckedWrite& write) {
    const Cell& identity_now = cell_at(now_.identities, write.row);
    const auto column_now = columns_now_.column_of(write.id);
    const bool same_row = still_stands(write, identity_now);
    if (same_row && column_now == write.column) return;
    if (!same_row && is_error(identity_now)) return;
    const std::optional<int> row_now = same_row ? std::optional<int>(write.row) : find_row(write);
    if (!row_now && is_blank(identity_now)) return;
    moved_.insert(write.identity);
    if (same_row && write.origin == RowOrigin::kInserted) {
      wrong_[{write.row, write.column}] = Cell{};
    } else if (const auto original = what_belongs_at(write.row, write.column)) {
      wrong_[{write.row, write.column}] = *original;
    }
    if (row_now && column_now) {
      right_[{*row_now, *column_now}] = write.after;
    } else {
      misplaced_.insert(write.identity);
    }
  }

  // Whether the row that the write was meant for still stands there.
  bool still_stands(const CheckedWrite& write, const Cell& identity_now) const {
    if (text_of(identity_now) == write.identity) return true;
    if (!identifying_column_moved()) return false;
    // The key of an inserted row stands in the column that was the key's: where it is now, the row is blank.
    const bool inserted = write.origin == RowOrigin::kInserted;
    return (inserted && is_blank(identity_now)) || holds_our_write(write.row, identifying_column_now());
  }

  std::optional<int> identifying_column_now() const { return columns_now_.column_of(identifying_); }
  bool identifying_column_moved() const {
    return identifying_column_now() != table_.columns().column_of(identifying_);
  }

  // The cell shows what this very write put there: what it is known by was written over.
  bool holds_our_write(int row, std::optional<int> column) const {
    if (!column) return false;
    const auto written = written_.find({row, *column});
    const bool is_identity = column == identifying_column_now();
    const Cell& shown = cell_at(is_identity ? now_.identities : now_.keys, row);
    return written != written_.end() && written->second == text_of(shown);
  }

  // Where the row stands now: the nearest row of that identity, in intake one that still waits for its key.
  std::optional<int> find_row(const CheckedWrite& write) const {
    const auto found = rows_now_.find(write.identity);
    if (found == rows_now_.end()) return std::nullopt;
    std::optional<int> best;
    for (const int row : found->second) {
      const std::string key = text_of(cell_at(now_.keys, row));
      const bool ours = holds_our_write(row, columns_now_.column_of(fields::key()));
      const bool free = identifying_ == fields::key() || key.empty() || ours;
      const bool claimed = write.id == fields::key() && right_.contains({row, write.column});
      if (!free || claimed) continue;
      if (!best || std::abs(row - write.row) < std::abs(*best - write.row)) best = row;
    }
    return best;
  }

  // What had been read for the row and column that stand at this address now; nullopt where the row is
  // unknown.
  std::optional<Cell> what_belongs_at(int row, int column) const {
    const auto column_then = original_column(column);
    const auto value_then = [&](int row_then) {
      return column_then ? table_.raw(row_then, *column_then) : Cell{};
    };
    if (identifying_column_moved() && holds_our_write(row, identifying_column_now())) return value_then(row);
    const Cell& identity = cell_at(now_.identities, row);
    if (is_blank(identity)) return Cell{};  // a row inserted meanwhile
    const auto read = rows_read_.find(text_of(identity));
    if (read == rows_read_.end())
      return identifying_ == fields::key() ? std::nullopt : std::optional<Cell>(Cell{});
    const auto nearest = std::min_element(read->second.begin(), read->second.end(), [&](int a, int b) {
      return std::abs(a - row) < std::abs(b - row);
    });
    return value_then(*nearest);
  }

  // Where the column that stands there now stood when the tab was read; nullopt for a column inserted
  // meanwhile.
  std::optional<int> original_column(int column) const {
    const auto index = static_cast<std::size_t>(column);
    const std::string header =
        index < now_.header.size() ? normalise_header(to_text(now_.header[index])) : "";
    const CellRow& then = table_.header();
    const bool unmoved =
        index < then.size() ? normalise_header(to_text(then[index])) == header : header.empty();
    if (unmoved) return column;
    if (header.empty()) return std::nullopt;
    for (std::size_t i = 0; i < then.size(); ++i) {
      if (normalise_header(to_text(then[i])) == header) return static_cast<int>(i);
    }
    return std::nullopt;
  }

  const SheetTable& table_;
  const FieldId identifying_;
  const TabNow& now_;
  const ColumnMap columns_now_;
  std::unordered_map<std::string, std::vector<int>> rows_now_;
  std::unordered_map<std::string, std::vector<int>> rows_read_;
  std::map<CellAddress, std::string> written_;  // what this write put where
  std::map<CellAddress, Cell> wrong_;
  std::map<CellAddress, Cell> right_;
  std::set<std::string> moved_;
  std::set<std::string> misplaced_;
};

}  // namespace

CheckRead check_read_of(const SheetTable& table, FieldId identifying) {
  return read_for(table, identifying, table.columns());
}

std::optional<CheckRead> moved_check_read(const SheetTable& table, FieldId identifying,
                                          const CellRow& header_now) {
  CheckRead moved = read_for(table, identifying, match_headers(table.tab(), header_now));
  if (moved.columns == check_read_of(table, identifying).columns) return std::nullopt;
  return moved;
}

TabNow tab_now(CheckResult read) {
  TabNow now;
  now.header = std::move(read.header);
  now.identities = read.columns.back();
  now.keys = std::move(read.columns.front());
  return now;
}

Repair plan_repair(const SheetTable& table, FieldId identifying, const std::vector<CheckedWrite>& writes,
                   const TabNow& now) {
  return RepairPlanner(table, identifying, now).run(writes);
}

}  // namespace roadmap
