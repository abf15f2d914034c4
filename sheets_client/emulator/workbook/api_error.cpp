#include "sheets_client/emulator/workbook/api_error.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

namespace sheets::emulator {
namespace {

std::shared_ptr<const Json> bad_request(Json violations) {
  return std::make_shared<const Json>(Json::array({{{"@type", "type.googleapis.com/google.rpc.BadRequest"},
                                                    {"fieldViolations", std::move(violations)}}}));
}

std::shared_ptr<const Json> violation(std::string_view field, std::string_view description) {
  Json named = Json::object();
  if (!field.empty()) named["field"] = field;
  named["description"] = description;
  return bad_request(Json::array({std::move(named)}));
}

struct StatusNames {
  int code;
  std::string_view status, message;
};
constexpr StatusNames kStatuses[] = {
    {400, "INVALID_ARGUMENT", "Request contains an invalid argument."},
    {401, "UNAUTHENTICATED",
     "Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other "
     "valid "
     "authentication credential. See https://developers.google.com/identity/sign-in/web/devconsole-project."},
    {403, "PERMISSION_DENIED", "The caller does not have permission"},
    {404, "NOT_FOUND", "Requested entity was not found."},
    {409, "ABORTED", "The request could not be completed."},
    {429, "RESOURCE_EXHAUSTED", "Resource has been exhausted (e.g. check quota)."},
    {500, "INTERNAL", "Internal error encountered."},
    {503, "UNAVAILABLE", "The service is currently unavailable."},
    {504, "DEADLINE_EXCEEDED", "Deadline expired before operation could complete."},
    {0, "UNKNOWN", "The request could not be completed."}};  // any other

const StatusNames& names_of_status(int code) {
  return *std::find_if(std::begin(kStatuses), std::end(kStatuses) - 1,
                       [&](const StatusNames& names) { return names.code == code; });
}

}  // namespace

ApiError ApiError::at(std::string_view place) const {
  if (details_) return *this;
  return {code_, status_, fmt::format("Invalid {}: {}", place, message_)};
}

ApiError invalid_argument(std::string message) { return {400, "INVALID_ARGUMENT", std::move(message)}; }

ApiError invalid_field(std::string_view field, std::string message) {
  auto details = violation(field, message);
  return {400, "INVALID_ARGUMENT", std::move(message), std::move(details)};
}

ApiError invalid_mask(std::string_view mask, std::string_view path) {
  return {400, "INVALID_ARGUMENT", std::string(names_of_status(400).message),
          violation(mask, fmt::format("Error expanding 'fields' parameter. Cannot find matching fields for "
                                      "path '{}'.",
                                      path))};
}

ApiError joined_errors(const std::vector<ApiError>& violations) {
  std::string message;
  Json fields = Json::array();
  for (const ApiError& violation : violations) {
    if (!message.empty()) message += '\n';
    message += violation.what();
    for (const Json& field : violation.details()->at(0).at("fieldViolations"))
      fields.push_back(field);
  }
  return {400, "INVALID_ARGUMENT", std::move(message), bad_request(std::move(fields))};
}

ApiError not_found() { return error_for_status(404, {}); }
ApiError permission_denied() { return error_for_status(403, {}); }
ApiError error_for_status(int code, std::string message) {
  const StatusNames& names = names_of_status(code);
  if (message.empty()) message = names.message;
  return {code, std::string(names.status), std::move(message)};
}

ApiError invalid_value(std::string_view field, std::string_view type, const Json& value) {
  return invalid_field(field, fmt::format("Invalid value at '{}' ({}), {}", field, type,
                                          value.dump(-1, ' ', false, Json::error_handler_t::replace)));
}

}  // namespace sheets::emulator
