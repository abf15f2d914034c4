#pragma once

#include "sheets_client/emulator/json_fwd.h"
#include "sheets_client/emulator/workbook.h"

namespace sheets::emulator {

// The messages that describe a sheet, as answers and replies carry them.
Json sheet_properties_json(const Workbook& workbook, const Sheet& sheet);
// Editors appear only for a caller who may edit the range.
Json protected_range_json(const Workbook& workbook, const Sheet& sheet, const ProtectedRange& range,
                          const Caller& caller);
Json editors_json(const Editors& editors);
Json conditional_format_json(const Sheet& sheet, const ConditionalFormat& format);

}  // namespace sheets::emulator
