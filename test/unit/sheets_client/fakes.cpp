#include "fakes.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <stdexcept>

namespace sheets::testing {
namespace {

std::string body_of(const net::ClientRequest& request) {
  if (const auto* text = std::get_if<std::string>(&request.body)) return *text;
  const auto* source = std::get_if<net::BodySource>(&request.body);
  if (source == nullptr) return {};
  std::string body;
  char buffer[97];  // smaller than a request, so that pieces end anywhere
  while (const std::size_t count = source->read(buffer, sizeof buffer))
    body.append(buffer, count);
  if (source->size) REQUIRE(body.size() == *source->size);
  return body;
}

}  // namespace

std::vector<std::string> SentRequest::all(const std::string& name) const {
  std::vector<std::string> values;
  for (const auto& [key, value] : query) {
    if (key == name) values.push_back(value);
  }
  return values;
}

net::TransferResult ScriptedTransport::perform(const net::ClientRequest& request,
                                               const net::TransferControl&) {
  SentRequest sent;
  sent.method = request.method;
  const std::size_t host = request.url.find("://") + 3;
  const std::string target = request.url.substr(std::min(request.url.find('/', host), request.url.size()));
  const std::size_t question = std::min(target.find('?'), target.size());
  sent.path = target.substr(0, question);
  sent.query = net::parse_query(std::string_view(target).substr(std::min(question + 1, target.size())));
  sent.headers = request.headers;
  sent.body = body_of(request);
  sent.uses_proxy = request.use_proxy;
  if (const auto* source = std::get_if<net::BodySource>(&request.body))
    sent.can_be_rewound = static_cast<bool>(source->rewind);
  Answer answer;
  {
    const std::lock_guard lock(mutex_);
    sent_.push_back(sent);
    if (answers_.empty()) throw std::logic_error("an unexpected request: " + sent.method + " " + request.url);
    answer = std::move(answers_.front());
    answers_.pop_front();
  }
  return answer(sent);
}

void ScriptedTransport::answer(int status, std::string body, net::Headers headers) {
  then([=](const SentRequest&) { return net::ClientResponse{status, headers, body}; });
}

void ScriptedTransport::fail(net::TransferFailure failure, std::string message) {
  then([=](const SentRequest&) { return net::TransferError{failure, message}; });
}

void ScriptedTransport::then(Answer answer) {
  const std::lock_guard lock(mutex_);
  answers_.push_back(std::move(answer));
}

std::vector<SentRequest> ScriptedTransport::sent() const {
  const std::lock_guard lock(mutex_);
  return sent_;
}

std::size_t ScriptedTransport::unused() const {
  const std::lock_guard lock(mutex_);
  return answers_.size();
}

ScriptedSheets::ScriptedSheets(const ClientOptions& options)
    : sheets(options, {transport, tokens, time, time, &observer, [] { return 1.0; }}) {}

void ScriptedSheets::answer_directory() {
  transport.answer(200, R"({"properties":{"title":"Roadmap"},"sheets":[
    {"properties":{"sheetId":22,"title":"Old Ideas","index":1,"gridProperties":{"rowCount":50,"columnCount":5}}},
    {"properties":{"sheetId":11,"title":"Backlog","gridProperties":{"rowCount":100,"columnCount":10}}}]})",
                   {{"Date", "Wed, 04 Mar 2026 05:05:07 GMT"}});
}

std::string google_error(int code, const std::string& message, const std::string& status) {
  return nlohmann::json{{"error", {{"code", code}, {"message", message}, {"status", status}}}}.dump();
}

}  // namespace sheets::testing
