#include "net/http_message.h"

#include <fmt/chrono.h>

#include <algorithm>
#include <array>

#include "net/ascii.h"

namespace net {
namespace {

constexpr std::array<std::string_view, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

std::string decode(std::string_view text, bool plus_is_blank) {
  std::string decoded;
  decoded.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const int high = i + 2 < text.size() ? ascii::hex_value(text[i + 1]) : -1;
    const int low = i + 2 < text.size() ? ascii::hex_value(text[i + 2]) : -1;
    if (text[i] == '%' && high >= 0 && low >= 0) {
      decoded += static_cast<char>(high * 16 + low);
      i += 2;
    } else {
      decoded += plus_is_blank && text[i] == '+' ? ' ' : text[i];
    }
  }
  return decoded;
}

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

void Headers::add(std::string name, std::string value) {
  fields_.emplace_back(std::move(name), std::move(value));
}

void Headers::set(std::string_view name, std::string value) {
  std::erase_if(fields_, [&](const auto& field) { return ascii::same(field.first, name); });
  fields_.emplace_back(std::string(name), std::move(value));
}

std::optional<std::string_view> Headers::get(std::string_view name) const {
  for (const auto& [key, value] : fields_) {
    if (ascii::same(key, name)) return value;
  }
  return std::nullopt;
}

std::optional<std::string_view> HttpRequest::param(std::string_view name) const {
  for (const auto& [key, value] : query) {
    if (key == name) return value;
  }
  return std::nullopt;
}

std::string percent_decode(std::string_view text) { return decode(text, false); }

std::string percent_encode(std::string_view text) {
  constexpr std::string_view kUnreserved = "-._~";
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string encoded;
  for (const char c : text) {
    if (ascii::is_digit(c) || ascii::is_letter(c) || kUnreserved.find(c) != std::string_view::npos) {
      encoded += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      encoded += '%';
      encoded += kHex[byte >> 4];
      encoded += kHex[byte & 15];
    }
  }
  return encoded;
}

std::vector<std::pair<std::string, std::string>> parse_query(std::string_view query) {
  std::vector<std::pair<std::string, std::string>> pairs;
  while (!query.empty()) {
    const std::size_t end = std::min(query.find('&'), query.size());
    const std::string_view part = query.substr(0, end);
    query.remove_prefix(std::min(end + 1, query.size()));
    if (part.empty()) continue;
    const std::size_t equals = std::min(part.find('='), part.size());
    pairs.emplace_back(decode(part.substr(0, equals), true),
                       equals < part.size() ? decode(part.substr(equals + 1), true) : std::string{});
  }
  return pairs;
}

std::string http_date(std::chrono::sys_seconds time) {
  return fmt::format("{:%a, %d %b %Y %H:%M:%S} GMT", time);
}

std::optional<HttpTime> parse_http_date(std::string_view text) {
  using namespace std::chrono;
  constexpr std::string_view kShape = "Sun, 06 Nov 1994 08:49:37 GMT";
  if (text.size() != kShape.size() || text[3] != ',' || text[4] != ' ' || text[19] != ':' ||
      text[22] != ':' || text.substr(25) != " GMT") {
    return std::nullopt;
  }
  const auto month_at = std::find(kMonths.begin(), kMonths.end(), text.substr(8, 3));
  const auto digits = [&](std::size_t at, std::size_t count) {
    return ascii::number<unsigned>(text.substr(at, count));
  };
  const auto d = digits(5, 2), y = digits(12, 4), h = digits(17, 2), m = digits(20, 2), s = digits(23, 2);
  if (month_at == kMonths.end() || !d || !y || !h || !m || !s) return std::nullopt;
  const year_month_day date{year{static_cast<int>(*y)},
                            month{static_cast<unsigned>(month_at - kMonths.begin() + 1)}, day{*d}};
  if (!date.ok() || *h > 23 || *m > 59 || *s > 60) return std::nullopt;
  return sys_days{date} + hours{*h} + minutes{*m} + seconds{*s};
}

std::optional<std::chrono::milliseconds> parse_retry_after(std::string_view text, HttpTime now) {
  using std::chrono::milliseconds;
  if (const auto date = parse_http_date(text)) return std::max(milliseconds{0}, milliseconds{*date - now});
  const auto seconds = ascii::number<unsigned>(text);
  return seconds ? std::optional(std::chrono::seconds{*seconds}) : std::nullopt;
}

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
