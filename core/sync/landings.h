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

  // A row shows a value in a column, counted as it was when the value was written. Not after of().
  void note(int column_then, int row, const std::string& value, bool held_before);
  // Whether nothing but one cell of the write can have put the value into the column: it is nothing that
  // people enter all the time, was written once, and stood in no cell that was not to be written.
  bool is_only_ours(int column, const std::string& value) const {
    return only_ours_.contains({column, value});
  }
  // Of the rows that show something of the address which is only ours, or all that was written there, the one
  // that shows most; something of it must not have been held before. 0: none, or several alike.
  int of(int address) const;

 private:
  using Place = std::pair<int, std::string>;  // a column and a value

  int find(const std::vector<Place>& cells) const;
  std::set<int> candidates(const std::vector<Place>& cells) const;

  std::set<Place> telling_;    // was written, and is nothing that people enter all the time
  std::set<Place> only_ours_;  // of these
  std::unordered_map<int, std::vector<Place>> cells_;  // by address
  std::map<Place, std::set<int>> rows_;                // that show what was written somewhere
  std::map<Place, std::set<int>> fresh_;               // of these, where it was not held before
  mutable std::map<std::vector<Place>, int> found_;    // many addresses got the same
  mutable std::unordered_map<int, int> rows_of_addresses_;
};

}  // namespace roadmap
