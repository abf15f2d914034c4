#include "sheets_client/emulator/requests/api_call.h"

#include <nlohmann/json.hpp>

#include "sheets_client/emulator/rest/request_message.h"
#include "sheets_client/emulator/workbook/api_error.h"

namespace sheets::emulator {

bool ApiCall::flag(std::string_view name) const {
  const std::string text = fold_case(param(name));
  return text == "true" || text == "1";
}

JsonWriter ApiCall::answer(std::string_view message) const {
  const auto pretty = request.param("prettyPrint");
  const bool compact = pretty && (*pretty == "false" || *pretty == "0");
  return JsonWriter(compact ? Layout::kCompact : Layout::kPretty, mask(message));
}

std::string_view ApiCall::mask_text() const {
  const std::string_view fields = param("fields");
  return fields.empty() ? param("$fields") : fields;
}

Json ApiCall::body() const { return parse_json_body(request.body); }

std::shared_ptr<const Workbook> ApiCall::workbook() const {
  auto found = store.find_workbook(route.spreadsheet_id);
  if (!found) throw not_found();
  check_access(*found);
  return found;
}

void ApiCall::check_access(const Workbook& workbook) const {
  if (!workbook.shared && workbook.owner != caller.email) throw permission_denied();
}

}  // namespace sheets::emulator
