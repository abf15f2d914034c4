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

// What is read back of a tab: the key, and what else identifies its rows.
std::vector<FieldId> checked_fields(const SheetTable& table) {
  std::vector<FieldId> ids{fields::key()};
  for (const FieldId id : identifying_fields(table.tab())) {
    if (id != fields::key() && table.has(id)) ids.push_back(id);
  }
  return ids;
}

CheckRead read_for(const SheetTable& table, const ColumnMap& columns) {
  CheckRead read{table.layout().tab, table.layout().header_row, {}};
  for (const FieldId id : checked_fields(table))
    read.columns.push_back(columns.column_of(id).value_or(table.columns().column_of(id).value_or(0)));
  return read;
}

// What a row is known by.
class RowIdentity {
 public:
  void add(const Cell& cell) {
    text_ += text_of(cell) + kEnd;
    blank_ = blank_ && is_blank(cell);
    unreadable_ = unreadable_ || is_error(cell);
  }
  const std::string& text() const { return text_; }
  bool blank() const { return blank_; }
  bool unreadable() const { return unreadable_; }

 private:
  static constexpr char kEnd = '\x1f';

  std::string text_;
  bool blank_ = true;
  bool unreadable_ = false;
};

class RepairPlanner {
 public:
  RepairPlanner(const SheetTable& table, const TabNow& now)
      : table_(table), now_(now), columns_now_(match_headers(table.tab(), now.header)) {
    for (const FieldId id : identifying_fields(table.tab())) {
      if (!table.has(id)) continue;
      identifying_.push_back(id);
      known_by_key_ = known_by_key_ || id == fields::key();
      columns_moved_ = columns_moved_ || columns_now_.column_of(id) != table.columns().column_of(id);
    }
    for (int row = table.layout().first_data_row; row <= last_row_now(); ++row) {
      const RowIdentity identity = identity_now(row);
      if (!identity.blank() && !identity.unreadable()) rows_now_[identity.text()].push_back(row);
    }
    for (const TableRow& row : table.rows())
      rows_read_[identity_read(row.row).text()].push_back(row.row);
  }

  Repair run(const std::vector<CheckedWrite>& writes) {
    for (const CheckedWrite& write : writes)
      written_[{write.row, write.column}] = write.after;
    std::optional<LookedAtRow> row;  // a row's cells stand together
    for (const CheckedWrite& write : writes) {
      if (!row || !row->is_of(write))
        row = LookedAtRow{write.row, write.origin, identity_meant(write), identity_now(write.row)};
      check(write, *row);
    }
    for (const auto& [address, cell] : right_)
      wrong_[address] = cell;
    Repair repair;
    repair.moved = std::move(moved_);
    repair.misplaced = std::move(misplaced_);
    for (const auto& [address, cell] : wrong_) {
      if (repair.rows.empty() || repair.rows.back().row != address.row)
        repair.rows.push_back({address.row, label_now(address.row), {}});
      repair.rows.back().cells.push_back({address.column, cell});
    }
    return repair;
  }

 private:
  // What is known of a row before and after the write.
  struct LookedAtRow {
    int row;
    RowOrigin origin;
    std::string meant;
    RowIdentity now;
    bool is_of(const CheckedWrite& write) const { return write.row == row && write.origin == origin; }
  };

  void check(const CheckedWrite& write, const LookedAtRow& looked_at) {
    const std::string& meant = looked_at.meant;
    const RowIdentity& now = looked_at.now;
    const auto column_now = columns_now_.column_of(write.id);
    const bool same_row = still_stands(write, meant, now);
    if (same_row && column_now == write.column) return;
    if (!same_row && now.unreadable()) return;
    const std::optional<int> row_now = same_row ? std::optional<int>(write.row) : find_row(write, meant);
    if (!row_now && now.blank()) return;
    moved_.insert(write.label);
    if (same_row && write.origin == RowOrigin::kInserted) {
      wrong_[{write.row, write.column}] = Cell{};
    } else if (const auto original = what_belongs_at(write.row, write.column)) {
      wrong_[{write.row, write.column}] = *original;
    }
    if (row_now && column_now) {
      right_[{*row_now, *column_now}] = write.after;
    } else {
      misplaced_.insert(write.label);
    }
  }

  // What the row that the write was meant for is known by: as it was read, or as this very write made it.
  std::string identity_meant(const CheckedWrite& write) const {
    if (write.origin == RowOrigin::kRead) return identity_read(write.row).text();
    RowIdentity identity;
    for (const FieldId id : identifying_) {
      const auto written = written_.find({write.row, *table_.columns().column_of(id)});
      identity.add(written == written_.end() ? Cell{} : written->second);
    }
    return identity.text();
  }

