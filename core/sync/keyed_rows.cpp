#include "core/sync/keyed_rows.h"

#include <algorithm>
#include <vector>

namespace roadmap {

Agreement agreement_with(const SheetTable& table, const TableRow& row, const RowBase& base) {
  return agreement_with(table, row, base, [&](FieldId id) { return table.has(id); });
}

KeyedRows::KeyedRows(const SheetTable& table, const std::map<std::string, RowBase>& bases) {
  std::unordered_map<std::string, std::vector<const TableRow*>> rows_of;
  for (const TableRow& row : table.rows()) {
    if (row.key.empty()) continue;
    rows_of[row.key].push_back(&row);
    last_row_ = row.row;
  }
  by_key_.reserve(rows_of.size());
  for (const auto& [key, rows] : rows_of) {
    const TableRow* original = rows.front();
    const auto base = bases.find(key);
    if (rows.size() > 1 && base != bases.end()) {
      const auto agreement = [&](const TableRow* row) { return agreement_with(table, *row, base->second); };
      original = *std::ranges::max_element(rows, {}, agreement);
    }
    by_key_.emplace(key, original);
    for (const TableRow* row : rows) {
      if (row != original) original_of_copy_.emplace(row->row, original->row);
    }
  }
}

const TableRow* KeyedRows::find(const std::string& key) const {
  const auto found = by_key_.find(key);
  return found == by_key_.end() ? nullptr : found->second;
}

std::optional<int> KeyedRows::original_of(const TableRow& row) const {
  const auto found = original_of_copy_.find(row.row);
  if (found == original_of_copy_.end()) return std::nullopt;
  return found->second;
}

}  // namespace roadmap
