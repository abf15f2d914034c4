#pragma once

#include <functional>
#include <map>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/sync/written_cell.h"

namespace roadmap {

// Which of the rows that were read each row of a tab is now: the one with its identity. Where an identity
// stands on several rows ("copies"), those go together first that show most of what they held beside the
// written columns, then of what they held there or were to get; what is alike in all of them goes by where it
// stands. Pure; keeps no reference but to `tab`.
class RowPairs {
 public:
  // What a row shows in a column, counted as it was when the tab was read; nullptr: that was not looked at.
  using Shown = std::function<const SeenCell*(int column_then, int row)>;

  // `identities` by row now, empty for none.
  RowPairs(const IntentTab& tab, const std::vector<WrittenCell>& written,
           const std::vector<std::string>& identities, const Shown& shown);

  const IntentRow* then(int row) const;  // nullptr: none
  int now(int address) const;            // of the row that was read there; 0: it is gone

 private:
  // Of the cells beside the written columns, and of these.
  using Votes = std::pair<int, int>;

  void pair(const IntentRow& then, int row);
  void pair_copies(std::vector<const IntentRow*> then, std::vector<int> now, const Shown& shown);
  Votes agreement(const IntentRow& then, int row, const Shown& shown) const;

  const IntentTab& tab_;
  std::map<std::pair<int, int>, std::string> planned_;  // by address and column
  std::unordered_map<int, const IntentRow*> then_;
  std::unordered_map<int, int> now_;
};

}  // namespace roadmap
