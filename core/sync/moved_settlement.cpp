#include <algorithm>

#include "core/fields/header_match.h"
#include "core/fields/registry.h"
#include "core/sync/found_in.h"
#include "core/sync/landings.h"
#include "core/sync/moved_rows.h"
#include "core/sync/settlement.h"

namespace roadmap {
namespace {

constexpr std::size_t kMaxCandidates = 4;  // more than a sentence can name tell nothing

class ColumnSettler {
 public:
  ColumnSettler(const IntentTab& tab, const std::vector<WrittenCell>& written, const MovedTab& moved)
      : tab_(tab),
        moved_(moved),
        written_(written),
        index_(written),
        rows_(tab, moved, written, index_),
        header_(moved.picture.header),
        fields_(match_headers(tab.tab, header_)),
        width_(static_cast<int>(moved.then.size())),
        columns_(seen_columns(moved.looked_at.columns, moved.picture)),
        landings_(tab, written),
        put_(tab, header_, columns_, rows_.identities()) {
    const std::map<int, std::string> headers = headers_then(tab);
    all_columns_found_ = std::all_of(headers.begin(), headers.end(),
                                     [&](const auto& header) { return moved.now_of(header.first); });
    for (int column = 0; column < width_; ++column) {
      any_column_moved_ = any_column_moved_ || (column_then(column) >= 0 && column_then(column) != column);
    }
  }

  Settlement run() {
    if (rows_.are_hidden_by_errors(written_)) {
      settlement_.unusable = "keys show errors or are loading";
      return std::move(settlement_);
    }
    find_landings();
    put_headers_back();
    for_each_cell([&](int row, int column) { settle_cell(row, column); });
    for (const WrittenCell& cell : written_)
      note_unwritten(cell);
    for (const IntentColumn& column : tab_.written) {
      if (!moved_.now_of(column.column) && !tab_.puts_right) settlement_.gone.push_back(column.header);
    }
    put_.name_in_statuses(settlement_.unsure);
    settlement_.header = header_;
    settlement_.any_seen = settlement_.stands_elsewhere ||
                           std::any_of(written_.begin(), written_.end(),
                                       [&](const WrittenCell& cell) { return !is_missing(cell); });
    settlement_.put_right = put_.take();
    for (int row = rows_.first(); row <= rows_.last(); ++row) {
      const IntentRow* then = rows_.then(row);
      if (then != nullptr && then->row > 0) settlement_.rows_then.emplace(row, then->row);
    }
    return std::move(settlement_);
  }

 private:
  // What belongs into a cell.
  struct Expected {
    bool known = false;
    SeenCell cell;
    bool maybe_formula = false;            // the value was read, and whether a formula gave it is not known
    const WrittenCell* planned = nullptr;  // it is ours, and `before` what stood there
    SeenCell before;
  };

  static Expected as_planned(const WrittenCell& planned, SeenCell before) {
    return {true, planned.planned(), false, &planned, std::move(before)};
  }

  template <typename Use>
  void for_each_cell(const Use& use) {
    for (int row = rows_.first(); row <= rows_.last(); ++row) {
      const IntentRow* then = rows_.then(row);
      may_be_lost_row_ = rows_.may_be_lost(row);
      bystanders_ = then == nullptr ? std::vector<Cell>{} : unpacked_cells(then->bystanders);
      for (int column = 0; column < width_; ++column)
        use(row, column);
    }
  }

  int column_then(int column) const { return moved_.then[static_cast<std::size_t>(column)]; }

  Expected expected_in(int row, int column) const {
    const IntentRow* then = rows_.then(row);
    Expected expected;
    if (then == nullptr) {
      const WrittenCell* planned = index_.at(row, column_then(column));
      // The row that is known by nothing was written itself.
      if (planned != nullptr && planned->identity.empty())
        return as_planned(*planned, {planned->cell->before, {}});
      expected.known = !may_be_lost_row_ && was_blank_without_identity(column_then(column));
      return expected;
    }
    if (column_then(column) < 0) {  // inserted meanwhile, where it cannot be one that was there
      expected.known = all_columns_found_;
      return expected;
    }
    expected.known = then->row < 0;
    if (then->row > 0) expect_as_read(*then, row, column_then(column), expected);
    const WrittenCell* planned = index_.at(then->row, column_then(column));
    return planned == nullptr ? expected : as_planned(*planned, std::move(expected.cell));
  }

