#include "sheets_client/emulator/table_detection.h"

#include <algorithm>
#include <tuple>
#include <vector>

namespace sheets::emulator {
namespace {

struct Span {
  int row, start, end;  // filled cells of one row, beside each other
};

std::vector<Span> spans_of_row(const Sheet& sheet, int row) {
  std::vector<Span> spans;
  const Row* cells = sheet.row(row);
  for (int c = 0; cells && c < static_cast<int>(cells->size()); ++c) {
    if (!(*cells)[static_cast<std::size_t>(c)].has_content()) continue;
    if (!spans.empty() && spans.back().end == c) {
      ++spans.back().end;
    } else {
      spans.push_back({row, c, c + 1});
    }
  }
  return spans;
}

// Touching by a side or a corner.
bool adjacent(const GridRect& a, const GridRect& b) {
  const GridRect grown{a.start_row - 1, a.end_row + 1, a.start_column - 1, a.end_column + 1};
  return grown.intersects(b);
}

GridRect united(const GridRect& a, const GridRect& b) {
  return {std::min(a.start_row, b.start_row), std::max(a.end_row, b.end_row),
          std::min(a.start_column, b.start_column), std::max(a.end_column, b.end_column)};
}

// Adds a block, joining it with those it touches; the joined block may touch more of them.
void add_block(std::vector<GridRect>& blocks, GridRect block) {
  for (auto touching = blocks.begin(); touching != blocks.end();) {
    if (adjacent(*touching, block)) {
      block = united(*touching, block);
      blocks.erase(touching);
      touching = blocks.begin();
    } else {
      ++touching;
    }
  }
  blocks.push_back(block);
}

}  // namespace

std::optional<GridRect> find_table(const Sheet& sheet, const GridRect& rect) {
  std::vector<GridRect> blocks;
  for (int r = 0; r < sheet.stored_rows(); ++r) {
    for (const Span& span : spans_of_row(sheet, r))
      add_block(blocks, {r, r + 1, span.start, span.end});
  }
  std::optional<GridRect> last;
  for (const GridRect& block : blocks) {
    const auto order = [](const GridRect& b) { return std::make_tuple(b.start_row, b.start_column); };
    if (block.intersects(rect) && (!last || order(*last) < order(block))) last = block;
  }
  return last;
}

}  // namespace sheets::emulator
