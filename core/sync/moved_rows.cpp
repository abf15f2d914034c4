#include "core/sync/moved_rows.h"

#include <algorithm>

#include "core/sync/found_in.h"
#include "core/sync/row_pairs.h"

namespace roadmap {
namespace {

constexpr std::size_t kMaxLost = 64;     // rows that a row which nobody knows is held against
constexpr std::size_t kMaxHolders = 32;  // what more rows held tells none of them from the others

// Every filled cell that a row held.
template <typename Use>
void for_each_cell_held(const IntentTab& tab, const IntentRow& then, const Use& use) {
  const std::string blank = comparable(Cell{});
  const auto give = [&](int column, const std::string& value) {
    if (value != blank) use(column, value);
  };
  for (std::size_t i = 0; i < tab.written.size(); ++i)
    give(tab.written[i].column, comparable(then.cells[i]));
  const std::vector<Cell> bystanders = unpacked_cells(then.bystanders);
  for (std::size_t i = 0; i < std::min(bystanders.size(), tab.bystanders.size()); ++i)
    give(tab.bystanders[i].column, comparable(bystanders[i]));
}

}  // namespace

MovedRows::MovedRows(const IntentTab& tab, const MovedTab& moved, const std::vector<WrittenCell>& written,
                     const WrittenIndex& index)
    : tab_(tab),
      moved_(moved),
      index_(index),
      first_(tab.first_data_row + moved.looked_at.header_row - tab.header_row),
      identities_(identities_in(tab, moved.picture, first_)),
      then_(identities_.size()) {
  for (int row = first_; row <= last(); ++row) {
    if (is_overwritten(row)) identities_[static_cast<std::size_t>(row)].clear();
  }
  SeenColumns columns;
  const std::size_t looked_at = moved.picture.columns.size() - moved.then.size();
  for (std::size_t i = 0; i < moved.then.size(); ++i)
    columns.emplace(moved.then[i], &moved.picture.columns[looked_at + i]);
  columns.erase(-1);
  const RowPairs pairs(tab, index, identities_, columns);
  identities_ = pairs.identities();
  note_new_rows(written);
  std::unordered_map<std::string, const IntentRow*> added;
  for (const IntentRow& row : new_rows_) {
    if (!row.identity.empty()) added.emplace(row.identity, &row);
  }
  std::vector<int> strangers;
  for (int row = first_; row <= last(); ++row) {
    const IntentRow* fresh = found_or_empty(added, identities_[static_cast<std::size_t>(row)]);
    if (const IntentRow* then = pairs.then(row)) {
      know(row, *then);
    } else if (fresh != nullptr && now(fresh->row) == 0) {
      know(row, *fresh);
    } else if (!shows_error_of_key(row)) {
      strangers.push_back(row);
    }
  }
  for (const IntentRow& row : tab.rows) {
    if (now(row.row) == 0) lost_.push_back(&row);
  }
  find_by_content(strangers);
}

void MovedRows::note_new_rows(const std::vector<WrittenCell>& written) {
  for (const WrittenCell& cell : written) {
    const bool is_known = !new_rows_.empty() && new_rows_.back().row == cell.row;
    if (cell.is_new() && !is_known)
      new_rows_.push_back({cell.row, cell.identity, std::vector<SeenCell>(tab_.written.size())});
  }
}

// Whether what a row is known by is a value that landed there: it says nothing of which row that is. A key
// that was put back may have landed on another row, and moved on with it.
bool MovedRows::is_overwritten(int row) const {
  for (std::size_t i = 0; i < tab_.identity.size(); ++i) {
    if (has_landed(row, moved_.looked_at.columns[i])) return true;
  }
  if (tab_.tab == Tab::kIntake) return false;
  const std::string key = comparable(cell_of(moved_.picture.columns.front(), row));
  const WrittenIndex::Cells& keys = index_.with(tab_.identity.front().column, key);
  return std::any_of(keys.begin(), keys.end(), [](const WrittenCell* cell) { return !cell->is_new(); });
}

bool MovedRows::shows_error_of_key(int row) const {
  return tab_.tab != Tab::kIntake && shows_error(moved_.picture, row);
}

bool MovedRows::are_hidden_by_errors(const std::vector<WrittenCell>& written) const {
  const bool all_found = std::all_of(written.begin(), written.end(), [&](const WrittenCell& cell) {
    return cell.is_new() || cell.identity.empty() || now(cell.row) != 0;
  });
  for (int row = first_; row <= last() && !all_found; ++row) {
    if (shows_error_of_key(row)) return true;
  }
  return false;
}

void MovedRows::find_by_content(const std::vector<int>& strangers) {
  const Holders by_cell = holders();
  std::vector<Holder> known;
  for (const int row : strangers) {
    const Holder holder = best_holder(by_cell, row);
    if (holder.then != nullptr) known.push_back(holder);
  }
  // Whoever shows most of a row is that row: others may be copies without a key.
  std::stable_sort(known.begin(), known.end(),
                   [](const Holder& a, const Holder& b) { return a.votes > b.votes; });
  for (const Holder& holder : known) {
    if (now(holder.then->row) == 0) know(holder.row, *holder.then);
  }
  for (const int row : strangers) {
    if (!identities_[static_cast<std::size_t>(row)].empty()) continue;
    if (const IntentRow* then = standing_as_written(row)) know(row, *then);
  }
}

// Rows that no row now is, by column now and value.
MovedRows::Holders MovedRows::holders() const {
  Holders holders;
  for (const IntentRow* row : lost_) {
    for_each_cell_held(tab_, *row, [&](int column_then, const std::string& value) {
      if (const auto column = moved_.now_of(column_then)) holders[{*column, value}].push_back(row);
    });
  }
  // The cells of new rows landed where they were written.
  for (const IntentRow& row : new_rows_) {
    if (now(row.row) != 0) continue;
    for (const WrittenCell* cell : index_.in_row(row.row)) {
      if (!is_blank(cell->cell->after)) holders[{cell->cell->column, cell->value()}].push_back(&row);
    }
  }
  return holders;
}

// Of whom the row shows most, and at least half of what it shows; nullptr: nobody, or several alike.
MovedRows::Holder MovedRows::best_holder(const Holders& holders, int row) const {
  std::map<const IntentRow*, int> votes;
  int asked = 0;
  for (int column = 0; column < static_cast<int>(moved_.then.size()); ++column) {
    const SeenCell& cell = moved_.shown(row, column);
    if ((is_blank(cell.shown) && !cell.is_formula()) || has_landed(row, column)) continue;
    ++asked;
    const auto* held = found_in(holders, {column, comparable(cell)});
    // Of a column that was not to be written only values are known.
    if (held == nullptr && cell.is_formula()) held = found_in(holders, {column, comparable(cell.shown)});
    if (held == nullptr || held->size() > kMaxHolders) continue;
    for (const IntentRow* then : *held)
      ++votes[then];
  }
  Holder best{row, 0, nullptr};
  for (const auto& [then, count] : votes) {
    if (count == best.votes) best.then = nullptr;
    if (count > best.votes) best = {row, count, then};
  }
  return 2 * best.votes < asked ? Holder{} : best;
}

// Of what puts right: the row that was read there, where nothing that it held says no. It shows nothing but
// what was written.
const IntentRow* MovedRows::standing_as_written(int row) const {
  const auto found = std::find_if(lost_.begin(), lost_.end(), [&](const IntentRow* then) {
    return tab_.puts_right && then->row == row && is_like(*then, row);
  });
  return found == lost_.end() ? nullptr : *found;
}

bool MovedRows::may_be_lost(int row) const {
  if (then(row) != nullptr) return false;
  return lost_.size() > kMaxLost ||
         std::any_of(lost_.begin(), lost_.end(), [&](const IntentRow* then) { return is_like(*then, row); });
}

bool MovedRows::is_like(const IntentRow& then, int row) const {
  bool is_like_it = true;
  for_each_cell_held(tab_, then, [&](int column_then, const std::string& value) {
    const auto column = moved_.now_of(column_then);
    if (!column || !is_like_it) return;
    const SeenCell& cell = moved_.shown(row, *column);
    const bool shows_it = comparable(cell) == value || (cell.is_formula() && comparable(cell.shown) == value);
    is_like_it = shows_it || !index_.with(*column, comparable(cell)).empty();
  });
  return is_like_it;
}

void MovedRows::know(int row, const IntentRow& then) {
  then_[static_cast<std::size_t>(row)] = &then;
  identities_[static_cast<std::size_t>(row)] = then.identity;
  now_.emplace(then.row, row);
  std::erase(lost_, &then);
}

}  // namespace roadmap