  void expect_as_read(const IntentRow& then, int row, int column_then, Expected& expected) const {
    if (const auto written = place_in(tab_.written, column_then)) {
      expected.known = true;
      expected.maybe_formula = !tab_.written[*written].restorable;
      expected.cell = cell_in_row(then.cells[*written], then.row, row);
      return;
    }
    const auto bystander = place_in(tab_.bystanders, column_then);
    if (!bystander || then.bystanders.empty()) return;
    expected.known = true;
    expected.maybe_formula = true;
    if (*bystander < bystanders_.size()) expected.cell.shown = bystanders_[*bystander];
  }

  // Which written column's values landed in each column: the one that stood there at the moment of the write,
  // since columns may have moved again. Most of what tells is seen where a value of ours stands in the wrong
  // place.
  void find_landings() {
    std::vector<std::map<int, int>> votes(moved_.then.size());
    for_each_cell(
        [&](int row, int column) { vote_for_landing(row, column, votes[static_cast<std::size_t>(column)]); });
    for (const std::map<int, int>& of_column : votes) {
      const int column = static_cast<int>(landed_from_.size());
      const auto most = std::max_element(of_column.begin(), of_column.end(),
                                         [](const auto& a, const auto& b) { return a.second < b.second; });
      landed_from_.push_back(most == of_column.end() || of_column.contains(column) ? column : most->first);
    }
    for_each_cell([&](int row, int column) {
      const std::string value = comparable(moved_.shown(row, column));
      const Expected expected = expected_in(row, column);
      const SeenCell& before = expected.planned != nullptr ? expected.before : expected.cell;
      const bool held_before = !expected.known || value == comparable(before);
      landings_.note(landed_from_[static_cast<std::size_t>(column)], row, value, held_before);
    });
    // In the row that shows the others of its address, else, as far as is known, there.
    for (const WrittenCell& cell : written_) {
      const int row = landings_.of(cell.row);
      if (!cell.is_new()) landed_in_[row == 0 ? cell.row : row].push_back(&cell);
    }
  }

  void vote_for_landing(int row, int column, std::map<int, int>& votes) const {
    const SeenCell& cell = moved_.shown(row, column);
    if (is_blank(cell.shown)) return;
    if (std::holds_alternative<bool>(cell.shown) && may_hold_checkboxes(column)) return;
    const std::string value = comparable(cell);
    const auto& written = index_.with(value);
    if (written.empty()) return;
    const Expected expected = expected_in(row, column);
    const bool is_right = value == comparable(expected.cell) ||
                          (expected.planned != nullptr && value == comparable(expected.before));
    if (!expected.known || is_right) return;
    for (const auto& [from, cells] : written)
      ++votes[from];
  }

  bool may_hold_checkboxes(int column) const {
    const auto id = fields_.field_at(column);
    return !id || field(*id).type == FieldType::kBool;
  }

  // Whether rows that are known by nothing held nothing in a column.
  bool was_blank_without_identity(int column_then) const {
    if (column_then < 0) return all_columns_found_;
    if (place_in(tab_.identity, column_then)) return true;
    // In intake nobody but the system writes keys.
    if (const auto written = place_in(tab_.written, column_then))
      return tab_.tab == Tab::kIntake || tab_.written[*written].without_identity.empty();
    const auto bystander = place_in(tab_.bystanders, column_then);
    return bystander && !tab_.bystanders[*bystander].is_filled_without_identity;
  }

  void settle_cell(int row, int column) {
    const SeenCell& cell = moved_.shown(row, column);
    const std::string value = comparable(cell);
    const Expected expected = expected_in(row, column);
    if (expected.known && value == comparable(expected.cell)) return;
    if (expected.planned != nullptr && value == comparable(expected.before)) {
      if (!is_taken_back(row, *expected.planned))
        put(row, column, expected.planned->cell->key, expected.cell);
      return;
    }
    if (const WrittenCell* astray = astray_without_identity(row, column, value))
      return put(row, column, astray->cell->key, astray->planned());
    const WrittenCell* ours = landed_at(row, column, value);
    if (ours == nullptr) return;  // somebody typed here since
    if (column_then(column) != ours->cell->column) settlement_.stands_elsewhere = true;
    // A formula names columns by letters, which no longer are what they were.
    const bool is_certain = !(expected.cell.is_formula() && any_column_moved_) &&
                            !(expected.maybe_formula && may_hold_formulas(column, expected.cell.shown));
    if (expected.known && is_certain) {
      if (expected.maybe_formula && !is_blank(expected.cell.shown))
        ++settlement_.values_back[shown_header(header_, column)];
      put(row, column, key_of(row, *ours), expected.cell);
    } else if (!is_blank(cell.shown) || expected.known) {
      leave(row, column, *ours, expected);
    }
  }

