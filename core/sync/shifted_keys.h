#pragma once

#include <map>
#include <optional>
#include <string>
#include <unordered_map>

#include "core/store/records.h"
#include "core/sync/keyed_rows.h"
#include "core/sync/sheet_table.h"

namespace roadmap {

// Tells inputs that stand beside the wrong key: keys that come from a formula can shift against inputs typed
// beside them (sync.md, "Identity"). Refers to its arguments, which must outlive it.
class ShiftedKeys {
 public:
  ShiftedKeys(const SheetTable& table, const KeyedRows& keyed, const std::map<std::string, RowBase>& bases);

  // The initiative whose last-seen inputs stand in this row, when the row differs from those of its own key,
  // equals those of the key last seen in this row, and that key's row does not show them any more.
  std::optional<std::string> owner_of_inputs(const TableRow& row) const;

 private:
  bool shows_inputs_of(const TableRow& row,
                       const RowBase& base) const;  // all of them, at least one not blank

  const SheetTable& table_;
  const KeyedRows& keyed_;
  const std::map<std::string, RowBase>& bases_;
  std::unordered_map<int, const RowBase*> last_seen_in_row_;
};

}  // namespace roadmap
