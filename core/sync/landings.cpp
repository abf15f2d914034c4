#include "core/sync/landings.h"

#include <set>

namespace roadmap {

Landings::Landings(const IntentTab& tab, const std::vector<WrittenCell>& written) {
  std::set<std::pair<int, std::string>> several;
  for (const WrittenCell& cell : written) {
    if (!cell.applied || cell.address == 0 || is_commonplace(cell.cell->after)) continue;
    std::pair<int, std::string> value(cell.cell->column, cell.value());
    if (!address_of_.emplace(value, cell.address).second) several.insert(std::move(value));
  }
  for (std::size_t i = 0; i < tab.written.size(); ++i) {
    for (const IntentRow& row : tab.rows)
      address_of_.erase({tab.written[i].column, comparable(row.cells[i])});
    for (const Cell& cell : tab.written[i].without_identity)
      address_of_.erase({tab.written[i].column, comparable(cell)});
  }
  for (const std::pair<int, std::string>& value : several)
    address_of_.erase(value);
}

void Landings::note(int column_then, int row, const std::string& value) {
  const auto found = address_of_.find({column_then, value});
  if (found != address_of_.end()) ++votes_[found->second][row];
}

int Landings::of(int address) const {
  const auto votes = votes_.find(address);
  if (votes == votes_.end()) return 0;
  int best = 0;
  int most = 0;
  for (const auto& [row, count] : votes->second) {
    if (count == most) best = 0;
    if (count <= most) continue;
    most = count;
    best = row;
  }
  return best;
}

}  // namespace roadmap
