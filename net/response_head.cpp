#include "net/response_head.h"

#include <algorithm>
#include <chrono>
#include <string_view>

#include "net/ascii.h"

namespace net {
namespace {

bool is_ours(std::string_view name) {
  return ascii::same(name, "Content-Length") || ascii::same(name, "Date") ||
         ascii::same(name, "Connection") || ascii::same(name, "Transfer-Encoding");
}

void append_field(std::string& head, std::string_view name, std::string_view value) {
  head.append(name).append(": ");
  for (const char c : value)
    head += ascii::is_control(c) ? ' ' : c;
  head += "\r\n";
}

}  // namespace

std::string_view reason_phrase(int status) {
  struct Reason {
    int status;
    std::string_view phrase;
  };
  static constexpr Reason kReasons[] = {
      {200, "OK"},
      {201, "Created"},
      {202, "Accepted"},
      {204, "No Content"},
      {206, "Partial Content"},
      {301, "Moved Permanently"},
      {302, "Found"},
      {303, "See Other"},
      {304, "Not Modified"},
      {307, "Temporary Redirect"},
      {308, "Permanent Redirect"},
      {400, "Bad Request"},
      {401, "Unauthorized"},
      {403, "Forbidden"},
      {404, "Not Found"},
      {405, "Method Not Allowed"},
      {406, "Not Acceptable"},
      {408, "Request Timeout"},
      {409, "Conflict"},
      {410, "Gone"},
      {412, "Precondition Failed"},
      {413, "Content Too Large"},
      {414, "URI Too Long"},
      {415, "Unsupported Media Type"},
      {417, "Expectation Failed"},
      {422, "Unprocessable Content"},
      {429, "Too Many Requests"},
      {431, "Request Header Fields Too Large"},
      {500, "Internal Server Error"},
      {501, "Not Implemented"},
      {502, "Bad Gateway"},
      {503, "Service Unavailable"},
      {504, "Gateway Timeout"},
  };
  const auto* found = std::find_if(std::begin(kReasons), std::end(kReasons),
                                   [&](const Reason& reason) { return reason.status == status; });
  return found == std::end(kReasons) ? std::string_view{} : found->phrase;
}

bool may_have_body(int status) { return status >= 200 && status != 204 && status != 304; }

std::string response_head(const HttpResponse& response, const Headers& defaults, Persistence persistence) {
  std::string head = "HTTP/1.1 " + std::to_string(response.status) + " ";
  head.append(reason_phrase(response.status)).append("\r\n");
  append_field(head, "Date",
               http_date(std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now())));
  for (const auto& [name, value] : response.headers) {
    if (!is_ours(name)) append_field(head, name, value);
  }
  for (const auto& [name, value] : defaults) {
    if (!is_ours(name) && !response.headers.get(name)) append_field(head, name, value);
  }
  if (may_have_body(response.status)) {
    append_field(head, "Content-Length", std::to_string(response.body.size()));
  }
  append_field(head, "Connection", persistence == Persistence::kClose ? "close" : "keep-alive");
  return head + "\r\n";
}

}  // namespace net
