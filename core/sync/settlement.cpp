#include "core/sync/settlement.h"

#include <algorithm>
#include <map>
#include <unordered_map>

#include "core/fields/header_match.h"
#include "core/fields/registry.h"
#include "core/fields/text.h"
#include "core/store/cell_text.h"
#include "core/sync/formula_rows.h"
#include "core/sync/intent_tab.h"

namespace roadmap {
namespace {

constexpr std::size_t kMaxVanished = 4;  // more than a sentence can name tell nothing

// Values compare as texts: of a formula the formula itself, of everything else what it shows.
std::string comparable(const Cell& cell, bool is_formula = false) {
  std::string text;
  if (is_formula) return to_text(cell);
  append_cell(text, is_blank(cell) ? Cell{} : cell);
  return text;
}
std::string comparable(const SeenCell& cell) {
  return cell.is_formula() ? cell.formula : comparable(cell.shown);
}

// What is known of one written cell.
struct WrittenCell {
  const PlannedCell* cell = nullptr;
  std::string identity;  // of the row it was meant for
  int address = 0;       // where it landed; 0: in a new row, which travels with its key
  bool applied = true;   // false in what puts right only: what it was to put right is still astray
};

// One tab after a write.
class Settler {
 public:
  Settler(const IntentTab& tab, std::size_t items_applied, const std::set<std::string>& refused,
          const LookAt& looked_at, const TabPicture& picture, Taken taken)
      : tab_(tab), looked_at_(looked_at), picture_(picture) {
    find_identities();
    if (!settlement_.unusable.empty()) return;
    for (std::size_t i = 0; i < tab_.rows.size(); ++i)
      read_rows_[tab_.rows[i].identity].push_back(i);
    find_columns();
    collect_written(items_applied, refused);
    find_overwritten();
    if (tab_.puts_right) find_still_overwritten();
    rows_moved_ = taken == Taken::kWithTheWrite || tab_.puts_right ||
                  std::any_of(tab_.rows.begin(), tab_.rows.end(), [&](const IntentRow& row) {
                    const auto now = now_rows_.find(row.identity);
                    return now != now_rows_.end() &&
                           std::find(now->second.begin(), now->second.end(), row.row) == now->second.end();
                  });
    if (is_hidden_by_errors()) settlement_.unusable = "keys show errors or are loading";
  }

  Settlement run() {
    if (!settlement_.unusable.empty()) return std::move(settlement_);
    const auto overwritten = put_;
    settle_columns();
    if (!rows_moved_ && !(settlement_.moved.empty() && settlement_.unsure.empty())) {
      // One cell astray tells that rows moved, also where they stand as they stood: what is missing is
      // missing.
      rows_moved_ = true;
      settlement_ = {};
      put_ = overwritten;
      settle_columns();
    }
    name_in_statuses();
    for (auto& [address, cell] : put_)
      settlement_.put_right.push_back(std::move(cell));
    return std::move(settlement_);
  }

 private:
  struct Stray {
    int row = 0;
    bool known = false;             // what belongs into the cell is known: the first of these
    std::vector<SeenCell> belongs;  // one for each row of that identity
  };

  struct Column {
    std::size_t index = 0;
    int now = 0;  // 0-based
    const std::vector<SeenCell>* shown = nullptr;
    bool gone = false;
    bool moved = false;
    std::vector<WrittenCell> cells;
    std::unordered_multimap<std::string, std::size_t> planned;  // identity → cells
  };

  void find_identities() {
    std::vector<const std::vector<SeenCell>*> columns;
    for (std::size_t i = 0; i < tab_.identity.size(); ++i) {
      if (header_at(picture_.header, looked_at_.columns[i]) != tab_.identity[i].header) {
        settlement_.unusable = "the column '" + tab_.identity[i].header + "' is gone";
        return;
      }
      columns.push_back(&picture_.columns[i]);
    }
    std::size_t rows = 0;
    for (const std::vector<SeenCell>& column : picture_.columns)
      rows = std::max(rows, column.size());
    last_row_ = static_cast<int>(rows);
    identities_.resize(rows + 1);
    bool any_error = false;
    for (int row = tab_.first_data_row; row <= last_row_; ++row) {
      std::vector<std::string> parts;
      parts.reserve(columns.size());
      for (const std::vector<SeenCell>* column : columns)
        parts.push_back(part_of(cell_of(*column, row).shown));
      any_error = any_error || is_error_text(parts.empty() ? std::string() : parts.front());
      std::string identity = identity_of(tab_.tab, std::move(parts));
      if (!identity.empty()) now_rows_[identity].push_back(row);
      identities_[static_cast<std::size_t>(row)] = std::move(identity);
    }
    shows_errors_ = any_error;
  }

