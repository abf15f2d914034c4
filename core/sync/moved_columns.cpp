#include "core/sync/moved_columns.h"

#include <algorithm>

#include "core/fields/text.h"

namespace roadmap {
namespace {

constexpr int kMaxHeaderRow = 50;  // how far down a header is looked for that people moved

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

// Where the columns of a picture stood when the write was planned, in their order now.
struct ColumnsThen {
  static constexpr int kUntold = -1;

  std::vector<int> columns;
  std::set<int> left;  // those of then that are not found
};

ColumnsThen find_by_header(const IntentTab& tab, const TabPicture& whole, int header_row) {
  const std::map<int, std::string> headers = headers_then(tab);
  const std::unordered_map<std::string, int> then = unique_headers(headers);
  const std::unordered_map<std::string, int> now = unique_headers(headers_in(whole, header_row));
  ColumnsThen found{std::vector<int>(whole.columns.size(), ColumnsThen::kUntold), {}};
  for (const auto& [column, header] : headers) {
    const std::string text = normalise_header(header);
    const auto here = then.contains(text) ? now.find(text) : now.end();
    if (here == now.end()) {
      found.left.insert(column);
    } else {
      found.columns[static_cast<std::size_t>(here->second)] = column;
    }
  }
  return found;
}

// Columns that no header tells stand for as many that are left between the same neighbours.
void find_by_neighbours(const TabPicture& whole, int header_row, ColumnsThen& found) {
  std::vector<int>& columns = found.columns;
  const auto told = [](int column) { return column != ColumnsThen::kUntold; };
  const auto says_nothing_here = [&](std::size_t column) {
    return is_blank(cell_of(whole.columns[column], header_row).shown);
  };
  std::size_t end = 0;
  for (std::size_t begin = 0; begin < columns.size(); begin = end + 1) {
    end = begin;
    while (end < columns.size() && !told(columns[end]))
      ++end;
    const bool has_right = end < columns.size();
    std::size_t last = end;
    while (!has_right && last > begin && says_nothing_here(last - 1))
      --last;
    const int first = begin == 0 ? 0 : columns[begin - 1] + 1;
    const int count = static_cast<int>(last - begin);
    const auto in_between =
        std::distance(found.left.lower_bound(first), found.left.lower_bound(first + count));
    const bool ends_there = has_right ? columns[end] == first + count : !found.left.contains(first + count);
    if (in_between != count || !ends_there) continue;
    for (int i = 0; i < count; ++i)
      columns[begin + static_cast<std::size_t>(i)] = first + i;
  }
}

std::vector<int> columns_then(const IntentTab& tab, const TabPicture& whole, int header_row) {
  ColumnsThen found = find_by_header(tab, whole, header_row);
  find_by_neighbours(whole, header_row, found);
  return std::move(found.columns);
}

}  // namespace

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

std::optional<int> MovedTab::now_of(int column_then) const {
  const auto found = std::find(then.begin(), then.end(), column_then);
  return found == then.end() ? std::nullopt : std::optional(static_cast<int>(found - then.begin()));
}

const SeenCell& MovedTab::shown(int row, int column) const {
  return cell_of(picture.columns[picture.columns.size() - then.size() + static_cast<std::size_t>(column)],
                 row);
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
  for (const IntentColumn& column : tab.identity) {
    if (!moved.now_of(column.column)) moved.unusable = "the column '" + column.header + "' is gone";
  }
  const int width = static_cast<int>(moved.then.size());
  for (const int column : look_of(tab).columns)
    moved.looked_at.columns.push_back(moved.now_of(column).value_or(width));
  for (int column = 0; column < width; ++column)
    moved.looked_at.columns.push_back(column);
  for (const int column : moved.looked_at.columns) {
    moved.picture.columns.push_back(column < width ? whole.columns[static_cast<std::size_t>(column)]
                                                   : std::vector<SeenCell>{});
  }
  for (const std::vector<SeenCell>& column : whole.columns)
    moved.picture.header.push_back(cell_of(column, header_row).shown);
  return moved;
}

}  // namespace roadmap
