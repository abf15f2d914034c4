#pragma once

#include <vector>

#include "sheets_client/emulator/formula/calculation.h"
#include "sheets_client/emulator/rest/json_writer.h"
#include "sheets_client/emulator/workbook/a1_range.h"

namespace sheets::emulator {

// The members of GridProperties besides the size: each a number or a flag, 0 and false unless it is said.
struct GridProperty {
  const char* name;
  int SheetProperties::*number;
  bool SheetProperties::*flag;
};
inline constexpr GridProperty kGridProperties[] = {
    {"frozenRowCount", &SheetProperties::frozen_rows, nullptr},
    {"frozenColumnCount", &SheetProperties::frozen_columns, nullptr},
    {"hideGridlines", nullptr, &SheetProperties::hide_gridlines},
    {"rowGroupControlAfter", nullptr, &SheetProperties::row_group_control_after},
    {"columnGroupControlAfter", nullptr, &SheetProperties::column_group_control_after},
};

// The messages that describe a sheet, as answers and replies carry them.
Json sheet_properties_json(const Workbook& workbook, const Sheet& sheet);
// Editors appear only for a caller who may edit the range.
Json protected_range_json(const Workbook& workbook, const Sheet& sheet, const ProtectedRange& range,
                          const Caller& caller);
Json editors_json(const Editors& editors);
Json conditional_format_json(const Sheet& sheet, const ConditionalFormat& format);

// All groups of a dimension: at each depth, the runs of rows or columns that lie as deep or deeper.
Json dimension_groups_json(const Sheet& sheet, Dimension dimension);
Json filter_view_json(const Sheet& sheet, const RangedRule& view);
Json banding_json(const Sheet& sheet, const RangedRule& banding);
Json named_range_json(const Sheet& sheet, const NamedRange& named);

enum class GridData { kLeftOut, kIncluded };

// The Spreadsheet message. With ranges, only their sheets, and of their cells only those inside. Cells come
// only with kIncluded; `writer`'s mask decides about the rest.
void write_spreadsheet(JsonWriter& writer, Calculation& calculation, const Workbook& workbook,
                       const std::vector<SheetRange>& ranges, GridData grid_data, const Caller& caller);

// One GridData message: the cells of `rect` and the sizes of its rows and columns. Cells and rows at the end
// that show nothing under the writer's mask are left out (grid_data.cpp).
void write_grid_data(JsonWriter& writer, Calculation& calculation, const Workbook& workbook,
                     const Sheet& sheet, const GridRect& rect);
// The format of a cell that has none of its own.
const Json& default_cell_format();

}  // namespace sheets::emulator
