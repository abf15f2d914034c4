#include "sheets_client/emulator/rest/api_response.h"

#include <fmt/format.h>
#include <zlib.h>

#include <new>
#include <nlohmann/json.hpp>
#include <string>

#include "sheets_client/emulator/workbook/text.h"

namespace sheets::emulator {
namespace {

constexpr std::size_t kSmallestBytes = 1024;
// zlib.h, deflateInit2: 15 is the largest window, 16 more writes a gzip header.
constexpr int kWindowGzip = 15 + 16;
constexpr int kDefaultMemory = 8;

bool says_gzip(const net::HttpRequest& request, std::string_view header) {
  const auto value = request.headers.get(header);
  return value && fold_case(*value).find("gzip") != std::string::npos;
}

std::string gzip(std::string& text) {
  z_stream stream{};
  if (deflateInit2(&stream, Z_BEST_SPEED, Z_DEFLATED, kWindowGzip, kDefaultMemory, Z_DEFAULT_STRATEGY) !=
      Z_OK)
    throw std::bad_alloc();
  std::string packed(deflateBound(&stream, static_cast<uLong>(text.size())), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(text.data());
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  const int result = deflate(&stream, Z_FINISH);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  if (result != Z_STREAM_END) throw std::bad_alloc();
  return packed;
}

constexpr std::string_view kConsumer = "project_number:100000000001";

Json error_info(std::string_view reason, Json metadata) {
  return {{"@type", "type.googleapis.com/google.rpc.ErrorInfo"},
          {"reason", reason},
          {"domain", "googleapis.com"},
          {"metadata", std::move(metadata)}};
}

}  // namespace

void compress_for(const net::HttpRequest& request, net::HttpResponse& response) {
  if (response.body.size() < kSmallestBytes || !says_gzip(request, "Accept-Encoding") ||
      !says_gzip(request, "User-Agent"))
    return;
  response.body = gzip(response.body);
  response.headers.set("Content-Encoding", "gzip");
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
