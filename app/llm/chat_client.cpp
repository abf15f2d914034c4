#include "app/llm/chat_client.h"

#include <nlohmann/json.hpp>

#include "net/http_message.h"

namespace roadmap::app {
namespace {

constexpr int kMaxRetries = 3;         // of one question
constexpr int kMaxTimeoutRetries = 1;  // each may have cost a whole timeout
constexpr std::size_t kMaxAnswerBytes = 1u << 20;
constexpr std::string_view kWaitLabel = "Waiting for the assistant";

std::string completions_url(std::string base_url) {
  while (!base_url.empty() && base_url.back() == '/')
    base_url.pop_back();
  return base_url + "/chat/completions";
}

const char* role_name(ChatRole role) { return role == ChatRole::kSystem ? "system" : "user"; }

bool is_transient(const AssistantError& error, const EndpointError& endpoint) {
  switch (error.failure) {
    case AssistantFailure::kQuota:
      return endpoint.code != "insufficient_quota";
    case AssistantFailure::kUnavailable:
    case AssistantFailure::kTimeout:
      return true;
    case AssistantFailure::kRefused:
    case AssistantFailure::kMalformed:
      return false;
  }
  return false;
}

}  // namespace

std::optional<ChatDialect> ChatDialect::after_refusal(const EndpointError& error) const {
  const auto names = [&](const char* member) {
    return error.param == member || error.message.find(member) != std::string::npos;
  };
  ChatDialect next = *this;
  if (!max_completion_tokens && (error.param == "max_tokens" || names("max_completion_tokens"))) {
    next.max_completion_tokens = true;
  } else if (temperature && names("temperature")) {
    next.temperature = false;
  } else if (json_mode) {
    next.json_mode = false;  // servers without it say so in many ways
  } else {
    return std::nullopt;
  }
  return next;
}

// cppcheck-suppress passedByValue; its source of randomness moves in
ChatClient::ChatClient(ChatOptions options, Surroundings surroundings)
    : options_(std::move(options)),
      url_(completions_url(options_.base_url)),
      transport_(surroundings.transport),
      clock_(surroundings.clock),
      backoff_(kMaxRetries, surroundings.clock, surroundings.waiter, std::move(surroundings.random)) {}

std::variant<std::string, AssistantError> ChatClient::complete(const std::string& model,
                                                               const ChatPrompt& prompt,
                                                               const RunControl& control) {
  const ChatDialect known = dialect_of(model);
  ChatDialect dialect = known;
  int retries = 0;
  int timeouts = 0;
  for (;;) {
    control.check(clock_.steady_now());
    Outcome outcome = attempt(request_for(model, prompt, dialect), control);
    if (auto* text = std::get_if<std::string>(&outcome)) {
      if (dialect != known) remember(model, dialect);
      return std::move(*text);
    }
    const Failure& failure = std::get<Failure>(outcome);
    if (failure.refused_request) {
      if (const auto milder = dialect.after_refusal(failure.endpoint)) {
        dialect = *milder;
        continue;
      }
    }
    if (!failure.worth_retrying) return failure.error;
    if (failure.error.failure == AssistantFailure::kTimeout && ++timeouts > kMaxTimeoutRetries)
      return failure.error;
    if (!backoff_.wait_before_retry(retries++, kBackoffUnit, failure.error.retry_after, kWaitLabel,
                                    control)) {
      return failure.error;
    }
  }
}

ChatClient::Outcome ChatClient::attempt(const net::ClientRequest& request, const RunControl& control) const {
  const net::TransferResult transfer = transport_.perform(request, {control.stop, control.deadline});
  if (const auto* response = std::get_if<net::ClientResponse>(&transfer)) return read_response(*response);
  return from_transfer(std::get<net::TransferError>(transfer), control);
}

ChatClient::Outcome ChatClient::read_response(const net::ClientResponse& response) const {
  constexpr int kBadRequest = 400, kUnprocessable = 422;
  if (response.status >= 200 && response.status < 300) {
    auto read = read_completion(response.body);
    if (auto* text = std::get_if<std::string>(&read)) return std::move(*text);
    return Failure{.error = std::get<AssistantError>(std::move(read))};
  }
  Failure failure;
  failure.endpoint = read_endpoint_error(response.body);
  failure.error = error_of(response.status, failure.endpoint);
  failure.error.detail = without_key(std::move(failure.error.detail));
  if (const auto header = response.headers.get("Retry-After"))
    failure.error.retry_after =
        net::parse_retry_after(*header, clock_.now()).value_or(std::chrono::milliseconds{0});
  failure.worth_retrying = is_transient(failure.error, failure.endpoint);
  failure.refused_request = response.status == kBadRequest || response.status == kUnprocessable;
  return failure;
}

ChatClient::Failure ChatClient::from_transfer(const net::TransferError& error, const RunControl& control) {
  constexpr const char* kNotAvailable = "the assistant is not available; try again later";
  switch (error.failure) {
    case net::TransferFailure::kUnreachable:
    case net::TransferFailure::kClosed:
      return {.error = {AssistantFailure::kUnavailable, kNotAvailable, error.message},
              .worth_retrying = true};
    case net::TransferFailure::kTls:
      return {.error = {AssistantFailure::kUnavailable, kNotAvailable, error.message}};
    case net::TransferFailure::kTimeout:
      return {.error = {AssistantFailure::kTimeout, "the assistant did not answer in time; try again later",
                        error.message},
              .worth_retrying = true};
    case net::TransferFailure::kTooLarge:
      return {.error = {AssistantFailure::kMalformed, "the assistant's answer was too long", error.message}};
    case net::TransferFailure::kStopped:
      throw RunStopped(control.why_stopped());
    case net::TransferFailure::kDeadline:
      break;
  }
  throw RunStopped(StopReason::kDeadline);
}

net::ClientRequest ChatClient::request_for(const std::string& model, const ChatPrompt& prompt,
                                           const ChatDialect& dialect) const {
  nlohmann::ordered_json body = nlohmann::ordered_json::object();
  if (!model.empty()) body["model"] = model;
  auto messages = nlohmann::ordered_json::array();
  for (const ChatMessage& message : prompt)
    messages.push_back({{"role", role_name(message.role)}, {"content", message.text}});
  body["messages"] = std::move(messages);
  if (dialect.temperature) body["temperature"] = options_.temperature;
  body[dialect.max_completion_tokens ? "max_completion_tokens" : "max_tokens"] = options_.max_tokens;
  if (dialect.json_mode) body["response_format"] = {{"type", "json_object"}};
  body["stream"] = false;

  net::ClientRequest request;
  request.method = "POST";
  request.url = url_;
  request.headers.add("Content-Type", "application/json; charset=utf-8");
  request.headers.add("Accept", "application/json");
  if (!options_.api_key.empty()) request.headers.add("Authorization", "Bearer " + options_.api_key);
  request.body = body.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
  request.total_timeout = options_.timeout;
  request.max_response_bytes = kMaxAnswerBytes;
  return request;
}

// Some endpoints repeat the key that they refuse.
std::string ChatClient::without_key(std::string text) const {
  constexpr std::string_view kInItsPlace = "(key)";
  const std::string& key = options_.api_key;
  if (key.empty()) return text;
  // On from behind what was put in: a key may be part of it.
  for (std::size_t at = text.find(key); at != std::string::npos; at = text.find(key, at + kInItsPlace.size()))
    text.replace(at, key.size(), kInItsPlace);
  return text;
}

ChatDialect ChatClient::dialect_of(const std::string& model) const {
  const std::lock_guard lock(mutex_);
  const auto found = dialects_.find(model);
  return found == dialects_.end() ? ChatDialect{} : found->second;
}

void ChatClient::remember(const std::string& model, const ChatDialect& dialect) {
  const std::lock_guard lock(mutex_);
  dialects_[model] = dialect;
}

SuggestionAnswer ChatAssistant::suggest_formula(const FormulaQuestion& question, const RunControl& control) {
  auto answer = client_.complete(formula_model_, formula_prompt(question), control);
  if (auto* error = std::get_if<AssistantError>(&answer)) return std::move(*error);
  return read_formula_answer(std::get<std::string>(answer));
}

DescriptionsAnswer ChatAssistant::describe_parameters(const ParametersQuestion& question,
                                                      const RunControl& control) {
  auto answer = client_.complete(params_model_, parameters_prompt(question), control);
  if (auto* error = std::get_if<AssistantError>(&answer)) return std::move(*error);
  return read_parameters_answer(std::get<std::string>(answer), question.names);
}

}  // namespace roadmap::app
