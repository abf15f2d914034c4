#include "core/sync/landings.h"

#include <algorithm>

namespace roadmap {

Landings::Landings(const IntentTab& tab, const std::vector<WrittenCell>& written) {
  std::set<Place> several;
  for (const WrittenCell& cell : written) {
    if (!cell.applied || cell.address == 0) continue;
    Place place(cell.cell->column, cell.value());
    rows_.try_emplace(place);
    cells_[cell.address].push_back(place);
    if (is_commonplace(cell.cell->after)) continue;
    if (!address_of_.emplace(place, cell.address).second) several.insert(std::move(place));
  }
  std::set<std::pair<int, int>> planned;  // addresses and columns
  for (const WrittenCell& cell : written)
    planned.emplace(cell.address, cell.cell->column);
  for (std::size_t i = 0; i < tab.written.size(); ++i) {
    const int column = tab.written[i].column;
    for (const IntentRow& row : tab.rows) {
      if (!planned.contains({row.row, column})) steady_.emplace(column, comparable(row.cells[i]));
    }
    for (const Cell& cell : tab.written[i].without_identity)
      steady_.emplace(column, comparable(cell));
  }
  std::erase_if(address_of_, [&](const auto& each) { return steady_.contains(each.first); });
  for (const Place& place : several)
    address_of_.erase(place);
}

void Landings::note(int column_then, int row, const std::string& value, bool held_before) {
  const Place place(column_then, value);
  const auto found = rows_.find(place);
  if (found == rows_.end()) return;
  found->second.insert(row);
  if (!held_before) fresh_[place].insert(row);
}

int Landings::of(int address) const {
  const auto found = cells_.find(address);
  if (found == cells_.end()) return 0;
  const std::vector<Place>& cells = found->second;
  std::set<int> candidates;
  for (const Place& place : cells) {
    const auto fresh = fresh_.find(place);
    if (fresh != fresh_.end()) candidates.insert(fresh->second.begin(), fresh->second.end());
  }
  int best = 0;
  std::ptrdiff_t most = 0;
  for (const int row : candidates) {
    const auto count = std::count_if(cells.begin(), cells.end(),
                                     [&](const Place& place) { return rows_.at(place).contains(row); });
    if (count == most) best = 0;
    if (count <= most) continue;
    most = count;
    best = row;
  }
  const bool is_all = cells.size() > 1 && most == std::ssize(cells);
  return best != 0 && (is_all || shows_only_here(address, best)) ? best : 0;
}

bool Landings::shows_only_here(int address, int row) const {
  const std::vector<Place>& cells = cells_.at(address);
  return std::any_of(cells.begin(), cells.end(), [&](const Place& place) {
    const auto fresh = fresh_.find(place);
    return address_of_.contains(place) && fresh != fresh_.end() && fresh->second.contains(row);
  });
}

}  // namespace roadmap
