#include "core/sync/settlement.h"

#include <algorithm>
#include <map>
#include <optional>
#include <unordered_map>

#include "core/fields/header_match.h"
#include "core/fields/registry.h"
#include "core/sync/formula_rows.h"
#include "core/sync/intent_tab.h"
#include "core/sync/landings.h"
#include "core/sync/row_pairs.h"
#include "core/sync/written_cell.h"

namespace roadmap {
namespace {

constexpr std::size_t kMaxVanished = 4;  // more than a sentence can name tell nothing

// One tab whose columns stand where they were read, after a write.
class Settler {
 public:
  Settler(const IntentTab& tab, std::size_t items_applied, const std::set<std::string>& refused,
          const TabPicture& picture, Taken taken)
      : tab_(tab), picture_(picture), taken_(taken) {
    find_identities();
    find_columns();
    std::vector<WrittenCell> cells = written_cells(tab_, items_applied, refused);
    find_pairs(cells);
    if (taken == Taken::kLater) landings_.emplace(tab_, cells);
    for (WrittenCell& written : cells) {
      if (written.address != 0 && written.address <= tab_.header_row) continue;  // a header, put right
      Column& column = by_column_[column_index_.at(written.cell->column)];
      column.planned.emplace(written.identity, column.cells.size());
      column.cells.push_back(std::move(written));
    }
    if (taken == Taken::kLater) find_landings();
    rows_moved_ = taken == Taken::kWithTheWrite || tab_.puts_right ||
                  std::any_of(tab_.rows.begin(), tab_.rows.end(), [&](const IntentRow& row) {
                    const int now = pairs_->now(row.row);
                    return now != 0 && now != row.row;
                  });
    if (is_hidden_by_errors()) settlement_.unusable = "keys show errors or are loading";
  }

  Settlement run() {
    if (!settlement_.unusable.empty()) return std::move(settlement_);
    settle_columns();
    if (!rows_moved_ && !(settlement_.moved.empty() && settlement_.unsure.empty())) {
      // One cell astray tells that rows moved, also where they stand as they stood: what is missing is
      // missing.
      rows_moved_ = true;
      settlement_ = {};
      put_ = {};
      left_as_before_ = {};
      settle_columns();
    }
    name_in_statuses();
    settlement_.put_right = put_.take();
    for (int row = tab_.first_data_row; row <= last_row_ && !settlement_.put_right.empty(); ++row) {
      if (const IntentRow* then = pairs_->then(row)) settlement_.rows_then.emplace(row, then->row);
    }
    return std::move(settlement_);
  }

 private:
  struct Stray {
    int row = 0;
    bool known = false;             // what belongs into the cell is known: the first of these
    std::vector<SeenCell> belongs;  // one for each row of that identity
  };

  // How many rows without an identity held a value, how many of these the write is to change, and which show
  // it.
  struct Nameless {
    const Cell* cell = nullptr;  // one that held it
    int held = 0;
    int written = 0;
    std::vector<int> shown{};
  };

  struct Column {
    std::size_t index = 0;
    int at = 0;  // 0-based
    const std::vector<SeenCell>* shown = nullptr;
    std::vector<WrittenCell> cells;
    std::unordered_multimap<std::string, std::size_t> planned;        // identity → cells
    mutable std::optional<std::map<std::string, Nameless>> nameless;  // by value; worked out when asked for
  };

  void find_identities() {
    std::vector<const std::vector<SeenCell>*> columns;
    for (std::size_t i = 0; i < tab_.identity.size(); ++i)
      columns.push_back(&picture_.columns[i]);
    std::size_t rows = 0;
    for (const std::vector<SeenCell>& column : picture_.columns)
      rows = std::max(rows, column.size());
    last_row_ = static_cast<int>(rows);
    identities_.resize(rows + 1);
    for (int row = tab_.first_data_row; row <= last_row_; ++row) {
      std::vector<std::string> parts;
      parts.reserve(columns.size());
      for (const std::vector<SeenCell>* column : columns)
        parts.push_back(part_of(cell_of(*column, row).shown));
      shows_errors_ = shows_errors_ || is_error_text(parts.empty() ? std::string() : parts.front());
      identities_[static_cast<std::size_t>(row)] = identity_of(tab_.tab, std::move(parts));
    }
  }

