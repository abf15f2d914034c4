#include "sheets_client/emulator/protection.h"

#include <algorithm>

#include "sheets_client/emulator/api_error.h"

namespace sheets::emulator {
namespace {

// Whether some cell of `rect` lies in none of the rectangles.
bool leaves_uncovered(const GridRect& rect, const std::vector<GridRect>& cover) {
  if (rect.empty()) return false;
  const auto hit =
      std::find_if(cover.begin(), cover.end(), [&](const GridRect& c) { return c.intersects(rect); });
  if (hit == cover.end()) return true;
  const std::vector<GridRect> rest(hit + 1, cover.end());
  const int top = std::max(rect.start_row, hit->start_row), bottom = std::min(rect.end_row, hit->end_row);
  const GridRect parts[] = {{rect.start_row, top, rect.start_column, rect.end_column},
                            {bottom, rect.end_row, rect.start_column, rect.end_column},
                            {top, bottom, rect.start_column, std::min(rect.end_column, hit->start_column)},
                            {top, bottom, std::max(rect.start_column, hit->end_column), rect.end_column}};
  return std::any_of(std::begin(parts), std::end(parts),
                     [&](const GridRect& part) { return leaves_uncovered(part, rest); });
}

GridRect intersection(const GridRect& a, const GridRect& b) {
  return {std::max(a.start_row, b.start_row), std::min(a.end_row, b.end_row),
          std::max(a.start_column, b.start_column), std::min(a.end_column, b.end_column)};
}

}  // namespace

bool may_edit(const Workbook& workbook, const ProtectedRange& range, const Caller& caller) {
  const auto& users = range.editors.users;
  return caller.email == workbook.owner || std::find(users.begin(), users.end(), caller.email) != users.end();
}

void check_editable(const Workbook& workbook, const Sheet& sheet, const GridRect& rect,
                    const Caller& caller) {
  const auto& grid = sheet.properties;
  for (const ProtectedRange& range : sheet.protected_ranges) {
    if (range.warning_only || may_edit(workbook, range, caller)) continue;
    const GridRect touched = intersection(range.bounds.within(grid.row_count, grid.column_count), rect);
    std::vector<GridRect> open;
    for (const auto& bounds : range.unprotected)
      open.push_back(bounds.within(grid.row_count, grid.column_count));
    if (leaves_uncovered(touched, open)) {
      throw invalid_argument(
          "You are trying to edit a protected cell or object. Please contact the spreadsheet owner to remove "
          "protection if you need to edit.");
    }
  }
}

}  // namespace sheets::emulator
