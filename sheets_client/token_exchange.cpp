#include "sheets_client/token_exchange.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <variant>

#include "net/http_date.h"
#include "sheets_client/api_error.h"
#include "sheets_client/google_waits.h"

namespace sheets {
namespace {

using nlohmann::json;

// Below this a refusal for its times has another cause than the clock.
constexpr std::chrono::seconds kNoticeableSkew{60};
constexpr std::chrono::seconds kMaxLifetime{86400};

struct Refusal {
  std::string error;        // "invalid_grant"
  std::string description;  // one line
};

Refusal read_refusal(const net::ClientResponse& response) {
  const json document = json::parse(response.body, nullptr, /*allow_exceptions=*/false);
  const auto text = [&](const char* key) {
    const bool there = document.is_object() && document.contains(key) && document[key].is_string();
    return there ? document[key].get<std::string>() : std::string{};
  };
  Refusal refusal{text("error"), text("error_description")};
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

}  // namespace

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

TokenExchange::TokenExchange(net::Transport& transport, const roadmap::Clock& clock,
                             roadmap::Backoff& backoff)
    : transport_(transport), clock_(clock), backoff_(backoff) {}

net::ClientResponse TokenExchange::perform(const net::ClientRequest& request,
                                           const roadmap::RunControl& control) {
  for (int attempt = 0;; ++attempt) {
    control.check(clock_.steady_now());
    net::TransferResult result = transport_.perform(request, {control.stop, control.deadline});
    std::string trouble;
    std::optional<std::chrono::milliseconds> retry_after;
    if (auto* response = std::get_if<net::ClientResponse>(&result)) {
      if (response->status == 200) return std::move(*response);
      if (!is_transient(response->status)) refuse(request, *response);
      trouble = "HTTP " + std::to_string(response->status) + " with: " + first_words(response->body);
      if (const auto header = response->headers.get("Retry-After"))
        retry_after = net::parse_retry_after(*header, clock_.now());
    } else {
      const auto& error = std::get<net::TransferError>(result);
      if (error.failure == net::TransferFailure::kStopped) throw roadmap::RunStopped(control.why_stopped());
      if (error.failure == net::TransferFailure::kDeadline)
        throw roadmap::RunStopped(roadmap::StopReason::kDeadline);
      trouble = error.message;
    }
    if (!backoff_.wait_before_retry(attempt, roadmap::kBackoffUnit, retry_after, kRetryLabel, control)) {
      throw TokenError(TokenFailure::kUnavailable,
                       "No access token could be had from " + request.url + ": " + trouble, trouble);
    }
  }
}

void TokenExchange::refuse(const net::ClientRequest& request, const net::ClientResponse& response) const {
  const Refusal refusal = read_refusal(response);
  const std::string words = refusal.description.empty() ? refusal.error : refusal.description;
  const std::string detail = refusal.error.empty() ? words : refusal.error + ": " + words;
  const auto date_header = response.headers.get("Date");
  const auto date = date_header ? net::parse_http_date(*date_header) : std::nullopt;
  if (is_about_time(refusal) && date) {
    const auto ahead = std::chrono::duration_cast<std::chrono::seconds>(clock_.now() - *date);
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

IssuedToken TokenExchange::read_token(const net::ClientRequest& request,
                                      const net::ClientResponse& response) {
  const json document = json::parse(response.body, nullptr, /*allow_exceptions=*/false);
  const bool right = document.is_object() && document.contains("access_token") &&
                     document["access_token"].is_string() &&
                     !document["access_token"].get<std::string>().empty() &&
                     document.contains("expires_in") && document["expires_in"].is_number();
  if (!right) {
    // The body is not repeated: it may hold a token all the same.
    throw TokenError(TokenFailure::kMalformed, "The answer of " + request.url + " is no access token.",
                     std::to_string(response.body.size()) + " bytes");
  }
  const double seconds =
      std::clamp(document["expires_in"].get<double>(), 0.0, static_cast<double>(kMaxLifetime.count()));
  return {document["access_token"].get<std::string>(), std::chrono::seconds{static_cast<long long>(seconds)}};
}

}  // namespace sheets
