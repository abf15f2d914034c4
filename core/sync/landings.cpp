#include "core/sync/landings.h"

#include <algorithm>
#include <iterator>

namespace roadmap {

Landings::Landings(const IntentTab& tab, const std::vector<WrittenCell>& written) {
  std::set<Place> several;
  for (const WrittenCell& cell : written) {
    if (!cell.applied || cell.address == 0) continue;
    Place place(cell.cell->column, cell.value());
    rows_.try_emplace(place);
    cells_[cell.address].push_back(place);
    if (is_commonplace(cell.cell->after)) continue;
    if (!telling_.insert(place).second) several.insert(std::move(place));
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
  std::set_difference(telling_.begin(), telling_.end(), several.begin(), several.end(),
                      std::inserter(only_here_, only_here_.end()));
  std::erase_if(only_here_, [&](const Place& place) { return steady_.contains(place); });
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
  std::pair<std::ptrdiff_t, std::ptrdiff_t>
      most;  // cells that it shows, and of these what it did not hold before
  for (const int row : candidates) {
    const auto in = [&](const std::map<Place, std::set<int>>& rows) {
      return std::count_if(cells.begin(), cells.end(), [&](const Place& place) {
        const auto showing = rows.find(place);
        return showing != rows.end() && showing->second.contains(row);
      });
    };
    const std::pair count(in(rows_), in(fresh_));
    if (count == most) best = 0;
    if (count <= most) continue;
    most = count;
    best = row;
  }
  const bool is_all = most.first == std::ssize(cells);
  return best != 0 && shows_some(address, best, is_all ? telling_ : only_here_) ? best : 0;
}

bool Landings::shows_some(int address, int row, const std::set<Place>& of) const {
  const std::vector<Place>& cells = cells_.at(address);
  return std::any_of(cells.begin(), cells.end(), [&](const Place& place) {
    const auto fresh = fresh_.find(place);
    return of.contains(place) && fresh != fresh_.end() && fresh->second.contains(row);
  });
}

}  // namespace roadmap
