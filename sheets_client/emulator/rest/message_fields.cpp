#include "sheets_client/emulator/rest/message_fields.h"

#include <algorithm>

namespace sheets::emulator {
namespace {

struct Field {
  std::string_view message;
  std::string_view name;
  std::string_view type;
};

// The members that the discovery document (revision 20250616) gives these messages.
constexpr Field kFields[] = {
    {"Spreadsheet", "dataSourceSchedules", ""},
    {"Spreadsheet", "dataSources", ""},
    {"Spreadsheet", "developerMetadata", ""},
    {"Spreadsheet", "namedRanges", ""},
    {"Spreadsheet", "properties", "SpreadsheetProperties"},
    {"Spreadsheet", "sheets", "Sheet"},
    {"Spreadsheet", "spreadsheetId", ""},
    {"Spreadsheet", "spreadsheetUrl", ""},
    {"SpreadsheetProperties", "autoRecalc", ""},
    {"SpreadsheetProperties", "defaultFormat", "CellFormat"},
    {"SpreadsheetProperties", "importFunctionsExternalUrlAccessAllowed", ""},
    {"SpreadsheetProperties", "iterativeCalculationSettings", ""},
    {"SpreadsheetProperties", "locale", ""},
    {"SpreadsheetProperties", "spreadsheetTheme", ""},
    {"SpreadsheetProperties", "timeZone", ""},
    {"SpreadsheetProperties", "title", ""},
    {"Sheet", "bandedRanges", ""},
    {"Sheet", "basicFilter", ""},
    {"Sheet", "charts", ""},
    {"Sheet", "columnGroups", ""},
    {"Sheet", "conditionalFormats", ""},
    {"Sheet", "data", "GridData"},
    {"Sheet", "developerMetadata", ""},
    {"Sheet", "filterViews", ""},
    {"Sheet", "merges", ""},
    {"Sheet", "properties", "SheetProperties"},
    {"Sheet", "protectedRanges", "ProtectedRange"},
    {"Sheet", "rowGroups", ""},
    {"Sheet", "slicers", ""},
    {"Sheet", "tables", ""},
    {"SheetProperties", "dataSourceSheetProperties", ""},
    {"SheetProperties", "gridProperties", "GridProperties"},
    {"SheetProperties", "hidden", ""},
    {"SheetProperties", "index", ""},
    {"SheetProperties", "rightToLeft", ""},
    {"SheetProperties", "sheetId", ""},
    {"SheetProperties", "sheetType", ""},
    {"SheetProperties", "tabColor", ""},
    {"SheetProperties", "tabColorStyle", ""},
    {"SheetProperties", "title", ""},
    {"GridProperties", "columnCount", ""},
    {"GridProperties", "columnGroupControlAfter", ""},
    {"GridProperties", "frozenColumnCount", ""},
    {"GridProperties", "frozenRowCount", ""},
    {"GridProperties", "hideGridlines", ""},
    {"GridProperties", "rowCount", ""},
    {"GridProperties", "rowGroupControlAfter", ""},
    {"GridData", "columnMetadata", "DimensionProperties"},
    {"GridData", "rowData", "RowData"},
    {"GridData", "rowMetadata", "DimensionProperties"},
    {"GridData", "startColumn", ""},
    {"GridData", "startRow", ""},
    {"RowData", "values", "CellData"},
    {"CellData", "chipRuns", ""},
    {"CellData", "dataSourceFormula", ""},
    {"CellData", "dataSourceTable", ""},
    {"CellData", "dataValidation", "DataValidationRule"},
    {"CellData", "effectiveFormat", "CellFormat"},
    {"CellData", "effectiveValue", "ExtendedValue"},
    {"CellData", "formattedValue", ""},
    {"CellData", "hyperlink", ""},
    {"CellData", "note", ""},
    {"CellData", "pivotTable", ""},
    {"CellData", "textFormatRuns", ""},
    {"CellData", "userEnteredFormat", "CellFormat"},
    {"CellData", "userEnteredValue", "ExtendedValue"},
    {"ExtendedValue", "boolValue", ""},
    {"ExtendedValue", "errorValue", ""},
    {"ExtendedValue", "formulaValue", ""},
    {"ExtendedValue", "numberValue", ""},
    {"ExtendedValue", "stringValue", ""},
    {"CellFormat", "backgroundColor", ""},
    {"CellFormat", "backgroundColorStyle", ""},
    {"CellFormat", "borders", ""},
    {"CellFormat", "horizontalAlignment", ""},
    {"CellFormat", "hyperlinkDisplayType", ""},
    {"CellFormat", "numberFormat", "NumberFormat"},
    {"CellFormat", "padding", ""},
    {"CellFormat", "textDirection", ""},
    {"CellFormat", "textFormat", ""},
    {"CellFormat", "textRotation", ""},
    {"CellFormat", "verticalAlignment", ""},
    {"CellFormat", "wrapStrategy", ""},
    {"NumberFormat", "pattern", ""},
    {"NumberFormat", "type", ""},
    {"DimensionProperties", "dataSourceColumnReference", ""},
    {"DimensionProperties", "developerMetadata", ""},
    {"DimensionProperties", "hiddenByFilter", ""},
    {"DimensionProperties", "hiddenByUser", ""},
    {"DimensionProperties", "pixelSize", ""},
    {"ProtectedRange", "description", ""},
    {"ProtectedRange", "editors", ""},
    {"ProtectedRange", "namedRangeId", ""},
    {"ProtectedRange", "protectedRangeId", ""},
    {"ProtectedRange", "range", ""},
    {"ProtectedRange", "requestingUserCanEdit", ""},
    {"ProtectedRange", "tableId", ""},
    {"ProtectedRange", "unprotectedRanges", ""},
    {"ProtectedRange", "warningOnly", ""},
    {"DataValidationRule", "condition", ""},
    {"DataValidationRule", "inputMessage", ""},
    {"DataValidationRule", "showCustomUi", ""},
    {"DataValidationRule", "strict", ""},
    {"ValueRange", "majorDimension", ""},
    {"ValueRange", "range", ""},
    {"ValueRange", "values", ""},
    {"BatchGetValuesResponse", "spreadsheetId", ""},
    {"BatchGetValuesResponse", "valueRanges", "ValueRange"},
    {"UpdateValuesResponse", "spreadsheetId", ""},
    {"UpdateValuesResponse", "updatedCells", ""},
    {"UpdateValuesResponse", "updatedColumns", ""},
    {"UpdateValuesResponse", "updatedData", "ValueRange"},
    {"UpdateValuesResponse", "updatedRange", ""},
    {"UpdateValuesResponse", "updatedRows", ""},
    {"BatchUpdateValuesResponse", "responses", "UpdateValuesResponse"},
    {"BatchUpdateValuesResponse", "spreadsheetId", ""},
    {"BatchUpdateValuesResponse", "totalUpdatedCells", ""},
    {"BatchUpdateValuesResponse", "totalUpdatedColumns", ""},
    {"BatchUpdateValuesResponse", "totalUpdatedRows", ""},
    {"BatchUpdateValuesResponse", "totalUpdatedSheets", ""},
    {"AppendValuesResponse", "spreadsheetId", ""},
    {"AppendValuesResponse", "tableRange", ""},
    {"AppendValuesResponse", "updates", "UpdateValuesResponse"},
    {"ClearValuesResponse", "clearedRange", ""},
    {"ClearValuesResponse", "spreadsheetId", ""},
    {"BatchClearValuesResponse", "clearedRanges", ""},
    {"BatchClearValuesResponse", "spreadsheetId", ""},
    {"BatchUpdateSpreadsheetResponse", "replies", ""},
    {"BatchUpdateSpreadsheetResponse", "spreadsheetId", ""},
    {"BatchUpdateSpreadsheetResponse", "updatedSpreadsheet", "Spreadsheet"},
};

bool known(std::string_view message) {
  return std::any_of(std::begin(kFields), std::end(kFields),
                     [&](const Field& field) { return field.message == message; });
}

}  // namespace

std::optional<std::string_view> field_type(std::string_view message, std::string_view name) {
  if (!known(message)) return "";
  const auto found = std::find_if(std::begin(kFields), std::end(kFields), [&](const Field& field) {
    return field.message == message && field.name == name;
  });
  return found == std::end(kFields) ? std::nullopt : std::optional(found->type);
}

}  // namespace sheets::emulator
