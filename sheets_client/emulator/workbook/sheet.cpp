#include "sheets_client/emulator/workbook/sheet.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace sheets::emulator {
namespace {

const Cell& empty_cell() {
  static const Cell kEmpty;
  return kEmpty;
}

// What a new row or column takes over from its neighbour.
std::shared_ptr<const CellDetail> inherited(const Cell& from) {
  Cell copy;
  copy.detail = from.detail;
  copy.change_detail([](CellDetail& detail) {
    detail.formula.clear();
    detail.note.clear();
  });
  return copy.detail;
}

std::map<int, DimensionProperties> moved_properties(const std::map<int, DimensionProperties>& properties,
                                                    int from, int by) {
  std::map<int, DimensionProperties> moved;
  for (const auto& [index, property] : properties)
    moved[index >= from ? index + by : index] = property;
  return moved;
}

constexpr int kMaxGridLine = 20'000'000;  // beyond any grid

int depth_at(const std::map<int, DimensionProperties>& lines, int index) {
  const auto found = lines.find(index);
  return found == lines.end() ? 0 : found->second.group_depth;
}

// A filter's message whose columns moved: `follow` gives the new place of each, nullopt where it is gone.
template <typename Follow>
std::shared_ptr<const Json> with_columns(const std::shared_ptr<const Json>& content, Follow&& follow) {
  Json changed = *content;
  const auto list = [&](const char* name, const char* index) {
    if (!changed.contains(name)) return;
    Json kept = Json::array();
    for (Json entry : changed[name]) {
      const auto column = follow(entry.value(index, 0));
      if (!column) continue;
      entry[index] = *column;
      kept.push_back(std::move(entry));
    }
    changed[name] = std::move(kept);
  };
  list("filterSpecs", "columnIndex");
  list("sortSpecs", "dimensionIndex");
  if (changed.contains("criteria")) {
    Json kept = Json::object();
    for (const auto& [key, entry] : changed["criteria"].items()) {
      if (const auto column = follow(std::atoi(key.c_str()))) kept[std::to_string(*column)] = entry;
    }
    changed["criteria"] = std::move(kept);
  }
  return changed == *content ? content : std::make_shared<const Json>(std::move(changed));
}

}  // namespace

const Row* Sheet::row(int row) const {
  return row >= 0 && row < stored_rows() ? rows_[static_cast<std::size_t>(row)].get() : nullptr;
}

const Cell& Sheet::cell(int row_index, int column) const {
  const Row* cells = row(row_index);
  return cells && column < static_cast<int>(cells->size()) ? (*cells)[static_cast<std::size_t>(column)]
                                                           : empty_cell();
}

Row& Sheet::edit_row(int row, int columns) {
  if (row >= stored_rows()) rows_.resize(static_cast<std::size_t>(row) + 1);
  auto& stored = rows_[static_cast<std::size_t>(row)];
  if (!stored) {
    stored = std::make_shared<Row>();
  } else if (stored.use_count() > 1) {
    stored = std::make_shared<Row>(*stored);
  }
  if (static_cast<int>(stored->size()) < columns) stored->resize(static_cast<std::size_t>(columns));
  return *stored;
}

void Sheet::clear_content(const GridRect& rect) {
  for_each_stored(rect, [this](int row, int column, const Cell& cell) {
    if (cell.has_content()) edit(row, column).set_value({});
  });
}

void Sheet::insert_cells(Dimension dimension, int at, int count) {
  if (dimension == Dimension::kRows) {
    if (at < stored_rows()) rows_.insert(rows_.begin() + at, static_cast<std::size_t>(count), nullptr);
    return;
  }
  for (int r = 0; r < stored_rows(); ++r) {
    const Row* cells = row(r);
    if (!cells || static_cast<int>(cells->size()) <= at) continue;
    Row& editable = edit_row(r, 0);
    editable.insert(editable.begin() + at, static_cast<std::size_t>(count), Cell{});
  }
}

void Sheet::remove_cells(Dimension dimension, int at, int count) {
  if (dimension == Dimension::kRows) {
    const int end = std::min(at + count, stored_rows());
    if (at < end) rows_.erase(rows_.begin() + at, rows_.begin() + end);
    return;
  }
  for (int r = 0; r < stored_rows(); ++r) {
    const Row* cells = row(r);
    if (!cells || static_cast<int>(cells->size()) <= at) continue;
    Row& editable = edit_row(r, 0);
    editable.erase(editable.begin() + at,
                   editable.begin() + std::min(at + count, static_cast<int>(editable.size())));
  }
}

template <typename Change>
void Sheet::change_bounds(Change&& change) {
  const auto gone = [&](GridBounds& bounds) { return !change(bounds); };
  const auto gone_with_bounds = [&](auto& entry) { return gone(entry.bounds); };
  std::erase_if(protected_ranges, [&](ProtectedRange& range) {
    std::erase_if(range.unprotected, gone);
    return gone(range.bounds);
  });
  std::erase_if(conditional_formats, [&](ConditionalFormat& format) {
    std::erase_if(format.ranges, gone);
    return format.ranges.empty();
  });
  std::erase_if(merges, gone);
  std::erase_if(merges,
                [&](const GridBounds& b) { return b.within(kMaxGridLine, kMaxGridLine).single_cell(); });
  if (basic_filter && gone(basic_filter->bounds)) basic_filter.reset();
  std::erase_if(filter_views, gone_with_bounds);
  std::erase_if(bandings, gone_with_bounds);
  std::erase_if(named_ranges, gone_with_bounds);
}

