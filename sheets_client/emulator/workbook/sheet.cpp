#include "sheets_client/emulator/workbook/sheet.h"

#include <algorithm>

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

void Sheet::insert(Dimension dimension, int at, int count) {
  insert_cells(dimension, at, count);
  (dimension == Dimension::kRows ? properties.row_count : properties.column_count) += count;
  for (auto& range : protected_ranges) {
    range.bounds.insert(dimension, at, count);
    for (auto& bounds : range.unprotected)
      bounds.insert(dimension, at, count);
  }
  for (auto& format : conditional_formats) {
    for (auto& bounds : format.ranges)
      bounds.insert(dimension, at, count);
  }
  for (auto& metadata : developer_metadata) {
    if (metadata.line && metadata.line->dimension == dimension && metadata.line->index >= at)
      metadata.line->index += count;
  }
  auto& sizes = dimension_properties(dimension);
  sizes = moved_properties(sizes, at, count);
}

void Sheet::remove(Dimension dimension, int at, int count) {
  remove_cells(dimension, at, count);
  int& total = dimension == Dimension::kRows ? properties.row_count : properties.column_count;
  int& frozen = dimension == Dimension::kRows ? properties.frozen_rows : properties.frozen_columns;
  total -= count;
  frozen -= std::max(0, std::min(frozen, at + count) - at);
  const auto gone = [&](GridBounds& bounds) { return !bounds.remove(dimension, at, count); };
  std::erase_if(protected_ranges, [&](ProtectedRange& range) {
    std::erase_if(range.unprotected, gone);
    return gone(range.bounds);
  });
  std::erase_if(conditional_formats, [&](ConditionalFormat& format) {
    std::erase_if(format.ranges, gone);
    return format.ranges.empty();
  });
  std::erase_if(developer_metadata, [&](DeveloperMetadata& metadata) {
    if (!metadata.line || metadata.line->dimension != dimension || metadata.line->index < at) return false;
    if (metadata.line->index < at + count) return true;
    metadata.line->index -= count;
    return false;
  });
  auto& sizes = dimension_properties(dimension);
  sizes.erase(sizes.lower_bound(at), sizes.lower_bound(at + count));
  sizes = moved_properties(sizes, at, -count);
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
