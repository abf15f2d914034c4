#include "core/sync/written_cell.h"

#include <algorithm>
#include <unordered_map>

#include "core/fields/text.h"
#include "core/store/cell_text.h"
#include "core/sync/intent_tab.h"

namespace roadmap {
namespace {

bool is_of_people(const IntentTab& tab, const std::string& header) {
  return std::any_of(tab.written.begin(), tab.written.end(), [&](const IntentColumn& written) {
    return !written.system && normalise_header(written.header) == normalise_header(header);
  });
}

// The identities of the new rows, from 1.
std::map<int, std::string> new_identities(const IntentTab& tab) {
  std::map<int, std::vector<std::string>> parts;
  if (!tab.insert) return {};
  for (const PlannedCell& cell : tab.insert->cells) {
    std::vector<std::string>& row = parts[cell.row];
    row.resize(tab.identity.size());
    for (std::size_t i = 0; i < tab.identity.size(); ++i) {
      if (tab.identity[i].column == cell.column) row[i] = part_of(cell.after);
    }
  }
  std::map<int, std::string> identities;
  for (auto& [row, of_row] : parts)
    identities[row] = identity_of(tab.tab, std::move(of_row));
  return identities;
}

}  // namespace

std::string comparable(const Cell& cell, bool is_formula) {
  if (is_formula) return to_text(cell);
  std::string text;
  append_cell(text, is_blank(cell) ? Cell{} : cell);
  return text;
}

std::string comparable(const SeenCell& cell) {
  return cell.is_formula() ? cell.formula : comparable(cell.shown);
}

bool is_commonplace(const Cell& cell) { return is_blank(cell) || std::holds_alternative<bool>(cell); }

SeenCell WrittenCell::planned() const {
  if (cell->is_formula) return {{}, to_text(cell->after)};
  return {cell->after, {}};
}

std::vector<WrittenCell> written_cells(const IntentTab& tab, std::size_t items_applied,
                                       const std::set<std::string>& refused) {
  std::vector<WrittenCell> written;
  std::unordered_map<int, const std::string*> identity_at;
  for (const IntentRow& row : tab.rows)
    identity_at.emplace(row.row, &row.identity);
  const std::map<int, std::string> identities = new_identities(tab);
  for_each_item_cell(tab, [&](const PlannedCell& cell, std::size_t item, bool is_new_row) {
    const bool applied = item < items_applied && !refused.contains(cell.key);
    if (!applied && (is_new_row || !tab.puts_right)) return;
    if (is_new_row) {
      written.push_back({&cell, identities.at(cell.row), 0, cell.row, true});
    } else {
      const auto identity = identity_at.find(cell.row);
      written.push_back(
          {&cell, identity == identity_at.end() ? std::string() : *identity->second, cell.row, 0, applied});
    }
  });
  return written;
}

UnsureCell left_cell(const WrittenCell& ours, CellAddress at, const CellRow& header, const SeenCell& shown,
                     const std::string& identity) {
  UnsureCell cell{ours.cell->key, at.row, shown_header(header, at.column), ours.cell->after, shown.shown, {}};
  cell.at = at.column;
  cell.landed = true;
  if (!identity.empty()) cell.row_key = identity_parts(identity).front();
  return cell;
}

Cell as_said(const SeenCell& held) { return held.is_formula() ? Cell(held.formula) : held.shown; }

void PutRight::put(int row, int column, const std::string& key, const SeenCell& shown,
                   const SeenCell& value) {
  PlannedCell cell{key, row, column, FieldId{0}, shown.shown, value.shown};
  if (value.formula == kSpilled) {
    cell.after = {};  // the formula beside it fills it again
  } else if (value.is_formula()) {
    cell.after = value.formula;
    cell.is_formula = true;
  }
  cells_.insert_or_assign({row, column}, std::move(cell));
}

void PutRight::name_in_statuses(const std::vector<UnsureCell>& unsure, const IntentTab& tab,
                                const CellRow& header, int status, const std::vector<SeenCell>& statuses,
                                const std::vector<std::string>& identities) {
  const auto name = [&](const UnsureCell& cell) {
    if (cell.row <= 0 || static_cast<std::size_t>(cell.row) >= identities.size()) return;
    const std::string& identity = identities[static_cast<std::size_t>(cell.row)];
    const SeenCell& shown = cell_of(statuses, cell.row);
    if (identity.empty() || shown.is_formula() || cell.column == shown_header(header, status)) return;
    const auto put_there = cells_.find({cell.row, status});
    const Cell said = put_there == cells_.end() ? shown.shown : put_there->second.after;
    put(cell.row, status, identity_parts(identity).front(), shown,
        {Cell(status_with(to_text(said), sentence_of(cell))), {}});
  };
  // Each is said before the others, and a long Status is cut: what people typed comes last here.
  for (const bool typed : {false, true}) {
    for (const UnsureCell& cell : unsure) {
      if (is_of_people(tab, cell.column) == typed) name(cell);
    }
  }
}

std::vector<PlannedCell> PutRight::take() {
  std::vector<PlannedCell> cells;
  for (auto& [address, cell] : cells_)
    cells.push_back(std::move(cell));
  cells_.clear();
  return cells;
}

}  // namespace roadmap
