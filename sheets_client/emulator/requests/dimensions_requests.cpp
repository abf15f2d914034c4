#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "sheets_client/emulator/formula/reference.h"
#include "sheets_client/emulator/requests/request_handlers.h"
#include "sheets_client/emulator/requests/spreadsheet_json.h"
#include "sheets_client/emulator/rest/field_mask.h"
#include "sheets_client/emulator/workbook/api_error.h"
#include "sheets_client/emulator/workbook/number_format.h"
#include "sheets_client/emulator/workbook/workbook.h"

namespace sheets::emulator {
namespace {

struct DimensionRange {
  int sheet_id;
  Dimension dimension;
  int start;
  int end;
  int size;  // of the grid along the dimension
  int count() const { return end - start; }
};

std::string_view noun(Dimension dimension) { return dimension == Dimension::kRows ? "row" : "column"; }

enum class Beyond { kRefused, kAllowed };

DimensionRange read_range(const Workbook& workbook, const RequestMessage& request,
                          std::string_view member = "range", Beyond beyond = Beyond::kRefused) {
  const RequestMessage range = request.message(member);
  const Sheet& sheet = require_sheet(workbook, range.integer_or("sheetId", 0));
  DimensionRange read{};
  read.sheet_id = sheet.properties.id;
  read.dimension = required_dimension(range, "dimension");
  read.size = sheet.properties.count(read.dimension);
  read.start = range.integer_or("startIndex", 0);
  read.end = range.integer_or("endIndex", read.size);
  if (read.start < 0)
    throw invalid_argument(fmt::format("{}.startIndex[{}] is negative", member, read.start));
  if (read.end <= read.start)
    throw invalid_argument(
        fmt::format("{0}.endIndex[{1}] must be after {0}.startIndex[{2}]", member, read.end, read.start));
  if (beyond == Beyond::kRefused && read.end > read.size) {
    throw invalid_argument(fmt::format("range.endIndex[{}] is after last {} in grid[{}]", read.end,
                                       noun(read.dimension), read.size));
  }
  return read;
}

Sheet& edit_lines(BatchContext& batch, const DimensionRange& range) {
  const Sheet& sheet = *batch.workbook.find(range.sheet_id);
  return edit_cells(batch, sheet, sheet.band(range.dimension, range.start, range.end));
}

// All groups of a dimension: at each depth, the runs of lines that lie as deep or deeper.
Json groups_reply(const Workbook& workbook, const DimensionRange& range) {
  Json groups = dimension_groups_json(*workbook.find(range.sheet_id), range.dimension);
  Json reply = Json::object();
  if (!groups.empty()) reply["dimensionGroups"] = std::move(groups);
  return reply;
}

void change_depth(Workbook& workbook, const DimensionRange& range, int by) {
  Sheet& sheet = workbook.edit(range.sheet_id);
  auto& lines = sheet.lines(range.dimension);
  for (int i = range.start; i < range.end; ++i) {
    DimensionProperties& line = lines[i];
    line.group_depth = std::max(0, line.group_depth + by);
    if (line.is_default()) lines.erase(i);
  }
}

// Roughly what a column needs for its longest text, in pixels.
int fitting_width(const Sheet& sheet, int column) {
  constexpr int kCharacterPixels = 7, kPaddingPixels = 10, kLeastPixels = 21, kMostPixels = 2000;
  std::size_t longest = 0;
  for (int r = 0; r < sheet.stored_rows(); ++r) {
    if (const auto* text = std::get_if<std::string>(&sheet.cell(r, column).value))
      longest = std::max(longest, count_characters(*text));
    if (const auto* number = std::get_if<double>(&sheet.cell(r, column).value))
      longest = std::max(longest, format_number(*number, sheet.cell(r, column).number_format()).size());
  }
  const int wanted = static_cast<int>(std::min<std::size_t>(longest, kMaxCellCharacters)) * kCharacterPixels +
                     kPaddingPixels;
  return std::clamp(wanted, kLeastPixels, kMostPixels);
}

}  // namespace

void append_dimension(BatchContext& batch, const RequestMessage& request) {
  const Sheet& sheet = require_sheet(batch.workbook, request.integer_or("sheetId", 0));
  const Dimension dimension = required_dimension(request, "dimension");
  const int length = request.integer_or("length", 0);
  if (length < 1) throw invalid_argument(fmt::format("length[{}] must be positive", length));
  check_growth(batch.workbook, sheet, dimension, length);
  batch.workbook.edit(sheet.properties.id).insert(dimension, sheet.properties.count(dimension), length);
}

void insert_dimension(BatchContext& batch, const RequestMessage& request) {
  const DimensionRange range = read_range(batch.workbook, request, "range", Beyond::kAllowed);
  const bool before = request.flag("inheritFromBefore");
  if (range.start > range.size || (range.start == range.size && !before)) {
    throw invalid_argument(fmt::format("range.startIndex[{}] is after last {} in grid[{}]", range.start,
                                       noun(range.dimension), range.size - 1));
  }
  if (before && range.start == 0)
    throw invalid_argument("inheritFromBefore cannot be true when nothing stands before the new cells");
  check_growth(batch.workbook, require_sheet(batch.workbook, range.sheet_id), range.dimension, range.count());
  Sheet& sheet = batch.workbook.edit(range.sheet_id);
  sheet.insert(range.dimension, range.start, range.count());
  const int from = before ? range.start - 1 : range.end;
  if (from < sheet.properties.count(range.dimension))
    sheet.inherit(range.dimension, from, range.start, range.count());
  shift_formulas(batch.workbook, range.sheet_id,
                 {GridChange::kInsert, range.dimension, range.start, range.count()});
}

void delete_dimension(BatchContext& batch, const RequestMessage& request) {
  const DimensionRange range = read_range(batch.workbook, request);
  if (range.count() == range.size) {
    throw invalid_argument(fmt::format("You can't delete all the {}s on the sheet.", noun(range.dimension)));
  }
  edit_lines(batch, range).remove(range.dimension, range.start, range.count());
  shift_formulas(batch.workbook, range.sheet_id,
                 {GridChange::kRemove, range.dimension, range.start, range.count()});
}

void update_dimension_properties(BatchContext& batch, const RequestMessage& request) {
  const MaskNode mask = parse_field_mask(required_fields(request), "DimensionProperties");
  const DimensionRange range = read_range(batch.workbook, request);
  const RequestMessage properties = request.message("properties");
  Sheet& sheet = batch.workbook.edit(range.sheet_id);
  auto& stored = sheet.lines(range.dimension);
  for (int i = range.start; i < range.end; ++i) {
    DimensionProperties& changed = stored[i];
    if (mask.names("hiddenByUser")) changed.hidden = properties.flag("hiddenByUser");
    if (mask.names("pixelSize")) changed.pixel_size = properties.integer("pixelSize");
    if (changed.is_default()) stored.erase(i);
  }
}

void move_dimension(BatchContext& batch, const RequestMessage& request) {
  const DimensionRange range = read_range(batch.workbook, request, "source");
  const int destination = request.integer_or("destinationIndex", 0);
  if (destination < 0 || destination > range.size) {
    throw invalid_argument(
        fmt::format("destinationIndex[{}] is not between 0 and {}", destination, range.size));
  }
  if (destination > range.start && destination < range.end)
    throw invalid_argument("destinationIndex cannot lie inside the source");
  if (destination == range.start || destination == range.end) return;
  edit_lines(batch, range).move(range.dimension, range.start, range.end, destination);
  shift_formulas(batch.workbook, range.sheet_id,
                 {GridChange::kMove, range.dimension, range.start, range.count(), destination, {}});
}

void auto_resize_dimensions(BatchContext& batch, const RequestMessage& request) {
  if (!request.has("dimensions")) throw invalid_argument("Must specify dimensions.");
  const DimensionRange range = read_range(batch.workbook, request, "dimensions");
  Sheet& sheet = batch.workbook.edit(range.sheet_id);
  const bool rows = range.dimension == Dimension::kRows;
  auto& lines = sheet.lines(range.dimension);
  for (int i = range.start; i < range.end; ++i) {
    lines[i].pixel_size = rows ? std::nullopt : std::optional(fitting_width(sheet, i));
    if (lines[i].is_default()) lines.erase(i);
  }
}

Json add_dimension_group(BatchContext& batch, const RequestMessage& request) {
  constexpr int kMaxGroupDepth = 8;
  const DimensionRange range = read_range(batch.workbook, request);
  change_depth(batch.workbook, range, 1);
  Sheet& sheet = batch.workbook.edit(range.sheet_id);
  (range.dimension == Dimension::kRows ? sheet.properties.row_group_control_after
                                       : sheet.properties.column_group_control_after) = true;
  const auto& lines = sheet.lines(range.dimension);
  if (std::any_of(lines.begin(), lines.end(),
                  [](const auto& l) { return l.second.group_depth > kMaxGroupDepth; }))
    throw invalid_argument(fmt::format("Groups cannot be deeper than {}.", kMaxGroupDepth));
  return groups_reply(batch.workbook, range);
}

Json delete_dimension_group(BatchContext& batch, const RequestMessage& request) {
  const DimensionRange range = read_range(batch.workbook, request);
  const Sheet& sheet = *batch.workbook.find(range.sheet_id);
  const auto& lines = sheet.lines(range.dimension);
  const auto grouped = [&](int i) {
    const auto found = lines.find(i);
    return found != lines.end() && found->second.group_depth > 0;
  };
  for (int i = range.start; i < range.end; ++i) {
    if (!grouped(i)) throw invalid_argument("There is no group over the whole range.");
  }
  change_depth(batch.workbook, range, -1);
  return groups_reply(batch.workbook, range);
}

}  // namespace sheets::emulator
