#include "core/sync/moved_columns.h"

#include <algorithm>
#include <map>
#include <optional>
#include <unordered_map>

#include "core/fields/header_match.h"
#include "core/fields/registry.h"
#include "core/fields/text.h"
#include "core/sync/formula_rows.h"
#include "core/sync/intent_tab.h"
#include "core/sync/landings.h"
#include "core/sync/row_pairs.h"
#include "core/sync/written_cell.h"

namespace roadmap {
namespace {

constexpr int kMaxHeaderRow = 50;          // how far down a header is looked for that people moved
constexpr std::size_t kMaxLost = 64;       // rows that a row which nobody knows is held against
constexpr std::size_t kMaxCandidates = 4;  // more than a sentence can name tell nothing

// The headers of a tab as they were read, by column.
std::map<int, std::string> headers_then(const IntentTab& tab) {
  std::map<int, std::string> headers;
  for (const std::vector<IntentColumn>* columns : {&tab.identity, &tab.written}) {
    for (const IntentColumn& column : *columns)
      headers.insert_or_assign(column.column, column.header);
  }
  for (const BystanderColumn& column : tab.bystanders)
    headers.insert_or_assign(column.column, column.header);
  return headers;
}

// Headers, normalised, that stand once in a row, and where.
std::unordered_map<std::string, int> unique_headers(const std::map<int, std::string>& headers) {
  std::unordered_map<std::string, int> unique;
  std::set<std::string> several;
  for (const auto& [column, header] : headers) {
    const std::string text = normalise_header(header);
    if (!text.empty() && !unique.emplace(text, column).second) several.insert(text);
  }
  for (const std::string& text : several)
    unique.erase(text);
  return unique;
}

std::map<int, std::string> headers_in(const TabPicture& whole, int row) {
  std::map<int, std::string> headers;
  for (std::size_t i = 0; i < whole.columns.size(); ++i)
    headers.emplace(static_cast<int>(i), part_of(cell_of(whole.columns[i], row).shown));
  return headers;
}

// The row that shows most of the headers; 0: none shows any.
int find_header_row(const IntentTab& tab, const TabPicture& whole) {
  const std::unordered_map<std::string, int> then = unique_headers(headers_then(tab));
  int found = 0;
  std::ptrdiff_t most = 0;
  const auto look = [&](int row) {
    const std::map<int, std::string> now = headers_in(whole, row);
    const auto known = std::count_if(now.begin(), now.end(), [&](const auto& header) {
      return then.contains(normalise_header(header.second));
    });
    if (known <= most) return;
    most = known;
    found = row;
  };
  look(tab.header_row);
  for (int row = 1; row <= kMaxHeaderRow; ++row)
    look(row);
  return found;
}

// Where each column stood: by its header, and where that tells nothing, by its neighbours.
std::vector<int> columns_then(const IntentTab& tab, const TabPicture& whole, int header_row) {
  const std::map<int, std::string> headers = headers_then(tab);
  const std::unordered_map<std::string, int> then = unique_headers(headers);
  const std::unordered_map<std::string, int> now = unique_headers(headers_in(whole, header_row));
  std::vector<int> columns(whole.columns.size(), -1);
  std::set<int> left;
  for (const auto& [column, header] : headers) {
    const std::string text = normalise_header(header);
    const auto found = then.contains(text) ? now.find(text) : now.end();
    if (found == now.end()) {
      left.insert(column);
    } else {
      columns[static_cast<std::size_t>(found->second)] = column;
    }
  }
  const auto says_nothing_here = [&](std::size_t column) {
    return is_blank(cell_of(whole.columns[column], header_row).shown);
  };
  for (std::size_t begin = 0; begin < columns.size();) {
    if (columns[begin] >= 0) {
      ++begin;
      continue;
    }
    // Columns that no header tells stand for as many between the same neighbours.
    std::size_t end = begin;
    while (end < columns.size() && columns[end] < 0)
      ++end;
    const bool has_right = end < columns.size();
    std::size_t last = end;
    while (!has_right && last > begin && says_nothing_here(last - 1))
      --last;
    const int first_then = begin == 0 ? 0 : columns[begin - 1] + 1;
    const int count = static_cast<int>(last - begin);
    const auto in_between = std::distance(left.lower_bound(first_then), left.lower_bound(first_then + count));
    const bool ends_there =
        has_right ? columns[end] == first_then + count : !left.contains(first_then + count);
    if (in_between == count && ends_there) {
      for (int i = 0; i < count; ++i)
        columns[begin + static_cast<std::size_t>(i)] = first_then + i;
    }
    begin = end;
  }
  return columns;
}

// Which row of those that were read, or of the new ones, a row is.
struct RowThen {
  const IntentRow* read = nullptr;
  int new_row = 0;
};

// A row that was lost, and the row now that shows most of it.
struct Holder {
  int row = 0;
  int votes = 0;
  RowThen then;
};

class ColumnSettler {
 public:
  ColumnSettler(const IntentTab& tab, std::size_t items_applied, const std::set<std::string>& refused,
                const MovedTab& moved)
      : tab_(tab),
        moved_(moved),
        written_(written_cells(tab, items_applied, refused)),
        header_(moved.picture.header),
        fields_(match_headers(tab.tab, moved.picture.header)) {
    columns_ = moved.picture.columns.data() + look_of(tab).columns.size();
    for (std::size_t i = 0; i < moved.then.size(); ++i) {
      last_row_ = std::max(last_row_, static_cast<int>(columns_[i].size()));
      if (moved.then[i] < 0) continue;
      now_.emplace(moved.then[i], static_cast<int>(i));
      any_column_moved_ = any_column_moved_ || moved.then[i] != static_cast<int>(i);
    }
    const std::map<int, std::string> headers = headers_then(tab);
    all_columns_found_ = std::all_of(headers.begin(), headers.end(),
                                     [&](const auto& header) { return now_.contains(header.first); });
    first_row_ = tab.first_data_row + moved.looked_at.header_row - tab.header_row;
    for (std::size_t i = 0; i < tab.written.size(); ++i)
      written_column_.emplace(tab.written[i].column, i);
    for (std::size_t i = 0; i < tab.bystanders.size(); ++i)
      bystander_.emplace(tab.bystanders[i].column, i);
    for (const WrittenCell& cell : written_) {
      by_landing_[cell.cell->column][cell.value()].push_back(&cell);
      (cell.new_row != 0 ? of_new_row_[cell.new_row] : of_row_[cell.address]).push_back(&cell);
    }
  }

