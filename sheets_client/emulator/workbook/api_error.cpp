#include "sheets_client/emulator/workbook/api_error.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

namespace sheets::emulator {
namespace {

std::shared_ptr<const Json> violation(std::string_view field, std::string_view description) {
  Json named = Json::object();
  if (!field.empty()) named["field"] = field;
  named["description"] = description;
  return std::make_shared<const Json>(Json::array({{{"@type", "type.googleapis.com/google.rpc.BadRequest"},
                                                    {"fieldViolations", Json::array({std::move(named)})}}}));
}

std::string_view default_message(int code) {
  switch (code) {
    case 400:
      return "Request contains an invalid argument.";
    case 401:
      return "Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or "
             "other valid authentication credential. See "
             "https://developers.google.com/identity/sign-in/web/devconsole-project.";
    case 403:
      return "The caller does not have permission";
    case 404:
      return "Requested entity was not found.";
    case 429:
      return "Resource has been exhausted (e.g. check quota).";
    case 500:
      return "Internal error encountered.";
    case 503:
      return "The service is currently unavailable.";
    case 504:
      return "Deadline expired before operation could complete.";
    default:
      return "The request could not be completed.";
  }
}

std::string_view status_name(int code) {
  switch (code) {
    case 400:
      return "INVALID_ARGUMENT";
    case 401:
      return "UNAUTHENTICATED";
    case 403:
      return "PERMISSION_DENIED";
    case 404:
      return "NOT_FOUND";
    case 409:
      return "ABORTED";
    case 429:
      return "RESOURCE_EXHAUSTED";
    case 500:
      return "INTERNAL";
    case 503:
      return "UNAVAILABLE";
    case 504:
      return "DEADLINE_EXCEEDED";
    default:
      return "UNKNOWN";
  }
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
  return {400, "INVALID_ARGUMENT", std::string(default_message(400)),
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
  Json details = Json::array(
      {{{"@type", "type.googleapis.com/google.rpc.BadRequest"}, {"fieldViolations", std::move(fields)}}});
  return {400, "INVALID_ARGUMENT", std::move(message), std::make_shared<const Json>(std::move(details))};
}

ApiError not_found() { return error_for_status(404, {}); }
ApiError permission_denied() { return error_for_status(403, {}); }
ApiError error_for_status(int code, std::string message) {
  if (message.empty()) message = default_message(code);
  return {code, std::string(status_name(code)), std::move(message)};
}

ApiError invalid_value(std::string_view field, std::string_view type, const Json& value) {
  return invalid_field(field, fmt::format("Invalid value at '{}' ({}), {}", field, type,
                                          value.dump(-1, ' ', false, Json::error_handler_t::replace)));
}

}  // namespace sheets::emulator
