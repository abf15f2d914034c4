#include "app/http/gate.h"

#include <fmt/format.h>

#include <algorithm>

#include "app/http/request_reader.h"
#include "app/http/response.h"
#include "net/client_address.h"

namespace roadmap::app {
namespace {

bool changes_something(const net::HttpRequest& request) {
  return request.method != "GET" && request.method != "HEAD";
}

// The value of a cookie (RFC 6265, 5.4: "a=1; b=2").
std::optional<std::string_view> cookie(const net::HttpRequest& request, std::string_view name) {
  std::string_view rest = request.headers.get("Cookie").value_or("");
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find(';'), rest.size());
    std::string_view pair = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    pair.remove_prefix(std::min(pair.find_first_not_of(' '), pair.size()));
    const std::size_t equals = pair.find('=');
    if (equals != std::string_view::npos && pair.substr(0, equals) == name) return pair.substr(equals + 1);
  }
  return std::nullopt;
}

}  // namespace

std::optional<net::HttpResponse> Gate::refuse(const net::HttpRequest& request) {
  if (!has_secret()) return refuse_other_origin(request);
  const auto secret = request.headers.get(kSecretHeader);
  const auto token = cookie(request, kCookie);
  if (!secret && token) return refuse_session(*token, request);
  return refuse_secret(secret, request);
}

// Without a secret only this machine can connect; a page in its browser must not get in by a name of its own
// (DNS rebinding) or from another origin, nor a reverse proxy open the service to others.
std::optional<net::HttpResponse> Gate::refuse_other_origin(const net::HttpRequest& request) {
  const std::string_view host = request.headers.get("Host").value_or("");
  if (!net::is_loopback(host_of(host))) {
    return problem(
        403, "This service has no secret and answers to localhost only; set a secret to use another name.");
  }
  const auto origin = request.headers.get("Origin");
  if (origin && changes_something(request) && *origin != fmt::format("http://{}", host)) {
    return problem(403, "This service has no secret and takes no requests from pages of others.");
  }
  return std::nullopt;
}

std::optional<net::HttpResponse> Gate::refuse_secret(std::optional<std::string_view> secret,
                                                     const net::HttpRequest& request) {
  switch (secrets_.check(secret, request.remote_address)) {
    case SecretCheck::Verdict::kGranted:
      return std::nullopt;
    case SecretCheck::Verdict::kMissing:
      return problem(401, fmt::format("Send the service's secret in the header {}.", kSecretHeader));
    case SecretCheck::Verdict::kWrong:
      log_.warn("wrong secret", {{"from", request.remote_address}});
      return problem(401, "The secret is wrong; ask the operator of the service for the current one.");
    case SecretCheck::Verdict::kThrottled:
      break;
  }
  return problem_for_now(429, "Too many wrong secrets came from this address; wait a minute.",
                         SecretCheck::kWindow);
}

std::optional<net::HttpResponse> Gate::refuse_session(std::string_view token,
                                                      const net::HttpRequest& request) {
  const auto session = sessions_.find(token);
  if (!session) return problem(401, "You are not logged in any more; log in again.");
  if (!changes_something(request)) return std::nullopt;
  const auto sent = request.headers.get(kCsrfHeader);
  if (sent && same_token(*sent, session->csrf_token)) return std::nullopt;
  return problem(403, fmt::format("Send the session's csrf_token in the header {}; GET /session tells it.",
                                  kCsrfHeader));
}

Gate::Login Gate::log_in(std::string_view secret, const net::HttpRequest& request) {
  if (auto refusal = refuse_secret(secret, request)) return {std::nullopt, *std::move(refusal)};
  log_.info("logged in to the console", {{"from", request.remote_address}});
  return {sessions_.begin(), {}};
}

std::optional<ConsoleSessions::Session> Gate::session_of(const net::HttpRequest& request) {
  const auto token = cookie(request, kCookie);
  return token ? sessions_.find(*token) : std::nullopt;
}

void Gate::log_out(const net::HttpRequest& request) {
  if (const auto token = cookie(request, kCookie)) sessions_.end(*token);
}

std::string Gate::session_cookie(const ConsoleSessions::Session& session, const net::HttpRequest& request) {
  return fmt::format("{}={}; Path=/; HttpOnly; SameSite=Strict{}", kCookie, session.token,
                     request.over_tls ? "; Secure" : "");
}

std::string Gate::ended_cookie() {
  return fmt::format("{}=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0", kCookie);
}

}  // namespace roadmap::app
