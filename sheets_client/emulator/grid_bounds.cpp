#include "sheets_client/emulator/grid_bounds.h"

namespace sheets::emulator {
namespace {

int after_removal(int position, int at, int count) {
  if (position <= at) return position;
  return position < at + count ? at : position - count;
}

}  // namespace

void GridBounds::insert(Dimension dimension, int at, int count) {
  auto& start = dimension == Dimension::kRows ? start_row : start_column;
  auto& end = dimension == Dimension::kRows ? end_row : end_column;
  if (start && *start >= at) *start += count;
  if (end && *end > at) *end += count;
}

bool GridBounds::remove(Dimension dimension, int at, int count) {
  auto& start = dimension == Dimension::kRows ? start_row : start_column;
  auto& end = dimension == Dimension::kRows ? end_row : end_column;
  if (start) *start = after_removal(*start, at, count);
  if (end) *end = after_removal(*end, at, count);
  return !end || start.value_or(0) < *end;
}

}  // namespace sheets::emulator
