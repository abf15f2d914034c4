#include <algorithm>
#include <nlohmann/json.hpp>

#include "sheets_client/emulator/formula/parser.h"
#include "sheets_client/emulator/requests/cell_data.h"
#include "sheets_client/emulator/requests/developer_metadata.h"
#include "sheets_client/emulator/requests/spreadsheet_json.h"
#include "sheets_client/emulator/requests/values_reading.h"
#include "sheets_client/emulator/workbook/text.h"

namespace sheets::emulator {
namespace {

constexpr int kRowPixels = 21;
constexpr int kColumnPixels = 100;

// Which members of CellData the answer shows.
struct ShownFields {
  bool entered, effective, formatted, format, effective_format, note, validation, hyperlink;
};
// `writer` is inside the GridData.
ShownFields shown_fields(const JsonWriter& writer) {
  const auto shown = [&](const char* name) { return writer.wants({"rowData", "values", name}); };
  return {shown("userEnteredValue"),  shown("effectiveValue"),  shown("formattedValue"),
          shown("userEnteredFormat"), shown("effectiveFormat"), shown("note"),
          shown("dataValidation"),    shown("hyperlink")};
}

// Where a formula of nothing but HYPERLINK leads, as far as it says so itself; empty: nowhere.
std::string address_of_link(const Cell& cell) {
  if (!cell.has_formula()) return {};
  const std::string& formula = cell.details().formula;
  if (upper_case(formula).find("HYPERLINK") == std::string::npos) return {};
  const ExpressionPtr expression = parse_formula(formula);
  const auto* call = expression ? std::get_if<FunctionCall>(&expression->node) : nullptr;
  if (!call || call->name != "HYPERLINK" || call->arguments.empty() || !call->arguments[0]) return {};
  const auto* value = std::get_if<Value>(&call->arguments[0]->node);
  const auto* address = value ? std::get_if<std::string>(value) : nullptr;
  return address ? *address : std::string();
}

class GridWriter {
 public:
  GridWriter(JsonWriter& writer, Calculation& calculation, const Workbook& workbook, const Sheet& sheet,
             const GridRect& rect)
      : writer_(writer),
        shown_(shown_fields(writer)),
        calculation_(calculation),
        workbook_(workbook),
        sheet_(sheet),
        rect_(rect) {}

  void write_rows() {
    const auto extent = calculation_.extent(workbook_, sheet_);
    int end = std::min(rect_.end_row, std::max(extent.rows, sheet_.stored_rows()));
    while (end > rect_.start_row && used(end - 1) == rect_.start_column)
      --end;
    if (end <= rect_.start_row || !writer_.key("rowData")) return;
    writer_.begin_array();
    for (int r = rect_.start_row; r < end; ++r)
      write_row(r);
    writer_.end_array();
  }

 private:
  // The column after the last one of the row that shows something.
  int used(int row) {
    const Row* stored = sheet_.row(row);
    const int stored_end = stored ? static_cast<int>(stored->size()) : 0;
    int end =
        std::min(rect_.end_column, std::max(stored_end, calculation_.extent(workbook_, sheet_).columns));
    while (end > rect_.start_column && !shows(row, end - 1))
      --end;
    return std::max(end, rect_.start_column);
  }

  bool shows(int row, int column) {
    const Cell& cell = sheet_.cell(row, column);
    const CellDetail& detail = cell.details();
    const bool formatted = !detail.number_format.empty() || detail.format;
    if ((shown_.entered && cell.has_content()) || (shown_.note && !detail.note.empty()) ||
        (shown_.validation && detail.validation) || (shown_.hyperlink && !address_of_link(cell).empty()) ||
        ((shown_.format || shown_.effective_format) && formatted)) {
      return true;
    }
    const bool value = shown_.effective || shown_.formatted || shown_.effective_format;
    return value && !is_empty(calculation_.value(workbook_, sheet_, row, column));
  }

  void write_row(int row) {
    writer_.begin_object();
    const int end = used(row);
    if (end > rect_.start_column && writer_.key("values")) {
      writer_.begin_array();
      for (int c = rect_.start_column; c < end; ++c)
        write_cell(row, c);
      writer_.end_array();
    }
    writer_.end_object();
  }

