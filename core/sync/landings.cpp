#include "core/sync/landings.h"

#include <algorithm>

#include "core/sync/found_in.h"

namespace roadmap {

Landings::Landings(const IntentTab& tab, const std::vector<WrittenCell>& written) {
  std::set<std::pair<int, int>> planned;  // addresses and columns
  for (const WrittenCell& cell : written) {
    planned.emplace(cell.row, cell.cell->column);
    if (!cell.applied) continue;
    Place place(cell.cell->column, cell.value());
    if (!cell.is_new()) {
      rows_.try_emplace(place);
      cells_[cell.row].push_back(place);
    }
    if (is_commonplace(cell.cell->after)) continue;
    if (telling_.insert(place).second) {
      only_ours_.insert(std::move(place));
    } else {
      only_ours_.erase(place);
    }
  }
  for (std::size_t i = 0; i < tab.written.size(); ++i) {
    const int column = tab.written[i].column;
    for (const IntentRow& row : tab.rows) {
      if (!planned.contains({row.row, column})) only_ours_.erase({column, comparable(row.cells[i])});
    }
    for (const Cell& cell : tab.written[i].without_identity)
      only_ours_.erase({column, comparable(cell)});
  }
}

void Landings::note(int column_then, int row, const std::string& value, bool held_before) {
  const Place place(column_then, value);
  std::set<int>* rows = found_in(rows_, place);
  if (rows == nullptr) return;
  rows->insert(row);
  if (!held_before) fresh_[place].insert(row);
}

int Landings::of(int address) const {
  const auto [row, is_new_address] = rows_of_addresses_.try_emplace(address, 0);
  const std::vector<Place>* cells = is_new_address ? found_in(cells_, address) : nullptr;
  if (cells == nullptr) return row->second;
  const auto [known, is_new] = found_.try_emplace(*cells, 0);
  if (is_new) known->second = find(*cells);
  return row->second = known->second;
}

int Landings::find(const std::vector<Place>& cells) const {
  int best = 0;
  std::ptrdiff_t most = 0;
  for (const int row : candidates(cells)) {
    // What it held before counts as well: what landed may have been the same.
    const std::ptrdiff_t count = std::count_if(
        cells.begin(), cells.end(), [&](const Place& place) { return rows_.at(place).contains(row); });
    if (count == most) best = 0;
    if (count <= most) continue;
    most = count;
    best = row;
  }
  return best;
}

std::set<int> Landings::candidates(const std::vector<Place>& cells) const {
  std::set<int> found;
  for (const Place& place : cells) {
    const std::set<int>& fresh = found_or_empty(fresh_, place);
    if (only_ours_.contains(place)) found.insert(fresh.begin(), fresh.end());
  }
  const auto rarest = std::min_element(cells.begin(), cells.end(), [&](const Place& a, const Place& b) {
    return rows_.at(a).size() < rows_.at(b).size();
  });
  for (const int row : rows_.at(*rarest)) {
    const bool shows_all = std::all_of(cells.begin(), cells.end(),
                                       [&](const Place& place) { return rows_.at(place).contains(row); });
    const bool is_told = std::any_of(cells.begin(), cells.end(), [&](const Place& place) {
      return telling_.contains(place) && found_or_empty(fresh_, place).contains(row);
    });
    if (shows_all && is_told) found.insert(row);
  }
  return found;
}

}  // namespace roadmap
