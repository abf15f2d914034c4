#include "core/sync/row_selection.h"

#include <fmt/format.h>

#include <unordered_map>

namespace roadmap {
namespace {

constexpr const char* kUnknownKey = "unknown key";

}  // namespace

const TableRow* row_at(const SheetTable& table, int number) {
  const int index = number - table.layout().first_data_row;
  const bool there = index >= 0 && index < static_cast<int>(table.rows().size());
  return there ? &table.rows()[static_cast<std::size_t>(index)] : nullptr;
}

RowSelection::RowSelection(const SheetTable& table, const KeyedRows& keyed, const InitiativeIndex& stored,
                           const Selection& selection) {
  std::unordered_map<std::string, std::vector<int>> selected_rows;
  for (const SelectedRow& row : selection.rows)
    selected_rows[row.initiative_key].push_back(row.row);
  const std::vector<int> none;
  for (const std::string& key : selection.keys) {
    const auto rows = selected_rows.find(key);
    const InitiativeRecord* record = stored.find(key);
    SelectedInitiative selected =
        find(table, keyed, key, rows == selected_rows.end() ? none : rows->second, record != nullptr);
    selected.record = record;
    initiatives_.push_back(std::move(selected));
  }
}

SelectedInitiative RowSelection::find(const SheetTable& table, const KeyedRows& keyed, const std::string& key,
                                      const std::vector<int>& selected_rows, bool is_known) {
  const TableRow* own = keyed.find(key);
  if (own == nullptr) return {key, nullptr, nullptr, "not on this tab", 0};
  const std::size_t copies_before = copies_.size();
  for (const int number : selected_rows) {
    const TableRow* row = row_at(table, number);
    const auto original = row != nullptr && row->key == key ? keyed.original_of(*row) : std::nullopt;
    if (original)
      copies_.push_back(
          {row, is_known ? fmt::format("duplicate key, see row {}", *original) : std::string(kUnknownKey)});
  }
  // A row whose key no longer matches is looked up by key, so it stands for the initiative's own.
  const std::size_t copies = copies_.size() - copies_before;
  if (copies != 0 && copies == selected_rows.size()) {
    const SelectedCopy& first = copies_[copies_before];
    return {key, nullptr, nullptr, first.problem, first.row->row};
  }
  if (!is_known) return {key, own, nullptr, kUnknownKey, own->row};
  return {key, own, nullptr, {}, 0};
}

}  // namespace roadmap