  void write_cell(int row, int column) {
    const Cell& cell = sheet_.cell(row, column);
    const Value& effective = calculation_.value(workbook_, sheet_, row, column);
    const Json format = shown_.format || shown_.effective_format ? format_json(cell) : Json(nullptr);
    writer_.begin_object();
    if (shown_.entered && cell.has_content()) writer_.member("userEnteredValue", user_entered_json(cell));
    if (shown_.effective && !is_empty(effective))
      writer_.member("effectiveValue", extended_value_json(effective));
    if (shown_.formatted && !is_empty(effective))
      writer_.member("formattedValue", formatted_text(cell, effective));
    if (shown_.format && !format.is_null()) writer_.member("userEnteredFormat", format);
    if (shown_.effective_format && (!format.is_null() || !is_empty(effective))) {
      Json full = default_cell_format();
      if (!format.is_null()) full.update(format);
      writer_.member("effectiveFormat", full);
    }
    if (shown_.hyperlink) {
      const std::string address = address_of_link(cell);
      if (!address.empty()) writer_.member("hyperlink", address);
    }
    if (shown_.note && !cell.details().note.empty()) writer_.member("note", cell.details().note);
    if (shown_.validation && cell.details().validation)
      writer_.member("dataValidation", *cell.details().validation);
    writer_.end_object();
  }

  JsonWriter& writer_;
  ShownFields shown_;
  Calculation& calculation_;
  const Workbook& workbook_;
  const Sheet& sheet_;
  GridRect rect_;
};

void write_dimensions(JsonWriter& writer, std::string_view name, int start, int end, int default_pixels,
                      const Sheet& sheet, Dimension dimension) {
  if (!writer.key(name)) return;
  const auto& properties = sheet.lines(dimension);
  writer.begin_array();
  for (int i = start; i < end; ++i) {
    const auto found = properties.find(i);
    const DimensionProperties own = found == properties.end() ? DimensionProperties{} : found->second;
    writer.begin_object();
    if (own.hidden) writer.member("hiddenByUser", true);
    writer.member("pixelSize", own.pixel_size.value_or(default_pixels));
    Json metadata = Json::array();
    for (const DeveloperMetadata& entry : sheet.developer_metadata) {
      if (entry.line == DeveloperMetadata::Line{dimension, i})
        metadata.push_back(metadata_json(entry, &sheet));
    }
    if (!metadata.empty()) writer.member("developerMetadata", metadata);
    writer.end_object();
  }
  writer.end_array();
}

}  // namespace

void write_grid_data(JsonWriter& writer, Calculation& calculation, const Workbook& workbook,
                     const Sheet& sheet, const GridRect& rect) {
  writer.begin_object();
  if (rect.start_row > 0) writer.member("startRow", rect.start_row);
  if (rect.start_column > 0) writer.member("startColumn", rect.start_column);
  if (writer.wants({"rowData"})) GridWriter(writer, calculation, workbook, sheet, rect).write_rows();
  write_dimensions(writer, "rowMetadata", rect.start_row, rect.end_row, kRowPixels, sheet, Dimension::kRows);
  write_dimensions(writer, "columnMetadata", rect.start_column, rect.end_column, kColumnPixels, sheet,
                   Dimension::kColumns);
  writer.end_object();
}

const Json& default_cell_format() {
  static const Json kFormat = Json::parse(R"({
    "backgroundColor": {"red": 1, "green": 1, "blue": 1},
    "padding": {"top": 2, "right": 3, "bottom": 2, "left": 3},
    "verticalAlignment": "BOTTOM",
    "wrapStrategy": "OVERFLOW_CELL",
    "textFormat": {"foregroundColor": {}, "fontFamily": "arial,sans,sans-serif", "fontSize": 10, "bold": false,
                   "italic": false, "strikethrough": false, "underline": false,
                   "foregroundColorStyle": {"rgbColor": {}}},
    "backgroundColorStyle": {"rgbColor": {"red": 1, "green": 1, "blue": 1}}
  })");
  return kFormat;
}

}  // namespace sheets::emulator
