#pragma once

#include <string>
#include <string_view>

#include "sheets_client/emulator/workbook/cell.h"

namespace sheets::emulator {

// True for formats that show a date, a time or both: what dateTimeRenderOption is about.
bool is_date_time(const NumberFormat& format);

// A number as a cell with this format shows it: 0.5 with "0%" is "50%". Patterns as in
// developers.google.com/sheets/api/guides/formats; the first section counts, and the second for negative
// numbers.
std::string format_number(double number, const NumberFormat& format);

// Whether a pattern shows a date or a time rather than a number: "yyyy-mm", "h:mm".
bool is_date_pattern(std::string_view pattern);

// The automatic format: up to ten significant digits, whole numbers in full up to 1E+15.
std::string format_automatic(double number);

}  // namespace sheets::emulator
