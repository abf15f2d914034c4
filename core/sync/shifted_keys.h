#pragma once

#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/store/records.h"
#include "core/sync/keyed_rows.h"
#include "core/sync/sheet_table.h"

namespace roadmap {

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
