#pragma once

#include <algorithm>
#include <optional>

namespace sheets::emulator {

enum class Dimension { kRows, kColumns };
inline Dimension other(Dimension dimension) {
  return dimension == Dimension::kRows ? Dimension::kColumns : Dimension::kRows;
}

// Cells of one sheet, 0-based and half open, wholly inside its grid.
struct GridRect {
  int start_row = 0;
  int end_row = 0;
  int start_column = 0;
  int end_column = 0;

  int rows() const { return end_row - start_row; }
  int columns() const { return end_column - start_column; }
  int& start(Dimension along) { return along == Dimension::kRows ? start_row : start_column; }
  int& end(Dimension along) { return along == Dimension::kRows ? end_row : end_column; }
  int start(Dimension along) const { return along == Dimension::kRows ? start_row : start_column; }
  int end(Dimension along) const { return along == Dimension::kRows ? end_row : end_column; }
  int length(Dimension along) const { return end(along) - start(along); }
  GridRect moved(int by_rows, int by_columns) const {
    return {start_row + by_rows, end_row + by_rows, start_column + by_columns, end_column + by_columns};
  }
  // Calls `visit(row, column)` for every cell, row by row.
  template <typename Visit>
  void for_each(Visit&& visit) const {
    for (int r = start_row; r < end_row; ++r) {
      for (int c = start_column; c < end_column; ++c)
        visit(r, c);
    }
  }
  bool empty() const { return rows() <= 0 || columns() <= 0; }
  bool single_cell() const { return rows() == 1 && columns() == 1; }
  bool contains(const GridRect& other) const {
    return other.start_row >= start_row && other.end_row <= end_row && other.start_column >= start_column &&
           other.end_column <= end_column;
  }
  bool contains(int row, int column) const {
    return row >= start_row && row < end_row && column >= start_column && column < end_column;
  }
  bool intersects(const GridRect& other) const {
    return start_row < other.end_row && other.start_row < end_row && start_column < other.end_column &&
           other.start_column < end_column;
  }
  friend bool operator==(const GridRect&, const GridRect&) = default;
};

// Where a row or column is after those from `start` to `end` moved before what was `destination`.
inline int moved_line(int line, int start, int end, int destination) {
  const int count = end - start;
  if (line >= start && line < end) return line + destination - (destination > start ? end : start);
  if (destination > end - 1 && line >= end && line < destination) return line - count;
  if (destination <= start && line >= destination && line < start) return line + count;
  return line;
}

// A GridRange as the API sends it: a missing side is open.
struct GridBounds {
  std::optional<int> start_row;
  std::optional<int> end_row;
  std::optional<int> start_column;
  std::optional<int> end_column;

  std::optional<int>& start(Dimension along) { return along == Dimension::kRows ? start_row : start_column; }
  std::optional<int>& end(Dimension along) { return along == Dimension::kRows ? end_row : end_column; }

  GridRect within(int row_count, int column_count) const {
    return {std::min(start_row.value_or(0), row_count), std::min(end_row.value_or(row_count), row_count),
            std::min(start_column.value_or(0), column_count),
            std::min(end_column.value_or(column_count), column_count)};
  }

  // Follow rows or columns that are inserted or removed; remove returns false when nothing is left.
  void insert(Dimension dimension, int at, int count) {
    auto &from = start(dimension), &to = end(dimension);
    if (from && *from >= at) *from += count;
    if (to && *to > at) *to += count;
  }
  bool remove(Dimension dimension, int at, int count) {
    auto &from = start(dimension), &to = end(dimension);
    const auto after = [&](int position) {
      if (position <= at) return position;
      return position < at + count ? at : position - count;
    };
    if (from) *from = after(*from);
    if (to) *to = after(*to);
    return !to || from.value_or(0) < *to;
  }
  // Follow a move of rows or columns: whole when all of the range moves, else as if they were taken out of
  // one place and put into the other.
  void move(Dimension dimension, int first, int last, int destination) {
    auto &from = start(dimension), &to = end(dimension);
    if (from && to && *from >= first && *to <= last) {
      const int length = *to - *from;
      from = moved_line(*from, first, last, destination);
      to = *from + length;
      return;
    }
    remove(dimension, first, last - first);
    insert(dimension, destination > first ? destination - (last - first) : destination, last - first);
  }

  friend bool operator==(const GridBounds&, const GridBounds&) = default;
};

}  // namespace sheets::emulator
