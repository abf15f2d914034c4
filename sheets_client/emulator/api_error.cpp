#include "sheets_client/emulator/api_error.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

namespace sheets::emulator {
namespace {

constexpr std::string_view kConsumer = "project_number:100000000001";

std::shared_ptr<const Json> violation(std::string_view field, std::string_view description) {
  return std::make_shared<const Json>(
      Json::array({{{"@type", "type.googleapis.com/google.rpc.BadRequest"},
                    {"fieldViolations", Json::array({{{"field", field}, {"description", description}}})}}}));
}

Json error_info(std::string_view reason, Json metadata) {
  return {{"@type", "type.googleapis.com/google.rpc.ErrorInfo"},
          {"reason", reason},
          {"domain", "googleapis.com"},
          {"metadata", std::move(metadata)}};
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

net::HttpResponse ApiError::response() const {
  Json error = {{"code", code_}, {"message", message_}, {"status", status_}};
  if (details_) error["details"] = *details_;
  return json_response(
      code_, Json{{"error", std::move(error)}}.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
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

ApiError not_found() { return error_for_status(404, {}); }
ApiError permission_denied() { return error_for_status(403, {}); }
ApiError invalid_credentials() { return error_for_status(401, {}); }

ApiError missing_credentials(std::string_view http_method) {
  if (http_method == "GET") {
    return {403, "PERMISSION_DENIED",
            "Method doesn't allow unregistered callers (callers without established identity). Please use "
            "API Key or other form of API consumer identity to call this API."};
  }
  return {401, "UNAUTHENTICATED",
          "Request is missing required authentication credential. Expected OAuth 2 access token, login "
          "cookie or other valid authentication credential. See "
          "https://developers.google.com/identity/sign-in/web/devconsole-project."};
}

ApiError insufficient_scope(std::string_view rpc_method) {
  const Json metadata = {{"service", "sheets.googleapis.com"},
                         {"method", fmt::format("google.apps.sheets.v4.SpreadsheetsService.{}", rpc_method)}};
  return {
      403, "PERMISSION_DENIED", "Request had insufficient authentication scopes.",
      std::make_shared<const Json>(Json::array({error_info("ACCESS_TOKEN_SCOPE_INSUFFICIENT", metadata)}))};
}

ApiError quota_exceeded(std::string_view kind, int limit) {
  const bool read = kind == "Read";
  const Json metadata = {
      {"quota_limit_value", std::to_string(limit)},
      {"quota_unit", "1/min/{project}/{user}"},
      {"quota_location", "global"},
      {"quota_metric", read ? "sheets.googleapis.com/read_requests" : "sheets.googleapis.com/write_requests"},
      {"quota_limit", fmt::format("{}RequestsPerMinutePerUser", kind)},
      {"service", "sheets.googleapis.com"},
      {"consumer", kConsumer}};
  const Json help = {
      {"@type", "type.googleapis.com/google.rpc.Help"},
      {"links", Json::array({{{"description", "Request a higher quota limit."},
                              {"url", "https://cloud.google.com/docs/quotas/help/request_increase"}}})}};
  return {429, "RESOURCE_EXHAUSTED",
          fmt::format("Quota exceeded for quota metric '{} requests' and limit '{} requests per minute per "
                      "user' of service 'sheets.googleapis.com' for consumer '{}'.",
                      kind, kind, kConsumer),
          std::make_shared<const Json>(Json::array({error_info("RATE_LIMIT_EXCEEDED", metadata), help}))};
}

ApiError error_for_status(int code, std::string message) {
  if (message.empty()) message = default_message(code);
  return {code, std::string(status_name(code)), std::move(message)};
}

ApiError invalid_value(std::string_view field, std::string_view type, const Json& value) {
  return invalid_field(field, fmt::format("Invalid value at '{}' ({}), {}", field, type,
                                          value.dump(-1, ' ', false, Json::error_handler_t::replace)));
}

net::HttpResponse json_response(int status, std::string body) {
  net::HttpResponse response;
  response.status = status;
  response.headers = {{"Content-Type", "application/json; charset=UTF-8"},
                      {"Vary", "Origin"},
                      {"Vary", "X-Origin"},
                      {"Vary", "Referer"},
                      {"Server", "ESF"},
                      {"Cache-Control", "private"},
                      {"X-XSS-Protection", "0"},
                      {"X-Frame-Options", "SAMEORIGIN"},
                      {"X-Content-Type-Options", "nosniff"}};
  response.body = std::move(body);
  return response;
}

}  // namespace sheets::emulator
