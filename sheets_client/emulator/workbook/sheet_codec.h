#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "sheets_client/emulator/workbook/workbook.h"

namespace sheets::emulator {

// Parts of a workbook as JSON text for the file, and back. Reading throws std::runtime_error for what was not
// written here.

// A sheet without its cells.
std::string encode_frame(const Sheet& sheet);
Sheet decode_frame(std::string_view text);

std::string encode_row(const Row& row);
// Reads rows and lets cells that are formatted alike share what describes them, as they did when they were
// written.
class RowReader {
 public:
  Row decode(std::string_view text);

 private:
  std::shared_ptr<const CellDetail> detail(const Json& json);
  std::map<std::string, std::shared_ptr<const CellDetail>> details_;
};

std::string encode_metadata(const std::vector<DeveloperMetadata>& list);
std::vector<DeveloperMetadata> decode_metadata(std::string_view text);

}  // namespace sheets::emulator
