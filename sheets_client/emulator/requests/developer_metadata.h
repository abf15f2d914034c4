#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sheets_client/emulator/rest/request_message.h"
#include "sheets_client/emulator/workbook/a1_range.h"
#include "sheets_client/emulator/workbook/workbook.h"

namespace sheets::emulator {

// Where developer metadata is, or where a lookup wants it to be.
struct MetadataPlace {
  const Sheet* sheet = nullptr;  // nullptr: the spreadsheet
  std::optional<DeveloperMetadata::Line> line;
  friend bool operator==(const MetadataPlace&, const MetadataPlace&) = default;
};

// A DataFilter, read: cells or a lookup of developer metadata.
struct DataFilter {
  std::optional<SheetRange> cells;  // absent: the rest is the lookup
  std::optional<std::string> key, value, visibility, location_type;
  std::optional<int> id;
  std::optional<MetadataPlace> place;
  bool exact_place = false;  // false: whatever intersects it

  bool matches(const DeveloperMetadata& metadata, const Sheet* sheet) const;
};

// The filters of a request; they point into `workbook`. Throws ApiError, naming `place`, for one that selects
// nothing by its shape.
DataFilter read_data_filter(const Workbook& workbook, const RequestMessage& filter);
std::vector<DataFilter> read_data_filters(const Workbook& workbook, const Json& filters,
                                          std::string_view place);
// The cells that a filter selects: its own, or those where the metadata is that it finds.
std::vector<SheetRange> selected_ranges(const Workbook& workbook, const DataFilter& filter);

// The DeveloperMetadata message. `sheet`: where it is; nullptr: the spreadsheet.
Json metadata_json(const DeveloperMetadata& metadata, const Sheet* sheet);

}  // namespace sheets::emulator
