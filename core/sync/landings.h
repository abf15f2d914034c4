#pragma once

#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/sync/written_cell.h"

namespace roadmap {

// In which row each written row landed, where rows have moved since: the cells of a row were written to one
// address, and stand in one row. Pure.
class Landings {
 public:
  // Cells written to an address, of `written`, are looked for.
  Landings(const IntentTab& tab, const std::vector<WrittenCell>& written);

  // A row shows a value in a column, counted as it was when the value was written.
  void note(int column_then, int row, const std::string& value, bool held_before);
  // Whether the value stood in cells of the column that were not to be written: people type it, too.
  bool stood_elsewhere(int column, const std::string& value) const {
    return steady_.contains({column, value});
  }
  // The one row that shows most of what was written to the address, not all of it held before: something that
  // nothing else can have put there, or all there is. 0: not known.
  int of(int address) const;

 private:
  using Place = std::pair<int, std::string>;  // a column and a value

  // Whether a row shows one of these that were written to that address, and did not hold it before.
  bool shows_some(int address, int row, const std::set<Place>& of) const;

  std::set<Place> steady_;     // stood in cells that were not to be written
  std::set<Place> telling_;    // was written, and is not commonplace
  std::set<Place> only_here_;  // of these, was written to one address, and nothing else put it there
  std::unordered_map<int, std::vector<Place>> cells_;  // by address
  std::map<Place, std::set<int>> rows_;                // that show what was written somewhere
  std::map<Place, std::set<int>> fresh_;               // of these, where it was not held before
};

}  // namespace roadmap
