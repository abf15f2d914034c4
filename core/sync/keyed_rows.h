#pragma once

#include <compare>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/fields/registry.h"
#include "core/store/records.h"
#include "core/sync/found_in.h"
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

  // nullptr: the key is not on the tab.
  const TableRow* find(const std::string& key) const { return found_or_empty(by_key_, key); }
  // Where the initiative's own row stands, for a row that is a copy of it; 0 for rows that are no copies.
  int original_of(const TableRow& row) const { return found_or_empty(original_of_copy_, row.row); }
  bool has_copies() const { return !original_of_copy_.empty(); }

 private:
  std::unordered_map<std::string, const TableRow*> by_key_;
  std::unordered_map<int, int> original_of_copy_;  // row numbers
};

// Tells inputs that stand beside the wrong key: keys that come from a formula can shift against inputs typed
// beside them (sync.md, "Identity"). Refers to the table and the bases, which must outlive it.
class ShiftedKeys {
 public:
  ShiftedKeys(const SheetTable& table, const KeyedRows& keyed, const std::map<std::string, RowBase>& bases);

  // Why nothing of the row may be saved or scored, as its Status says it; nullopt where its inputs are its
  // own.
  // - "these inputs belong to INIT-000007": the row shows what was last seen beside that key.
  // - "the inputs of INIT-000002 stand in row 3": they are found there, and little of them here. A row is
  //   refused together with the one that its inputs went to, so that a second click says the same.
  std::optional<std::string> refusal(const TableRow& row) const;

 private:
  struct Displaced {
    const RowBase* base = nullptr;
    int filled_in_own_row = 0;  // of what was last seen beside the key, in the row that has it now
    Agreement seen{};           // what a row would agree in that shows all of it
  };
  std::optional<Agreement> known_agreement(const TableRow& row) const;  // with its own key's last-seen values
  Agreement agreement(const TableRow& row, const RowBase& base) const;  // of cells that people type
  void find_displaced(const KeyedRows& keyed);

  // The initiative whose last-seen inputs the row shows: its cells agree with more of them than with those of
  // its own key, at least one filled one, and with more than the row does that has the other key now. (Where
  // that row shows as much of them, two initiatives simply have like inputs.) Of several the best; nullptr:
  // none.
  const RowBase* find_owner(const TableRow& row) const;
  std::vector<std::size_t> candidates(const TableRow& row) const;  // in displaced_; all that may be its owner
  std::optional<std::string> loss_of_inputs(const TableRow& row, Agreement own) const;
  const TableRow* holder_of(const RowBase& base, int filled_in_own_row) const;

  const SheetTable& table_;
  const std::map<std::string, RowBase>& bases_;
  std::vector<Displaced> displaced_;  // keys whose row does not show all that was last seen
  std::unordered_map<std::string, std::vector<std::size_t>> displaced_at_;    // by a cell that was seen
  std::unordered_map<int, const RowBase*> owners_;                            // by row; those that have one
  std::unordered_map<const RowBase*, std::vector<const TableRow*>> rows_of_;  // the other way, top to bottom
};

}  // namespace roadmap