  // Whether the row's other cells stand as they were written: then somebody took this one back, unless it
  // may have landed in another column.
  bool is_taken_back(int row, const WrittenCell& planned) const {
    if (any_column_moved_ || tab_.was_unusable) return false;
    for (int column = 0; column < width_; ++column) {
      if (landed_from_[static_cast<std::size_t>(column)] != column) return false;
    }
    return planned.applied && landings_.of(planned.row) == row;
  }

  // What was to be put right in a row that is known by nothing; nullptr: the cell shows no such value.
  const WrittenCell* astray_without_identity(int row, int column, const std::string& value) const {
    if (!tab_.puts_right || rows_.then(row) != nullptr) return nullptr;
    const auto found = std::find_if(written_.begin(), written_.end(), [&](const WrittenCell& cell) {
      return cell.identity.empty() && cell.row > tab_.header_row && !is_blank(cell.cell->before) &&
             (column_then(column) < 0 || column_then(column) == cell.cell->column) &&
             comparable(cell.cell->before) == value;
    });
    return found == written_.end() ? nullptr : &*found;
  }

  // The value of ours that stands in a cell where it does not belong; nullptr: it is none.
  const WrittenCell* landed_at(int row, int column, const std::string& value) const {
    const IntentRow* then = rows_.then(row);
    const int from = landed_from_[static_cast<std::size_t>(column)];
    const auto is_it = [&](const WrittenCell* cell) {
      return cell->cell->column == from && cell->value() == value;
    };
    const WrittenIndex::Cells none;
    const WrittenIndex::Cells& planned = then == nullptr ? none : index_.in_row(then->row);
    if (const WrittenCell* cell = first_of(planned, is_it)) return cell;
    if (const WrittenCell* cell = first_of(found_or_empty(landed_in_, row), is_it)) return cell;
    const auto is_lost = [&](const WrittenCell* cell) {
      return landings_.of(cell->row) == 0 && !may_be_typed(*cell, column) && is_missing(*cell);
    };
    if (const WrittenCell* cell = first_of(index_.with(from, value), is_lost)) return cell;
    if (then == nullptr || then->row < 0) return nullptr;
    return first_of(planned, [&](const WrittenCell* cell) {
      // Columns moved away and back: the value stands elsewhere in its own row, once.
      const bool is_elsewhere = cell->value() == value && !is_commonplace(cell->cell->after) &&
                                is_missing(*cell) && times_in(row, value) == 1;
      // What was to be put right stands in a column that nothing tells from others.
      const bool is_astray = tab_.puts_right && comparable(cell->cell->before) == value &&
                             !is_blank(cell->cell->before) && column_then(column) < 0;
      return is_elsewhere || is_astray;
    });
  }

  template <typename Is>
  static const WrittenCell* first_of(const WrittenIndex::Cells& cells, const Is& is) {
    const auto found = std::find_if(cells.begin(), cells.end(), is);
    return found == cells.end() ? nullptr : *found;
  }

  // Whether people may well have typed the same in that column. Where they do not type, or in another column
  // than it was written for, they type no more than everyday words.
  bool may_be_typed(const WrittenCell& cell, int column) const {
    const auto written = place_in(tab_.written, cell.cell->column);
    const bool is_systems = !written || tab_.written[*written].system;
    if (is_systems || column_then(column) != cell.cell->column) return is_commonplace(cell.cell->after);
    return !landings_.is_only_ours(cell.cell->column, cell.value());
  }

  // Whether the row that the cell was meant for does not show it in its column.
  bool is_missing(const WrittenCell& cell) const {
    const auto column = moved_.now_of(cell.cell->column);
    const int row = rows_.now(cell.row);
    return !column || row == 0 || comparable(moved_.shown(row, *column)) != cell.value();
  }

  int times_in(int row, const std::string& value) const {
    int times = 0;
    for (int column = 0; column < width_; ++column)
      times += comparable(moved_.shown(row, column)) == value ? 1 : 0;
    return times;
  }

