#pragma once

#include <map>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/sync/written_cell.h"

namespace roadmap {

// In which row each written row landed, where rows have moved since: the cells of a row were written to one
// address, so that a value which nothing else can have put there tells where the others landed, too. Pure.
class Landings {
 public:
  // Cells written to an address, of `written`, are looked for.
  Landings(const IntentTab& tab, const std::vector<WrittenCell>& written);

  // A row shows a value in a column, counted as it was when the value was written.
  void note(int column_then, int row, const std::string& value);
  // The row that shows most of what was written to an address; 0: none, or several alike.
  int of(int address) const;

 private:
  std::map<std::pair<int, std::string>, int> address_of_;  // of values that nothing else put there
  std::unordered_map<int, std::map<int, int>> votes_;      // by address and row
};

}  // namespace roadmap
