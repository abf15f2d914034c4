#include "sheets_client/emulator/requests/developer_metadata.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "sheets_client/emulator/requests/api_call.h"
#include "sheets_client/emulator/requests/request_handlers.h"
#include "sheets_client/emulator/requests/values_reading.h"
#include "sheets_client/emulator/workbook/api_error.h"

namespace sheets::emulator {
namespace {

// Google's limit of key and value together, in characters.
constexpr std::size_t kMaxMetadataCharacters = 30'000;

// Calls `each` with every entry of the workbook and the sheet that holds it, the spreadsheet's own first.
template <typename Each>
void for_each_metadata(const Workbook& workbook, Each&& each) {
  for (const DeveloperMetadata& metadata : workbook.developer_metadata)
    each(metadata, static_cast<const Sheet*>(nullptr));
  for (std::size_t i = 0; i < workbook.size(); ++i) {
    for (const DeveloperMetadata& metadata : workbook.sheet(i).developer_metadata)
      each(metadata, &workbook.sheet(i));
  }
}

std::string_view location_type(const DeveloperMetadata& metadata, const Sheet* sheet) {
  if (!sheet) return "SPREADSHEET";
  if (!metadata.line) return "SHEET";
  return metadata.line->dimension == Dimension::kRows ? "ROW" : "COLUMN";
}

GridRect rect_of(const Sheet& sheet, const std::optional<DeveloperMetadata::Line>& line) {
  return line ? sheet.band(line->dimension, line->index, line->index + 1) : sheet.whole();
}

bool intersects(const MetadataPlace& a, const MetadataPlace& b) {
  if (!a.sheet || !b.sheet) return true;
  return a.sheet == b.sheet && rect_of(*a.sheet, a.line).intersects(rect_of(*b.sheet, b.line));
}

MetadataPlace read_place(const Workbook& workbook, const RequestMessage& location) {
  if (location.flag("spreadsheet")) return {};
  if (location.has("sheetId"))
    return {&require_sheet(workbook, location.integer_or("sheetId", 0)), std::nullopt};
  if (!location.has("dimensionRange"))
    throw invalid_argument("A developer metadata location is a spreadsheet, a sheet, a row or a column.");
  const RequestMessage range = location.message("dimensionRange");
  const Sheet& sheet = require_sheet(workbook, range.integer_or("sheetId", 0));
  const DeveloperMetadata::Line line{dimension_named(range.text("dimension")),
                                     range.integer_or("startIndex", 0)};
  if (range.integer_or("endIndex", 0) != line.index + 1 || line.index < 0 ||
      line.index >= sheet.properties.count(line.dimension))
    throw invalid_argument("A dimensionRange of developer metadata must be a single row or column.");
  return {&sheet, line};
}

std::string required_visibility(const RequestMessage& given) {
  std::string visibility = given.text("visibility");
  if (visibility.empty() || visibility == "DEVELOPER_METADATA_VISIBILITY_UNSPECIFIED")
    throw invalid_argument("Developer metadata must have a visibility.");
  return visibility;
}

void check_metadata_text(const DeveloperMetadata& metadata) {
  if (metadata.key.empty()) throw invalid_argument("Developer metadata must have a key.");
  if (count_characters(metadata.key) + count_characters(metadata.value) > kMaxMetadataCharacters)
    throw invalid_argument(
        fmt::format("Developer metadata has more than {} characters.", kMaxMetadataCharacters));
}

void store_metadata(Workbook& workbook, DeveloperMetadata metadata, const Sheet* sheet) {
  auto& list = sheet ? workbook.edit(sheet->properties.id).developer_metadata : workbook.developer_metadata;
  list.push_back(std::move(metadata));
}

// Takes what any filter matches out of the workbook.
struct TakenMetadata {
  DeveloperMetadata metadata;
  int sheet_id;  // -1: the spreadsheet's
};
std::vector<TakenMetadata> take_matching(Workbook& workbook, const std::vector<DataFilter>& filters) {
  std::vector<TakenMetadata> taken;
  for_each_metadata(workbook, [&](const DeveloperMetadata& metadata, const Sheet* sheet) {
    if (std::any_of(filters.begin(), filters.end(),
                    [&](const auto& f) { return f.matches(metadata, sheet); }))
      taken.push_back({metadata, sheet ? sheet->properties.id : -1});
  });
  for (const auto& [metadata, sheet_id] : taken) {
    auto& list = sheet_id < 0 ? workbook.developer_metadata : workbook.edit(sheet_id).developer_metadata;
    std::erase_if(list, [id = metadata.id](const DeveloperMetadata& entry) { return entry.id == id; });
  }
  return taken;
}

Json list_member(const char* name, Json list) {
  Json object = Json::object();
  if (!list.empty()) object[name] = std::move(list);
  return object;
}

std::optional<std::string> optional_text(const RequestMessage& message, std::string_view name) {
  return message.has(name) ? std::optional(message.text(name)) : std::nullopt;
}

SheetRange sheet_range(const Sheet& sheet, const GridRect& rect) {
  SheetRange range;
  range.sheet = &sheet;
  range.rect = rect;
  return range;
}

}  // namespace

bool DataFilter::matches(const DeveloperMetadata& metadata, const Sheet* sheet) const {
  if (cells) return sheet == cells->sheet && sheet && rect_of(*sheet, metadata.line).intersects(cells->rect);
  if ((key && *key != metadata.key) || (value && *value != metadata.value)) return false;
  if ((id && *id != metadata.id) || (visibility && *visibility != metadata.visibility)) return false;
  if (location_type && *location_type != emulator::location_type(metadata, sheet)) return false;
  if (!place) return true;
  const MetadataPlace own{sheet, metadata.line};
  return exact_place ? own == *place : intersects(own, *place);
}

DataFilter read_data_filter(const Workbook& workbook, const RequestMessage& filter) {
  DataFilter read;
  if (filter.has("a1Range")) {
    read.cells = resolve_range(workbook, filter.text("a1Range"));
  } else if (filter.has("gridRange")) {
    const RequestRange range = read_grid_range(workbook, filter, "gridRange");
    read.cells = sheet_range(range.sheet, range.rect);
  } else if (filter.has("developerMetadataLookup")) {
    const RequestMessage lookup = filter.message("developerMetadataLookup");
    read.key = optional_text(lookup, "metadataKey");
    read.value = optional_text(lookup, "metadataValue");
    read.visibility = optional_text(lookup, "visibility");
    read.location_type = optional_text(lookup, "locationType");
    read.id = lookup.integer("metadataId");
    read.exact_place = lookup.text("locationMatchingStrategy") == "EXACT_LOCATION";
    if (lookup.has("metadataLocation")) read.place = read_place(workbook, lookup.message("metadataLocation"));
    if (!read.key && !read.value && !read.visibility && !read.location_type && !read.id && !read.place)
      throw invalid_argument(
          fmt::format("{}: A developer metadata lookup must name something.", filter.place()));
  } else {
    throw invalid_argument(fmt::format("{}: Must specify a filter.", filter.place()));
  }
  return read;
}

std::vector<DataFilter> read_data_filters(const Workbook& workbook, const Json& filters,
                                          std::string_view place) {
  std::vector<DataFilter> read;
  for (std::size_t i = 0; i < filters.size(); ++i)
    read.push_back(read_data_filter(workbook, {&filters[i], fmt::format("{}[{}]", place, i)}));
  return read;
}

std::vector<SheetRange> selected_ranges(const Workbook& workbook, const DataFilter& filter) {
  if (filter.cells) return {*filter.cells};
  std::vector<SheetRange> ranges;
  for_each_metadata(workbook, [&](const DeveloperMetadata& metadata, const Sheet* sheet) {
    if (!filter.matches(metadata, sheet)) return;
    for (std::size_t i = 0; i < workbook.size(); ++i) {
      const Sheet& candidate = workbook.sheet(i);
      if (!sheet || sheet == &candidate)
        ranges.push_back(sheet_range(candidate, rect_of(candidate, metadata.line)));
    }
  });
  return ranges;
}

Json metadata_json(const DeveloperMetadata& metadata, const Sheet* sheet) {
  Json location = {{"locationType", location_type(metadata, sheet)}};
  if (!sheet) {
    location["spreadsheet"] = true;
  } else if (!metadata.line) {
    location["sheetId"] = sheet->properties.id;
  } else {
    location["dimensionRange"] = lines_json(sheet->properties.id, metadata.line->dimension,
                                            metadata.line->index, metadata.line->index + 1);
  }
  Json json = {{"metadataId", metadata.id}, {"metadataKey", metadata.key}};
  if (!metadata.value.empty()) json["metadataValue"] = metadata.value;
  json["location"] = std::move(location);
  json["visibility"] = metadata.visibility;
  return json;
}

Json create_developer_metadata(BatchContext& batch, const RequestMessage& request) {
  const RequestMessage given = request.message("developerMetadata");
  DeveloperMetadata metadata;
  metadata.id = given.integer_or("metadataId", batch.workbook.unused_id(IdOf::kMetadata));
  if (metadata.id < 1) throw invalid_argument("A developer metadata id must be positive.");
  if (batch.workbook.has_id(IdOf::kMetadata, metadata.id))
    throw invalid_argument(fmt::format("Developer metadata with id {} already exists.", metadata.id));
  metadata.key = given.text("metadataKey");
  metadata.value = given.text("metadataValue");
  check_metadata_text(metadata);
  metadata.visibility = required_visibility(given);
  const MetadataPlace place = read_place(batch.workbook, given.message("location"));
  metadata.line = place.line;
  Json reply = metadata_json(metadata, place.sheet);
  store_metadata(batch.workbook, std::move(metadata), place.sheet);
  return {{"developerMetadata", std::move(reply)}};
}

Json update_developer_metadata(BatchContext& batch, const RequestMessage& request) {
  const MaskNode mask = parse_field_mask(required_fields(request), "DeveloperMetadata");
  const RequestMessage given = request.message("developerMetadata");
  const auto filters =
      read_data_filters(batch.workbook, request.list("dataFilters"), request.place_of("dataFilters"));
  if (filters.empty()) throw invalid_argument("Must specify at least one data filter.");
  Json updated = Json::array();
  for (auto& [metadata, sheet_id] : take_matching(batch.workbook, filters)) {
    if (mask.names("metadataKey")) metadata.key = given.text("metadataKey");
    if (mask.names("metadataValue")) metadata.value = given.text("metadataValue");
    check_metadata_text(metadata);
    if (mask.names("visibility")) metadata.visibility = required_visibility(given);
    MetadataPlace place{sheet_id < 0 ? nullptr : batch.workbook.find(sheet_id), metadata.line};
    if (mask.names("location")) place = read_place(batch.workbook, given.message("location"));
    metadata.line = place.line;
    updated.push_back(metadata_json(metadata, place.sheet));
    store_metadata(batch.workbook, std::move(metadata), place.sheet);
  }
  return list_member("developerMetadata", std::move(updated));
}

Json delete_developer_metadata(BatchContext& batch, const RequestMessage& request) {
  const DataFilter filter = read_data_filter(batch.workbook, request.message("dataFilter"));
  Json deleted = Json::array();
  for (const auto& [metadata, sheet_id] : take_matching(batch.workbook, {filter}))
    deleted.push_back(metadata_json(metadata, sheet_id < 0 ? nullptr : batch.workbook.find(sheet_id)));
  return list_member("deletedDeveloperMetadata", std::move(deleted));
}

std::string get_developer_metadata(const ApiCall& call) {
  const auto workbook = call.workbook();
  const int id = whole_number_item(call, "metadata_id");
  JsonWriter writer = call.answer("DeveloperMetadata");
  Json found;
  for_each_metadata(*workbook, [&](const DeveloperMetadata& metadata, const Sheet* sheet) {
    if (metadata.id == id) found = metadata_json(metadata, sheet);
  });
  if (found.is_null()) throw error_for_status(404, fmt::format("No developer metadata with ID {}", id));
  writer.json(found);
  return writer.take();
}

std::string search_developer_metadata(const ApiCall& call) {
  const auto workbook = call.workbook();
  const Json& body = *call.request.body;
  JsonWriter writer = call.answer("SearchDeveloperMetadataResponse");
  const Json& asked = RequestMessage(&body, "").list("dataFilters");
  const auto filters = read_data_filters(*workbook, asked, "data_filters");
  Json matched = Json::array();
  for_each_metadata(*workbook, [&](const DeveloperMetadata& metadata, const Sheet* sheet) {
    Json by = Json::array();
    for (std::size_t i = 0; i < filters.size(); ++i) {
      if (filters[i].matches(metadata, sheet)) by.push_back(asked[i]);
    }
    if (!by.empty())
      matched.push_back(
          {{"developerMetadata", metadata_json(metadata, sheet)}, {"dataFilters", std::move(by)}});
  });
  writer.json(list_member("matchedDeveloperMetadata", std::move(matched)));
  return writer.take();
}

}  // namespace sheets::emulator