  // Whether rows that were written cannot be told from those whose keys show errors now.
  bool is_hidden_by_errors() const {
    if (!shows_errors_) return false;
    return std::any_of(by_column_.begin(), by_column_.end(), [&](const Column& column) {
      return std::any_of(column.cells.begin(), column.cells.end(), [&](const WrittenCell& cell) {
        return cell.address != 0 && !cell.identity.empty() && pairs_->rows_with(cell.identity).empty();
      });
    });
  }

  void find_columns() {
    by_column_.resize(tab_.written.size());
    for (std::size_t w = 0; w < by_column_.size(); ++w) {
      Column& column = by_column_[w];
      column.index = w;
      column.at = tab_.written[w].column;
      column.shown = &picture_.columns[tab_.identity.size() + w];
      column_index_.emplace(column.at, w);
    }
  }

  void find_pairs(const std::vector<WrittenCell>& cells) {
    std::unordered_map<int, const std::vector<SeenCell>*> seen;
    const LookAt look = look_of(tab_);
    for (std::size_t i = 0; i < look.columns.size(); ++i)
      seen.emplace(look.columns[i], &picture_.columns[i]);
    pairs_.emplace(tab_, cells, identities_, [&](int column, int row) {
      const auto found = seen.find(column);
      return found == seen.end() ? nullptr : &cell_of(*found->second, row);
    });
  }

  void find_landings() {
    for (const Column& column : by_column_) {
      for (int row = tab_.first_data_row; row <= last_row_; ++row) {
        const std::string value = comparable(cell_of(*column.shown, row));
        // Of rows without an identity that held it, as far as is known this one.
        const bool held = identity_in(row).empty() ? nameless_with(column, value).held > 0
                                                   : held_before(column, row, value);
        landings_->note(column.at, row, value, held);
      }
    }
  }

  // The row that shows what was written to a cell's address, or that somebody typed over since; 0: not known.
  int landing(const WrittenCell& cell) const {
    return taken_ == Taken::kWithTheWrite ? cell.address : landings_->of(cell.address);
  }

  void settle_columns() {
    for (const Column& column : by_column_)
      settle_column(column);
  }

  void settle_column(const Column& column) {
    if (column.cells.empty()) return;
    std::map<std::string, std::vector<const WrittenCell*>> by_value;
    for (const WrittenCell& cell : column.cells) {
      if (cell.applied) by_value[cell.value()].push_back(&cell);
    }
    std::map<std::string, std::vector<Stray>> strays = find_strays(column, by_value);
    settlement_.any_seen = settlement_.any_seen || !strays.empty();
    for (const auto& [value, cells] : by_value)
      settle_value(column, value, cells, strays[value]);
    for (const WrittenCell& cell : column.cells) {
      if (cell.applied) continue;
      if (!stands(column, cell, cell.value())) put_to_its_row(column, cell, true);
      put_to_new_copies(column, cell);
    }
  }

  const std::string& identity_in(int row) const { return identities_[static_cast<std::size_t>(row)]; }

