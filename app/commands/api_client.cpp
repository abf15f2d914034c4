#include "app/commands/api_client.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "app/http/gate.h"
#include "app/version.h"
#include "core/errors.h"

namespace roadmap::app {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::chrono::seconds kAnswerTimeout{30};

// The sentence of a problem document; something to go on with when the answer is none.
std::string sentence_of(const net::ClientResponse& response) {
  const Json body = Json::parse(response.body, nullptr, false);
  if (body.is_object() && body.contains("detail") && body["detail"].is_string()) return body["detail"];
  return fmt::format("the service answered with status {}", response.status);
}

}  // namespace

ApiClient::ApiClient(std::string url, std::string secret)
    : url_(std::move(url)), secret_(std::move(secret)), http_("roadmapd/" + std::string(version())) {}

net::ClientResponse ApiClient::call(net::ClientRequest request) {
  request.url = url_ + request.url;
  request.use_proxy = false;
  if (!secret_.empty()) request.headers.set(Gate::kSecretHeader, secret_);
  const net::TransferResult result = http_.perform(request);
  if (const auto* error = std::get_if<net::TransferError>(&result)) {
    throw Error("no_answer", fmt::format("The service at {} does not answer: {}", url_, error->message));
  }
  auto response = std::get<net::ClientResponse>(result);
  if (response.status >= 400)
    throw Error("refused", sentence_of(response), fmt::format("status {}", response.status));
  return response;
}

std::string ApiClient::start_run(const ActionRequest& request) {
  net::ClientRequest call_request;
  call_request.method = "POST";
  call_request.url = "/actions/run";
  call_request.headers.set("Content-Type", "application/json");
  call_request.body = to_canonical_json(request);
  call_request.total_timeout = kAnswerTimeout;
  const Json body = Json::parse(call(std::move(call_request)).body, nullptr, false);
  if (!body.is_object() || !body.contains("run_id"))
    throw Error("no_answer", "The service's answer names no run.");
  seen_.clear();
  return body["run_id"].get<std::string>();
}

std::string ApiClient::get_run(const std::string& run_id, std::chrono::seconds wait) {
  net::ClientRequest request;
  request.url = fmt::format("/actions/run/{}?wait={}", net::percent_encode(run_id), wait.count());
  request.total_timeout = wait + kAnswerTimeout;
  if (!seen_.empty()) request.headers.set("If-None-Match", seen_);
  net::ClientResponse response = call(std::move(request));
  seen_ = response.headers.get("ETag").value_or("");
  return std::move(response.body);
}

std::string ApiClient::stored_value(const std::string& initiative_key, std::string_view field) {
  net::ClientRequest request;
  request.url = fmt::format("/initiatives/{}", net::percent_encode(initiative_key));
  request.total_timeout = kAnswerTimeout;
  const Json body = Json::parse(call(std::move(request)).body, nullptr, false);
  const Json value = body.is_object() ? body.value(std::string(field), Json()) : Json();
  if (value.is_null()) return "";
  return value.is_string() ? value.get<std::string>() : value.dump();
}

std::string ApiClient::cancel_run(const std::string& run_id) {
  net::ClientRequest request;
  request.method = "POST";
  request.url = fmt::format("/actions/run/{}/cancel", net::percent_encode(run_id));
  request.body = std::string();
  request.total_timeout = kAnswerTimeout;
  return call(std::move(request)).body;
}

}  // namespace roadmap::app