  // Whether rows that were written cannot be told from those whose keys show errors now.
  bool is_hidden_by_errors() const {
    if (!shows_errors_) return false;
    return std::any_of(by_column_.begin(), by_column_.end(), [&](const Column& column) {
      return std::any_of(column.cells.begin(), column.cells.end(), [&](const WrittenCell& cell) {
        return cell.address != 0 && !cell.identity.empty() && !now_rows_.contains(cell.identity);
      });
    });
  }

  // The identifying column itself moved, and what was written there landed on it: the row is known by that,
  // and gets its key back.
  void find_overwritten() {
    const int identity_now = looked_at_.columns.front();
    for (std::size_t w = 0; w < tab_.written.size(); ++w) {
      if (identity_now == tab_.identity.front().column || tab_.written[w].column != identity_now) continue;
      for (const WrittenCell& written : by_column_[w].cells) {
        const int row = written.address;
        if (row == 0 || row > last_row_ || now_rows_.contains(written.identity)) continue;
        const SeenCell& shown = cell_of(picture_.columns.front(), row);
        if (comparable(shown) != comparable(written.cell->after, written.cell->is_formula)) continue;
        rename(row, written.identity);
        put_cell(row, identity_now, written.cell->key, shown,
                 {Cell(identity_parts(written.identity).front()), {}});
      }
    }
  }

  // What was to give a row its identity back never reached it: it shows what stood there instead.
  void find_still_overwritten() {
    for (std::size_t w = 0; w < tab_.written.size(); ++w) {
      if (tab_.written[w].column != tab_.identity.front().column) continue;
      for (const WrittenCell& written : by_column_[w].cells) {
        if (written.applied || now_rows_.contains(written.identity)) continue;
        const int row = row_that_shows(comparable(written.cell->before));
        if (row != 0) rename(row, written.identity);
      }
    }
  }

  // The only row that shows a text in the first identifying column; 0: none, or several.
  int row_that_shows(const std::string& value) const {
    int found = 0;
    for (int row = tab_.first_data_row; row <= last_row_; ++row) {
      if (comparable(cell_of(picture_.columns.front(), row)) != value) continue;
      if (found != 0) return 0;
      found = row;
    }
    return found;
  }

  // That row is known by another identity than its cells show.
  void rename(int row, const std::string& identity) {
    std::string& known_by = identities_[static_cast<std::size_t>(row)];
    if (!known_by.empty()) {
      std::vector<int>& rows = now_rows_[known_by];
      std::erase(rows, row);
      if (rows.empty()) now_rows_.erase(known_by);
    }
    known_by = identity;
    now_rows_[identity].push_back(row);
  }

  // The written cells by column, without those that were never applied.
  void collect_written(std::size_t items_applied, const std::set<std::string>& refused) {
    std::unordered_map<int, std::size_t> column_index;
    for (std::size_t i = 0; i < tab_.written.size(); ++i)
      column_index.emplace(tab_.written[i].column, i);
    std::unordered_map<int, const std::string*> identity_at;
    for (const IntentRow& row : tab_.rows)
      identity_at.emplace(row.row, &row.identity);
    std::size_t item = tab_.headers;
    int row = 0;
    for (const PlannedCell& cell : tab_.cells) {
      if (row != 0 && cell.row != row) ++item;
      row = cell.row;
      const bool applied = item < items_applied && !refused.contains(cell.key);
      if (!applied && !tab_.puts_right) continue;
      const auto identity = identity_at.find(cell.row);
      add({&cell, identity == identity_at.end() ? std::string() : *identity->second, cell.row, applied},
          column_index.at(cell.column));
    }
    if (!tab_.insert) return;
    if (row != 0) ++item;
    collect_inserted(item, items_applied, refused, column_index);
  }

