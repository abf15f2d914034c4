#include "core/sync/settlement.h"

#include <algorithm>
#include <optional>

#include "core/sync/found_in.h"
#include "core/sync/intent_tab.h"
#include "core/sync/landings.h"
#include "core/sync/row_pairs.h"
#include "core/sync/written_cell.h"
#include "core/sync/written_column.h"

namespace roadmap {
namespace {

// A row that shows a value of ours which is not its own.
struct Stray {
  int row = 0;
  bool known = false;             // what belongs into the cell is known: the first of these
  std::vector<SeenCell> belongs;  // one for each row of that identity
};

// One tab whose columns stand where they were read, after a write.
class Settler {
 public:
  // All outlive it.
  Settler(const IntentTab& tab, const std::vector<WrittenCell>& cells, const TabPicture& picture, Taken taken)
      : tab_(tab),
        picture_(picture),
        taken_(taken),
        index_(cells),
        looked_at_(seen_columns(look_of(tab).columns, picture)),
        rows_(tab, index_, identities_in(tab, picture, tab.first_data_row), looked_at_),
        put_(tab, picture.header, written_, rows_.identities()) {
    rows_moved_ = taken == Taken::kWithTheWrite || tab.puts_right ||
                  std::any_of(tab.rows.begin(), tab.rows.end(), [&](const IntentRow& row) {
                    const int now = rows_.now(row.row);
                    return now != 0 && now != row.row;
                  });
    if (taken == Taken::kLater) landings_.emplace(tab, cells);
    std::unordered_map<int, WrittenIndex::Cells> of_columns;
    for (const WrittenCell& cell : cells) {
      const bool is_header = !cell.is_new() && cell.row <= tab.header_row;  // one that is put right
      if (!is_header) of_columns[cell.cell->column].push_back(&cell);
    }
    columns_.reserve(tab.written.size());
    for (std::size_t w = 0; w < tab.written.size(); ++w) {
      const int column = tab.written[w].column;
      const std::vector<SeenCell>& shown = picture.columns[tab.identity.size() + w];
      written_.emplace(column, &shown);
      columns_.emplace_back(tab, w, std::move(of_columns[column]), shown, rows_);
      if (landings_) note_landings(columns_.back());
    }
  }

  Settlement run() {
    if (is_hidden_by_errors()) {
      settlement_.unusable = "keys show errors or are loading";
      return std::move(settlement_);
    }
    settle_columns();
    if (!rows_moved_ && !(settlement_.moved.empty() && settlement_.unsure.empty())) {
      // One cell astray tells that rows moved, also where they stand as they stood: what is missing is
      // missing.
      rows_moved_ = true;
      settlement_ = {};
      put_.take();
      left_as_before_ = {};
      settle_columns();
    }
    put_.name_in_statuses(settlement_.unsure);
    settlement_.put_right = put_.take();
    for (int row = tab_.first_data_row; row <= rows_.last_row() && !settlement_.put_right.empty(); ++row) {
      if (const IntentRow* then = rows_.then(row)) settlement_.rows_then.emplace(row, then->row);
    }
    return std::move(settlement_);
  }

 private:
  // Whether rows that were written cannot be told from those whose keys show errors now.
  bool is_hidden_by_errors() const {
    bool any_error = false;
    for (int row = tab_.first_data_row; row <= rows_.last_row() && !any_error; ++row)
      any_error = shows_error(picture_, row);
    return any_error && std::any_of(columns_.begin(), columns_.end(), [&](const WrittenColumn& column) {
             return std::any_of(column.cells().begin(), column.cells().end(), [&](const WrittenCell* cell) {
               return !cell->is_new() && !cell->identity.empty() && rows_.rows_with(cell->identity).empty();
             });
           });
  }

  void note_landings(const WrittenColumn& column) {
    for (int row = tab_.first_data_row; row <= rows_.last_row(); ++row) {
      const std::string value = comparable(column.shown(row));
      // Of rows without an identity that held it, as far as is known this one.
      const bool held =
          rows_.identity(row).empty() ? column.nameless_with(value).held > 0 : column.held_before(row, value);
      landings_->note(column.at(), row, value, held);
    }
  }

