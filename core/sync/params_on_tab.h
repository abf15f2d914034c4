#pragma once

#include <map>
#include <set>
#include <string>
#include <utility>

#include "core/sync/sheet_table.h"

namespace roadmap {

// Which parameters of math models stand on a Params tab.
class ParamsOnTab {
 public:
  explicit ParamsOnTab(const SheetTable& params);

  // A row whose framework cannot be read counts as one: better a parameter too few than one twice.
  bool has(const std::string& key, const std::string& name) const { return names_.contains({key, name}); }
  // The row of that name whose key shows an error or Loading...: whose it is cannot be known. 0: none.
  int row_of_unknown_owner(const std::string& name) const;
  // Of any row with a key; where there is none, the row above the first data row.
  int last_row() const { return last_row_; }

 private:
  std::set<std::pair<std::string, std::string>> names_;  // key and name
  std::map<std::string, int> unknown_owner_;
  int last_row_;
};

}  // namespace roadmap