  void collect_inserted(std::size_t first_item, std::size_t items_applied,
                        const std::set<std::string>& refused,
                        const std::unordered_map<int, std::size_t>& column_index) {
    std::map<int, std::vector<std::string>> parts;
    for (const PlannedCell& cell : tab_.insert->cells) {
      std::vector<std::string>& row = parts[cell.row];
      row.resize(tab_.identity.size());
      for (std::size_t i = 0; i < tab_.identity.size(); ++i) {
        if (tab_.identity[i].column == cell.column) row[i] = part_of(cell.after);
      }
    }
    for (const PlannedCell& cell : tab_.insert->cells) {
      const std::size_t item = first_item + static_cast<std::size_t>(cell.row - 1);
      if (item >= items_applied || refused.contains(cell.key)) continue;
      const auto column = column_index.find(cell.column);
      if (column == column_index.end()) continue;
      std::string identity = identity_of(tab_.tab, parts[cell.row]);
      find_by_landing(identity, parts[cell.row]);
      add({&cell, std::move(identity), 0, true}, column->second);
    }
  }

  // A new row whose key landed in another column, since the key's moved: it is found by that.
  void find_by_landing(const std::string& identity, const std::vector<std::string>& parts) {
    if (identity.empty() || now_rows_.contains(identity)) return;
    for (std::size_t i = 0; i < looked_at_.columns.size(); ++i) {
      if (looked_at_.columns[i] != tab_.identity.front().column) continue;
      for (int row = tab_.first_data_row; row <= last_row_; ++row) {
        const bool shows_key = part_of(cell_of(picture_.columns[i], row).shown) == parts.front();
        if (!shows_key || read_rows_.contains(identity_in(row)) || taken_.contains(row)) continue;
        taken_.insert(row);
        return rename(row, identity);
      }
    }
  }

  void add(WrittenCell written, std::size_t column) {
    by_column_[column].planned.emplace(written.identity, by_column_[column].cells.size());
    by_column_[column].cells.push_back(std::move(written));
  }

  // Where the written columns stand now.
  void find_columns() {
    by_column_.resize(tab_.written.size());
    for (std::size_t w = 0; w < by_column_.size(); ++w) {
      Column& column = by_column_[w];
      const std::size_t seen = tab_.identity.size() + w;
      column.index = w;
      column.now = looked_at_.columns[seen];
      column.shown = &picture_.columns[seen];
      column.gone = header_at(picture_.header, column.now) != tab_.written[w].header;
      column.moved = column.now != tab_.written[w].column;
    }
  }

  void settle_columns() {
    for (const Column& column : by_column_)
      settle_column(column);
  }

  void settle_column(const Column& column) {
    if (column.cells.empty()) return;
    std::map<std::string, std::vector<const WrittenCell*>> by_value;
    for (const WrittenCell& cell : column.cells) {
      if (cell.applied) by_value[comparable(cell.cell->after, cell.cell->is_formula)].push_back(&cell);
    }
    if (column.gone) return settle_gone(column);
    if (column.moved) return settle_moved(column);
    std::map<std::string, std::vector<Stray>> strays = find_strays(column, by_value);
    for (const auto& [value, cells] : by_value)
      settle_value(column, value, cells, strays[value]);
    for (const WrittenCell& cell : column.cells) {
      const std::string value = comparable(cell.cell->after, cell.cell->is_formula);
      if (!cell.applied && !stands(column, cell, value)) put_to_its_row(column, cell, true);
    }
  }

  const std::string& identity_in(int row) const { return identities_[static_cast<std::size_t>(row)]; }

  // Rows that show a value of ours which is not theirs.
  std::map<std::string, std::vector<Stray>> find_strays(
      const Column& column, const std::map<std::string, std::vector<const WrittenCell*>>& by_value) const {
    std::map<std::string, std::vector<Stray>> strays;
    for (int row = tab_.first_data_row; row <= last_row_; ++row) {
      const SeenCell& shown = cell_of(*column.shown, row);
      const std::string value = comparable(shown);
      if (!by_value.contains(value)) continue;
      const std::string& identity = identity_in(row);
      std::vector<SeenCell> expected = expected_in(column, identity);
      const bool is_its_own = std::any_of(expected.begin(), expected.end(),
                                          [&](const SeenCell& cell) { return comparable(cell) == value; });
      if (is_its_own || held_before(column, identity, value)) continue;
      leave_out_what_copies_show(column, row, expected);
      Stray stray{row, false, {}};
      // In intake nobody but the system writes keys: a row that was not there before had none.
      const bool was_blank = identity.empty() && held_nothing(column, by_value);
      if (expected.empty() && (was_blank || tab_.tab == Tab::kIntake)) {
        if (value == comparable(SeenCell{})) continue;
        expected.emplace_back();
      }
      const bool is_nameless = expected.empty() && identity.empty();
      if (is_nameless) expected = vanished(column);
      const bool all_equal =
          !is_nameless && std::all_of(expected.begin(), expected.end(), [&](const SeenCell& cell) {
            return comparable(cell) == comparable(expected.front());
          });
      stray.known = !expected.empty() && all_equal;
      stray.belongs = std::move(expected);
      strays[value].push_back(std::move(stray));
    }
    return strays;
  }