  // The row that shows what was written to a cell's address, or that somebody typed over since; 0: not known.
  int landing(const WrittenCell& cell) const {
    if (cell.is_new()) return 0;
    return landings_ ? landings_->of(cell.row) : cell.row;
  }

  void settle_columns() {
    for (const WrittenColumn& column : columns_)
      settle_column(column);
  }

  void settle_column(const WrittenColumn& column) {
    const WrittenColumn::ByValue applied = column.applied();
    std::map<std::string, std::vector<Stray>> strays = find_strays(column, applied);
    settlement_.any_seen = settlement_.any_seen || !strays.empty();
    for (const auto& [value, cells] : applied)
      settle_value(column, value, cells, strays[value]);
    for (const WrittenCell* cell : column.cells()) {
      if (cell->applied) continue;
      if (!column.stands(*cell)) put_to_its_row(column, *cell, true);
      put_to_new_copies(column, *cell);
    }
  }

  // By value.
  std::map<std::string, std::vector<Stray>> find_strays(const WrittenColumn& column,
                                                        const WrittenColumn::ByValue& applied) const {
    std::map<std::string, std::vector<Stray>> strays;
    if (applied.empty()) return strays;
    // In intake nobody but the system writes keys: a row that was not there before had none.
    const bool was_blank = tab_.tab == Tab::kIntake || column.nameless_held_nothing(applied);
    for (int row = tab_.first_data_row; row <= rows_.last_row(); ++row) {
      const std::string value = comparable(column.shown(row));
      if (!applied.contains(value)) continue;
      std::optional<Stray> stray = rows_.identity(row).empty() ? nameless_stray(column, row, value, was_blank)
                                                               : stray_in(column, row, value);
      if (stray) strays[value].push_back(std::move(*stray));
    }
    return strays;
  }

  std::optional<Stray> nameless_stray(const WrittenColumn& column, int row, const std::string& value,
                                      bool was_blank) const {
    if (column.is_written_to_nameless(row, value)) return std::nullopt;
    if (!has_landed(column, row, value) && column.is_as_before(value)) return std::nullopt;
    if (!was_blank) return Stray{row, false, column.vanished()};
    if (value == comparable(SeenCell{})) return std::nullopt;
    return Stray{row, true, {SeenCell{}}};
  }

  std::optional<Stray> stray_in(const WrittenColumn& column, int row, const std::string& value) const {
    std::vector<SeenCell> expected = column.expected_in(row);
    if (is_its_own(column, row, value, expected)) return std::nullopt;
    if (expected.empty() && tab_.tab == Tab::kIntake) {
      if (value == comparable(SeenCell{})) return std::nullopt;
      expected.emplace_back();
    }
    const bool known =
        !expected.empty() && std::all_of(expected.begin(), expected.end(), [&](const SeenCell& cell) {
          return comparable(cell) == comparable(expected.front());
        });
    return Stray{row, known, std::move(expected)};
  }

  // Whether the row was to show the value, or held it before.
  bool is_its_own(const WrittenColumn& column, int row, const std::string& value,
                  const std::vector<SeenCell>& expected) const {
    const auto shows_it = [&](const SeenCell& cell) { return comparable(cell) == value; };
    // Somebody copied the row meanwhile, and what was written landed on the copy.
    if (rows_.then(row) == nullptr && has_landed(column, row, value))
      return !expected.empty() && std::all_of(expected.begin(), expected.end(), shows_it);
    return std::any_of(expected.begin(), expected.end(), shows_it) || column.held_before(row, value);
  }

  // Whether a cell of the write is known to have put the value into the row.
  bool has_landed(const WrittenColumn& column, int row, const std::string& value) const {
    if (!landed_) landed_ = find_landed();
    const auto [first, last] = landed_->equal_range(row);
    return std::any_of(first, last, [&](const auto& entry) {
      return entry.second->cell->column == column.at() && entry.second->value() == value;
    });
  }

  std::unordered_multimap<int, const WrittenCell*> find_landed() const {
    std::unordered_multimap<int, const WrittenCell*> landed;
    for (const WrittenColumn& column : columns_) {
      for (const WrittenCell* cell : column.cells()) {
        const int row = cell->applied ? landing(*cell) : 0;
        if (row != 0) landed.emplace(row, cell);
      }
    }
    return landed;
  }

