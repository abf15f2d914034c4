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
// beside them (sync.md, "Identity"). Refers to its arguments, which must outlive it. One thread.
class ShiftedKeys {
 public:
  ShiftedKeys(const SheetTable& table, const KeyedRows& keyed, const std::map<std::string, RowBase>& bases);

  // Why nothing of the row may be saved or scored, as its Status says it; nullopt where its inputs are its
  // own.
  // - "these inputs belong to INIT-000007": the row shows what was last seen beside that key.
  // - "the inputs of INIT-000002 stand in row 3": they are found there, and little of them here. A row is
  //   refused together with the one that its inputs went to, so that a second click says the same.
  std::optional<std::string> refusal(const TableRow& row);

 private:
  struct Displaced {
    const RowBase* base = nullptr;
    int filled_in_own_row = 0;  // of what was last seen beside the key, in the row that has it now
    Agreement seen{};           // what a row would agree in that shows all of it
  };
  std::optional<Agreement> known_agreement(const TableRow& row) const;  // with its own key's last-seen values
  Agreement agreement(const TableRow& row, const RowBase& base) const;  // of cells that people type
  const std::vector<Displaced>& displaced();

  // The initiative whose last-seen inputs the row shows: its cells agree with more of them than with those of
  // its own key, at least one filled one, and with more than the row does that has the other key now. (Where
  // that row shows as much of them, two initiatives simply have like inputs.) Of several the best; nullptr:
  // none.
  const RowBase* owner_of_inputs(const TableRow& row);
  const RowBase* find_owner(const TableRow& row);
  std::vector<std::size_t> candidates(const TableRow& row);  // in displaced(); all that may be its owner
  const std::unordered_map<int, const RowBase*>& owners();
  std::optional<std::string> loss_of_inputs(const TableRow& row, Agreement own);
  const TableRow* holder_of(const RowBase& base, int filled_in_own_row);

  const SheetTable& table_;
  const KeyedRows& keyed_;
  const std::map<std::string, RowBase>& bases_;
  std::optional<std::vector<Displaced>> displaced_;  // keys whose row does not show all that was last seen
  std::unordered_map<std::string, std::vector<std::size_t>> displaced_at_;    // by a cell that was seen
  std::optional<std::unordered_map<int, const RowBase*>> owners_;             // by row; those that have one
  std::unordered_map<const RowBase*, std::vector<const TableRow*>> rows_of_;  // the other way, top to bottom
};

}  // namespace roadmap