  bool has_blank_rows(const Column& column) const {
    return std::any_of(tab_.rows.begin(), tab_.rows.end(), [&](const IntentRow& row) {
      return is_blank(row.cells[column.index].shown) && !row.cells[column.index].is_formula();
    });
  }

  // Whether a row of that identity held the value before: then nothing of ours landed on it, and what was
  // planned for it is missing there.
  bool held_before(const Column& column, const std::string& identity, const std::string& value) const {
    const auto read = read_rows_.find(identity);
    return read != read_rows_.end() &&
           std::any_of(read->second.begin(), read->second.end(),
                       [&](std::size_t i) { return comparable(tab_.rows[i].cells[column.index]) == value; });
  }

  // What rows without an identity held in the column and none shows now: one of these stood where a value of
  // ours stands in such a row.
  std::vector<SeenCell> vanished(const Column& column) const {
    std::vector<SeenCell> gone;
    for (const Cell& held : tab_.written[column.index].without_identity) {
      if (gone.size() == kMaxVanished) break;
      if (nameless_rows_with(column, held).empty()) gone.push_back({held, {}});
    }
    return gone;
  }

  // Whether all that rows without an identity held in the column is still seen in such rows: then one that
  // shows a value of ours held nothing.
  bool held_nothing(const Column& column,
                    const std::map<std::string, std::vector<const WrittenCell*>>& by_value) const {
    std::map<std::string, int> held;
    for (const Cell& cell : tab_.written[column.index].without_identity)
      ++held[comparable(cell)];
    for (const WrittenCell& cell : column.cells) {
      if (cell.identity.empty() && cell.address != 0) --held[comparable(cell.cell->before)];
    }
    std::erase_if(held, [](const auto& entry) { return entry.second <= 0; });
    if (held.empty()) return true;
    for (int row = tab_.first_data_row; row <= last_row_; ++row) {
      const auto seen = held.find(comparable(cell_of(*column.shown, row)));
      if (seen != held.end() && identity_in(row).empty()) --seen->second;
    }
    return std::all_of(held.begin(), held.end(), [&](const auto& entry) {
      return entry.second <= 0 && !by_value.contains(entry.first);
    });
  }

  // What rows of that identity should show in the column: what was planned for them, else what they held. A
  // key that stands on several rows has several.
  std::vector<SeenCell> expected_in(const Column& column, const std::string& identity) const {
    std::vector<SeenCell> expected;
    if (identity.empty()) return expected;
    const auto [first, last] = column.planned.equal_range(identity);
    const auto read = read_rows_.find(identity);
    const std::size_t copies = read == read_rows_.end() ? 0 : read->second.size();
    for (std::size_t i = 0; i < copies; ++i) {
      const IntentRow& row = tab_.rows[read->second[i]];
      const auto planned = std::find_if(
          first, last, [&](const auto& entry) { return column.cells[entry.second].address == row.row; });
      expected.push_back(planned != last ? planned_value(column.cells[planned->second])
                                         : in_row(row.cells[column.index], row.row, identity));
    }
    for (auto planned = first; planned != last; ++planned) {
      if (column.cells[planned->second].address == 0)
        expected.push_back(planned_value(column.cells[planned->second]));
    }
    return expected;
  }

  // Of rows with one identity, what the others show now is theirs.
  void leave_out_what_copies_show(const Column& column, int row, std::vector<SeenCell>& expected) const {
    const auto rows = now_rows_.find(identity_in(row));
    if (rows == now_rows_.end() || expected.size() != rows->second.size()) return;
    for (const int other : rows->second) {
      const std::string shown = comparable(cell_of(*column.shown, other));
      const auto theirs = std::find_if(expected.begin(), expected.end(),
                                       [&](const SeenCell& cell) { return comparable(cell) == shown; });
      if (other != row && theirs != expected.end()) expected.erase(theirs);
    }
  }

  static SeenCell planned_value(const WrittenCell& written) {
    if (written.cell->is_formula) return {{}, to_text(written.cell->after)};
    return {written.cell->after, {}};
  }