  Settlement run() {
    find_rows();
    for (int row = first_row_; row <= last_row_; ++row) {
      const RowThen& then = rows_[static_cast<std::size_t>(row)];
      if (then.read != nullptr) row_now_.emplace(then.read->row, row);
      if (then.new_row != 0) new_row_now_.emplace(then.new_row, row);
    }
    if (is_hidden_by_errors()) {
      settlement_.unusable = "keys show errors or are loading";
      return std::move(settlement_);
    }
    find_landings();
    put_headers_back();
    for (int row = first_row_; row <= last_row_; ++row)
      settle_row(row);
    for (const WrittenCell& cell : written_)
      note_unwritten(cell);
    for (const IntentColumn& column : tab_.written) {
      if (now_of(column.column) < 0 && !tab_.puts_right) settlement_.gone.push_back(column.header);
    }
    name_in_statuses();
    settlement_.header = header_;
    settlement_.any_seen = settlement_.stands_elsewhere ||
                           std::any_of(written_.begin(), written_.end(),
                                       [&](const WrittenCell& cell) { return !is_missing(cell); });
    settlement_.put_right = put_.take();
    for (const auto& [then, row] : row_now_)
      settlement_.rows_then.emplace(row, then);
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

  const SeenCell& shown(int row, int column) const {
    static const SeenCell kBlank;
    return column < 0 || static_cast<std::size_t>(column) >= moved_.then.size()
               ? kBlank
               : cell_of(columns_[column], row);
  }
  int now_of(int column_then) const {
    const auto found = now_.find(column_then);
    return found == now_.end() ? -1 : found->second;
  }

  // --- rows ---

  void find_rows() {
    rows_.resize(static_cast<std::size_t>(last_row_) + 1);
    identities_.resize(rows_.size());
    std::unordered_map<std::string, int> added;
    for (const WrittenCell& cell : written_) {
      if (cell.new_row != 0 && !cell.identity.empty()) added.emplace(cell.identity, cell.new_row);
    }
    std::set<const IntentRow*> found;
    std::set<int> found_new;
    std::vector<int> strangers;
    for (int row = first_row_; row <= last_row_; ++row) {
      if (!is_overwritten(row)) identities_[static_cast<std::size_t>(row)] = identity_in(row);
    }
    const RowPairs pairs(tab_, written_, identities_, [&](int column_then, int row) {
      const int column = now_of(column_then);
      return column < 0 ? nullptr : &shown(row, column);
    });
    for (int row = first_row_; row <= last_row_; ++row) {
      const IntentRow* then = pairs.then(row);
      const auto fresh = added.find(identities_[static_cast<std::size_t>(row)]);
      if (then != nullptr) {
        rows_[static_cast<std::size_t>(row)].read = then;
        found.insert(then);
      } else if (fresh != added.end() && found_new.insert(fresh->second).second) {
        rows_[static_cast<std::size_t>(row)].new_row = fresh->second;
      } else if (!shows_error(row)) {
        strangers.push_back(row);
      }
    }
    find_by_content(strangers, found, found_new);
  }

  std::string identity_in(int row) const {
    std::vector<std::string> parts;
    for (std::size_t i = 0; i < tab_.identity.size(); ++i)
      parts.push_back(part_of(cell_of(moved_.picture.columns[i], row).shown));
    return identity_of(tab_.tab, std::move(parts));
  }

  // Whether what a row is known by is a value that landed there: it says nothing of which row that is. A key
  // that was put back may have landed on another row, and moved on with it.
  bool is_overwritten(int row) const {
    for (std::size_t i = 0; i < tab_.identity.size(); ++i) {
      if (has_landed(row, moved_.looked_at.columns[i])) return true;
    }
    if (tab_.tab == Tab::kIntake) return false;
    const auto keys = by_landing_.find(tab_.identity.front().column);
    if (keys == by_landing_.end()) return false;
    const auto written = keys->second.find(comparable(shown(row, moved_.looked_at.columns.front())));
    return written != keys->second.end() &&
           std::any_of(written->second.begin(), written->second.end(),
                       [](const WrittenCell* cell) { return cell->new_row == 0; });
  }

  // Whether a cell shows what was written at that very address.
  bool has_landed(int row, int column) const {
    const auto written = of_row_.find(row);
    return written != of_row_.end() &&
           std::any_of(written->second.begin(), written->second.end(), [&](const WrittenCell* cell) {
             return cell->cell->column == column && comparable(shown(row, column)) == cell->value();
           });
  }

  // Whether a cell shows a value, be it by a formula.
  bool shows(int row, int column, const std::string& value) const {
    const SeenCell& cell = shown(row, column);
    return comparable(cell) == value || (cell.is_formula() && comparable(cell.shown) == value);
  }

  // Every filled cell that a row held.
  template <typename Use>
  void for_each_cell_held(const IntentRow& then, const Use& use) const {
    const std::string blank = comparable(Cell{});
    const auto give = [&](int column, const std::string& value) {
      if (value != blank) use(column, value);
    };
    for (std::size_t i = 0; i < tab_.written.size(); ++i)
      give(tab_.written[i].column, comparable(then.cells[i]));
    const std::vector<Cell> bystanders = unpacked_cells(then.bystanders);
    for (std::size_t i = 0; i < std::min(bystanders.size(), tab_.bystanders.size()); ++i)
      give(tab_.bystanders[i].column, comparable(bystanders[i]));
  }

  // Rows that lost what they are known by, since a value of ours landed on it: known by what else they show.
  // What is alike in many rows tells none of them from the others.
  void find_by_content(const std::vector<int>& strangers, std::set<const IntentRow*>& found,
                       std::set<int>& found_new) {
    std::map<std::pair<int, std::string>, std::vector<RowThen>> holders;  // by column now and value
    for (const IntentRow& row : tab_.rows) {
      if (found.contains(&row)) continue;
      lost_.push_back(&row);
      for_each_cell_held(row, [&](int column_then, const std::string& value) {
        if (const int column = now_of(column_then); column >= 0)
          holders[{column, value}].push_back({&row, 0});
      });
    }
    // The cells of new rows landed where they were written.
    for (const auto& [number, cells] : of_new_row_) {
      if (found_new.contains(number)) continue;
      for (const WrittenCell* cell : cells) {
        if (!is_blank(cell->cell->after))
          holders[{cell->cell->column, cell->value()}].push_back({nullptr, number});
      }
    }
    std::vector<Holder> known;
    for (const int row : strangers) {
      if (const auto holder = best_holder(holders, row)) known.push_back(*holder);
    }
    // Whoever shows most of a row is that row: others may be copies without a key.
    std::stable_sort(known.begin(), known.end(),
                     [](const Holder& a, const Holder& b) { return a.votes > b.votes; });
    for (const Holder& holder : known) {
      const RowThen& then = holder.then;
      if (then.read == nullptr ? !found_new.contains(then.new_row) : !found.contains(then.read))
        know(holder.row, then, found, found_new);
    }
    for (const int row : strangers) {
      if (!identities_[static_cast<std::size_t>(row)].empty()) continue;
      if (const auto then = stands_as_written(row)) know(row, *then, found, found_new);
    }
  }

  void know(int row, const RowThen& then, std::set<const IntentRow*>& found, std::set<int>& found_new) {
    rows_[static_cast<std::size_t>(row)] = then;
    if (then.read == nullptr) {
      found_new.insert(then.new_row);
      identities_[static_cast<std::size_t>(row)] = of_new_row_.at(then.new_row).front()->identity;
      return;
    }
    found.insert(then.read);
    std::erase(lost_, then.read);
    identities_[static_cast<std::size_t>(row)] = then.read->identity;
  }

  // Of what puts right: the row that was read there, where nothing that it held says no. It shows nothing but
  // what was written.
  std::optional<RowThen> stands_as_written(int row) const {
    const auto found = std::find_if(lost_.begin(), lost_.end(), [&](const IntentRow* then) {
      return tab_.puts_right && then->row == row && is_like(*then, row);
    });
    if (found == lost_.end()) return std::nullopt;
    return RowThen{*found, 0};
  }

  // The row that was lost of which a row now shows most, and at least half of what it shows.
  std::optional<Holder> best_holder(
      const std::map<std::pair<int, std::string>, std::vector<RowThen>>& holders, int row) const {
    constexpr std::size_t kTooMany = 32;
    std::map<std::pair<const IntentRow*, int>, int> votes;
    int asked = 0;
    for (int column = 0; static_cast<std::size_t>(column) < moved_.then.size(); ++column) {
      const SeenCell& cell = shown(row, column);
      if ((is_blank(cell.shown) && !cell.is_formula()) || has_landed(row, column)) continue;
      ++asked;
      auto held = holders.find({column, comparable(cell)});
      // Of a column that was not to be written only values are known.
      if (held == holders.end() && cell.is_formula()) held = holders.find({column, comparable(cell.shown)});
      if (held == holders.end() || held->second.size() > kTooMany) continue;
      for (const RowThen& then : held->second)
        ++votes[{then.read, then.new_row}];
    }
    std::optional<Holder> best;
    int most = 0;
    for (const auto& [then, count] : votes) {
      if (count == most) best.reset();
      if (count <= most) continue;
      most = count;
      best = Holder{row, count, {then.first, then.second}};
    }
    return 2 * most < asked ? std::nullopt : best;
  }

  // Whether rows that were written cannot be told from those whose keys show errors now.
  bool is_hidden_by_errors() const {
    const bool all_found = std::all_of(written_.begin(), written_.end(), [&](const WrittenCell& cell) {
      return cell.address == 0 || cell.identity.empty() || own_row(cell) != 0;
    });
    if (all_found) return false;
    for (int row = first_row_; row <= last_row_; ++row) {
      if (shows_error(row)) return true;
    }
    return false;
  }

  bool shows_error(int row) const {
    return tab_.tab != Tab::kIntake &&
           is_error_text(part_of(cell_of(moved_.picture.columns.front(), row).shown));
  }

  // --- cells ---

  Expected expected_in(int row, int column) const {
    const RowThen& then = rows_[static_cast<std::size_t>(row)];
    const int column_then = moved_.then[static_cast<std::size_t>(column)];
    Expected expected;
    if (then.read == nullptr && then.new_row == 0) {
      const auto here = of_row_.find(row);
      const WrittenCell* planned = here == of_row_.end() ? nullptr : cell_in(here->second, column_then);
      if (planned != nullptr &&
          planned->identity.empty()) {  // the row that is known by nothing was written itself
        expected.planned = planned;
        expected.before.shown = planned->cell->before;
        expected.cell = planned->planned();
        expected.known = true;
        return expected;
      }
      expected.known = !may_be_lost_row_ && was_blank_without_identity(column_then);
      return expected;
    }
    if (column_then < 0) {  // inserted meanwhile, where it cannot be one that was there
      expected.known = all_columns_found_;
      return expected;
    }
    if (then.new_row != 0) {
      expected.known = true;
      expected.planned = cell_in(of_new_row_.at(then.new_row), column_then);
      if (expected.planned != nullptr) expected.cell = expected.planned->planned();
      return expected;
    }
    expect_as_read(*then.read, row, column_then, expected);
    const auto planned = of_row_.find(then.read->row);
    if (planned == of_row_.end()) return expected;
    expected.planned = cell_in(planned->second, column_then);
    if (expected.planned == nullptr) return expected;
    expected.before = expected.cell;
    expected.known = true;
    expected.maybe_formula = false;
    expected.cell = expected.planned->planned();
    return expected;
  }

  void expect_as_read(const IntentRow& then, int row, int column_then, Expected& expected) const {
    const auto written = written_column_.find(column_then);
    if (written != written_column_.end()) {
      const SeenCell& cell = then.cells[written->second];
      expected.known = true;
      expected.maybe_formula = !tab_.written[written->second].restorable;
      expected.cell =
          cell.is_formula() ? SeenCell{cell.shown, formula_in_row(cell.formula, then.row, row)} : cell;
      return;
    }
    const auto bystander = bystander_.find(column_then);
    if (bystander == bystander_.end() || then.bystanders.empty()) return;
    expected.known = true;
    expected.maybe_formula = true;
    if (bystander->second < bystanders_.size()) expected.cell.shown = bystanders_[bystander->second];
  }

  // Which written column's values landed in each column: the one that stood there at the moment of the write,
  // since columns may have moved again. Most of what tells is seen where a value of ours stands in the wrong
  // place.
  void find_landings() {
    std::vector<std::map<int, int>> votes(moved_.then.size());
    for (int row = first_row_; row <= last_row_; ++row) {
      begin_row(row);
      for (std::size_t column = 0; column < votes.size(); ++column)
        vote_for_landing(row, static_cast<int>(column), votes[column]);
    }
    for (std::size_t column = 0; column < votes.size(); ++column) {
      landed_from_.push_back(static_cast<int>(column));
      const auto most = std::max_element(votes[column].begin(), votes[column].end(),
                                         [](const auto& a, const auto& b) { return a.second < b.second; });
      if (most != votes[column].end() && !votes[column].contains(landed_from_.back()))
        landed_from_.back() = most->first;
    }
    landings_.emplace(tab_, written_);
    for (int row = first_row_; row <= last_row_; ++row) {
      begin_row(row);
      for (int column = 0; column < static_cast<int>(landed_from_.size()); ++column) {
        const std::string value = comparable(shown(row, column));
        const Expected expected = expected_in(row, column);
        const SeenCell& before = expected.planned != nullptr ? expected.before : expected.cell;
        const bool held_before = !expected.known || value == comparable(before);
        landings_->note(landed_from_[static_cast<std::size_t>(column)], row, value, held_before);
      }
    }
    for (const WrittenCell& cell : written_) {
      if (cell.new_row == 0) landed_in_[landing(cell)].push_back(&cell);
    }
  }

  void vote_for_landing(int row, int column, std::map<int, int>& votes) const {
    const SeenCell& cell = shown(row, column);
    if (is_blank(cell.shown)) return;
    if (std::holds_alternative<bool>(cell.shown) && may_hold_checkboxes(column)) return;
    const std::string value = comparable(cell);
    const bool is_written = std::any_of(by_landing_.begin(), by_landing_.end(),
                                        [&](const auto& landed) { return landed.second.contains(value); });
    if (!is_written) return;
    const Expected expected = expected_in(row, column);
    const bool is_right = value == comparable(expected.cell) ||
                          (expected.planned != nullptr && value == comparable(expected.before));
    if (!expected.known || is_right) return;
    for (const auto& [from, values] : by_landing_) {
      if (values.contains(value)) ++votes[from];
    }
  }

  bool may_hold_checkboxes(int column) const {
    const auto id = fields_.field_at(column);
    return !id || field(*id).type == FieldType::kBool;
  }

  static const WrittenCell* cell_in(const std::vector<const WrittenCell*>& cells, int column_then) {
    const auto found = std::find_if(cells.begin(), cells.end(), [&](const WrittenCell* cell) {
      return cell->cell->column == column_then;
    });
    return found == cells.end() ? nullptr : *found;
  }

  bool is_identity(int column_then) const {
    return std::any_of(tab_.identity.begin(), tab_.identity.end(),
                       [&](const IntentColumn& column) { return column.column == column_then; });
  }

  // Whether rows that are known by nothing held nothing in a column.
  bool was_blank_without_identity(int column_then) const {
    if (column_then < 0) return all_columns_found_;
    if (is_identity(column_then)) return true;
    const auto written = written_column_.find(column_then);
    // In intake nobody but the system writes keys.
    if (written != written_column_.end())
      return tab_.tab == Tab::kIntake || tab_.written[written->second].without_identity.empty();
    const auto bystander = bystander_.find(column_then);
    return bystander != bystander_.end() && !tab_.bystanders[bystander->second].is_filled_without_identity;
  }

  // Whether a row that nobody knows may be one that is missing: it shows all that such a row held, but where
  // values of ours stand.
  bool may_be_lost_row(int row) const {
    if (lost_.size() > kMaxLost) return true;
    return std::any_of(lost_.begin(), lost_.end(),
                       [&](const IntentRow* then) { return is_like(*then, row); });
  }

  bool is_like(const IntentRow& then, int row) const {
    bool is_like_it = true;
    for_each_cell_held(then, [&](int column_then, const std::string& value) {
      const int column = now_of(column_then);
      if (column < 0 || shows(row, column, value)) return;
      const auto landed = by_landing_.find(column);
      if (landed == by_landing_.end() || !landed->second.contains(comparable(shown(row, column))))
        is_like_it = false;
    });
    return is_like_it;
  }

  void begin_row(int row) {
    const RowThen& known = rows_[static_cast<std::size_t>(row)];
    may_be_lost_row_ = known.read == nullptr && known.new_row == 0 && may_be_lost_row(row);
    const IntentRow* then = known.read;
    bystanders_ = then == nullptr ? std::vector<Cell>{} : unpacked_cells(then->bystanders);
  }

  void settle_row(int row) {
    begin_row(row);
    for (int column = 0; static_cast<std::size_t>(column) < moved_.then.size(); ++column)
      settle_cell(row, column);
  }

  void settle_cell(int row, int column) {
    const SeenCell& cell = shown(row, column);
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
    if (moved_.then[static_cast<std::size_t>(column)] != ours->cell->column)
      settlement_.stands_elsewhere = true;
    // A formula names columns by letters, which no longer are what they were.
    const bool is_certain = !(expected.cell.is_formula() && any_column_moved_) &&
                            !(expected.maybe_formula && may_hold_formulas(column, expected.cell.shown));
    if (expected.known && is_certain) return put_back(row, column, *ours, expected);
    if (!is_blank(cell.shown) || expected.known) leave(row, column, *ours, expected);
  }

  // Whether the row's other cells stand as they were written: then somebody took this one back, unless it
  // may have landed in another column.
  bool is_taken_back(int row, const WrittenCell& planned) const {
    if (any_column_moved_ || tab_.was_unusable) return false;
    for (std::size_t column = 0; column < landed_from_.size(); ++column) {
      if (landed_from_[column] != static_cast<int>(column)) return false;
    }
    return planned.applied && planned.new_row == 0 && landings_->of(planned.address) == row;
  }

  // What was to be put right in a row that is known by nothing; nullptr: the cell shows no such value.
  const WrittenCell* astray_without_identity(int row, int column, const std::string& value) const {
    const RowThen& then = rows_[static_cast<std::size_t>(row)];
    const int column_then = moved_.then[static_cast<std::size_t>(column)];
    if (!tab_.puts_right || then.read != nullptr || then.new_row != 0) return nullptr;
    const auto found = std::find_if(written_.begin(), written_.end(), [&](const WrittenCell& cell) {
      return cell.identity.empty() && cell.address > tab_.header_row && !is_blank(cell.cell->before) &&
             (column_then < 0 || column_then == cell.cell->column) && comparable(cell.cell->before) == value;
    });
    return found == written_.end() ? nullptr : &*found;
  }

  // The value of ours that stands in a cell where it does not belong; nullptr: it is none.
  const WrittenCell* landed_at(int row, int column, const std::string& value) const {
    const RowThen& then = rows_[static_cast<std::size_t>(row)];
    const int from = landed_from_[static_cast<std::size_t>(column)];
    const auto is_it = [&](const WrittenCell* cell) {
      return cell->cell->column == from && cell->value() == value;
    };
    if (const WrittenCell* cell = first_of(cells_meant_for(then), is_it)) return cell;
    if (const auto landed = landed_in_.find(row); landed != landed_in_.end()) {
      if (const WrittenCell* cell = first_of(&landed->second, is_it)) return cell;
    }
    const auto here = by_landing_.find(from);
    if (here != by_landing_.end()) {
      const auto cells = here->second.find(value);
      const auto is_lost = [&](const WrittenCell* cell) {
        const bool may_be_anywhere = cell->new_row != 0 || landings_->of(cell->address) == 0;
        return may_be_anywhere && !may_be_typed(*cell, column) && is_missing(*cell);
      };
      if (cells != here->second.end()) {
        if (const WrittenCell* cell = first_of(&cells->second, is_lost)) return cell;
      }
    }
    // Columns moved away and back: the value stands elsewhere in its own row, once.
    if (then.read == nullptr) return nullptr;
    const auto planned = of_row_.find(then.read->row);
    if (planned == of_row_.end()) return nullptr;
    for (const WrittenCell* cell : planned->second) {
      if (cell->value() == value && !is_commonplace(cell->cell->after) && is_missing(*cell) &&
          times_in(row, value) == 1)
        return cell;
      // What was to be put right stands in a column that nothing tells from others.
      const bool is_astray = tab_.puts_right && comparable(cell->cell->before) == value;
      if (is_astray && !is_blank(cell->cell->before) && moved_.then[static_cast<std::size_t>(column)] < 0)
        return cell;
    }
    return nullptr;
  }

  // nullptr: none.
  const std::vector<const WrittenCell*>* cells_meant_for(const RowThen& then) const {
    if (then.new_row != 0) {
      const auto cells = of_new_row_.find(then.new_row);
      return cells == of_new_row_.end() ? nullptr : &cells->second;
    }
    const auto cells = then.read == nullptr ? of_row_.end() : of_row_.find(then.read->row);
    return cells == of_row_.end() ? nullptr : &cells->second;
  }

  template <typename Is>
  static const WrittenCell* first_of(const std::vector<const WrittenCell*>* cells, const Is& is) {
    if (cells == nullptr) return nullptr;
    const auto found = std::find_if(cells->begin(), cells->end(), is);
    return found == cells->end() ? nullptr : *found;
  }

  // Where a cell landed: in the row that shows the others of its address, else, as far as is known, there.
  int landing(const WrittenCell& cell) const {
    const int row = landings_->of(cell.address);
    return row == 0 ? cell.address : row;
  }

  // Whether people may well have typed the same in that column. Where they do not type, or in another column
  // than it was written for, they type no more than everyday words.
  bool may_be_typed(const WrittenCell& cell, int column) const {
    const auto written = written_column_.find(cell.cell->column);
    const bool is_systems = written == written_column_.end() || tab_.written[written->second].system;
    const bool is_elsewhere = moved_.then[static_cast<std::size_t>(column)] != cell.cell->column;
    if (is_systems || is_elsewhere) return is_commonplace(cell.cell->after);
    return !landings_->is_only_ours(cell.cell->column, cell.value());
  }

  // Whether the row that the cell was meant for does not show it in its column.
  bool is_missing(const WrittenCell& cell) const {
    const int column = now_of(cell.cell->column);
    const int row = own_row(cell);
    return column < 0 || row == 0 || comparable(shown(row, column)) != cell.value();
  }

  // Where the row that a cell was meant for stands now; 0: nowhere.
  int own_row(const WrittenCell& cell) const {
    const std::unordered_map<int, int>& rows = cell.new_row != 0 ? new_row_now_ : row_now_;
    const auto found = rows.find(cell.new_row != 0 ? cell.new_row : cell.address);
    return found == rows.end() ? 0 : found->second;
  }

  std::ptrdiff_t times_in(int row, const std::string& value) const {
    std::ptrdiff_t times = 0;
    for (int column = 0; static_cast<std::size_t>(column) < moved_.then.size(); ++column)
      times += comparable(shown(row, column)) == value ? 1 : 0;
    return times;
  }

  // Whether a value that was read may have been a formula's.
  bool may_hold_formulas(int column, const Cell& value) const {
    const auto* text = std::get_if<std::string>(&value);
    if (text != nullptr && is_error_text(*text)) return true;
    const std::vector<SeenCell>& cells = columns_[column];
    return std::any_of(cells.begin(), cells.end(), [](const SeenCell& cell) { return cell.is_formula(); });
  }

  void put_back(int row, int column, const WrittenCell& ours, const Expected& expected) {
    if (expected.maybe_formula && !is_blank(expected.cell.shown))
      ++settlement_.values_back[shown_header(header_, column)];
    put(row, column, key_of(row, ours), expected.cell);
  }

  // Whose cell it is. In intake rows are known by something else than their keys.
  std::string key_of(int row, const WrittenCell& ours) const {
    const std::string& identity = identities_[static_cast<std::size_t>(row)];
    return tab_.tab == Tab::kIntake || identity.empty() ? ours.cell->key : identity_parts(identity).front();
  }

  void put(int row, int column, const std::string& key, const SeenCell& value) {
    settlement_.moved.insert(key);
    put_.put(row, column, key, shown(row, column), value);
  }

  void leave(int row, int column, const WrittenCell& ours, const Expected& expected) {
    UnsureCell cell = left_cell(ours, {row, column}, header_, shown(row, column),
                                identities_[static_cast<std::size_t>(row)]);
    cell.columns_moved = true;
    if (expected.known) {
      cell.before.push_back(as_said(expected.cell));
    } else {
      add_candidates(moved_.then[static_cast<std::size_t>(column)], cell.before);
    }
    settlement_.unsure.push_back(std::move(cell));
  }

  // What the rows that nobody finds any more held in the column.
  void add_candidates(int column_then, std::vector<Cell>& before) const {
    const auto bystander = bystander_.find(column_then);
    if (bystander == bystander_.end() || lost_.size() > kMaxCandidates) return;
    for (const IntentRow* row : lost_) {
      const std::vector<Cell> cells = unpacked_cells(row->bystanders);
      if (bystander->second < cells.size() && !is_blank(cells[bystander->second]))
        before.push_back(cells[bystander->second]);
    }
  }

  // What landed on headers: a row inserted above them moves them down to where the first rows were written.
  void put_headers_back() {
    const int header_row = moved_.looked_at.header_row;
    for (const auto& [column_then, header] : headers_then(tab_)) {
      const int column = now_of(column_then);
      if (column < 0 || header == part_of(shown(header_row, column).shown)) continue;
      if (const PlannedCell* planned = planned_header(column_then)) {
        if (comparable(planned->before) == comparable(shown(header_row, column)))
          put_header_back(column, planned->key, planned->after);
        continue;
      }
      const auto landed = by_landing_.find(column);
      if (landed == by_landing_.end()) continue;
      const auto cells = landed->second.find(comparable(shown(header_row, column)));
      if (cells == landed->second.end()) continue;
      const auto ours = std::find_if(cells->second.begin(), cells->second.end(),
                                     [&](const WrittenCell* cell) { return cell->address == header_row; });
      if (ours != cells->second.end()) put_header_back(column, (*ours)->cell->key, Cell(header));
    }
  }

  void put_header_back(int column, const std::string& key, const Cell& header) {
    put(moved_.looked_at.header_row, column, key, {header, {}});
    header_[static_cast<std::size_t>(column)] = header;
  }

  // The cell that puts a header right.
  const PlannedCell* planned_header(int column_then) const {
    const auto found = std::find_if(tab_.cells.begin(), tab_.cells.end(), [&](const PlannedCell& cell) {
      return cell.row == tab_.header_row && cell.column == column_then;
    });
    return found == tab_.cells.end() ? nullptr : &*found;
  }

  // A cell whose row is gone, or whose column is.
  void note_unwritten(const WrittenCell& cell) {
    if (cell.identity.empty()) return;  // it puts right a row that is known by nothing
    if (own_row(cell) == 0 || now_of(cell.cell->column) < 0) settlement_.unwritten.insert(cell.cell->key);
  }

  void name_in_statuses() {
    if (settlement_.unsure.empty()) return;
    const auto status = match_headers(tab_.tab, header_).column_of(fields::run_status());
    if (!status || static_cast<std::size_t>(*status) >= moved_.then.size()) return;
    put_.name_in_statuses(settlement_.unsure, tab_, header_, *status, columns_[*status], identities_);
  }

  const IntentTab& tab_;
  const MovedTab& moved_;
  std::vector<WrittenCell> written_;
  CellRow header_;                                  // as it stands, with what is put right of it
  ColumnMap fields_;                                // by column now
  const std::vector<SeenCell>* columns_ = nullptr;  // by column now, from A on
  bool any_column_moved_ = false;
  bool all_columns_found_ = false;  // each that was read stands somewhere
  int first_row_ = 0;
  int last_row_ = 0;
  std::unordered_map<int, int> now_;  // column then → column now
  std::unordered_map<int, std::size_t> written_column_;
  std::unordered_map<int, std::size_t> bystander_;
  std::unordered_map<int, std::unordered_map<std::string, std::vector<const WrittenCell*>>> by_landing_;
  std::unordered_map<int, std::vector<const WrittenCell*>> of_row_;  // by address
  std::map<int, std::vector<const WrittenCell*>> of_new_row_;
  std::vector<RowThen> rows_;                 // by row now
  std::unordered_map<int, int> row_now_;      // address then → row now
  std::unordered_map<int, int> new_row_now_;  // number of a new row → row now
  std::vector<int> landed_from_;              // column now → the written column whose values landed there
  std::optional<Landings> landings_;
  std::unordered_map<int, std::vector<const WrittenCell*>> landed_in_;  // by row now, as far as is known
  std::vector<Cell> bystanders_;                                        // of the row that is being settled
  std::vector<std::string> identities_;                                 // by row now
  std::vector<const IntentRow*> lost_;  // rows that were read and that no row now is
  bool may_be_lost_row_ = false;        // of the row that is being settled, where nobody knows it
  PutRight put_;
  Settlement settlement_;
};

}  // namespace

LookAt whole_look_of(const IntentTab& tab, const TabPicture& picture) {
  int width = static_cast<int>(picture.header.size());
  for (const auto& [column, header] : headers_then(tab))
    width = std::max(width, column + 1);
  LookAt look{tab.title, tab.header_row, {}};
  constexpr int kInserted = 8;  // where the header says nothing of columns inserted meanwhile
  for (int column = 0; column < width + kInserted; ++column)
    look.columns.push_back(column);
  return look;
}

MovedTab find_columns(const IntentTab& tab, const TabPicture& whole) {
  MovedTab moved;
  const int header_row = find_header_row(tab, whole);
  if (header_row == 0) {
    moved.unusable = "no header is to be seen";
    return moved;
  }
  moved.then = columns_then(tab, whole, header_row);
  moved.looked_at = {tab.title, header_row, {}};
  const auto now_of = [&](int column_then) {
    const auto found = std::find(moved.then.begin(), moved.then.end(), column_then);
    return static_cast<int>(found - moved.then.begin());
  };
  for (const IntentColumn& column : tab.identity) {
    if (now_of(column.column) == static_cast<int>(moved.then.size()))
      moved.unusable = "the column '" + column.header + "' is gone";
  }
  for (const int column : look_of(tab).columns)
    moved.looked_at.columns.push_back(now_of(column));
  for (std::size_t i = 0; i < moved.then.size(); ++i)
    moved.looked_at.columns.push_back(static_cast<int>(i));
  for (const int column : moved.looked_at.columns) {
    const auto at = static_cast<std::size_t>(column);
    moved.picture.columns.push_back(at < whole.columns.size() ? whole.columns[at] : std::vector<SeenCell>{});
  }
  for (const std::vector<SeenCell>& column : whole.columns)
    moved.picture.header.push_back(cell_of(column, header_row).shown);
  return moved;
}

Settlement settle_moved_columns(const IntentTab& tab, std::size_t items_applied,
                                const std::set<std::string>& refused, const MovedTab& moved) {
  return ColumnSettler(tab, items_applied, refused, moved).run();
}

}  // namespace roadmap
