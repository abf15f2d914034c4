#include "core/sync/keyed_rows.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/fields/registry.h"
#include "core/sync/pm_cells.h"

namespace roadmap {
namespace {

constexpr int kUnknownRowEvidence = 2;  // filled cells, where nothing was ever seen beside the row's own key

bool is_judged(const SheetTable& table, FieldId id) {
  return table.has(id) && owner_on(id, table.tab()) == Owner::kPm;
}

// What a row would agree in that shows all that was last seen.
Agreement judged_cells(const SheetTable& table, const RowBase& base) {
  Agreement seen;
  for (const auto& [id, cell] : base.cells) {
    if (!is_judged(table, id)) continue;
    ++seen.all;
    if (!says_nothing(field(id).type, cell.pending ? *cell.pending : cell.sheet)) ++seen.filled;
  }
  return seen;
}

std::string belong_to(const RowBase& owner) { return "these inputs belong to " + owner.key; }

// The same for values that agree; for a few others too.
std::string place_of(FieldId id, const Cell& value) {
  std::string place = std::to_string(id.index()) + ':';
  if (field(id).type != FieldType::kKeyList) return place.append(trim(to_text(value)));
  for (const std::string& key : split_keys(value))
    place.append(key).append(",");
  return place;
}

}  // namespace

Agreement agreement_with(const SheetTable& table, const TableRow& row, const RowBase& base) {
  return agreement_with(table, row, base, [&](FieldId id) { return table.has(id); });
}

KeyedRows::KeyedRows(const SheetTable& table, const std::map<std::string, RowBase>& bases) {
  std::unordered_map<std::string, std::vector<const TableRow*>> rows_of;
  for (const TableRow& row : table.rows()) {
    if (!row.key.empty()) rows_of[row.key].push_back(&row);
  }
  by_key_.reserve(rows_of.size());
  for (const auto& [key, rows] : rows_of) {
    const TableRow* original = rows.front();
    const RowBase* base = found_in(bases, key);
    if (rows.size() > 1 && base != nullptr) {
      const auto agreement = [&](const TableRow* row) { return agreement_with(table, *row, *base); };
      original = *std::ranges::max_element(rows, {}, agreement);
    }
    by_key_.emplace(key, original);
    for (const TableRow* row : rows) {
      if (row != original) original_of_copy_.emplace(row->row, original->row);
    }
  }
}

ShiftedKeys::ShiftedKeys(const SheetTable& table, const KeyedRows& keyed,
                         const std::map<std::string, RowBase>& bases)
    : table_(table), bases_(bases) {
  // The Backlog's keys are written by the system beside what belongs to them.
  if (table.tab() != Tab::kScoringInputs) return;
  find_displaced(keyed);
  for (const TableRow& row : table.rows()) {
    const RowBase* owner = row.key.empty() || displaced_.empty() ? nullptr : find_owner(row);
    if (owner == nullptr) continue;
    owners_.emplace(row.row, owner);
    rows_of_[owner].push_back(&row);
  }
}

std::optional<std::string> ShiftedKeys::refusal(const TableRow& row) const {
  if (displaced_.empty()) return std::nullopt;
  if (const RowBase* owner = found_or_empty(owners_, row.row)) return belong_to(*owner);
  const auto own = known_agreement(row);
  return own ? loss_of_inputs(row, *own) : std::nullopt;
}

const RowBase* ShiftedKeys::find_owner(const TableRow& row) const {
  const auto own = known_agreement(row);
  if (own && own->all == judged_cells(table_, bases_.at(row.key)).all) return nullptr;
  const int least_filled = own ? 1 : kUnknownRowEvidence;
  Agreement best = own.value_or(Agreement{});
  const RowBase* owner = nullptr;
  for (const std::size_t at : candidates(row)) {
    const auto& [base, filled_in_own_row, seen] = displaced_[at];
    if (base->key == row.key || seen.all <= best.all) continue;
    const Agreement other = agreement(row, *base);
    const bool agrees_better = other.all > best.all && other.filled > best.filled &&
                               other.filled >= least_filled && other.filled > filled_in_own_row &&
                               2 * other.all > seen.all;
    if (!agrees_better) continue;
    best = other;
    owner = base;
  }
  return owner;
}

// Whoever agrees better shows something that the row's own key did not: looking only at those keeps a tab on
// which every row has changed from being compared with itself, row by row.
std::vector<std::size_t> ShiftedKeys::candidates(const TableRow& row) const {
  std::vector<std::size_t> found;
  const RowBase* own = found_in(bases_, row.key);
  for (const auto& [id, column] : table_.columns().columns) {
    if (!is_judged(table_, id)) continue;
    const BaseCell* seen = find_base(own, id);
    if (seen != nullptr && table_.raw(row.row, column) == seen->sheet) continue;
    const Cell shown = table_.shown(row, id);
    if (says_nothing(field(id).type, shown)) continue;
    if (seen != nullptr && agrees_with_base(field(id).type, shown, *seen)) continue;
    const std::vector<std::size_t>& there = found_or_empty(displaced_at_, place_of(id, shown));
    found.insert(found.end(), there.begin(), there.end());
  }
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

// A row that lost its inputs to another one looks like its neighbour or shows little of them; one in which a
// PM changed a cell or two does neither.
std::optional<std::string> ShiftedKeys::loss_of_inputs(const TableRow& row, Agreement own) const {
  const RowBase& own_base = bases_.at(row.key);
  const Agreement seen = judged_cells(table_, own_base);
  if (own.all == seen.all) return std::nullopt;
  const TableRow* holder = holder_of(own_base, own.filled);
  if (holder == nullptr) return std::nullopt;
  Agreement best = own;
  const RowBase* like = nullptr;
  for (const Displaced& displaced : displaced_) {
    const Agreement other = agreement(row, *displaced.base);
    if (other.all <= best.all) continue;
    best = other;
    like = displaced.base;
  }
  if (like == nullptr && 2 * own.filled > seen.filled) return std::nullopt;
  if (like != nullptr && best.filled > 0) return belong_to(*like);
  return fmt::format("the inputs of {} stand in row {}", row.key, holder->row);
}

const TableRow* ShiftedKeys::holder_of(const RowBase& base, int filled_in_own_row) const {
  for (const TableRow* row : found_or_empty(rows_of_, &base)) {
    if (row->key != base.key && agreement(*row, base).filled > filled_in_own_row) return row;
  }
  return nullptr;
}

std::optional<Agreement> ShiftedKeys::known_agreement(const TableRow& row) const {
  const RowBase* base = found_in(bases_, row.key);
  return base == nullptr ? std::nullopt : std::optional(agreement(row, *base));
}

Agreement ShiftedKeys::agreement(const TableRow& row, const RowBase& base) const {
  return agreement_with(table_, row, base, [&](FieldId id) { return is_judged(table_, id); });
}

void ShiftedKeys::find_displaced(const KeyedRows& keyed) {
  for (const auto& [key, base] : bases_) {
    const TableRow* row = keyed.find(key);
    const Agreement now = row == nullptr ? Agreement{} : agreement(*row, base);
    const Agreement seen = judged_cells(table_, base);
    if (row != nullptr && now.all >= seen.all) continue;
    for (const auto& [id, cell] : base.cells) {
      if (!is_judged(table_, id)) continue;
      for (const Cell* shows : {&cell.sheet, cell.pending ? &*cell.pending : nullptr}) {
        if (shows != nullptr && !says_nothing(field(id).type, *shows))
          displaced_at_[place_of(id, *shows)].push_back(displaced_.size());
      }
    }
    displaced_.push_back({&base, now.filled, seen});
  }
}

}  // namespace roadmap