  // A cell as it was in a row, as it reads where that row stands now.
  SeenCell in_row(const SeenCell& cell, int row_then, const std::string& identity) const {
    const auto now = now_rows_.find(identity);
    if (!cell.is_formula() || now == now_rows_.end() || now->second.size() != 1) return cell;
    return {cell.shown, formula_in_row(cell.formula, row_then, now->second.front())};
  }

  // The row that a written cell belongs to, as it stands now. 0: it is gone; -1: there are several.
  int own_row(const WrittenCell& written) const {
    const auto found = now_rows_.find(written.identity);
    if (written.identity.empty() || found == now_rows_.end()) return 0;
    return found->second.size() == 1 ? found->second.front() : -1;
  }

  bool shows(const Column& column, int row, const std::string& value) const {
    return row > 0 && comparable(cell_of(*column.shown, row)) == value;
  }

  bool any_copy_shows(const Column& column, const WrittenCell& written, const std::string& value) const {
    const auto found = now_rows_.find(written.identity);
    if (found == now_rows_.end()) return false;
    return std::any_of(found->second.begin(), found->second.end(),
                       [&](int row) { return shows(column, row, value); });
  }

  bool stands(const Column& column, const WrittenCell& written, const std::string& value) const {
    if (written.identity.empty()) return nameless_rows_with(column, written.cell->before).empty();
    if (!written.cell->is_formula) return enough_copies_show(column, written.identity, value);
    const int row = own_row(written);
    return row > 0 && cell_of(*column.shown, row).is_formula();
  }

  // Whether as many rows of that identity show the value as should.
  bool enough_copies_show(const Column& column, const std::string& identity, const std::string& value) const {
    const auto rows = now_rows_.find(identity);
    if (rows == now_rows_.end()) return false;
    const std::vector<SeenCell> expected = expected_in(column, identity);
    const auto wanted = std::count_if(expected.begin(), expected.end(),
                                      [&](const SeenCell& cell) { return comparable(cell) == value; });
    const auto shown = std::count_if(rows->second.begin(), rows->second.end(),
                                     [&](int row) { return shows(column, row, value); });
    return shown >= std::max<std::ptrdiff_t>(wanted, 1);
  }

  // Rows without an identity that show a value; none for a blank one.
  std::vector<int> nameless_rows_with(const Column& column, const Cell& value) const {
    std::vector<int> rows;
    if (is_blank(value)) return rows;
    for (int row = tab_.first_data_row; row <= last_row_; ++row) {
      if (identity_in(row).empty() && shows(column, row, comparable(value))) rows.push_back(row);
    }
    return rows;
  }

  // All cells of a column into which one value was written.
  void settle_value(const Column& column, const std::string& value,
                    const std::vector<const WrittenCell*>& cells, const std::vector<Stray>& strays) {
    std::vector<const WrittenCell*> missing;
    for (const WrittenCell* cell : cells) {
      if (!stands(column, *cell, value)) missing.push_back(cell);
    }
    const auto at_an_address = [&](const Stray& stray) {
      return std::any_of(cells.begin(), cells.end(),
                         [&](const WrittenCell* cell) { return cell->address == stray.row; });
    };
    std::vector<const Stray*> astray;
    std::vector<const Stray*> others;
    for (const Stray& stray : strays)
      (at_an_address(stray) ? astray : others).push_back(&stray);
    // Each write landed on one cell. Where more rows show a common value than writes are missing, people
    // typed it, and nobody can tell which.
    const std::size_t landed = missing.size() > astray.size() ? missing.size() - astray.size() : 0;
    // People clear cells all the time, and a clear of ours that landed on a blank cell cannot be seen.
    const bool may_be_typed = is_blank(cells.front()->cell->after) && has_blank_rows(column);
    const bool may_be_ours = tab_.written[column.index].system ? !missing.empty() : landed > 0;
    const bool is_ours = may_be_ours && !is_common(column, value, cells);
    if (is_ours || (others.size() <= landed && !may_be_typed)) {
      astray.insert(astray.end(), others.begin(), others.end());
    } else if (landed > 0) {
      for (const Stray* stray : others)
        leave(column, *missing.front(), stray->row, stray->belongs);
    }
    bool found_one = false;
    for (const Stray* stray : astray)
      found_one = put_back(column, *stray, cells) || found_one;
    for (const WrittenCell* cell : missing)
      put_to_its_row(column, *cell, found_one);
  }