void Sheet::insert(Dimension dimension, int at, int count) {
  insert_cells(dimension, at, count);
  (dimension == Dimension::kRows ? properties.row_count : properties.column_count) += count;
  change_bounds([&](GridBounds& bounds) {
    bounds.insert(dimension, at, count);
    return true;
  });
  for (auto& metadata : developer_metadata) {
    if (metadata.line && metadata.line->dimension == dimension && metadata.line->index >= at)
      metadata.line->index += count;
  }
  auto& lines = this->lines(dimension);
  const int depth = std::min(depth_at(lines, at - 1), depth_at(lines, at));  // inside a group: part of it
  lines = moved_properties(lines, at, count);
  for (int i = at; depth > 0 && i < at + count; ++i)
    lines[i].group_depth = depth;
  if (dimension == Dimension::kColumns)
    follow_columns([&](int column) { return std::optional(column >= at ? column + count : column); });
}

void Sheet::remove(Dimension dimension, int at, int count) {
  remove_cells(dimension, at, count);
  int& total = dimension == Dimension::kRows ? properties.row_count : properties.column_count;
  int& frozen = dimension == Dimension::kRows ? properties.frozen_rows : properties.frozen_columns;
  total -= count;
  frozen -= std::max(0, std::min(frozen, at + count) - at);
  change_bounds([&](GridBounds& bounds) { return bounds.remove(dimension, at, count); });
  std::erase_if(developer_metadata, [&](DeveloperMetadata& metadata) {
    if (!metadata.line || metadata.line->dimension != dimension || metadata.line->index < at) return false;
    if (metadata.line->index < at + count) return true;
    metadata.line->index -= count;
    return false;
  });
  auto& lines = this->lines(dimension);
  lines.erase(lines.lower_bound(at), lines.lower_bound(at + count));
  lines = moved_properties(lines, at, -count);
  if (dimension == Dimension::kColumns) {
    follow_columns([&](int column) {
      if (column < at) return std::optional(column);
      return column < at + count ? std::nullopt : std::optional(column - count);
    });
  }
}

void Sheet::move(Dimension dimension, int start, int end, int destination) {
  const int first = std::min(start, destination), last = std::max(end, destination);
  const int middle = destination < start ? start : end;  // what comes to stand first
  const auto after = [&](int line) { return moved_line(line, start, end, destination); };
  if (dimension == Dimension::kRows) {
    if (stored_rows() < last) rows_.resize(static_cast<std::size_t>(last));
    std::rotate(rows_.begin() + first, rows_.begin() + middle, rows_.begin() + last);
  } else {
    for (int r = 0; r < stored_rows(); ++r) {
      if (!row(r)) continue;
      Row& cells = edit_row(r, last);
      std::rotate(cells.begin() + first, cells.begin() + middle, cells.begin() + last);
    }
  }
  change_bounds([&](GridBounds& bounds) {
    bounds.move(dimension, start, end, destination);
    return true;
  });
  for (auto& metadata : developer_metadata) {
    if (metadata.line && metadata.line->dimension == dimension)
      metadata.line->index = after(metadata.line->index);
  }
  std::map<int, DimensionProperties> moved;
  for (const auto& [index, property] : lines(dimension))
    moved[after(index)] = property;
  lines(dimension) = std::move(moved);
  if (dimension == Dimension::kColumns)
    follow_columns([&](int column) { return std::optional(after(column)); });
}

template <typename Follow>
void Sheet::follow_columns(Follow&& follow) {
  const auto changed = [&](RangedRule& rule) { rule.content = with_columns(rule.content, follow); };
  if (basic_filter) changed(*basic_filter);
  std::for_each(filter_views.begin(), filter_views.end(), changed);
}

void Sheet::inherit(Dimension dimension, int from, int at, int count) {
  if (dimension == Dimension::kRows) {
    const Row* source = row(from);
    if (!source) return;
    const Row copy = *source;
    for (std::size_t c = 0; c < copy.size(); ++c) {
      const auto detail = inherited(copy[c]);
      for (int r = at; detail && r < at + count; ++r)
        edit(r, static_cast<int>(c)).detail = detail;
    }
    return;
  }
  for (int r = 0; r < stored_rows(); ++r) {
    const auto detail = inherited(cell(r, from));
    for (int c = at; detail && c < at + count; ++c)
      edit(r, c).detail = detail;
  }
}

void Sheet::resize(int row_count, int column_count) {
  const auto change = [this](Dimension dimension, int from, int to) {
    if (to > from) insert(dimension, from, to - from);
    if (to < from) remove(dimension, to, from - to);
  };
  change(Dimension::kRows, properties.row_count, row_count);
  change(Dimension::kColumns, properties.column_count, column_count);
}

}  // namespace sheets::emulator
