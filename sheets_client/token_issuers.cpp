#include "sheets_client/token_issuers.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <variant>

#include "sheets_client/api_error.h"
#include "sheets_client/limiter.h"

namespace sheets {
namespace {

using nlohmann::json;

constexpr std::chrono::seconds kTokenTimeout{30};
constexpr std::size_t kMaxTokenBytes = 65536;  // of an issuer's answer

constexpr const char* kMetadataServer = "http://metadata.google.internal";
// The server is on this machine's own link: it answers at once or is not there.
constexpr std::chrono::seconds kConnectTimeout{2};
constexpr std::chrono::seconds kMetadataTimeout{10};

// Below this a refusal for its times has another cause than the clock.
constexpr std::chrono::seconds kNoticeableSkew{60};
constexpr std::chrono::seconds kMaxLifetime{86400};

struct Refusal {
  std::string error;        // "invalid_grant"
  std::string description;  // one line
};

Refusal read_refusal(const net::ClientResponse& response) {
  const json document = json::parse(response.body, nullptr, /*allow_exceptions=*/false);
  Refusal refusal{text_at(document, "error"), text_at(document, "error_description")};
  if (refusal.error.empty())
    refusal.description = "HTTP " + std::to_string(response.status) + " with: " + first_words(response.body);
  return refusal;
}

// Google's words for an assertion whose iat and exp do not fit its own clock.
bool is_about_time(const Refusal& refusal) {
  return refusal.error == "invalid_grant" &&
         (refusal.description.find("short-lived token") != std::string::npos ||
          refusal.description.find("iat and exp") != std::string::npos);
}

// Down or busy: worth another try.
bool is_transient(int http_status) { return http_status == 429 || http_status >= 500; }

[[noreturn]] void refuse(const net::ClientRequest& request, const net::ClientResponse& response,
                         roadmap::UtcTime now) {
  const Refusal refusal = read_refusal(response);
  const std::string words = refusal.description.empty() ? refusal.error : refusal.description;
  const std::string detail = refusal.error.empty() ? words : refusal.error + ": " + words;
  const auto date_header = response.headers.get("Date");
  const auto date = date_header ? net::parse_http_date(*date_header) : std::nullopt;
  if (is_about_time(refusal) && date) {
    const auto ahead = std::chrono::duration_cast<std::chrono::seconds>(now - *date);
    if (ahead >= kNoticeableSkew || ahead <= -kNoticeableSkew) {
      throw TokenError(TokenFailure::kClock,
                       "Google refused to sign in because this machine's clock is " + in_words(ahead) +
                           (ahead.count() > 0 ? " ahead" : " behind") + ". Set the clock and try again.",
                       detail);
    }
  }
  throw TokenError(TokenFailure::kRefused, "The credentials were refused by " + request.url + ": " + words,
                   detail);
}

// {"access_token", "expires_in"}; TokenError kMalformed when it is something else.
IssuedToken read_token(const net::ClientRequest& request, const net::ClientResponse& response) {
  const json document = json::parse(response.body, nullptr, /*allow_exceptions=*/false);
  std::string token = text_at(document, "access_token");
  if (token.empty() || !document.contains("expires_in") || !document["expires_in"].is_number()) {
    // The body is not repeated: it may hold a token all the same.
    throw TokenError(TokenFailure::kMalformed, "The answer of " + request.url + " is no access token.",
                     std::to_string(response.body.size()) + " bytes");
  }
  const double seconds =
      std::clamp(document["expires_in"].get<double>(), 0.0, static_cast<double>(kMaxLifetime.count()));
  return {std::move(token), std::chrono::seconds{static_cast<long long>(seconds)}};
}

net::ClientRequest metadata_request(const std::string& path) {
  net::ClientRequest request;
  request.url =
      kMetadataServer + std::string("/computeMetadata/v1/instance/service-accounts/default/") + path;
  request.headers.add("Metadata-Flavor", "Google");
  request.connect_timeout = kConnectTimeout;
  request.total_timeout = kMetadataTimeout;
  request.max_response_bytes = kMaxTokenBytes;
  request.use_proxy = false;
  return request;
}

}  // namespace

net::ClientResponse TokenExchange::perform(const net::ClientRequest& request,
                                           const roadmap::RunControl& control) const {
  for (int attempt = 0;; ++attempt) {
    control.check(clock.steady_now());
    net::TransferResult result = transport.perform(request, {control.stop, control.deadline});
    std::string trouble;
    std::optional<std::chrono::milliseconds> retry_after;
    if (auto* response = std::get_if<net::ClientResponse>(&result)) {
      if (response->status == 200) return std::move(*response);
      if (!is_transient(response->status)) refuse(request, *response, clock.now());
      trouble = "HTTP " + std::to_string(response->status) + " with: " + first_words(response->body);
      if (const auto header = response->headers.get("Retry-After"))
        retry_after = net::parse_retry_after(*header, clock.now());
    } else {
      const auto& error = std::get<net::TransferError>(result);
      check_stopped(error, control);
      trouble = error.message;
    }
    if (!backoff.wait_before_retry(attempt, roadmap::kBackoffUnit, retry_after, kRetryLabel, control)) {
      throw TokenError(TokenFailure::kUnavailable,
                       "No access token could be had from " + request.url + ": " + trouble, trouble);
    }
  }
}

IssuedToken ServiceAccountIssuer::issue(const roadmap::RunControl& control) {
  net::ClientRequest request;
  request.method = "POST";
  request.url = account_.token_uri;
  request.headers.add("Content-Type", "application/x-www-form-urlencoded");
  request.body = "grant_type=" + net::percent_encode("urn:ietf:params:oauth:grant-type:jwt-bearer") +
                 "&assertion=" + net::percent_encode(sign_assertion(account_, exchange_.clock.now()));
  request.total_timeout = kTokenTimeout;
  request.max_response_bytes = kMaxTokenBytes;
  return read_token(request, exchange_.perform(request, control));
}

IssuedToken MetadataIssuer::issue(const roadmap::RunControl& control) {
  const net::ClientRequest request =
      metadata_request(std::string("token?scopes=") + net::percent_encode(kSheetsScope));
  IssuedToken issued = read_token(request, ask(request, control));
  if (account().find('@') == std::string::npos) {
    try {
      std::string email = ask(metadata_request("email"), control).body;
      const std::lock_guard lock(mutex_);
      email_ = std::move(email);
    } catch (const TokenError&) {
      // The address only serves messages; the token is what was asked for.
    }
  }
  return issued;
}

std::string MetadataIssuer::account() const {
  const std::lock_guard lock(mutex_);
  return email_.empty() ? "this machine's service account" : email_;
}

net::ClientResponse MetadataIssuer::ask(const net::ClientRequest& request,
                                        const roadmap::RunControl& control) const {
  net::ClientResponse response = exchange_.perform(request, control);
  // The header proves that it is the metadata server, not whatever else answers on that name.
  if (response.headers.get("Metadata-Flavor") != "Google") {
    throw TokenError(TokenFailure::kMalformed,
                     "What answered at " + std::string(kMetadataServer) +
                         " is no metadata server. Is this a Google Cloud machine?",
                     "no Metadata-Flavor header");
  }
  return response;
}

std::string in_words(std::chrono::seconds duration) {
  struct Unit {
    long long seconds;
    const char* name;
  };
  constexpr std::array<Unit, 4> kUnits = {{{86400, "day"}, {3600, "hour"}, {60, "minute"}, {1, "second"}}};
  long long rest = duration.count() < 0 ? -duration.count() : duration.count();
  std::string words;
  int told = 0;
  for (const Unit& unit : kUnits) {
    const long long count = rest / unit.seconds;
    rest %= unit.seconds;
    if (count == 0) continue;
    words += (told > 0 ? " " : "") + std::to_string(count) + " " + unit.name + (count == 1 ? "" : "s");
    if (++told == 2) break;
  }
  return words.empty() ? "0 seconds" : words;
}

}  // namespace sheets