  // Whether people, who type in that column, may well have typed the same: a checkbox, nothing, or what stood
  // or was meant for several rows.
  bool is_common(const Column& column, const std::string& value,
                 const std::vector<const WrittenCell*>& cells) const {
    if (tab_.written[column.index].system) return false;
    const Cell& written = cells.front()->cell->after;
    return cells.size() > 1 || is_blank(written) || std::holds_alternative<bool>(written) ||
           std::any_of(tab_.rows.begin(), tab_.rows.end(),
                       [&](const IntentRow& row) { return comparable(row.cells[column.index]) == value; });
  }

  // Whether the stray value is one of ours that landed there.
  bool put_back(const Column& column, const Stray& stray, const std::vector<const WrittenCell*>& cells) {
    const WrittenCell* meant = cells.front();
    for (const WrittenCell* cell : cells) {
      if (cell->address == stray.row) meant = cell;
    }
    if (tab_.tab == Tab::kIntake && was_renamed(*meant, stray.row)) return false;
    if (!stray.known || (!tab_.written[column.index].restorable && !is_planned(column, stray.row))) {
      leave(column, *meant, stray.row, stray.belongs);
      return true;
    }
    settlement_.moved.insert(meant->cell->key);
    put(stray.row, column, meant->cell->key, stray.belongs.front());
    return true;
  }

  bool is_planned(const Column& column, int row) const {
    return !identity_in(row).empty() && column.planned.contains(identity_in(row));
  }

  // In intake: the row is the one that the key was meant for, and a person changed its title meanwhile.
  bool was_renamed(const WrittenCell& written, int row) const {
    if (identity_in(row).empty() || own_row(written) != 0 || written.address != row) return false;
    const std::vector<std::string> then = identity_parts(written.identity),
                                   now = identity_parts(identity_in(row));
    for (std::size_t i = 0; i < std::min(then.size(), std::size_t{2}); ++i) {
      if (i < now.size() && !then[i].empty() && then[i] == now[i]) return true;
    }
    return false;
  }

  // Our value goes to its own row, where that row still holds what it held, or a value of ours that is
  // astray.
  void put_to_its_row(const Column& column, const WrittenCell& written, bool landed_elsewhere) {
    if (written.identity.empty()) return put_to_nameless_row(column, written);
    // A new row comes with all of its cells: what it lacks, a person took out, unless it landed in another
    // column.
    if (written.address == 0 && !(column.moved && lands_elsewhere(column, written))) return;
    int row = own_row(written);
    if (row < 0) row = copy_of(column, written);
    if (row <= 0) {
      if (row < 0 || written.address != 0) settlement_.unwritten.insert(written.cell->key);
      if (row < 0 && tab_.puts_right) leave_as_before(column, written, now_rows_.at(written.identity));
      return;
    }
    const SeenCell& shown = cell_of(*column.shown, row);
    const bool holds_ours = put_.contains({row, column.now}) || landed_here(column, written.identity, shown);
    const bool untouched = comparable(shown) == comparable(before_of(column, written));
    const bool moved = row != written.address || column.moved || rows_moved_;
    if (!holds_ours && (!untouched || !(moved || landed_elsewhere))) {
      // In intake a key is done when it is seen to stand.
      if (tab_.tab == Tab::kIntake && is_blank(shown.shown)) settlement_.unwritten.insert(written.cell->key);
      return;
    }
    settlement_.moved.insert(written.cell->key);
    put(row, column, written.cell->key, planned_value(written));
  }

  // The row of an identity that stands on several, by what its cell held and no other's did. -1: cannot be
  // told.
  int copy_of(const Column& column, const WrittenCell& written) const {
    const std::string before = comparable(before_of(column, written));
    const auto read = read_rows_.find(written.identity);
    if (read == read_rows_.end()) return -1;
    const auto held_it = std::count_if(read->second.begin(), read->second.end(), [&](std::size_t i) {
      return comparable(tab_.rows[i].cells[column.index]) == before;
    });
    const std::vector<int>& rows = now_rows_.at(written.identity);
    const auto shows_it = [&](int row) { return shows(column, row, before); };
    if (held_it != 1 || std::count_if(rows.begin(), rows.end(), shows_it) != 1) return -1;
    return *std::find_if(rows.begin(), rows.end(), shows_it);
  }

