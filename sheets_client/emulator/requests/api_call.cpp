#include "sheets_client/emulator/requests/api_call.h"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>

#include "sheets_client/emulator/rest/request_message.h"
#include "sheets_client/emulator/workbook/api_error.h"

namespace sheets::emulator {

std::string_view ApiCall::param(std::string_view name) const {
  const auto found = std::find_if(request.query.begin(), request.query.end(),
                                  [&](const auto& parameter) { return parameter.first == name; });
  return found == request.query.end() ? std::string_view{} : found->second;
}

JsonWriter ApiCall::answer(std::string_view message) const {
  return JsonWriter(param("prettyPrint") == "false" ? Layout::kCompact : Layout::kPretty,
                    parse_field_mask(param("fields"), message));
}

std::shared_ptr<const Workbook> ApiCall::workbook() const {
  auto found = store.find_workbook(route.spreadsheet_id);
  if (!found) throw not_found();
  check_access(*found);
  return found;
}

void ApiCall::check_access(const Workbook& workbook) const {
  if (!workbook.shared && workbook.owner != caller.email) throw permission_denied();
}

int whole_number_item(const ApiCall& call, std::string_view field) {
  const std::string& text = call.route.item;
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size())
    throw invalid_value(field, "TYPE_INT32", Json(text));
  return number;
}

}  // namespace sheets::emulator
