#include "app/demo/tab_diff.h"

#include <algorithm>
#include <map>
#include <optional>

#include "core/fields/header_match.h"
#include "core/fields/registry.h"

namespace roadmap::app {
namespace {

const Cell& cell_in(const CellRow& row, std::size_t column) {
  static const Cell kEmpty;
  return column < row.size() ? row[column] : kEmpty;
}

bool has_content(const CellRow& row) {
  return std::any_of(row.begin(), row.end(),
                     [](const Cell& cell) { return !is_blank(cell) && cell != Cell{false}; });
}

// A tab's rows with their columns named.
class Reading {
 public:
  Reading(Tab tab, const TabGrid& grid) : grid_(grid), columns_(match_headers(tab, header())) {}

  const CellRow& header() const {
    static const CellRow kNone;
    return grid_.rows.empty() ? kNone : grid_.rows.front();
  }
  // Indices into the grid of the rows with something in them.
  std::vector<std::size_t> rows() const {
    std::vector<std::size_t> rows;
    for (std::size_t i = 1; i < grid_.rows.size(); ++i) {
      if (has_content(grid_.rows[i])) rows.push_back(i);
    }
    return rows;
  }
  std::string text(std::size_t row, FieldId id) const {
    const std::optional<int> column = columns_.column_of(id);
    return column ? to_text(cell_in(grid_.rows[row], static_cast<std::size_t>(*column))) : "";
  }
  std::string identity(std::size_t row, RowIdentity by) const {
    return by == RowIdentity::kKey ? text(row, fields::key()) : std::to_string(row);
  }
  const Cell& cell(std::size_t row, std::size_t column) const { return cell_in(grid_.rows[row], column); }
  std::optional<std::size_t> column_named(const std::string& name) const {
    for (std::size_t i = 0; i < header().size(); ++i) {
      if (to_text(header()[i]) == name) return i;
    }
    return std::nullopt;
  }
  bool is_own(std::size_t column) const {
    return !is_blank(cell_in(header(), column)) && !columns_.field_at(static_cast<int>(column));
  }

 private:
  const TabGrid& grid_;
  ColumnMap columns_;
};

class Comparison {
 public:
  Comparison(Tab tab, const TabGrid& before, const TabGrid& after, RowIdentity identity)
      : before_(tab, before), after_(tab, after), identity_(identity) {}

  TabDiff run() {
    const std::vector<std::size_t> old_rows = before_.rows();
    const std::vector<std::size_t> new_rows = after_.rows();
    diff_.rows_before = static_cast<int>(old_rows.size());
    diff_.rows_after = static_cast<int>(new_rows.size());
    for (std::size_t column = 0; column < before_.header().size(); ++column) {
      if (before_.is_own(column)) diff_.own_columns.push_back(to_text(before_.header()[column]));
    }
    std::map<std::string, std::size_t> old_by_identity;
    for (const std::size_t row : old_rows)
      old_by_identity.emplace(before_.identity(row, identity_), row);
    std::size_t last_old = 0;
    for (const std::size_t row : new_rows) {
      const auto old = old_by_identity.find(after_.identity(row, identity_));
      if (old == old_by_identity.end()) {
        diff_.added.push_back({static_cast<int>(row) + 1, after_.text(row, fields::key()),
                               after_.text(row, fields::title()),
                               after_.text(row, fields::requesting_team())});
        continue;
      }
      if (old->second < last_old) diff_.same_order = false;
      last_old = old->second;
      compare_row(old->second, row);
      old_by_identity.erase(old);
    }
    for (const auto& [gone, row] : old_by_identity)
      count_own(row, std::nullopt);
    return std::move(diff_);
  }

 private:
  void compare_row(std::size_t old_row, std::size_t new_row) {
    count_own(old_row, new_row);
    for (std::size_t column = 0; column < after_.header().size(); ++column) {
      const std::string name = to_text(after_.header()[column]);
      const std::optional<std::size_t> old_column = before_.column_named(name);
      const Cell before = old_column ? before_.cell(old_row, *old_column) : Cell{};
      const Cell& after = after_.cell(new_row, column);
      if (before == after || (is_blank(before) && is_blank(after))) continue;
      diff_.changed.push_back(
          {static_cast<int>(new_row) + 1, after_.text(new_row, fields::key()), name, before, after});
    }
  }

  // `new_row`: nullopt when the row is gone.
  void count_own(std::size_t old_row, std::optional<std::size_t> new_row) {
    for (const std::string& name : diff_.own_columns) {
      const Cell& before = before_.cell(old_row, *before_.column_named(name));
      if (is_blank(before)) continue;
      ++diff_.own_cells;
      const std::optional<std::size_t> column = after_.column_named(name);
      if (new_row && column && after_.cell(*new_row, *column) == before) ++diff_.own_cells_kept;
    }
  }

  const Reading before_;
  const Reading after_;
  const RowIdentity identity_;
  TabDiff diff_;
};

}  // namespace

TabDiff compare_tabs(Tab tab, const TabGrid& before, const TabGrid& after, RowIdentity identity) {
  return Comparison(tab, before, after, identity).run();
}

}  // namespace roadmap::app
