#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <unordered_map>
#include <utility>
#include <vector>

#include "sheets_client/emulator/workbook/grid_bounds.h"

namespace sheets::emulator {

// Beyond every row and column: the open side of a range.
inline constexpr int kBeyondGrid = 1 << 24;

// Ranges of one sheet, each with an item, found by the cells they hold. A range is kept in the few largest
// blocks of rows (each a power of two long) that fill it, so adding one and finding those of a cell cost the
// logarithm of the rows, however long the ranges are.
// Thread safety: one thread.
template <typename Item>
class RangeIndex {
 public:
  void add(const GridRect& rect, const Item& item) {
    for (int at = rect.start_row; at < rect.end_row;) {
      int level = 0;
      while (at % (2 << level) == 0 && at + (2 << level) <= rect.end_row)
        ++level;
      blocks_[key(level, at)].push_back({rect, item});
      ++size_;
      at += 1 << level;
    }
  }

  // Calls `visit(rect, item)` for every range that touches `rect`, for some more than once. What it returns
  // false for is dropped. `visit` must not change the index.
  template <typename Visit>
  void visit(const GridRect& rect, Visit&& visit) {
    if (rect.rows() > kRowsOneByOne) {
      for (auto& [block, entries] : blocks_)
        visit_block(entries, rect, visit);
      return;
    }
    for (int row = rect.start_row; row < rect.end_row; ++row) {
      for (int level = 0; level <= kTopLevel; ++level) {
        const auto found = blocks_.find(key(level, row));
        if (found != blocks_.end()) visit_block(found->second, rect, visit);
      }
    }
  }

  // How many places ranges are kept in.
  std::size_t size() const { return size_; }

 private:
  using Entry = std::pair<GridRect, Item>;
  static constexpr int kTopLevel = 24;
  static constexpr int kRowsOneByOne = 32;

  static std::uint64_t key(int level, int row) {
    return (static_cast<std::uint64_t>(level) << 32U) | static_cast<std::uint32_t>(row >> level);
  }

  template <typename Visit>
  void visit_block(std::vector<Entry>& entries, const GridRect& rect, Visit&& visit) {
    const auto out = std::remove_if(entries.begin(), entries.end(), [&](const Entry& entry) {
      return entry.first.intersects(rect) && !visit(entry.first, entry.second);
    });
    size_ -= static_cast<std::size_t>(entries.end() - out);
    entries.erase(out, entries.end());
  }

  std::unordered_map<std::uint64_t, std::vector<Entry>> blocks_;
  std::size_t size_ = 0;
};

}  // namespace sheets::emulator
