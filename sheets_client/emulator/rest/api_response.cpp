#include "sheets_client/emulator/rest/api_response.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

namespace sheets::emulator {
namespace {

constexpr std::string_view kConsumer = "project_number:100000000001";

Json error_info(std::string_view reason, Json metadata) {
  return {{"@type", "type.googleapis.com/google.rpc.ErrorInfo"},
          {"reason", reason},
          {"domain", "googleapis.com"},
          {"metadata", std::move(metadata)}};
}

}  // namespace

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

net::HttpResponse error_response(const ApiError& refused) {
  Json error = {{"code", refused.code()}, {"message", refused.what()}, {"status", refused.status()}};
  if (refused.details()) error["details"] = *refused.details();
  return json_response(
      refused.code(),
      Json{{"error", std::move(error)}}.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
}

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

}  // namespace sheets::emulator
