#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "core/sync/keyed_rows.h"
#include "core/sync/selection.h"
#include "core/sync/sheet_table.h"

namespace roadmap {

// The rows of a selection that are copies of another row of the same key. Points into `table`.
class SelectedCopies {
 public:
  SelectedCopies(const SheetTable& table, const KeyedRows& keyed, const std::vector<SelectedRow>& rows);

  const std::vector<const TableRow*>& of(const std::string& key) const;
  // Whether nothing but copies of that key was selected: then the key itself was not.
  bool are_all(const std::string& key) const;

 private:
  struct OfKey {
    std::vector<const TableRow*> copies;
    bool others = false;
  };
  std::unordered_map<std::string, OfKey> by_key_;
};

}  // namespace roadmap
