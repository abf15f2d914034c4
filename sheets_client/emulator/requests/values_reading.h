#pragma once

#include <string>
#include <string_view>

#include "sheets_client/emulator/formula/calculation.h"
#include "sheets_client/emulator/rest/json_writer.h"

namespace sheets::emulator {

enum class ValueRender { kFormatted, kUnformatted, kFormula };
enum class DateTimeRender { kSerialNumber, kFormattedString };

struct RenderOptions {
  ValueRender value = ValueRender::kFormatted;
  DateTimeRender date_time = DateTimeRender::kSerialNumber;
  Dimension major = Dimension::kRows;
};

// The values of the API's enumerations; an empty text is the default. Throw ApiError naming `field` for
// anything else.
ValueRender parse_value_render(std::string_view text, std::string_view field);
DateTimeRender parse_date_time_render(std::string_view text, std::string_view field);
Dimension parse_dimension(std::string_view text, std::string_view field);

// How a cell shows its effective value: "50%", "TRUE", "#REF!", "".
std::string formatted_text(const Cell& cell, const Value& effective);

// The members of a ValueRange: range, majorDimension, and values where there are any. Trailing empty rows and
// cells are left out.
void write_value_range(JsonWriter& writer, Calculation& calculation, const Workbook& workbook,
                       const Sheet& sheet, const GridRect& rect, const RenderOptions& options);

}  // namespace sheets::emulator
