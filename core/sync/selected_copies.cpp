#include "core/sync/selected_copies.h"

namespace roadmap {

SelectedCopies::SelectedCopies(const SheetTable& table, const KeyedRows& keyed,
                               const std::vector<SelectedRow>& rows) {
  for (const SelectedRow& selected : rows) {
    OfKey& of_key = by_key_[selected.initiative_key];
    const int index = selected.row - table.layout().first_data_row;
    const bool there = index >= 0 && index < static_cast<int>(table.rows().size());
    const TableRow* row = there ? &table.rows()[static_cast<std::size_t>(index)] : nullptr;
    if (row != nullptr && row->key == selected.initiative_key && keyed.original_of(*row)) {
      of_key.copies.push_back(row);
    } else {
      of_key.others = true;
    }
  }
}

const std::vector<const TableRow*>& SelectedCopies::of(const std::string& key) const {
  static const std::vector<const TableRow*> kNone;
  const auto found = by_key_.find(key);
  return found == by_key_.end() ? kNone : found->second.copies;
}

bool SelectedCopies::are_all(const std::string& key) const {
  const auto found = by_key_.find(key);
  return found != by_key_.end() && !found->second.copies.empty() && !found->second.others;
}

}  // namespace roadmap
