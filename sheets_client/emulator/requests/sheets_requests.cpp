#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "sheets_client/emulator/formula/reference.h"
#include "sheets_client/emulator/requests/api_call.h"
#include "sheets_client/emulator/requests/cell_data.h"
#include "sheets_client/emulator/requests/request_handlers.h"
#include "sheets_client/emulator/requests/spreadsheet_json.h"
#include "sheets_client/emulator/rest/field_mask.h"
#include "sheets_client/emulator/workbook/api_error.h"
#include "sheets_client/emulator/workbook/workbook.h"

namespace sheets::emulator {
namespace {

std::string free_title(const Workbook& workbook) {
  std::size_t number = workbook.size() + 1;
  std::string title = fmt::format("Sheet{}", number);
  while (workbook.find(title))
    title = fmt::format("Sheet{}", ++number);
  return title;
}

std::string free_copy_title(const Workbook& workbook, const std::string& title) {
  const std::string copy = "Copy of " + title;
  std::string candidate = copy;
  for (int number = 1; workbook.find(candidate); ++number)
    candidate = fmt::format("{} {}", copy, number);
  return candidate;
}

// What is on a copied sheet gets ids of its own; names and metadata stay with the original.
void renew_ids(const Workbook& workbook, Sheet& copy) {
  for (ProtectedRange& range : copy.protected_ranges)
    range.id = workbook.unused_id(IdOf::kProtectedRange);
  for (auto* rules : {&copy.filter_views, &copy.bandings}) {
    for (RangedRule& rule : *rules)
      rule.id = workbook.unused_id(IdOf::kRule);
  }
  copy.named_ranges.clear();  // a name stands for one range only
  copy.developer_metadata.clear();
}

bool only_visible_sheet(const Workbook& workbook, int sheet_id) {
  for (std::size_t i = 0; i < workbook.size(); ++i) {
    const auto& properties = workbook.sheet(i).properties;
    if (properties.id != sheet_id && !properties.hidden) return false;
  }
  return true;
}

void check_index(const Workbook& workbook, int index) {
  if (index < 0 || index > static_cast<int>(workbook.size()))
    throw invalid_argument(fmt::format("Sheet index {} is not between 0 and {}.", index, workbook.size()));
}

// `index` counts as if the sheet were still in its place: one beyond it means where it is.
void move_sheet(Workbook& workbook, int sheet_id, int index) {
  check_index(workbook, index);
  const int from = workbook.index_of(sheet_id);
  workbook.move(sheet_id, static_cast<std::size_t>(index > from ? index - 1 : index));
}

void rename_sheet(Workbook& workbook, int sheet_id, const std::string& title) {
  const Sheet& sheet = *workbook.find(sheet_id);
  const std::string old_title = sheet.properties.title;
  check_title(workbook, title, sheet_id);
  workbook.edit(sheet_id).properties.title = title;
  rename_in_formulas(workbook, old_title, title);
}

void resize_sheet(Workbook& workbook, int sheet_id, const RequestMessage& grid, const MaskNode& grid_mask) {
  const SheetProperties& now = workbook.find(sheet_id)->properties;
  const int rows = grid_mask.names("rowCount") ? grid.integer_or("rowCount", 0) : now.row_count;
  const int columns = grid_mask.names("columnCount") ? grid.integer_or("columnCount", 0) : now.column_count;
  check_grid_size(rows, columns);
  if (rows == now.row_count && columns == now.column_count) return;
  const int old_rows = now.row_count, old_columns = now.column_count;
  workbook.edit(sheet_id).resize(rows, columns);
  check_cell_limit(workbook);
  if (rows < old_rows)
    shift_formulas(workbook, sheet_id, {GridChange::kRemove, Dimension::kRows, rows, old_rows - rows});
  if (columns < old_columns)
    shift_formulas(workbook, sheet_id,
                   {GridChange::kRemove, Dimension::kColumns, columns, old_columns - columns});
}

// What is not its size.
void read_grid(SheetProperties& p, const RequestMessage& grid, const MaskNode& mask) {
  for (const auto& [name, number, flag] : kGridProperties) {
    if (!mask.names(name)) continue;
    if (number) p.*number = grid.integer_or(name, 0);
    if (flag) p.*flag = grid.flag(name);
  }
  check_frozen(p);
}

void update_grid(Workbook& workbook, int sheet_id, const RequestMessage& grid, const MaskNode& grid_mask) {
  if (grid_mask.names("rowCount") || grid_mask.names("columnCount"))
    resize_sheet(workbook, sheet_id, grid, grid_mask);
  read_grid(workbook.edit(sheet_id).properties, grid, grid_mask);
}

}  // namespace

std::shared_ptr<const Json> read_tab_color(const RequestMessage& properties) {
  if (properties.has("tabColorStyle")) {
    const Json style = with_google_colors(*properties.find("tabColorStyle"));
    return style.empty() ? nullptr : std::make_shared<const Json>(style);
  }
  if (!properties.has("tabColor")) return nullptr;
  return std::make_shared<const Json>(Json{{"rgbColor", with_google_colors(*properties.find("tabColor"))}});
}

void check_new_id(const Workbook& workbook, int id) {
  if (id < 0) throw invalid_argument("Sheet id must be nonnegative.");
  if (workbook.find(id)) throw invalid_argument(fmt::format("A sheet with id {} already exists.", id));
}

Sheet read_new_sheet(const Workbook& workbook, const RequestMessage& properties) {
  const std::string type = properties.text("sheetType");
  if (!type.empty() && type != "GRID" && type != "SHEET_TYPE_UNSPECIFIED")
    throw invalid_argument(fmt::format("Sheets of the type {} are not supported by the emulator.", type));
  Sheet sheet;
  SheetProperties& p = sheet.properties;
  p.id = properties.integer_or("sheetId", workbook.unused_id(IdOf::kSheet));
  check_new_id(workbook, p.id);
  p.title = properties.has("title") ? properties.text("title") : free_title(workbook);
  check_title(workbook, p.title);
  const RequestMessage grid = properties.message("gridProperties");
  p.row_count = grid.integer_or("rowCount", p.row_count);
  p.column_count = grid.integer_or("columnCount", p.column_count);
  check_grid_size(p.row_count, p.column_count);
  read_grid(p, grid, {});
  p.hidden = properties.flag("hidden");
  p.right_to_left = properties.flag("rightToLeft");
  p.tab_color_style = read_tab_color(properties);
  return sheet;
}

Json add_sheet(BatchContext& batch, const RequestMessage& request) {
  Workbook& workbook = batch.workbook;
  const RequestMessage properties = request.message("properties");
  Sheet sheet = read_new_sheet(workbook, properties);
  const int id = sheet.properties.id;
  const int index = properties.integer_or("index", static_cast<int>(workbook.size()));
  workbook.insert(static_cast<std::size_t>(std::max(index, 0)), std::move(sheet));
  check_cell_limit(workbook);
  return {{"properties", sheet_properties_json(workbook, *workbook.find(id))}};
}

void delete_sheet(BatchContext& batch, const RequestMessage& request) {
  const int id = request.integer_or("sheetId", 0);
  const Sheet& sheet = require_sheet(batch.workbook, id);
  if (batch.workbook.size() == 1) throw invalid_argument("You can't remove all the sheets in a document.");
  if (only_visible_sheet(batch.workbook, id))
    throw invalid_argument("You can't remove all the visible sheets in a document.");
  check_editable(batch.workbook, sheet, sheet.whole(), batch.caller);
  batch.workbook.erase(id);
}

void update_sheet_properties(BatchContext& batch, const RequestMessage& request) {
  Workbook& workbook = batch.workbook;
  const MaskNode mask = parse_field_mask(required_fields(request), "SheetProperties");
  const RequestMessage properties = request.message("properties");
  const int id = properties.integer_or("sheetId", 0);
  require_sheet(workbook, id);
  if (mask.names("title")) rename_sheet(workbook, id, properties.text("title"));
  if (mask.names("gridProperties")) {
    const MaskNode* grid_mask = mask.find("gridProperties");
    update_grid(workbook, id, properties.message("gridProperties"), grid_mask ? *grid_mask : MaskNode{});
  }
  if (mask.names("hidden")) {
    const bool hidden = properties.flag("hidden");
    if (hidden && only_visible_sheet(workbook, id))
      throw invalid_argument("You can't hide all the sheets in a document.");
    workbook.edit(id).properties.hidden = hidden;
  }
  if (mask.names("rightToLeft")) workbook.edit(id).properties.right_to_left = properties.flag("rightToLeft");
  if (mask.names("tabColorStyle") || mask.names("tabColor"))
    workbook.edit(id).properties.tab_color_style = read_tab_color(properties);
  if (mask.names("index") && (!mask.whole() || properties.has("index")))
    move_sheet(workbook, id, properties.integer_or("index", 0));
}

Json duplicate_sheet(BatchContext& batch, const RequestMessage& request) {
  Workbook& workbook = batch.workbook;
  const Sheet& source = require_sheet(workbook, request.integer_or("sourceSheetId", 0));
  Sheet copy = source;
  copy.properties.id = request.integer_or("newSheetId", workbook.unused_id(IdOf::kSheet));
  check_new_id(workbook, copy.properties.id);
  const std::string title = request.text("newSheetName");
  copy.properties.title = title.empty() ? free_copy_title(workbook, source.properties.title) : title;
  check_title(workbook, copy.properties.title);
  renew_ids(workbook, copy);
  const int id = copy.properties.id;
  const int index = request.integer_or("insertSheetIndex", 0);
  check_index(workbook, index);
  workbook.insert(static_cast<std::size_t>(index), std::move(copy));
  check_cell_limit(workbook);
  return {{"properties", sheet_properties_json(workbook, *workbook.find(id))}};
}

void update_spreadsheet_properties(BatchContext& batch, const RequestMessage& request) {
  const MaskNode mask = parse_field_mask(required_fields(request), "SpreadsheetProperties");
  const RequestMessage given = request.message("properties");
  for (const MaskNode& field : mask.children) {
    if (field.name != "title" && field.name != "locale" && field.name != "timeZone")
      throw invalid_argument(fmt::format("The property '{}' is not served here.", field.name));
  }
  const auto set = [&](std::string& property, const char* name) {
    if (!mask.names(name)) return;
    property = given.text(name);
    if (property.empty()) throw invalid_argument(fmt::format("properties.{} cannot be empty.", name));
  };
  set(batch.workbook.title, "title");
  if (!mask.whole() || given.has("locale")) set(batch.workbook.locale, "locale");
  if (!mask.whole() || given.has("timeZone")) set(batch.workbook.time_zone, "timeZone");
}

std::string copy_sheet_to(const ApiCall& call) {
  const auto source = call.workbook();
  const int id = whole_number_item(call, "sheet_id");
  const Sheet* copied = source->find(id);
  if (!copied) throw invalid_argument(fmt::format("The sheet ({}) does not exist.", id));
  const RequestMessage body(call.request.body.get(), "");
  JsonWriter writer = call.answer("SheetProperties");
  int new_id = 0;
  const auto changed = call.store.change(body.text("destinationSpreadsheetId"), [&](Workbook& workbook) {
    call.check_access(workbook);
    Sheet copy = *copied;
    copy.properties.id = new_id = workbook.unused_id(IdOf::kSheet);
    copy.properties.title = free_copy_title(workbook, copied->properties.title);
    copy.properties.hidden = false;
    renew_ids(workbook, copy);
    workbook.insert(workbook.size(), std::move(copy));
    check_cell_limit(workbook);
  });
  writer.json(sheet_properties_json(*changed, *changed->find(new_id)));
  return writer.take();
}

}  // namespace sheets::emulator