  // One value that was written into a column: its cells, and the rows that show it though they should not.
  struct WrittenValue {
    const WrittenColumn& column;
    const std::string& text;
    const std::vector<const WrittenCell*>& cells;
    std::vector<const WrittenCell*> missing{};  // of `cells`: their rows do not show it
    bool any_lost = false;                      // of some of those nobody knows where they landed,
    std::ptrdiff_t lost = 0;                    // of so many no row tells it either
    std::vector<std::pair<const Stray*, const WrittenCell*>> astray{};  // and what landed there
    std::vector<const Stray*> others{};  // strays to whose rows it was not written
  };

  WrittenValue find_value(const WrittenColumn& column, const std::string& text,
                          const std::vector<const WrittenCell*>& cells, const std::vector<Stray>& strays) {
    WrittenValue found{column, text, cells};
    std::unordered_map<int, const WrittenCell*> written_to;  // by row
    for (const WrittenCell* cell : cells) {
      const int row = landing(*cell);
      written_to.emplace(row == 0 ? cell->row : row, cell);
      if (column.stands(*cell)) {
        settlement_.any_seen = true;
        continue;
      }
      found.missing.push_back(cell);
      found.lost += row == 0 ? 1 : 0;
    }
    found.any_lost = found.lost > 0;
    for (const Stray& stray : strays) {
      if (const WrittenCell* here = found_or_empty(written_to, stray.row)) {
        found.astray.emplace_back(&stray, here);
        if (landing(*here) == 0) --found.lost;
      } else {
        found.others.push_back(&stray);
      }
    }
    return found;
  }

  void settle_value(const WrittenColumn& column, const std::string& text,
                    const std::vector<const WrittenCell*>& cells, const std::vector<Stray>& strays) {
    WrittenValue value = find_value(column, text, cells, strays);
    judge_others(value);
    for (const auto& [stray, ours] : value.astray)
      put_back(column, *stray, *ours);
    for (const WrittenCell* cell : value.missing)
      put_to_its_row(column, *cell, !value.astray.empty());
  }

  // Adds the others to what is astray, or names them, or takes them for what people typed.
  void judge_others(WrittenValue& value) {
    // What was to clear a row that is known by nothing is not seen to have: a row that people moved to its
    // place meanwhile may have been cleared, and have moved on.
    const bool is_clear = is_blank(value.cells.front()->cell->after);
    const WrittenCell* unseen = nullptr;
    for (const WrittenCell* cell : value.cells) {
      if (is_clear && cell->identity.empty() && landing(*cell) == 0) unseen = cell;
    }
    const bool is_lost = value.any_lost || unseen != nullptr;
    const bool is_strange = is_clear ? is_lost : rows_moved_ || !value.missing.empty();
    // Each write landed on one cell. Where more rows show a common value than writes are missing, people
    // typed it, and nobody can tell which. Where its row is known in which it landed, the others are theirs.
    // People clear cells all the time.
    const bool may_be_typed = is_clear && value.column.may_clear_unseen();
    if (is_ours(value.column, value.text, is_strange, value.lost) ||
        (std::ssize(value.others) <= value.lost && !may_be_typed)) {
      const WrittenCell* ours = (value.missing.empty() ? value.cells : value.missing).front();
      for (const Stray* stray : value.others)
        value.astray.emplace_back(stray, ours);
    } else if (is_lost) {
      for (const Stray* stray : value.others)
        leave(value.column, value.any_lost ? *value.missing.front() : *unseen, *stray);
    }
  }

  // Nobody types in a column of the system's: where rows moved since the write, what is strange there is
  // ours, also where the row that it was meant for shows the same by another's. But people clear whole rows.
  bool is_ours(const WrittenColumn& column, const std::string& value, bool is_strange,
               std::ptrdiff_t landed) const {
    const bool moved_since = taken_ == Taken::kLater || tab_.puts_right;
    if (column.column().system) return moved_since && is_strange;
    return landed > 0 && landings_ && landings_->is_only_ours(column.at(), value);
  }

