#include "core/sync/written_column.h"

#include <algorithm>

namespace roadmap {
namespace {

constexpr std::size_t kMaxVanished = 4;

}  // namespace

WrittenColumn::WrittenColumn(const IntentTab& tab, std::size_t index, WrittenIndex::Cells cells,
                             const std::vector<SeenCell>& shown, const RowPairs& rows)
    : tab_(tab), index_(index), cells_(std::move(cells)), shown_(shown), rows_(rows) {
  for (const WrittenCell* cell : cells_)
    planned_.emplace(cell->identity, cell);
}

const std::map<std::string, WrittenColumn::Nameless>& WrittenColumn::nameless() const {
  if (nameless_) return *nameless_;
  std::map<std::string, Nameless>& by_value = nameless_.emplace();
  for (const Cell& cell : column().without_identity) {
    Nameless& of_value = by_value[comparable(cell)];
    of_value.cell = &cell;
    ++of_value.held;
  }
  for (const WrittenCell* cell : cells_) {
    if (cell->identity.empty() && !cell->is_new()) ++by_value[comparable(cell->cell->before)].written;
  }
  for (int row = tab_.first_data_row; row <= rows_.last_row(); ++row) {
    if (rows_.identity(row).empty()) by_value[comparable(shown(row))].shown.push_back(row);
  }
  return by_value;
}

WrittenColumn::ByValue WrittenColumn::applied() const {
  ByValue applied;
  for (const WrittenCell* cell : cells_) {
    if (cell->applied) applied[cell->value()].push_back(cell);
  }
  return applied;
}

std::vector<SeenCell> WrittenColumn::expected_in(int row) const {
  std::vector<SeenCell> expected;
  if (rows_.identity(row).empty()) return expected;
  const auto [first, last] = planned_.equal_range(rows_.identity(row));
  for (const IntentRow* then : rows_.any_of_then(row)) {
    const auto planned =
        std::find_if(first, last, [&](const auto& entry) { return entry.second->row == then->row; });
    expected.push_back(planned != last ? planned->second->planned() : held_in(*then));
  }
  if (rows_.then(row) != nullptr) return expected;
  for (auto planned = first; planned != last; ++planned) {
    if (planned->second->is_new()) expected.push_back(planned->second->planned());
  }
  return expected;
}

SeenCell WrittenColumn::held_in(const IntentRow& then) const {
  const int now = rows_.now(then.row);
  return now == 0 ? then.cells[index_] : cell_in_row(then.cells[index_], then.row, now);
}

bool WrittenColumn::held_before(int row, const std::string& value) const {
  const auto then = rows_.any_of_then(row);
  return std::any_of(then.begin(), then.end(),
                     [&](const IntentRow* each) { return comparable(each->cells[index_]) == value; });
}

bool WrittenColumn::is_planned(int row) const {
  return !rows_.identity(row).empty() && planned_.contains(rows_.identity(row));
}

SeenCell WrittenColumn::before_of(const WrittenCell& written) const {
  const IntentRow* then = rows_.then(own_row(written));
  return then == nullptr ? SeenCell{} : held_in(*then);
}

int WrittenColumn::own_row(const WrittenCell& written) const {
  return written.identity.empty() ? 0 : rows_.now(written.row);
}

bool WrittenColumn::stands(const WrittenCell& written) const {
  if (written.identity.empty()) return was_changed(written);
  if (written.is_new()) {
    const std::vector<int>& rows = rows_.rows_with(written.identity);
    return std::any_of(rows.begin(), rows.end(), [&](int row) { return shows(row, written.value()); });
  }
  const int row = own_row(written);
  return written.cell->is_formula ? row > 0 && shown(row).is_formula() : shows(row, written.value());
}

// Whether no more rows without an identity show what the cell held before than were left with it.
bool WrittenColumn::was_changed(const WrittenCell& written) const {
  if (is_blank(written.cell->before)) return true;
  const Nameless& rows = nameless_with(comparable(written.cell->before));
  return std::ssize(rows.shown) <= std::max(rows.held - rows.written, 0);
}

bool WrittenColumn::is_written_to_nameless(int row, const std::string& value) const {
  const auto [first, last] = planned_.equal_range({});
  return std::any_of(first, last, [&](const auto& entry) {
    return entry.second->row == row && entry.second->value() == value && stands(*entry.second);
  });
}

bool WrittenColumn::is_as_before(const std::string& value) const {
  const Nameless& rows = nameless_with(value);
  return std::ssize(rows.shown) <= rows.held;
}

bool WrittenColumn::nameless_held_nothing(const ByValue& written) const {
  return std::all_of(nameless().begin(), nameless().end(), [&](const auto& entry) {
    const auto& [value, rows] = entry;
    const int left = rows.held - rows.written;
    return left <= 0 || (left <= std::ssize(rows.shown) && !written.contains(value));
  });
}

std::vector<SeenCell> WrittenColumn::vanished() const {
  std::vector<SeenCell> gone;
  for (const auto& [value, rows] : nameless()) {
    if (rows.held - rows.written > std::ssize(rows.shown) && gone.size() < kMaxVanished)
      gone.push_back({*rows.cell, {}});
  }
  return gone;
}

bool WrittenColumn::may_clear_unseen() const {
  if (!nameless_with(comparable(SeenCell{})).shown.empty()) return true;
  for (int row = tab_.first_data_row; row <= rows_.last_row(); ++row) {
    if (!rows_.identity(row).empty() && rows_.then(row) == nullptr) return true;
  }
  return std::any_of(tab_.rows.begin(), tab_.rows.end(), [&](const IntentRow& row) {
    const SeenCell& held = row.cells[index_];
    return rows_.now(row.row) == 0 || (is_blank(held.shown) && !held.is_formula());
  });
}

}  // namespace roadmap
