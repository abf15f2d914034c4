#include "sheets_client/picture.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <set>
#include <utility>

#include "core/fields/text.h"
#include "sheets_client/a1.h"

namespace sheets {
namespace {

roadmap::CellRow header_in(const SeenTab& tab, int header_row) {
  roadmap::CellRow header;
  for (const SeenBlock& block : tab.blocks) {
    if (header_row <= block.start_row) continue;
    const auto row = static_cast<std::size_t>(header_row - 1 - block.start_row);
    for (std::size_t c = 0; c < block.columns.size(); ++c) {
      const std::vector<roadmap::SeenCell>& cells = block.columns[c];
      if (row >= cells.size()) continue;
      // Above a column's last cell a blank one may be none at all, which does not make the header wider.
      if (row + 1 < cells.size() && cells[row].shown == roadmap::Cell{}) continue;
      const std::size_t column = static_cast<std::size_t>(block.start_column) + c;
      if (header.size() <= column) header.resize(column + 1);
      header[column] = cells[row].shown;
    }
  }
  return header;
}

// Takes the cells out of the blocks.
std::vector<roadmap::SeenCell> take_column(SeenTab& tab, int column) {
  std::vector<roadmap::SeenCell> cells;
  for (SeenBlock& block : tab.blocks) {
    const int c = column - block.start_column;
    if (c < 0 || c >= static_cast<int>(block.columns.size())) continue;
    std::vector<roadmap::SeenCell> seen = std::exchange(block.columns[static_cast<std::size_t>(c)], {});
    const auto first = static_cast<std::size_t>(block.start_row);
    if (first == 0 && seen.size() >= cells.size()) {
      cells = std::move(seen);
      continue;
    }
    if (cells.size() < first + seen.size()) cells.resize(first + seen.size());
    std::move(seen.begin(), seen.end(), cells.begin() + block.start_row);
  }
  return cells;
}

void take_columns(const std::vector<int>& columns, SeenTab& tab,
                  std::vector<std::vector<roadmap::SeenCell>>& taken) {
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const auto end = columns.begin() + static_cast<std::ptrdiff_t>(i);
    const auto same = std::find(columns.begin(), end, columns[i]);
    taken[i] =
        same == end ? take_column(tab, columns[i]) : taken[static_cast<std::size_t>(same - columns.begin())];
  }
}

// "<marker> <items applied>"
void read_marker(const std::string& value, roadmap::Picture& picture) {
  const std::size_t space = value.find(' ');
  picture.marker = value.substr(0, space);
  if (space == std::string::npos) return;
  std::from_chars(value.data() + space + 1, value.data() + value.size(), picture.items_applied);
}

}  // namespace

roadmap::Picture picture_of(const std::vector<roadmap::LookAt>& looks, SeenSpreadsheet seen) {
  roadmap::Picture picture;
  read_marker(seen.marker, picture);
  for (auto look = looks.begin(); look != looks.end(); ++look) {
    const auto found = std::find_if(seen.tabs.begin(), seen.tabs.end(),
                                    [&](const SeenTab& one) { return same_title(one.title, look->tab); });
    roadmap::TabPicture& picture_of_tab = picture.tabs.emplace_back();
    picture_of_tab.there = found != seen.tabs.end();
    picture_of_tab.columns.resize(look->columns.size());
    if (!picture_of_tab.there) continue;
    picture_of_tab.header = header_in(*found, look->header_row);
    const bool is_last = std::none_of(look + 1, looks.end(), [&](const roadmap::LookAt& later) {
      return same_title(later.tab, look->tab);
    });
    SeenTab tab = is_last ? std::move(*found) : *found;
    take_columns(look->columns, tab, picture_of_tab.columns);
  }
  return picture;
}

void append_ranges(const roadmap::LookAt& look, const std::string& title, int rows, int columns,
                   std::vector<std::string>& ranges) {
  const std::string quoted = always_quoted_tab(title);
  if (look.header_row <= rows) ranges.push_back(fmt::format("{0}!{1}:{1}", quoted, look.header_row));
  for (const int column : std::set<int>(look.columns.begin(), look.columns.end())) {
    if (column < columns)
      ranges.push_back(fmt::format("{0}!{1}1:{1}", quoted, roadmap::column_letters(column)));
  }
}

}  // namespace sheets