  RowIdentity identity_read(int row) const {
    RowIdentity identity;
    for (const FieldId id : identifying_)
      identity.add(table_.raw(row, *table_.columns().column_of(id)));
    return identity;
  }

  RowIdentity identity_now(int row) const {
    RowIdentity identity;
    for (const FieldId id : identifying_)
      identity.add(cell_now(id, row));
    return identity;
  }

  const Cell& cell_now(FieldId id, int row) const { return cell_at(now_.cells.at(id), row); }

  int last_row_now() const {
    std::size_t rows = 0;
    for (const FieldId id : identifying_)
      rows = std::max(rows, now_.cells.at(id).size());
    return static_cast<int>(rows);
  }

  // How a repaired row is named where Google refuses it.
  std::string label_now(int row) const {
    const FieldId id = known_by_key_ ? fields::key() : identifying_.front();
    return text_of(cell_now(id, row));
  }

  // Whether the row that the write was meant for still stands there.
  bool still_stands(const CheckedWrite& write, const std::string& meant, const RowIdentity& now) const {
    if (now.text() == meant) return true;
    if (!columns_moved_) return false;
    // What an inserted row is known by stands in columns that are others now: where they are, it is blank.
    const bool inserted = write.origin == RowOrigin::kInserted;
    return (inserted && now.blank()) || written_over(write.row);
  }

  // What the row is known by shows what this very write put there: columns moved, and it was written over.
  bool written_over(int row) const {
    return std::any_of(identifying_.begin(), identifying_.end(),
                       [&](FieldId id) { return holds_our_write(row, id); });
  }

  bool holds_our_write(int row, FieldId id) const {
    const auto column = columns_now_.column_of(id);
    if (!column) return false;
    const auto written = written_.find({row, *column});
    return written != written_.end() && text_of(written->second) == text_of(cell_now(id, row));
  }

  // Where the row stands now: the nearest row of that identity, in intake one that still waits for its key.
  std::optional<int> find_row(const CheckedWrite& write, const std::string& meant) const {
    const auto found = rows_now_.find(meant);
    if (found == rows_now_.end()) return std::nullopt;
    std::optional<int> best;
    for (const int row : found->second) {
      const bool waits = text_of(cell_now(fields::key(), row)).empty() || holds_our_write(row, fields::key());
      const bool free = known_by_key_ || waits;
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
    if (columns_moved_ && written_over(row)) return value_then(row);
    const RowIdentity identity = identity_now(row);
    if (identity.blank()) return Cell{};  // a row inserted meanwhile
    const auto read = rows_read_.find(identity.text());
    if (read == rows_read_.end()) return known_by_key_ ? std::nullopt : std::optional<Cell>(Cell{});
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
  const TabNow& now_;
  const ColumnMap columns_now_;
  std::vector<FieldId> identifying_;  // those that the tab has a column for
  bool known_by_key_ = false;
  bool columns_moved_ = false;  // one of the identifying columns stands elsewhere now
  std::unordered_map<std::string, std::vector<int>> rows_now_;
  std::unordered_map<std::string, std::vector<int>> rows_read_;
  std::map<CellAddress, Cell> written_;  // what this write put where
  std::map<CellAddress, Cell> wrong_;
  std::map<CellAddress, Cell> right_;
  std::set<std::string> moved_;
  std::set<std::string> misplaced_;
};

}  // namespace

const std::vector<FieldId>& identifying_fields(Tab tab) {
  static const std::vector<FieldId> kKey{fields::key()};
  static const std::vector<FieldId> kTitle{fields::title()};
  static const std::vector<FieldId> kParam{fields::key(), fields::param_framework(), fields::param_name()};
  if (tab == Tab::kIntake) return kTitle;
  return tab == Tab::kParams ? kParam : kKey;
}

CheckRead check_read_of(const SheetTable& table) { return read_for(table, table.columns()); }

std::optional<CheckRead> moved_check_read(const SheetTable& table, const CellRow& header_now) {
  CheckRead moved = read_for(table, match_headers(table.tab(), header_now));
  if (moved.columns == check_read_of(table).columns) return std::nullopt;
  return moved;
}

TabNow tab_now(const SheetTable& table, CheckResult read) {
  TabNow now;
  now.header = std::move(read.header);
  const std::vector<FieldId> ids = checked_fields(table);
  for (std::size_t i = 0; i < ids.size(); ++i)
    now.cells[ids[i]] = std::move(read.columns[i]);
  return now;
}

Repair plan_repair(const SheetTable& table, const std::vector<CheckedWrite>& writes, const TabNow& now) {
  return RepairPlanner(table, now).run(writes);
}

}  // namespace roadmap
