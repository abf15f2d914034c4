#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "app/http/access.h"
#include "app/telemetry/log.h"
#include "net/http_message.h"

namespace roadmap::app {

// Decides who may use the API: who sends the secret, or a browser that logged in with it. Thread-safe.
class Gate {
 public:
  // Secrets as SecretCheck takes them. Clock and log outlive the gate.
  Gate(const std::string& secret, const std::string& previous_secret, const Clock& clock, Log& log)
      : secrets_(secret, previous_secret, clock), sessions_(clock), log_(log) {}

  // The refusal of a request for what not everybody may have; nullopt: go on.
  std::optional<net::HttpResponse> refuse(const net::HttpRequest& request);

  // Begins a session where the secret is right; else the refusal. Wrong ones count as those in the header do.
  struct Login {
    std::optional<ConsoleSessions::Session> session;
    net::HttpResponse refusal;
  };
  Login log_in(std::string_view secret, const net::HttpRequest& request);

  // The session that the request's cookie names.
  std::optional<ConsoleSessions::Session> session_of(const net::HttpRequest& request);
  void log_out(const net::HttpRequest& request);

  // Without a secret everybody on this machine may do everything.
  bool has_secret() const { return secrets_.has_secret(); }

  // Values of Set-Cookie. Secure: sent back over TLS only; where the request came over TLS.
  static std::string session_cookie(const ConsoleSessions::Session& session, const net::HttpRequest& request);
  static std::string ended_cookie();

  static constexpr std::string_view kSecretHeader = "X-ROADMAP-AI-SECRET";
  static constexpr std::string_view kCsrfHeader = "X-CSRF-Token";
  static constexpr std::string_view kCookie = "roadmapd_session";

 private:
  static std::optional<net::HttpResponse> refuse_other_origin(const net::HttpRequest& request);
  std::optional<net::HttpResponse> refuse_secret(std::optional<std::string_view> secret,
                                                 const net::HttpRequest& request);
  std::optional<net::HttpResponse> refuse_session(std::string_view token, const net::HttpRequest& request);

  SecretCheck secrets_;
  ConsoleSessions sessions_;
  Log& log_;
};

}  // namespace roadmap::app
