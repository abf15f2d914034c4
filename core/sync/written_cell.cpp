#include "core/sync/written_cell.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/fields/header_match.h"
#include "core/fields/registry.h"
#include "core/fields/text.h"
#include "core/run/run_result.h"
#include "core/store/cell_text.h"
#include "core/sync/found_in.h"

namespace roadmap {
namespace {

constexpr std::size_t kMostColumnLetters = 3;

// Length of the quoted text at the front, "…" or '…', a doubled quote being part of it.
std::size_t quoted_length(std::string_view text) {
  const char quote = text.front();
  std::size_t end = 1;
  while (end < text.size()) {
    if (text[end] == quote) {
      if (end + 1 >= text.size() || text[end + 1] != quote) return end + 1;
      ++end;
    }
    ++end;
  }
  return text.size();
}

bool is_word(char c) { return is_letter(c) || is_digit(c) || c == '_' || c == '.'; }

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

// What a Status says, with another sentence before it: "OK · rows moved …; score is stale, run Score". A long
// Status is cut.
std::string status_with(std::string_view status, std::string message) {
  RowStatus kind = RowStatus::kOk;
  for (const RowStatus each : {RowStatus::kOk, RowStatus::kFailed, RowStatus::kSkipped}) {
    const std::string begin = status_text(each, "-");
    if (!status.starts_with(std::string_view(begin).substr(0, begin.size() - 1))) continue;
    kind = each;
    message += "; ";
    message += status.substr(begin.size() - 1);
  }
  return status_text(kind, message);
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

std::string formula_in_row(std::string_view formula, int then, int now) {
  std::string moved;
  const std::string row_then = std::to_string(then);
  bool titled = false;  // the corner before, or its colon, is one of another tab
  while (!formula.empty()) {
    const char c = formula.front();
    std::size_t length = 1;
    const bool of_other_tab = !moved.empty() && (moved.back() == '!' || (moved.back() == ':' && titled));
    if (c != ':') titled = of_other_tab;
    if (c == '"' || c == '\'') {
      length = quoted_length(formula);
    } else if (is_word(c) || c == '$') {
      while (length < formula.size() && (is_word(formula[length]) || formula[length] == '$'))
        ++length;
      std::string_view word = formula.substr(0, length);
      const bool is_call = length < formula.size() && (formula[length] == '(' || formula[length] == '!');
      std::size_t letters = word.front() == '$' ? 1 : 0;
      const std::size_t first = letters;
      while (letters < word.size() && is_letter(word[letters]))
        ++letters;
      const bool is_column = letters > first && letters - first <= kMostColumnLetters;
      if (is_column && !of_other_tab && !is_call && word.substr(letters) == row_then) {
        moved += word.substr(0, letters);
        moved += std::to_string(now);
        formula.remove_prefix(length);
        continue;
      }
    }
    moved += formula.substr(0, length);
    formula.remove_prefix(length);
  }
  return moved;
}

SeenCell cell_in_row(const SeenCell& cell, int then, int now) {
  return cell.is_formula() ? SeenCell{cell.shown, formula_in_row(cell.formula, then, now)} : cell;
}

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
      written.push_back({&cell, identities.at(cell.row), -cell.row, true});
    } else {
      const std::string* identity = found_or_empty(identity_at, cell.row);
      written.push_back({&cell, identity == nullptr ? std::string() : *identity, cell.row, applied});
    }
  });
  return written;
}

const WrittenIndex::Cells& WrittenIndex::in_row(int row) const {
  for (auto cell = by_row_.empty() ? cells_.begin() : cells_.end(); cell != cells_.end(); ++cell)
    by_row_[cell->row].push_back(&*cell);
  return found_or_empty(by_row_, row);
}

const WrittenCell* WrittenIndex::at(int row, int column) const {
  const Cells& cells = in_row(row);
  const auto found = std::find_if(cells.begin(), cells.end(),
                                  [&](const WrittenCell* cell) { return cell->cell->column == column; });
  return found == cells.end() ? nullptr : *found;
}

