#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "sheets_client/emulator/requests/cell_data.h"
#include "sheets_client/emulator/requests/request_handlers.h"
#include "sheets_client/emulator/requests/spreadsheet_json.h"
#include "sheets_client/emulator/rest/field_mask.h"
#include "sheets_client/emulator/workbook/api_error.h"

namespace sheets::emulator {
namespace {

GridBounds closed_bounds(const GridRect& rect) {
  return {rect.start_row, rect.end_row, rect.start_column, rect.end_column};
}

GridRect rect_of_merge(const GridBounds& merge) {
  return {*merge.start_row, *merge.end_row, *merge.start_column, *merge.end_column};
}

// The sheet to change, without merges in the range.
Sheet& drop_merges(BatchContext& batch, const RequestRange& range) {
  check_editable(batch.workbook, range.sheet, range.rect, batch.caller);
  const auto touched = [&](const GridBounds& merge) { return rect_of_merge(merge).intersects(range.rect); };
  for (const GridBounds& merge : range.sheet.merges) {
    if (touched(merge) && !range.rect.contains(rect_of_merge(merge)))
      throw invalid_argument("You must select all cells in a merged range to merge or unmerge them.");
  }
  Sheet& sheet = batch.workbook.edit(range.sheet.properties.id);
  std::erase_if(sheet.merges, touched);
  return sheet;
}

std::vector<GridRect> merge_parts(const GridRect& rect, const std::string& type) {
  if (type != "MERGE_COLUMNS" && type != "MERGE_ROWS") return {rect};
  const Dimension along = type == "MERGE_ROWS" ? Dimension::kRows : Dimension::kColumns;
  std::vector<GridRect> parts;
  for (int line = rect.start(along); line < rect.end(along); ++line) {
    parts.push_back(rect);
    parts.back().start(along) = line;
    parts.back().end(along) = line + 1;
  }
  return parts;
}

// The first cell that holds something stays, in the upper left corner.
void keep_first_content(Sheet& sheet, const GridRect& rect) {
  Cell first;
  sheet.for_each_stored(rect, [&](int, int, const Cell& cell) {
    if (!first.has_content()) first = cell;
  });
  sheet.clear_content(rect);
  if (!first.has_content()) return;
  Cell& corner = sheet.edit(rect.start_row, rect.start_column);
  corner.set_value(first.value);
  if (first.has_formula()) corner.set_formula(first.details().formula);
}

std::shared_ptr<const Json> titled(Json content, const std::string& title) {
  content["title"] = title;
  return std::make_shared<const Json>(std::move(content));
}

// A filter's message without its id and range, with both forms of its criteria.
std::shared_ptr<const Json> filter_content(const RequestMessage& filter) {
  Json content = Json::object();
  const std::string title = filter.text("title");
  if (!title.empty()) content["title"] = title;
  if (filter.has("sortSpecs")) content["sortSpecs"] = *filter.find("sortSpecs");
  Json specs = filter.list("filterSpecs"), criteria = Json::object();
  if (specs.empty() && filter.has("criteria")) {
    for (const auto& [column, entry] : filter.find("criteria")->items())
      specs.push_back({{"columnIndex", std::atoi(column.c_str())}, {"filterCriteria", entry}});
  }
  for (const Json& spec : specs)
    criteria[std::to_string(spec.value("columnIndex", 0))] = spec.value("filterCriteria", Json::object());
  if (!specs.empty()) {
    content["criteria"] = std::move(criteria);
    content["filterSpecs"] = std::move(specs);
  }
  return std::make_shared<const Json>(std::move(content));
}

// The members of a rule that a mask names, taken from `given`; the others stay.
std::shared_ptr<const Json> updated_content(const Json& now, const Json& given, const MaskNode& mask) {
  if (mask.whole()) return std::make_shared<const Json>(given);
  Json changed = now;
  for (const MaskNode& field : mask.children) {
    changed.erase(field.name);
    if (given.contains(field.name)) changed[field.name] = given[field.name];
    if (field.name != "criteria" && field.name != "filterSpecs") continue;
    for (const char* twin : {"criteria", "filterSpecs"}) {
      changed.erase(twin);
      if (given.contains(twin)) changed[twin] = given[twin];
    }
  }
  return std::make_shared<const Json>(std::move(changed));
}

std::shared_ptr<const Json> banding_content(const RequestMessage& given) {
  Json content = Json::object();
  for (const char* name : {"rowProperties", "columnProperties"}) {
    if (given.has(name)) content[name] = with_color_twins(with_google_colors(*given.find(name)));
  }
  if (content.empty()) throw invalid_argument("A banded range needs rowProperties or columnProperties.");
  return std::make_shared<const Json>(std::move(content));
}

// Sorts and filters stand on the rows below the header.
void apply_sort(BatchContext& batch, int sheet_id, GridRect rect, const RequestMessage& filter) {
  ++rect.start_row;
  if (!filter.list("sortSpecs").empty() && rect.rows() > 0) sort_rows(batch, sheet_id, rect, filter);
}

bool is_range_name(const std::string& name) {
  constexpr std::size_t kMaxNameCharacters = 250;
  const auto letter = [](char c) {
    return is_letter(c) || c == '_' || (static_cast<unsigned char>(c) & 0x80U) != 0;
  };
  return !name.empty() && count_characters(name) <= kMaxNameCharacters && letter(name.front()) &&
         std::all_of(name.begin(), name.end(), [&](char c) { return letter(c) || is_digit(c); }) &&
         !parse_a1_cells(name) && upper_case(name) != "TRUE" && upper_case(name) != "FALSE";
}

void check_range_name(const Workbook& workbook, const std::string& name, const std::string& own_id) {
  if (!is_range_name(name)) throw invalid_argument(fmt::format("'{}' is no valid name of a range.", name));
  const auto taken = workbook.find_named_range(name).second;
  if (taken && taken->id != own_id)
    throw invalid_argument(fmt::format("A named range with name '{}' already exists.", name));
}

}  // namespace

void merge_cells(BatchContext& batch, const RequestMessage& request) {
  const RequestRange range = read_grid_range(batch.workbook, request, "range");
  const GridRect rect = range.rect;
  Sheet& sheet = drop_merges(batch, range);
  for (const GridRect& part : merge_parts(rect, request.text("mergeType"))) {
    if (part.single_cell()) continue;
    keep_first_content(sheet, part);
    sheet.merges.push_back(closed_bounds(part));
  }
}

void unmerge_cells(BatchContext& batch, const RequestMessage& request) {
  drop_merges(batch, read_grid_range(batch.workbook, request, "range"));
}

void set_basic_filter(BatchContext& batch, const RequestMessage& request) {
  if (!request.has("filter")) throw invalid_argument("Must specify a filter.");
  const RequestMessage filter = request.message("filter");
  const RequestRange range = read_grid_range(batch.workbook, filter, "range");
  const int sheet_id = range.sheet.properties.id;
  batch.workbook.edit(sheet_id).basic_filter =
      RangedRule{0, closed_bounds(range.rect), filter_content(filter)};
  apply_sort(batch, sheet_id, range.rect, filter);
}

void clear_basic_filter(BatchContext& batch, const RequestMessage& request) {
  const Sheet& sheet = require_sheet(batch.workbook, request.integer_or("sheetId", 0));
  if (sheet.basic_filter) batch.workbook.edit(sheet.properties.id).basic_filter.reset();
}

Json add_filter_view(BatchContext& batch, const RequestMessage& request) {
  const RequestMessage filter = request.message("filter");
  const RequestRange range = read_grid_range(batch.workbook, filter, "range");
  RangedRule added{read_new_id(batch.workbook, IdOf::kRule, filter, "filterViewId", "filter view"),
                   closed_bounds(range.rect), filter_content(filter)};
  if (!added.content->contains("title")) {
    added.content = titled(*added.content, fmt::format("Filter {}", range.sheet.filter_views.size() + 1));
  }
  Sheet& sheet = batch.workbook.edit(range.sheet.properties.id);
  sheet.filter_views.push_back(added);
  return {{"filter", filter_view_json(sheet, added)}};
}

void update_filter_view(BatchContext& batch, const RequestMessage& request) {
  const MaskNode mask = parse_field_mask(required_fields(request), "FilterView");
  const RequestMessage filter = request.message("filter");
  const FoundEntry found =
      find_entry(batch.workbook, &Sheet::filter_views, filter.integer_or("filterViewId", 0), "filter view");
  RangedRule& view = batch.workbook.edit(found.sheet_id).filter_views[found.index];
  if (mask.names("range")) {
    const RequestRange range = read_grid_range(batch.workbook, filter, "range");
    if (range.sheet.properties.id != found.sheet_id)
      throw invalid_argument("A filter view cannot move to another sheet.");
    view.bounds = closed_bounds(range.rect);
  }
  view.content = updated_content(*view.content, *filter_content(filter), mask);
}

void delete_filter_view(BatchContext& batch, const RequestMessage& request) {
  erase_entry(
      batch.workbook, &Sheet::filter_views,
      find_entry(batch.workbook, &Sheet::filter_views, request.integer_or("filterId", 0), "filter view"));
}

Json duplicate_filter_view(BatchContext& batch, const RequestMessage& request) {
  const FoundEntry found =
      find_entry(batch.workbook, &Sheet::filter_views, request.integer_or("filterId", 0), "filter view");
  const int id = batch.workbook.unused_id(IdOf::kRule);
  Sheet& sheet = batch.workbook.edit(found.sheet_id);
  RangedRule copy = sheet.filter_views[found.index];
  copy.id = id;
  copy.content = titled(*copy.content, "Copy of " + copy.content->value("title", std::string()));
  sheet.filter_views.push_back(copy);
  return {{"filter", filter_view_json(sheet, copy)}};
}

Json add_banding(BatchContext& batch, const RequestMessage& request) {
  const RequestMessage given = request.message("bandedRange");
  const RequestRange range = read_grid_range(batch.workbook, given, "range");
  const RangedRule added{read_new_id(batch.workbook, IdOf::kRule, given, "bandedRangeId", "banded range"),
                         range.bounds, banding_content(given)};
  for (const RangedRule& other : range.sheet.bandings) {
    if (range.sheet.cut(other.bounds).intersects(range.rect))
      throw invalid_argument(
          "You cannot add alternating background colors to a range that already has alternating "
          "background colors.");
  }
  Sheet& sheet = batch.workbook.edit(range.sheet.properties.id);
  sheet.bandings.push_back(added);
  return {{"bandedRange", banding_json(sheet, added)}};
}

void update_banding(BatchContext& batch, const RequestMessage& request) {
  const MaskNode mask = parse_field_mask(required_fields(request), "BandedRange");
  const RequestMessage given = request.message("bandedRange");
  const FoundEntry found =
      find_entry(batch.workbook, &Sheet::bandings, given.integer_or("bandedRangeId", 0), "banded range");
  RangedRule& banding = batch.workbook.edit(found.sheet_id).bandings[found.index];
  if (mask.names("range")) banding.bounds = read_grid_range(batch.workbook, given, "range").bounds;
  if (mask.names("rowProperties") || mask.names("columnProperties"))
    banding.content = updated_content(*banding.content, *banding_content(given), mask);
}

void delete_banding(BatchContext& batch, const RequestMessage& request) {
  erase_entry(
      batch.workbook, &Sheet::bandings,
      find_entry(batch.workbook, &Sheet::bandings, request.integer_or("bandedRangeId", 0), "banded range"));
}

Json add_named_range(BatchContext& batch, const RequestMessage& request) {
  const RequestMessage given = request.message("namedRange");
  const RequestRange range = read_grid_range(batch.workbook, given, "range");
  NamedRange added{given.text("namedRangeId"), given.text("name"), range.bounds};
  if (added.id.empty()) added.id = std::to_string(batch.workbook.unused_id(IdOf::kRule));
  check_range_name(batch.workbook, added.name, "");
  Sheet& sheet = batch.workbook.edit(range.sheet.properties.id);
  sheet.named_ranges.push_back(added);
  return {{"namedRange", named_range_json(sheet, added)}};
}

void update_named_range(BatchContext& batch, const RequestMessage& request) {
  const MaskNode mask = parse_field_mask(required_fields(request), "NamedRange");
  const RequestMessage given = request.message("namedRange");
  const FoundEntry found =
      find_entry(batch.workbook, &Sheet::named_ranges, given.text("namedRangeId"), "named range");
  NamedRange changed = batch.workbook.find(found.sheet_id)->named_ranges[found.index];
  int sheet_id = found.sheet_id;
  if (mask.names("name")) {
    changed.name = given.text("name");
    check_range_name(batch.workbook, changed.name, changed.id);
  }
  if (mask.names("range")) {
    const RequestRange range = read_grid_range(batch.workbook, given, "range");
    changed.bounds = range.bounds;
    sheet_id = range.sheet.properties.id;
  }
  erase_entry(batch.workbook, &Sheet::named_ranges, found);
  batch.workbook.edit(sheet_id).named_ranges.push_back(std::move(changed));
}

void delete_named_range(BatchContext& batch, const RequestMessage& request) {
  erase_entry(batch.workbook, &Sheet::named_ranges,
              find_entry(batch.workbook, &Sheet::named_ranges, request.text("namedRangeId"), "named range"));
}

}  // namespace sheets::emulator
