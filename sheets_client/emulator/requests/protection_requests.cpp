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
void add_editor(Editors& editors, const std::string& email) {
  if (std::find(editors.users.begin(), editors.users.end(), email) == editors.users.end())
    editors.users.push_back(email);
}

// A protected range and the sheet it is on. Throws ApiError when there is none of that id, or it is not the
// caller's to change.
struct Found {
  int sheet_id;
  std::size_t index;
};
Found find_range(const BatchContext& batch, int id) {
  for (std::size_t i = 0; i < batch.workbook.size(); ++i) {
    const Sheet& sheet = batch.workbook.sheet(i);
    const auto& ranges = sheet.protected_ranges;
    const auto found =
        std::find_if(ranges.begin(), ranges.end(), [&](const auto& range) { return range.id == id; });
    if (found == ranges.end()) continue;
    if (!may_edit(batch.workbook, *found, batch.caller))
      throw invalid_argument(
          "You are trying to edit a protected cell or object. Please contact the spreadsheet owner to remove "
          "protection if you need to edit.");
    return {sheet.properties.id, static_cast<std::size_t>(found - ranges.begin())};
  }
  throw invalid_argument(fmt::format("No protected range with id: {}", id));
}

}  // namespace

Json add_protected_range(BatchContext& batch, const RequestMessage& request) {
  const RequestMessage given = request.message("protectedRange");
  const RequestRange range = read_grid_range(batch.workbook, given, "range");
  const int sheet_id = range.sheet.properties.id;
  ProtectedRange added;
  added.id = given.integer_or("protectedRangeId", batch.workbook.unused_id(IdOf::kProtectedRange));
  if (batch.workbook.has_id(IdOf::kProtectedRange, added.id))
    throw invalid_argument(fmt::format("A protected range with id {} already exists.", added.id));
  added.bounds = range.bounds;
  added.description = given.text("description");
  added.warning_only = given.flag("warningOnly");
  added.unprotected = read_unprotected(given);
  const Editors requested = read_editors(given);
  added.editors = requested;
  add_editor(added.editors, batch.caller.email);
  add_editor(added.editors, batch.workbook.owner);
  Sheet& sheet = batch.workbook.edit(sheet_id);
  sheet.protected_ranges.push_back(added);
  Json reply = protected_range_json(batch.workbook, sheet, added, batch.caller);
  reply["editors"] = editors_json(requested);  // as asked for; the others show up in spreadsheets.get
  return {{"protectedRange", std::move(reply)}};
}

void update_protected_range(BatchContext& batch, const RequestMessage& request) {
  const MaskNode mask = parse_field_mask(required_fields(request), "ProtectedRange");
  const RequestMessage given = request.message("protectedRange");
  const Found found = find_range(batch, given.integer_or("protectedRangeId", 0));
  ProtectedRange changed = batch.workbook.find(found.sheet_id)->protected_ranges[found.index];
  if (mask.names("range")) changed.bounds = read_grid_range(batch.workbook, given, "range").bounds;
  if (mask.names("description")) changed.description = given.text("description");
  if (mask.names("warningOnly")) changed.warning_only = given.flag("warningOnly");
  if (mask.names("unprotectedRanges")) changed.unprotected = read_unprotected(given);
  if (mask.names("editors")) {
    changed.editors = read_editors(given);
    add_editor(changed.editors, batch.caller.email);
    add_editor(changed.editors, batch.workbook.owner);
  }
  batch.workbook.edit(found.sheet_id).protected_ranges[found.index] = std::move(changed);
}

void delete_protected_range(BatchContext& batch, const RequestMessage& request) {
  const Found found = find_range(batch, request.integer_or("protectedRangeId", 0));
  auto& ranges = batch.workbook.edit(found.sheet_id).protected_ranges;
  ranges.erase(ranges.begin() + static_cast<std::ptrdiff_t>(found.index));
}

}  // namespace sheets::emulator
