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

// Of values of the API's enumerations; an empty text is the default.
RenderOptions render_options(std::string_view value, std::string_view date_time, Dimension major);
Dimension dimension_named(std::string_view text);

// How a cell shows its effective value: "50%", "TRUE", "#REF!", "".
std::string formatted_text(const Cell& cell, const Value& effective);

// The members of a ValueRange: range, majorDimension, and values where there are any. Trailing empty rows and
// cells are left out.
void write_value_range(JsonWriter& writer, Calculation& calculation, const Workbook& workbook,
                       const Sheet& sheet, const GridRect& rect, const RenderOptions& options);

}  // namespace sheets::emulator
