// Handlers for logging in to the web pages and out again.
#include <nlohmann/json.hpp>

#include "app/http/api.h"
#include "app/http/request_reader.h"
#include "app/http/response.h"
#include "core/run/json_text.h"

namespace roadmap::app {
namespace {

using Json = nlohmann::ordered_json;

net::HttpResponse session_response(bool login_required,
                                   const std::optional<ConsoleSessions::Session>& session) {
  Json json = {{"login_required", login_required}};
  json["csrf_token"] = session ? Json(session->csrf_token) : Json(nullptr);
  json["ends_at"] = session ? Json(to_iso8601(session->ends_at)) : Json(nullptr);
  return json_response(200, json.dump());
}

}  // namespace

net::HttpResponse Api::get_session(const Exchange& exchange) {
  return session_response(parts_.gate.has_secret(), parts_.gate.session_of(exchange.request));
}

net::HttpResponse Api::log_in(const Exchange& exchange) {
  if (!declares_json(exchange.request)) return not_declared_as_json();
  const std::string trouble = json_trouble(exchange.request.body);
  if (!trouble.empty()) return problem(400, "The request cannot be read: " + trouble + ".");
  const Json body = Json::parse(exchange.request.body);
  if (!body.is_object() || !body.contains("secret") || !body["secret"].is_string() || body.size() != 1) {
    return problem(422, R"(Log in with {"secret": "…"}, the service's secret.)",
                   {{"/secret", "must be the only member, and a text"}});
  }
  const Gate::Login login =
      parts_.gate.log_in(body["secret"].get_ref<const std::string&>(), exchange.request);
  if (!login.session) return login.refusal;
  net::HttpResponse response = session_response(parts_.gate.has_secret(), login.session);
  response.headers.set("Set-Cookie", Gate::session_cookie(*login.session, exchange.request));
  return response;
}

net::HttpResponse Api::log_out(const Exchange& exchange) {
  parts_.gate.log_out(exchange.request);
  net::HttpResponse response;
  response.status = 204;
  response.headers.set("Set-Cookie", Gate::ended_cookie());
  return response;
}

}  // namespace roadmap::app