  void put_back(const WrittenColumn& column, const Stray& stray, const WrittenCell& ours) {
    if (!stray.known || !(column.column().restorable || column.is_planned(stray.row)))
      return leave(column, ours, stray);
    settlement_.moved.insert(ours.cell->key);
    put_.put(stray.row, column.at(), ours.cell->key, stray.belongs.front());
  }

  void leave(const WrittenColumn& column, const WrittenCell& ours, const Stray& stray) {
    settlement_.unsure.push_back(put_.left(ours, stray.row, column.at(), stray.belongs));
  }

  // Our value goes to its own row, where that row still holds what it held, or a value of ours that is
  // astray.
  void put_to_its_row(const WrittenColumn& column, const WrittenCell& written, bool landed_elsewhere) {
    if (written.identity.empty()) return put_to_nameless_row(column, written);
    // A new row comes with all of its cells: what it lacks, a person took out.
    if (written.is_new()) return;
    const std::string& key = written.cell->key;
    const int row = column.own_row(written);
    if (row == 0) {
      settlement_.unwritten.insert(key);
      return;
    }
    const SeenCell& shown = column.shown(row);
    const bool holds_ours = put_.contains(row, column.at());
    const bool untouched = comparable(shown) == comparable(column.before_of(written));
    if (untouched && !holds_ours && !landed_elsewhere && !is_blank(written.cell->after))
      settlement_.stands_nowhere = true;
    // Where the row's other cells stand as they were written, somebody took this one back.
    const bool taken_back = written.applied && taken_ == Taken::kLater && landing(written) == row;
    const bool moved = !taken_back && (row != written.row || rows_moved_);
    if (holds_ours || (untouched && (moved || landed_elsewhere))) {
      settlement_.moved.insert(key);
      put_.put(row, column.at(), key, written.planned());
    } else if (tab_.tab == Tab::kIntake && is_blank(shown.shown)) {
      settlement_.unwritten.insert(key);  // in intake a key is done when it is seen to stand
    }
  }

  // Who copied the row since copied what was astray in it, too.
  void put_to_new_copies(const WrittenColumn& column, const WrittenCell& written) {
    for (const int row : rows_.rows_with(written.identity)) {
      if (rows_.then(row) == nullptr && column.shows(row, comparable(column.before_of(written))))
        put_.put(row, column.at(), written.cell->key, written.planned());
    }
  }

  // A row without an identity is known by what it held, where all such rows that held it were written.
  void put_to_nameless_row(const WrittenColumn& column, const WrittenCell& written) {
    const PlannedCell& cell = *written.cell;
    if (is_blank(cell.before)) return;
    const WrittenColumn::Nameless& alike = column.nameless_with(comparable(cell.before));
    const bool is_known = alike.held <= alike.written && std::ssize(alike.shown) <= alike.held;
    for (const int row : alike.shown) {
      if (is_known) {
        settlement_.moved.insert(cell.key);
        put_.put(row, column.at(), cell.key, written.planned());
      } else if (left_as_before_.insert({column.at(), row}).second) {
        // One of these rows shows what stood where we wrote, and it is not certain that it is that row.
        settlement_.unsure.push_back({cell.key,
                                      row,
                                      shown_header(picture_.header, column.at()),
                                      cell.before,
                                      cell.before,
                                      {cell.after}});
      }
    }
  }

  const IntentTab& tab_;
  const TabPicture& picture_;
  const Taken taken_;
  const WrittenIndex index_;
  const SeenColumns looked_at_;  // by column then, as now
  const RowPairs rows_;
  SeenColumns written_;  // of these, those that the write was for
  PutRight put_;
  bool rows_moved_ = false;  // a row whose cell holds what it held was not written, rather than written back
  std::optional<Landings> landings_;    // of a later look
  std::vector<WrittenColumn> columns_;  // parallel to tab_.written
  // Row now → what is known to have landed there; worked out where it is asked for first.
  mutable std::optional<std::unordered_multimap<int, const WrittenCell*>> landed_;
  std::set<std::pair<int, int>> left_as_before_;  // columns and rows
  Settlement settlement_;
};

}  // namespace

Settlement settle(const IntentTab& tab, std::size_t items_applied, const std::set<std::string>& refused,
                  const TabPicture& picture, Taken taken) {
  return Settler(tab, written_cells(tab, items_applied, refused), picture, taken).run();
}

}  // namespace roadmap