  // Whether a value that was read may have been a formula's.
  bool may_hold_formulas(int column, const Cell& value) const {
    const auto* text = std::get_if<std::string>(&value);
    if (text != nullptr && is_error_text(*text)) return true;
    const std::vector<SeenCell>& cells = *columns_.at(column);
    return std::any_of(cells.begin(), cells.end(), [](const SeenCell& cell) { return cell.is_formula(); });
  }

  // Whose cell it is. In intake rows are known by something else than their keys.
  std::string key_of(int row, const WrittenCell& ours) const {
    const std::string& identity = rows_.identities()[static_cast<std::size_t>(row)];
    return tab_.tab == Tab::kIntake || identity.empty() ? ours.cell->key : identity_parts(identity).front();
  }

  void put(int row, int column, const std::string& key, const SeenCell& value) {
    settlement_.moved.insert(key);
    put_.put(row, column, key, value);
  }

  void leave(int row, int column, const WrittenCell& ours, const Expected& expected) {
    UnsureCell cell = put_.left(
        ours, row, column,
        expected.known ? std::vector<SeenCell>{expected.cell} : held_by_the_lost(column_then(column)));
    cell.columns_moved = true;
    settlement_.unsure.push_back(std::move(cell));
  }

  // What the rows that nobody finds any more held in the column.
  std::vector<SeenCell> held_by_the_lost(int column_then) const {
    std::vector<SeenCell> held;
    const auto bystander = place_in(tab_.bystanders, column_then);
    if (!bystander || rows_.lost().size() > kMaxCandidates) return held;
    for (const IntentRow* row : rows_.lost()) {
      const std::vector<Cell> cells = unpacked_cells(row->bystanders);
      if (*bystander < cells.size() && !is_blank(cells[*bystander])) held.push_back({cells[*bystander], {}});
    }
    return held;
  }

  // What landed on headers: a row inserted above them moves them down to where the first rows were written.
  void put_headers_back() {
    const int header_row = moved_.looked_at.header_row;
    for (const auto& [column_then, header] : headers_then(tab_)) {
      const auto column = moved_.now_of(column_then);
      if (!column) continue;
      const SeenCell& shown = moved_.shown(header_row, *column);
      if (header == part_of(shown.shown)) continue;
      if (const WrittenCell* planned = index_.at(tab_.header_row, column_then)) {
        if (comparable(planned->cell->before) == comparable(shown))
          put_header_back(*column, planned->cell->key, planned->cell->after);
        continue;
      }
      const WrittenCell* ours = first_of(index_.with(*column, comparable(shown)),
                                         [&](const WrittenCell* cell) { return cell->row == header_row; });
      if (ours != nullptr) put_header_back(*column, ours->cell->key, Cell(header));
    }
  }

  void put_header_back(int column, const std::string& key, const Cell& header) {
    put(moved_.looked_at.header_row, column, key, {header, {}});
    header_[static_cast<std::size_t>(column)] = header;
  }

  // A cell whose row is gone, or whose column is.
  void note_unwritten(const WrittenCell& cell) {
    if (cell.identity.empty()) return;  // it puts right a row that is known by nothing
    if (rows_.now(cell.row) == 0 || !moved_.now_of(cell.cell->column))
      settlement_.unwritten.insert(cell.cell->key);
  }

  const IntentTab& tab_;
  const MovedTab& moved_;
  const std::vector<WrittenCell>& written_;
  const WrittenIndex index_;
  const MovedRows rows_;
  CellRow header_;          // as it stands, with what is put right of it
  const ColumnMap fields_;  // by column now
  const int width_;
  const SeenColumns columns_;  // by column now
  bool any_column_moved_ = false;
  bool all_columns_found_ = false;  // each that was read stands somewhere
  std::vector<int> landed_from_;    // column now → the written column whose values landed there
  Landings landings_;
  std::unordered_map<int, WrittenIndex::Cells> landed_in_;  // by row now, as far as is known
  // Of the row that is being looked at.
  std::vector<Cell> bystanders_;
  bool may_be_lost_row_ = false;
  PutRight put_;
  Settlement settlement_;
};

}  // namespace

Settlement settle_moved_columns(const IntentTab& tab, std::size_t items_applied,
                                const std::set<std::string>& refused, const MovedTab& moved) {
  return ColumnSettler(tab, written_cells(tab, items_applied, refused), moved).run();
}

}  // namespace roadmap