  // Rows that show a value of ours which is not theirs.
  std::map<std::string, std::vector<Stray>> find_strays(
      const Column& column, const std::map<std::string, std::vector<const WrittenCell*>>& by_value) const {
    std::map<std::string, std::vector<Stray>> strays;
    std::optional<bool> nothing_held;  // of rows without an identity; worked out where one is a stray
    std::optional<std::vector<SeenCell>> gone;
    for (int row = tab_.first_data_row; row <= last_row_; ++row) {
      const SeenCell& shown = cell_of(*column.shown, row);
      const std::string value = comparable(shown);
      if (!by_value.contains(value)) continue;
      const std::string& identity = identity_in(row);
      if (identity.empty() && is_written_to_nameless(column, row, value)) continue;
      if (is_its_own(column, row, value)) continue;
      if (identity.empty() && !has_landed(column, row, value) && is_as_before(column, value)) continue;
      std::vector<SeenCell> expected = expected_in(column, row);
      Stray stray{row, false, {}};
      // In intake nobody but the system writes keys: a row that was not there before had none.
      if (identity.empty() && !nothing_held) nothing_held = held_nothing(column, by_value);
      const bool was_blank = identity.empty() && *nothing_held;
      if (expected.empty() && (was_blank || tab_.tab == Tab::kIntake)) {
        if (value == comparable(SeenCell{})) continue;
        expected.emplace_back();
      }
      const bool is_nameless = expected.empty() && identity.empty();
      if (is_nameless && !gone) gone = vanished(column);
      if (is_nameless) expected = *gone;
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

  // Whether the value was meant for the row without an identity that was written there, and no other such row
  // shows what that one held.
  bool is_written_to_nameless(const Column& column, int row, const std::string& value) const {
    const auto [first, last] = column.planned.equal_range({});
    return std::any_of(first, last, [&](const auto& entry) {
      const WrittenCell& cell = column.cells[entry.second];
      return cell.address == row && cell.value() == value && stands(column, cell, value);
    });
  }

  // Whether a clear may have landed where nobody can see it: on a cell that was blank, or in a row that is
  // gone.
  bool may_clear_unseen(const Column& column) const {
    if (!nameless_with(column, comparable(SeenCell{})).shown.empty()) return true;
    for (int row = tab_.first_data_row; row <= last_row_; ++row) {
      if (!identity_in(row).empty() && pairs_->then(row) == nullptr) return true;
    }
    return std::any_of(tab_.rows.begin(), tab_.rows.end(), [&](const IntentRow& row) {
      const SeenCell& held = row.cells[column.index];
      return pairs_->now(row.row) == 0 || (is_blank(held.shown) && !held.is_formula());
    });
  }

  // Whether the row was to show the value, or held it before.
  bool is_its_own(const Column& column, int row, const std::string& value) const {
    const std::vector<SeenCell> expected = expected_in(column, row);
    const auto shows_it = [&](const SeenCell& cell) { return comparable(cell) == value; };
    // Somebody copied the row meanwhile, and what was written landed on the copy.
    if (pairs_->then(row) == nullptr && has_landed(column, row, value))
      return !expected.empty() && std::all_of(expected.begin(), expected.end(), shows_it);
    return std::any_of(expected.begin(), expected.end(), shows_it) || held_before(column, row, value);
  }

  // Whether a cell of the write is known to have put the value into the row.
  bool has_landed(const Column& column, int row, const std::string& value) const {
    if (!landed_) landed_ = find_landed();
    const auto [first, last] = landed_->equal_range(row);
    return std::any_of(first, last, [&](const auto& entry) {
      return entry.second->cell->column == column.at && entry.second->value() == value;
    });
  }

  std::unordered_multimap<int, const WrittenCell*> find_landed() const {
    std::unordered_multimap<int, const WrittenCell*> landed;
    for (const Column& column : by_column_) {
      for (const WrittenCell& cell : column.cells) {
        const int row = cell.applied && cell.address != 0 ? landing(cell) : 0;
        if (row != 0) landed.emplace(row, &cell);
      }
    }
    return landed;
  }

  // Whether the row held the value before: then nothing of ours landed on it, and what was planned for it is
  // missing there.
  bool held_before(const Column& column, int row, const std::string& value) const {
    const auto then = pairs_->any_of_then(row);
    return std::any_of(then.begin(), then.end(),
                       [&](const IntentRow* each) { return comparable(each->cells[column.index]) == value; });
  }

  // Of each value what rows without an identity held in the column, and what they show.
  const std::map<std::string, Nameless>& nameless_in(const Column& column) const {
    if (column.nameless) return *column.nameless;
    std::map<std::string, Nameless>& nameless = column.nameless.emplace();
    for (const Cell& cell : tab_.written[column.index].without_identity) {
      Nameless& of_value = nameless[comparable(cell)];
      of_value.cell = &cell;
      ++of_value.held;
    }
    for (const WrittenCell& cell : column.cells) {
      if (cell.identity.empty() && cell.address != 0) ++nameless[comparable(cell.cell->before)].written;
    }
    for (int row = tab_.first_data_row; row <= last_row_; ++row) {
      if (identity_in(row).empty()) nameless[comparable(cell_of(*column.shown, row))].shown.push_back(row);
    }
    return nameless;
  }

  const Nameless& nameless_with(const Column& column, const std::string& value) const {
    static const Nameless kNone;
    const auto found = nameless_in(column).find(value);
    return found == nameless_in(column).end() ? kNone : found->second;
  }

  // Whether no more rows without an identity show that value than held it: prefilled boxes stand there by the
  // thousand, and what a row was told while it had a key.
  bool is_as_before(const Column& column, const std::string& value) const {
    const Nameless& rows = nameless_with(column, value);
    return std::ssize(rows.shown) <= rows.held;
  }

  // What rows without an identity held in the column and fewer show now: one of these stood where a value of
  // ours stands in such a row.
  std::vector<SeenCell> vanished(const Column& column) const {
    std::vector<SeenCell> gone;
    for (const auto& [value, rows] : nameless_in(column)) {
      if (rows.held - rows.written > std::ssize(rows.shown) && gone.size() < kMaxVanished)
        gone.push_back({*rows.cell, {}});
    }
    return gone;
  }

  // Whether all that rows without an identity held in the column is still seen in such rows: then one that
  // shows a value of ours held nothing.
  bool held_nothing(const Column& column,
                    const std::map<std::string, std::vector<const WrittenCell*>>& by_value) const {
    const auto& nameless = nameless_in(column);
    return std::all_of(nameless.begin(), nameless.end(), [&](const auto& entry) {
      const auto& [value, rows] = entry;
      const int left = rows.held - rows.written;
      return left <= 0 || (left <= std::ssize(rows.shown) && !by_value.contains(value));
    });
  }

  // What a row should show in the column: what was planned for it, else what it held.
  std::vector<SeenCell> expected_in(const Column& column, int row) const {
    std::vector<SeenCell> expected;
    if (identity_in(row).empty()) return expected;
    const auto [first, last] = column.planned.equal_range(identity_in(row));
    for (const IntentRow* then : pairs_->any_of_then(row)) {
      const auto planned = std::find_if(
          first, last, [&](const auto& entry) { return column.cells[entry.second].address == then->row; });
      expected.push_back(planned != last ? column.cells[planned->second].planned()
                                         : in_row(then->cells[column.index], then->row));
    }
    if (pairs_->then(row) != nullptr) return expected;
    for (auto planned = first; planned != last; ++planned) {
      if (column.cells[planned->second].address == 0)
        expected.push_back(column.cells[planned->second].planned());
    }
    return expected;
  }

  // A cell as it was in a row, as it reads where that row stands now.
  SeenCell in_row(const SeenCell& cell, int row_then) const {
    const int now = pairs_->now(row_then);
    if (!cell.is_formula() || now == 0) return cell;
    return {cell.shown, formula_in_row(cell.formula, row_then, now)};
  }

  // The row that a written cell belongs to, as it stands now; 0: it is gone, or came with the write.
  int own_row(const WrittenCell& written) const {
    return written.identity.empty() ? 0 : pairs_->now(written.address);
  }

  bool shows(const Column& column, int row, const std::string& value) const {
    return row > 0 && comparable(cell_of(*column.shown, row)) == value;
  }

  bool stands(const Column& column, const WrittenCell& written, const std::string& value) const {
    if (written.identity.empty()) return was_changed(column, written);
    if (written.address == 0) {
      const std::vector<int>& rows = pairs_->rows_with(written.identity);
      return std::any_of(rows.begin(), rows.end(), [&](int row) { return shows(column, row, value); });
    }
    const int row = own_row(written);
    if (written.cell->is_formula) return row > 0 && cell_of(*column.shown, row).is_formula();
    return shows(column, row, value);
  }

  // Whether no more rows without an identity show what the cell held before than were left with it.
  bool was_changed(const Column& column, const WrittenCell& written) const {
    if (is_blank(written.cell->before)) return true;
    const Nameless& rows = nameless_with(column, comparable(written.cell->before));
    return std::ssize(rows.shown) <= std::max(rows.held - rows.written, 0);
  }

  // Rows without an identity that show a value; none for a blank one.
  const std::vector<int>& nameless_rows_with(const Column& column, const Cell& value) const {
    static const std::vector<int> kNone;
    return is_blank(value) ? kNone : nameless_with(column, comparable(value)).shown;
  }

  // All cells of a column into which one value was written.
  void settle_value(const Column& column, const std::string& value,
                    const std::vector<const WrittenCell*>& cells, const std::vector<Stray>& strays) {
    std::vector<const WrittenCell*> missing;
    for (const WrittenCell* cell : cells) {
      if (!stands(column, *cell, value)) {
        missing.push_back(cell);
      } else {
        settlement_.any_seen = true;
      }
    }
    std::unordered_map<int, const WrittenCell*> written_to;  // by row
    for (const WrittenCell* cell : cells) {
      const int row = landing(*cell);
      written_to.emplace(row == 0 ? cell->address : row, cell);
    }
    std::vector<std::pair<const Stray*, const WrittenCell*>> astray;
    std::vector<const Stray*> others;
    std::ptrdiff_t landed = std::count_if(missing.begin(), missing.end(),
                                          [&](const WrittenCell* cell) { return landing(*cell) == 0; });
    const bool any_lost = landed > 0;
    for (const Stray& stray : strays) {
      const auto here = written_to.find(stray.row);
      if (here == written_to.end()) {
        others.push_back(&stray);
        continue;
      }
      astray.emplace_back(&stray, here->second);
      if (landing(*here->second) == 0) --landed;
    }
    // Each write landed on one cell. Where more rows show a common value than writes are missing, people
    // typed it, and nobody can tell which. Where its row is known in which it landed, the others are theirs.
    // People clear cells all the time.
    const bool is_clear = is_blank(cells.front()->cell->after);
    const bool may_be_typed = is_clear && may_clear_unseen(column);
    // What was to clear a row that is known by nothing is not seen to have: a row that people moved to its
    // place meanwhile may have been cleared, and have moved on.
    const WrittenCell* unseen = nullptr;
    for (const WrittenCell* cell : cells) {
      if (is_clear && cell->identity.empty() && landing(*cell) == 0) unseen = cell;
    }
    // Nobody types in a column of the system's: where rows moved since the write, what is strange there is
    // ours, also where the row that it was meant for shows the same by another's. But people clear whole
    // rows.
    const bool moved_since = taken_ == Taken::kLater || tab_.puts_right;
    const bool is_strange = is_clear ? any_lost || unseen != nullptr : rows_moved_ || !missing.empty();
    const bool is_ours = tab_.written[column.index].system
                             ? moved_since && is_strange
                             : landed > 0 && landings_ && landings_->is_only_ours(column.at, value);
    if (is_ours || (std::ssize(others) <= landed && !may_be_typed)) {
      for (const Stray* stray : others)
        astray.emplace_back(stray, (missing.empty() ? cells : missing).front());
    } else if (any_lost || unseen != nullptr) {
      for (const Stray* stray : others)
        leave(column, any_lost ? *missing.front() : *unseen, stray->row, stray->belongs);
    }
    for (const auto& [stray, ours] : astray)
      put_back(column, *stray, *ours);
    for (const WrittenCell* cell : missing)
      put_to_its_row(column, *cell, !astray.empty());
  }

  void put_back(const Column& column, const Stray& stray, const WrittenCell& ours) {
    if (!stray.known || (!tab_.written[column.index].restorable && !is_planned(column, stray.row)))
      return leave(column, ours, stray.row, stray.belongs);
    settlement_.moved.insert(ours.cell->key);
    put(stray.row, column, ours.cell->key, stray.belongs.front());
  }

  bool is_planned(const Column& column, int row) const {
    return !identity_in(row).empty() && column.planned.contains(identity_in(row));
  }

  // Our value goes to its own row, where that row still holds what it held, or a value of ours that is
  // astray.
  void put_to_its_row(const Column& column, const WrittenCell& written, bool landed_elsewhere) {
    if (written.identity.empty()) return put_to_nameless_row(column, written);
    // A new row comes with all of its cells: what it lacks, a person took out.
    if (written.address == 0) return;
    const int row = own_row(written);
    if (row == 0) {
      settlement_.unwritten.insert(written.cell->key);
      return;
    }
    const SeenCell& shown = cell_of(*column.shown, row);
    const bool holds_ours = put_.contains(row, column.at);
    const bool untouched = comparable(shown) == comparable(before_of(column, written));
    if (untouched && !holds_ours && !landed_elsewhere && !is_blank(written.cell->after))
      settlement_.stands_nowhere = true;
    // Where the row's other cells stand as they were written, somebody took this one back.
    const bool taken_back = written.applied && taken_ == Taken::kLater && landing(written) == row;
    const bool moved = !taken_back && (row != written.address || rows_moved_);
    if (!holds_ours && (!untouched || !(moved || landed_elsewhere))) {
      // In intake a key is done when it is seen to stand.
      if (tab_.tab == Tab::kIntake && is_blank(shown.shown)) settlement_.unwritten.insert(written.cell->key);
      return;
    }
    settlement_.moved.insert(written.cell->key);
    put(row, column, written.cell->key, written.planned());
  }

  // Who copied the row since copied what was astray in it, too.
  void put_to_new_copies(const Column& column, const WrittenCell& written) {
    for (const int row : pairs_->rows_with(written.identity)) {
      if (pairs_->then(row) == nullptr && shows(column, row, comparable(before_of(column, written))))
        put(row, column, written.cell->key, written.planned());
    }
  }

  // A row without an identity is known by what it held, where all such rows that held it were written.
  void put_to_nameless_row(const Column& column, const WrittenCell& written) {
    const std::vector<int>& rows = nameless_rows_with(column, written.cell->before);
    const Nameless& alike = nameless_with(column, comparable(written.cell->before));
    if (alike.held > alike.written || std::ssize(rows) > alike.held)
      return leave_as_before(column, written, rows);
    for (const int row : rows) {
      settlement_.moved.insert(written.cell->key);
      put(row, column, written.cell->key, written.planned());
    }
  }

  // One of these rows shows what stood where we wrote, and it is not certain that it is that row.
  void leave_as_before(const Column& column, const WrittenCell& written, const std::vector<int>& rows) {
    for (const int row : rows) {
      if (!left_as_before_.insert({column.at, row}).second) continue;
      settlement_.unsure.push_back({written.cell->key,
                                    row,
                                    shown_header(picture_.header, column.at),
                                    written.cell->before,
                                    written.cell->before,
                                    {written.cell->after}});
    }
  }

  SeenCell before_of(const Column& column, const WrittenCell& written) const {
    const IntentRow* then = pairs_->then(own_row(written));
    return then == nullptr ? SeenCell{} : in_row(then->cells[column.index], then->row);
  }

  void put(int row, const Column& column, const std::string& key, const SeenCell& value) {
    put_.put(row, column.at, key, cell_of(*column.shown, row), value);
  }

  void leave(const Column& column, const WrittenCell& written, int row,
             const std::vector<SeenCell>& belongs) {
    UnsureCell cell =
        left_cell(written, {row, column.at}, picture_.header, cell_of(*column.shown, row), identity_in(row));
    for (const SeenCell& before : belongs)
      cell.before.push_back(as_said(before));
    settlement_.unsure.push_back(std::move(cell));
  }

  void name_in_statuses() {
    if (settlement_.unsure.empty()) return;
    const auto status = match_headers(tab_.tab, picture_.header).column_of(fields::run_status());
    const auto written = status ? column_index_.find(*status) : column_index_.end();
    if (written == column_index_.end()) return;
    put_.name_in_statuses(settlement_.unsure, tab_, picture_.header, *status,
                          *by_column_[written->second].shown, identities_);
  }

  const IntentTab& tab_;
  const TabPicture& picture_;
  Taken taken_;
  int last_row_ = 0;
  bool shows_errors_ = false;
  bool rows_moved_ = false;  // a row whose cell holds what it held was not written, rather than written back
  std::vector<std::string> identities_;  // by row now
  std::optional<RowPairs> pairs_;
  std::optional<Landings> landings_;  // of a later look
  // Row now → what is known to have landed there; worked out where it is asked for first.
  mutable std::optional<std::unordered_multimap<int, const WrittenCell*>> landed_;
  std::vector<Column> by_column_;                      // parallel to tab_.written
  std::unordered_map<int, std::size_t> column_index_;  // column → position in by_column_
  PutRight put_;
  std::set<std::pair<int, int>> left_as_before_;  // columns and rows
  Settlement settlement_;
};

}  // namespace

Settlement settle(const IntentTab& tab, std::size_t items_applied, const std::set<std::string>& refused,
                  const TabPicture& picture, Taken taken) {
  return Settler(tab, items_applied, refused, picture, taken).run();
}

}  // namespace roadmap
