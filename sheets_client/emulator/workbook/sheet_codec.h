#pragma once

#include <string>
#include <string_view>

#include "sheets_client/emulator/workbook/workbook.h"

namespace sheets::emulator {

// A sheet as JSON text for the file, and back. decode_sheet throws std::runtime_error for what encode_sheet
// did not write.
std::string encode_sheet(const Sheet& sheet);
Sheet decode_sheet(std::string_view text);
// Developer metadata likewise.
std::string encode_metadata(const std::vector<DeveloperMetadata>& list);
std::vector<DeveloperMetadata> decode_metadata(std::string_view text);

}  // namespace sheets::emulator