bool WrittenIndex::has(int row, int column, const std::string& value) const {
  const WrittenCell* cell = at(row, column);
  return cell != nullptr && cell->value() == value;
}

const std::map<int, WrittenIndex::Cells>& WrittenIndex::with(const std::string& value) const {
  for (auto cell = by_value_.empty() ? cells_.begin() : cells_.end(); cell != cells_.end(); ++cell)
    by_value_[cell->value()][cell->cell->column].push_back(&*cell);
  return found_or_empty(by_value_, value);
}

const WrittenIndex::Cells& WrittenIndex::with(int column, const std::string& value) const {
  return found_or_empty(with(value), column);
}

std::string sentence_of(const UnsureCell& cell) {
  std::string before;
  for (const Cell& value : cell.before)
    before += (before.empty() ? "" : " or ") + quoted(value, kMaxQuotedCharacters);
  return fmt::format("{} moved while {} was written: it shows {} of {} now, {} stood there before",
                     cell.columns_moved ? "columns" : "rows",
                     cell.column.empty() ? "column " + column_letters(cell.at) : cell.column,
                     quoted(cell.ours, kMaxQuotedCharacters), cell.key,
                     before.empty() ? "and it is not known what" : before);
}

void PutRight::put(int row, int column, const std::string& key, const SeenCell& value) {
  PlannedCell cell{key, row, column, FieldId{0}, cell_of(columns_, column, row)->shown, value.shown};
  if (value.formula == kSpilled) {
    cell.after = {};  // the formula beside it fills it again
  } else if (value.is_formula()) {
    cell.after = value.formula;
    cell.is_formula = true;
  }
  cells_.insert_or_assign({row, column}, std::move(cell));
}

UnsureCell PutRight::left(const WrittenCell& ours, int row, int column,
                          const std::vector<SeenCell>& belongs) const {
  UnsureCell cell{ours.cell->key,
                  row,
                  shown_header(header_, column),
                  ours.cell->after,
                  cell_of(columns_, column, row)->shown,
                  {}};
  for (const SeenCell& held : belongs)
    cell.before.push_back(held.is_formula() ? Cell(held.formula) : held.shown);
  cell.at = column;
  cell.landed = true;
  const std::string& identity = identities_[static_cast<std::size_t>(row)];
  if (!identity.empty()) cell.row_key = identity_parts(identity).front();
  return cell;
}

void PutRight::name_in_statuses(const std::vector<UnsureCell>& unsure) {
  if (unsure.empty()) return;
  const auto status = match_headers(tab_.tab, header_).column_of(fields::run_status());
  if (!status || !columns_.contains(*status)) return;
  // Each is said before the others, and a long Status is cut: what people typed comes last here.
  for (const bool typed : {false, true}) {
    for (const UnsureCell& cell : unsure) {
      if (is_of_people(tab_, cell.column) == typed) name_in_status(cell, *status);
    }
  }
}

void PutRight::name_in_status(const UnsureCell& cell, int status) {
  if (cell.row <= 0 || static_cast<std::size_t>(cell.row) >= identities_.size()) return;
  const std::string& identity = identities_[static_cast<std::size_t>(cell.row)];
  const SeenCell& shown = *cell_of(columns_, status, cell.row);
  if (identity.empty() || shown.is_formula() || cell.column == shown_header(header_, status)) return;
  const PlannedCell* put_there = found_in(cells_, {cell.row, status});
  const Cell said = put_there == nullptr ? shown.shown : put_there->after;
  put(cell.row, status, identity_parts(identity).front(),
      {Cell(status_with(to_text(said), sentence_of(cell))), {}});
}

std::vector<PlannedCell> PutRight::take() {
  std::vector<PlannedCell> cells;
  for (auto& [address, cell] : cells_)
    cells.push_back(std::move(cell));
  cells_.clear();
  return cells;
}

}  // namespace roadmap
