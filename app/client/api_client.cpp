#include "app/client/api_client.h"

#include <fmt/format.h>
#include <httplib.h>

#include <nlohmann/json.hpp>

#include "app/http/gate.h"
#include "app/process/version.h"
#include "core/actions/action_request_json.h"
#include "core/errors.h"
#include "net/http_message.h"

namespace roadmap::app {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::chrono::seconds kAnswerTimeout{30};

// The sentence of a problem document; something to go on with when the answer is none.
std::string sentence_of(const httplib::Response& response) {
  const Json body = Json::parse(response.body, nullptr, false);
  if (body.is_object() && body.contains("detail") && body["detail"].is_string()) return body["detail"];
  return fmt::format("the service answered with status {}", response.status);
}

std::string reason_of(httplib::Error error) {
  switch (error) {
    case httplib::Error::Connection:
      return "no connection";
    case httplib::Error::Read:
      return "no answer in time, or the connection ended before it";
    case httplib::Error::Write:
      return "the connection ended while it was asked";
    default:
      return httplib::to_string(error);
  }
}

}  // namespace

struct ApiClient::Call {
  std::string method = "GET";
  std::string path = {};
  std::string body = {};
  httplib::Headers headers = {};
  std::chrono::seconds timeout = kAnswerTimeout;
};

ApiClient::ApiClient(std::string url, std::string secret)
    : url_(std::move(url)), http_(std::make_unique<httplib::Client>(url_)) {
  httplib::Headers headers = {{"User-Agent", "roadmapd/" + std::string(version())}};
  if (!secret.empty()) headers.emplace(Gate::kSecretHeader, std::move(secret));
  http_->set_default_headers(std::move(headers));
  http_->set_tcp_nodelay(true);  // header and body are written one after the other
  http_->set_url_encode(false);  // paths are encoded already
}

ApiClient::~ApiClient() = default;

ApiClient::Answer ApiClient::call(const Call& call) {
  http_->set_read_timeout(call.timeout);
  httplib::Request request;
  request.method = call.method;
  request.path = call.path;
  request.headers = call.headers;
  request.body = call.body;
  const httplib::Result result = http_->send(request);
  if (!result) {
    throw Error("no_answer",
                fmt::format("The service at {} does not answer: {}", url_, reason_of(result.error())));
  }
  if (result->status >= 400)
    throw Error("refused", sentence_of(*result), fmt::format("status {}", result->status));
  return {result->body, result->get_header_value("ETag")};
}

std::string ApiClient::start_run(const ActionRequest& request) {
  const Answer answer = call({.method = "POST",
                              .path = "/actions/run",
                              .body = to_canonical_json(request),
                              .headers = {{"Content-Type", "application/json"}}});
  const Json body = Json::parse(answer.body, nullptr, false);
  if (!body.is_object() || !body.contains("run_id"))
    throw Error("no_answer", "The service's answer names no run.");
  seen_.clear();
  return body["run_id"].get<std::string>();
}

std::string ApiClient::get_run(const std::string& run_id, std::chrono::seconds wait) {
  Call get = {.path = fmt::format("/actions/run/{}?wait={}", net::percent_encode(run_id), wait.count()),
              .timeout = wait + kAnswerTimeout};
  if (!seen_.empty()) get.headers.emplace("If-None-Match", seen_);
  Answer answer = call(get);
  seen_ = std::move(answer.entity_tag);
  return std::move(answer.body);
}

std::string ApiClient::stored_value(const std::string& initiative_key, std::string_view field) {
  const Answer answer = call({.path = "/initiatives/" + net::percent_encode(initiative_key)});
  const Json body = Json::parse(answer.body, nullptr, false);
  const Json value = body.is_object() ? body.value(std::string(field), Json()) : Json();
  if (value.is_null()) return "";
  return value.is_string() ? value.get<std::string>() : value.dump();
}

std::string ApiClient::cancel_run(const std::string& run_id) {
  return call({.method = "POST", .path = fmt::format("/actions/run/{}/cancel", net::percent_encode(run_id))})
      .body;
}

}  // namespace roadmap::app
