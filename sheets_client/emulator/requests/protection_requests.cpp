#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "sheets_client/emulator/requests/request_handlers.h"
#include "sheets_client/emulator/requests/spreadsheet_json.h"
#include "sheets_client/emulator/rest/field_mask.h"
#include "sheets_client/emulator/workbook/api_error.h"
#include "sheets_client/emulator/workbook/workbook.h"

namespace sheets::emulator {
namespace {

Editors read_editors(const RequestMessage& range) {
  const RequestMessage editors = range.message("editors");
  return {editors.list("users").get<std::vector<std::string>>(),
          editors.list("groups").get<std::vector<std::string>>(), editors.flag("domainUsersCanEdit")};
}

std::vector<GridBounds> read_unprotected(const RequestMessage& range) {
  std::vector<GridBounds> unprotected;
  for (const Json& item : range.list("unprotectedRanges"))
    unprotected.push_back(read_bounds({&item, range.place_of("unprotectedRanges")}));
  return unprotected;
}

// Who protects a range and who owns the document can always edit it.
Editors with_protectors(Editors editors, const BatchContext& batch) {
  for (const std::string& email : {batch.caller.email, batch.workbook.owner}) {
    if (std::find(editors.users.begin(), editors.users.end(), email) == editors.users.end())
      editors.users.push_back(email);
  }
  return editors;
}

// Throws ApiError when there is none of that id, or it is not the caller's to change.
FoundEntry find_range(const BatchContext& batch, int id) {
  const FoundEntry found = find_entry(batch.workbook, &Sheet::protected_ranges, id, "protected range");
  const ProtectedRange& range = batch.workbook.find(found.sheet_id)->protected_ranges[found.index];
  if (!may_edit(batch.workbook, range, batch.caller)) throw protected_cells();
  return found;
}

}  // namespace

Json add_protected_range(BatchContext& batch, const RequestMessage& request) {
  const RequestMessage given = request.message("protectedRange");
  const RequestRange range = read_grid_range(batch.workbook, given, "range");
  const int sheet_id = range.sheet.properties.id;
  ProtectedRange added;
  added.id = read_new_id(batch.workbook, IdOf::kProtectedRange, given, "protectedRangeId", "protected range");
  added.bounds = range.bounds;
  added.description = given.text("description");
  added.warning_only = given.flag("warningOnly");
  added.unprotected = read_unprotected(given);
  const Editors requested = read_editors(given);
  added.editors = with_protectors(requested, batch);
  Sheet& sheet = batch.workbook.edit(sheet_id);
  sheet.protected_ranges.push_back(added);
  Json reply = protected_range_json(batch.workbook, sheet, added, batch.caller);
  reply["editors"] = editors_json(requested);  // as asked for; the others show up in spreadsheets.get
  return {{"protectedRange", std::move(reply)}};
}

void update_protected_range(BatchContext& batch, const RequestMessage& request) {
  const MaskNode mask = parse_field_mask(required_fields(request), "ProtectedRange");
  const RequestMessage given = request.message("protectedRange");
  const FoundEntry found = find_range(batch, given.integer_or("protectedRangeId", 0));
  ProtectedRange changed = batch.workbook.find(found.sheet_id)->protected_ranges[found.index];
  if (mask.names("range")) changed.bounds = read_grid_range(batch.workbook, given, "range").bounds;
  if (mask.names("description")) changed.description = given.text("description");
  if (mask.names("warningOnly")) changed.warning_only = given.flag("warningOnly");
  if (mask.names("unprotectedRanges")) changed.unprotected = read_unprotected(given);
  if (mask.names("editors")) changed.editors = with_protectors(read_editors(given), batch);
  batch.workbook.edit(found.sheet_id).protected_ranges[found.index] = std::move(changed);
}

void delete_protected_range(BatchContext& batch, const RequestMessage& request) {
  erase_entry(batch.workbook, &Sheet::protected_ranges,
              find_range(batch, request.integer_or("protectedRangeId", 0)));
}

}  // namespace sheets::emulator
