#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace net {

// HTTP header fields in the order they were added. Names compare ignoring ASCII case (RFC 9110, 5.1).
class Headers {
 public:
  Headers() = default;
  Headers(std::initializer_list<std::pair<std::string, std::string>> fields) : fields_(fields) {}

  // Appends a field, also where one of that name is there already.
  void add(std::string name, std::string value);
  // Replaces every field of that name by one.
  void set(std::string_view name, std::string value);
  // The first value of that name; nullopt when absent.
  std::optional<std::string_view> get(std::string_view name) const;

  auto begin() const { return fields_.begin(); }
  auto end() const { return fields_.end(); }

 private:
  std::vector<std::pair<std::string, std::string>> fields_;
};

// A request as the server read it. `target` is the request line's target, undecoded: percent-encoded slashes
// are still visible there. `path` is the part before '?', undecoded too; use percent_decode on its segments.
struct HttpRequest {
  std::string method;                                      // upper case
  std::string target;                                      // "/v4/spreadsheets/x?fields=a"
  std::string path;                                        // "/v4/spreadsheets/x"
  std::vector<std::pair<std::string, std::string>> query;  // decoded, in order, repeats kept
  Headers headers;
  std::string body;            // decompressed
  std::string remote_address;  // the peer, or what a trusted proxy's X-Forwarded-For says
  bool over_tls = false;       // the client spoke TLS with a trusted proxy, whose X-Forwarded-Proto says so

  // The first query parameter of that name; nullopt when absent.
  std::optional<std::string_view> param(std::string_view name) const;
};

// What a response does on the wire. Everything but kNormal exists for servers that imitate faults.
enum class Delivery : std::uint8_t { kNormal, kCloseWithoutAnswer, kTruncateBody };

struct HttpResponse {
  int status = 200;
  Headers headers;  // Content-Type among them; Content-Length, Date and Connection are the server's
  std::string body;
  Delivery delivery = Delivery::kNormal;
};

// "%2F" becomes "/"; '+' stays '+'. A malformed escape is kept as it stands.
std::string percent_decode(std::string_view text);
// Everything but RFC 3986 unreserved characters is escaped.
std::string percent_encode(std::string_view text);
// "a=1&b=%20" (also '+' for a blank) into pairs, decoded, in order.
std::vector<std::pair<std::string, std::string>> parse_query(std::string_view query);

using HttpTime = std::chrono::sys_time<std::chrono::milliseconds>;

// "Sun, 06 Nov 1994 08:49:37 GMT" (RFC 9110, 5.6.7: the form that senders must use), whatever the locale.
std::string http_date(std::chrono::sys_seconds time);

// The moment that such a text names. nullopt for anything else, the two obsolete forms included.
std::optional<HttpTime> parse_http_date(std::string_view text);

// Retry-After: seconds, or an HTTP date measured against `now`; never negative. nullopt when it is neither.
std::optional<std::chrono::milliseconds> parse_retry_after(std::string_view text, HttpTime now);

enum class Persistence { kKeepOpen, kClose };

// "Not Found" (RFC 9110, 15); empty for a status that is not used here.
std::string_view reason_phrase(int status);

// RFC 9110, 6.4.1: informational answers, 204 and 304 have no body.
bool may_have_body(int status);

// The status line and field lines of an answer with their empty line. Date, Content-Length and Connection are
// made here; what the response or the defaults say of them is left out. Control characters in a value become
// blanks, so that no value can end its line.
std::string response_head(const HttpResponse& response, const Headers& defaults, Persistence persistence);

}  // namespace net
