#pragma once

#include <compare>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>

#include "core/fields/registry.h"
#include "core/store/records.h"
#include "core/sync/merge_rule.h"
#include "core/sync/sheet_table.h"

namespace roadmap {

// How many cells of a row still show what was last seen for an initiative. More cells that say something are
// the better agreement: in a row that somebody has just begun, all blanks agree.
struct Agreement {
  int filled = 0;  // cells that say something
  int all = 0;     // and blank ones
  auto operator<=>(const Agreement&) const = default;
};

// Of the cells that `counts` names.
template <typename Counts>
Agreement agreement_with(const SheetTable& table, const TableRow& row, const RowBase& base, Counts counts) {
  Agreement agreement;
  for (const auto& [id, cell] : base.cells) {
    if (!counts(id)) continue;
    const FieldType type = field(id).type;
    const bool is_untouched = table.raw(row, id) == cell.sheet;  // mostly: then there is nothing to convert
    const Cell converted = is_untouched ? Cell{} : table.shown(row, id);
    const Cell& shown = is_untouched ? cell.sheet : converted;
    if (!is_untouched && !agrees_with_base(type, shown, cell)) continue;
    ++agreement.all;
    if (!says_nothing(type, shown)) ++agreement.filled;
  }
  return agreement;
}

// Of all its columns that the tab has. Tells an initiative's row from its copies.
Agreement agreement_with(const SheetTable& table, const TableRow& row, const RowBase& base);

// The rows of a tab by key. Where a key stands twice, the initiative is the row that agrees best with its
// last-seen values, the upper one in a tie; the others are copies.
class KeyedRows {
 public:
  KeyedRows(const SheetTable& table, const std::map<std::string, RowBase>& bases);

  const TableRow* find(const std::string& key) const;  // nullptr: the key is not on the tab
  // Where the initiative's own row stands, for a row that is a copy of it; nullopt for rows that are no
  // copies.
  std::optional<int> original_of(const TableRow& row) const;
  int last_row() const { return last_row_; }  // of any keyed row; 0: there is none

 private:
  std::unordered_map<std::string, const TableRow*> by_key_;
  std::unordered_map<int, int> original_of_copy_;  // row numbers
  int last_row_ = 0;
};

}  // namespace roadmap
