#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "sheets_client/emulator/workbook/cell.h"
#include "sheets_client/emulator/workbook/grid_bounds.h"

namespace sheets::emulator {

struct SheetProperties {
  int id = 0;
  std::string title;
  int row_count = 1000;
  int column_count = 26;
  int frozen_rows = 0;
  int frozen_columns = 0;
  bool hide_gridlines = false;
  // Whether the button of a group stands after it. Said of a dimension that has, or had, groups.
  bool row_group_control_after = false;
  bool column_group_control_after = false;
  bool hidden = false;
  bool right_to_left = false;
  std::shared_ptr<const Json> tab_color_style;

  int count(Dimension dimension) const { return dimension == Dimension::kRows ? row_count : column_count; }
};

// What people may change of one row or column; absent: the default.
struct DimensionProperties {
  bool hidden = false;
  std::optional<int> pixel_size;
  int group_depth = 0;  // of how many groups it is part
  bool is_default() const { return !hidden && !pixel_size && group_depth == 0; }
};

struct Editors {
  std::vector<std::string> users;
  std::vector<std::string> groups;
  bool domain_users_can_edit = false;
};

struct ProtectedRange {
  int id = 0;
  GridBounds bounds;
  std::string description;
  bool warning_only = false;
  Editors editors;
  std::vector<GridBounds> unprotected;
};

struct ConditionalFormat {
  std::vector<GridBounds> ranges;
  std::shared_ptr<const Json> rule;  // booleanRule or gradientRule
};

// A filter view, the basic filter or a banding: a message about a range.
struct RangedRule {
  int id = 0;  // 0: the basic filter
  GridBounds bounds;
  std::shared_ptr<const Json> content;  // the message without its id and range
};

struct NamedRange {
  std::string id;
  std::string name;
  GridBounds bounds;
};

// What a program keeps beside a spreadsheet, a sheet, a row or a column; people do not see it.
struct DeveloperMetadata {
  struct Line {  // one row or column
    Dimension dimension = Dimension::kRows;
    int index = 0;
    friend bool operator==(const Line&, const Line&) = default;
  };
  int id = 0;
  std::string key;
  std::string value;
  std::string visibility;    // "DOCUMENT" or "PROJECT"
  std::optional<Line> line;  // absent: it belongs to the whole of what holds it
};

// One tab. Rows are shared between copies until one of them changes: copying a sheet of any size costs a
// pointer a row. Thread safety: none of its own; a published sheet is const, a changing one has one owner.
class Sheet {
 public:
  SheetProperties properties;
  std::vector<ProtectedRange> protected_ranges;
  std::vector<ConditionalFormat> conditional_formats;
  std::vector<GridBounds> merges;
  std::optional<RangedRule> basic_filter;
  std::vector<RangedRule> filter_views;
  std::vector<RangedRule> bandings;
  std::vector<NamedRange> named_ranges;
  std::vector<DeveloperMetadata> developer_metadata;  // of the sheet, its rows and columns
  std::map<int, DimensionProperties> row_properties;
  std::map<int, DimensionProperties> column_properties;

  std::int64_t cell_count() const {
    return std::int64_t{properties.row_count} * std::int64_t{properties.column_count};
  }
  GridRect whole() const { return {0, properties.row_count, 0, properties.column_count}; }
  // The rows or columns from `start` to `end`.
  GridRect band(Dimension dimension, int start, int end) const {
    GridRect rect = whole();
    rect.start(dimension) = start;
    rect.end(dimension) = end;
    return rect;
  }
  // Of an API's range, what lies in the grid.
  GridRect cut(const GridBounds& bounds) const {
    return bounds.within(properties.row_count, properties.column_count);
  }
  std::map<int, DimensionProperties>& lines(Dimension dimension) {
    return dimension == Dimension::kRows ? row_properties : column_properties;
  }
  const std::map<int, DimensionProperties>& lines(Dimension dimension) const {
    return dimension == Dimension::kRows ? row_properties : column_properties;
  }

  // Row `row`, 0-based; nullptr when nothing was ever written there. Cells at its end may be missing.
  const Row* row(int row) const;
  // The same, to compare and to keep; rows of one pointer are equal.
  const std::shared_ptr<Row>& shared_row(int row) const { return rows_[static_cast<std::size_t>(row)]; }
  const Cell& cell(int row, int column) const;
  // Calls `visit(row, column, cell)` for the cells of `rect` that are stored, row by row. It may edit the
  // cell it is about.
  template <typename Visit>
  void for_each_stored(const GridRect& rect, Visit&& visit) const {
    for (int r = rect.start_row; r < std::min(rect.end_row, stored_rows()); ++r) {
      const int stored = row(r) ? static_cast<int>(row(r)->size()) : 0;
      for (int c = rect.start_column; c < std::min(rect.end_column, stored); ++c)
        visit(r, c, cell(r, c));
    }
  }
  // Rows from here on are empty.
  int stored_rows() const { return static_cast<int>(rows_.size()); }

  // The row to write to, at least `columns` cells long.
  Row& edit_row(int row, int columns);
  Cell& edit(int row, int column) { return edit_row(row, column + 1)[static_cast<std::size_t>(column)]; }

  // Takes values and formulas away; formats, notes and validation stay.
  void clear_content(const GridRect& rect);

  // Make room for `count` rows or columns at `at` (up to the grid's end), or take them away, or move those
  // from `start` to `end` before what is now `destination` (outside of them). The grid and whatever is said
  // of ranges, rows and columns follow.
  void insert(Dimension dimension, int at, int count);
  void remove(Dimension dimension, int at, int count);
  void move(Dimension dimension, int start, int end, int destination);
  // Formats and validation, not values, of row or column `from` onto `count` rows or columns at `at`.
  void inherit(Dimension dimension, int from, int at, int count);
  // Cuts or extends the grid at its right and lower end.
  void resize(int row_count, int column_count);

 private:
  // Calls `change` with the bounds of everything that is said of a range; what it returns false for is
  // dropped.
  template <typename Change>
  void change_bounds(Change&& change);
  void insert_cells(Dimension dimension, int at, int count);
  void remove_cells(Dimension dimension, int at, int count);
  // Lets the columns that filters are about follow: `follow` gives a column's new place, nullopt: gone.
  template <typename Follow>
  void follow_columns(Follow&& follow);

  std::vector<std::shared_ptr<Row>> rows_;
};

}  // namespace sheets::emulator
