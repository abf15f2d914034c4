#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/store/records.h"
#include "core/sync/keyed_rows.h"
#include "core/sync/sheet_table.h"

namespace roadmap {

// Tells inputs that stand beside the wrong key: keys that come from a formula can shift against inputs typed
// beside them (sync.md, "Identity"). Refers to its arguments, which must outlive it. One thread.
class ShiftedKeys {
 public:
  ShiftedKeys(const SheetTable& table, const KeyedRows& keyed, const std::map<std::string, RowBase>& bases);

  // The initiative whose last-seen inputs the row shows: its cells agree with more of them than with those of
  // its own key, at least one filled one, and with more than the row does that has the other key now. (Where
  // that row shows as much of them, two initiatives simply have like inputs.) Of several the best.
  std::optional<std::string> owner_of_inputs(const TableRow& row);

 private:
  struct Agreement {
    int all = 0;     // cells that show what was last seen, blank ones too
    int filled = 0;  // those that say something
  };
  struct Displaced {
    const RowBase* base = nullptr;
    Agreement own_row;  // of the row that has the key now
  };
  Agreement agreement(const TableRow& row, const RowBase& base) const;
  void find_displaced();

  const SheetTable& table_;
  const KeyedRows& keyed_;
  const std::map<std::string, RowBase>& bases_;
  std::optional<std::vector<Displaced>> displaced_;  // keys whose row does not show all that was last seen
};

}  // namespace roadmap