  // A row without an identity is known by what it held, where all such rows that held it were written.
  void put_to_nameless_row(const Column& column, const WrittenCell& written) {
    const std::string before = comparable(written.cell->before);
    const std::vector<int> rows = nameless_rows_with(column, written.cell->before);
    const std::vector<Cell>& held = tab_.written[column.index].without_identity;
    const auto held_it =
        std::count_if(held.begin(), held.end(), [&](const Cell& cell) { return comparable(cell) == before; });
    const auto written_there =
        std::count_if(column.cells.begin(), column.cells.end(), [&](const WrittenCell& cell) {
          return cell.identity.empty() && comparable(cell.cell->before) == before;
        });
    if (held_it > written_there || static_cast<std::ptrdiff_t>(rows.size()) > held_it)
      return leave_as_before(column, written, rows);
    for (const int row : rows) {
      settlement_.moved.insert(written.cell->key);
      put(row, column, written.cell->key, planned_value(written));
    }
  }

  // One of these rows shows what stood where we wrote, and it is not certain that it is that row.
  void leave_as_before(const Column& column, const WrittenCell& written, const std::vector<int>& rows) {
    for (const int row : rows) {
      if (!shows(column, row, comparable(written.cell->before))) continue;
      settlement_.unsure.push_back({written.cell->key,
                                    row,
                                    shown_header(column.now),
                                    written.cell->before,
                                    written.cell->before,
                                    {written.cell->after}});
    }
  }

  // Whether another value of ours for that row landed in this column, which stands where that one's stood.
  bool landed_here(const Column& column, const std::string& identity, const SeenCell& shown) const {
    for (std::size_t other = 0; column.moved && other < tab_.written.size(); ++other) {
      if (tab_.written[other].column != column.now) continue;
      const auto [first, last] = by_column_[other].planned.equal_range(identity);
      return std::any_of(first, last, [&](const auto& entry) {
        const PlannedCell& cell = *by_column_[other].cells[entry.second].cell;
        return comparable(cell.after, cell.is_formula) == comparable(shown);
      });
    }
    return false;
  }

  SeenCell before_of(const Column& column, const WrittenCell& written) const {
    if (written.address == 0) return {};
    const auto read = read_rows_.find(written.identity);
    for (const std::size_t i : read == read_rows_.end() ? std::vector<std::size_t>{} : read->second) {
      if (tab_.rows[i].row == written.address)
        return in_row(tab_.rows[i].cells[column.index], written.address, written.identity);
    }
    return {};
  }

  void put(int row, const Column& column, const std::string& key, const SeenCell& value) {
    put_cell(row, column.now, key, cell_of(*column.shown, row), value);
  }

  void put_cell(int row, int column, const std::string& key, const SeenCell& shown, const SeenCell& value) {
    PlannedCell cell{key, row, column, FieldId{0}, shown.shown, value.shown};
    if (value.is_formula()) {
      cell.after = value.formula;
      cell.is_formula = true;
    }
    put_.insert_or_assign({row, column}, std::move(cell));
  }

  void leave(const Column& column, const WrittenCell& written, int row,
             const std::vector<SeenCell>& belongs) {
    UnsureCell cell{written.cell->key,
                    row,
                    shown_header(column.now),
                    written.cell->after,
                    cell_of(*column.shown, row).shown,
                    {}};
    for (const SeenCell& before : belongs)
      cell.before.push_back(before.is_formula() ? Cell(before.formula) : before.shown);
    settlement_.unsure.push_back(std::move(cell));
  }

  // The Status of a row with an identity names its cells that are unsure.
  void name_in_statuses() {
    if (settlement_.unsure.empty()) return;
    const auto column = match_headers(tab_.tab, picture_.header).column_of(fields::run_status());
    if (!column) return;
    for (std::size_t i = tab_.identity.size(); i < looked_at_.columns.size(); ++i) {
      if (looked_at_.columns[i] != *column) continue;
      // Each is said before the others, and a long Status is cut: what people typed comes last here.
      for (const bool typed : {false, true}) {
        for (const UnsureCell& cell : settlement_.unsure) {
          if (is_typed(cell.column) == typed) name_in_status(cell, *column, picture_.columns[i]);
        }
      }
      return;
    }
  }

  bool is_typed(const std::string& header) const {
    return std::any_of(tab_.written.begin(), tab_.written.end(), [&](const IntentColumn& written) {
      return !written.system && written.header == normalise_header(header);
    });
  }

  void name_in_status(const UnsureCell& cell, int column, const std::vector<SeenCell>& statuses) {
    if (cell.row <= 0 || identity_in(cell.row).empty()) return;
    const SeenCell& shown = cell_of(statuses, cell.row);
    if (shown.is_formula() || cell.column == shown_header(column)) return;
    const auto put = put_.find({cell.row, column});
    const Cell status = put == put_.end() ? shown.shown : put->second.after;
    put_cell(cell.row, column, identity_parts(identity_in(cell.row)).front(), shown,
             {Cell(status_with(to_text(status), sentence_of(cell))), {}});
  }

  std::string shown_header(int column) const {
    const auto at = static_cast<std::size_t>(column);
    return at < picture_.header.size() ? std::string(trim(to_text(picture_.header[at]))) : std::string();
  }

  // The column stands elsewhere now: our values landed where it stood.
  void settle_moved(const Column& column) {
    for (const WrittenCell& written : column.cells) {
      const std::string value = comparable(written.cell->after, written.cell->is_formula);
      if (any_copy_shows(column, written, value)) continue;
      put_to_its_row(column, written, true);
      if (written.applied) settle_landing(column, written, value);
    }
  }

  void settle_gone(const Column& column) {
    for (const WrittenCell& written : column.cells) {
      settlement_.unwritten.insert(written.cell->key);
      if (!written.applied) continue;
      settle_landing(column, written, comparable(written.cell->after, written.cell->is_formula));
    }
  }

  // Whether the column that stands where the new row's cell was written shows it there.
  bool lands_elsewhere(const Column& column, const WrittenCell& written) const {
    const std::string value = comparable(written.cell->after, written.cell->is_formula);
    const int row = own_row(written);
    for (std::size_t i = tab_.identity.size(); i < looked_at_.columns.size(); ++i) {
      if (looked_at_.columns[i] == tab_.written[column.index].column)
        return row > 0 && comparable(cell_of(picture_.columns[i], row)) == value;
    }
    return false;
  }

  // What another column shows where our value landed: nobody kept what stood there, unless it is one of the
  // columns that were written.
  void settle_landing(const Column& column, const WrittenCell& written, const std::string& value) {
    const int landing = tab_.written[column.index].column;
    for (std::size_t i = tab_.identity.size(); i < looked_at_.columns.size(); ++i) {
      if (looked_at_.columns[i] != landing) continue;
      const int own = own_row(written);
      const int row = own > 0 ? own : written.address;
      const SeenCell& shown = cell_of(picture_.columns[i], row);
      if (row <= 0 || is_blank(written.cell->after) || comparable(shown) != value) return;
      if (put_.contains({row, landing})) return;  // it is known already what belongs there
      if (written.address == 0) {                 // a new row was blank
        put_cell(row, landing, written.cell->key, shown, {});
        return;
      }
      const std::size_t other = i - tab_.identity.size();
      if (other < tab_.written.size() && put_known(by_column_[other], row, written)) return;
      settlement_.unsure.push_back(
          {written.cell->key, row, shown_header(landing), written.cell->after, shown.shown, {}});
      return;
    }
  }

  // Puts back what another written column held in that row. False: it is not known.
  bool put_known(const Column& other, int row, const WrittenCell& written) {
    if (other.gone || !tab_.written[other.index].restorable) return false;
    const std::vector<SeenCell> expected = expected_in(other, identity_in(row));
    if (expected.size() != 1) return false;
    put(row, other, written.cell->key, expected.front());
    return true;
  }

  const IntentTab& tab_;
  const LookAt& looked_at_;
  const TabPicture& picture_;
  int last_row_ = 0;
  bool shows_errors_ = false;
  bool rows_moved_ = false;  // a row whose cell holds what it held was not written, rather than written back
  std::set<int> taken_;      // new rows that were found by where their key landed
  std::vector<std::string> identities_;  // by row now
  std::unordered_map<std::string, std::vector<int>> now_rows_;
  std::unordered_map<std::string, std::vector<std::size_t>> read_rows_;  // positions in tab_.rows
  std::vector<Column> by_column_;                                        // parallel to tab_.written
  std::map<std::pair<int, int>, PlannedCell> put_;                       // by row and column
  Settlement settlement_;
};

}  // namespace

Settlement settle(const IntentTab& tab, std::size_t items_applied, const std::set<std::string>& refused,
                  const LookAt& looked_at, const TabPicture& picture, Taken taken) {
  return Settler(tab, items_applied, refused, looked_at, picture, taken).run();
}

}  // namespace roadmap
