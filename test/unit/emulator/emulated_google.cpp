#include "test/unit/emulator/emulated_google.h"

#include <poll.h>

namespace sheets::emulator::test {

void QuietConnection::wait(int wake_fd, std::chrono::milliseconds timeout) const {
  ++waits;
  asked_for_ms = timeout.count();
  if (!really_waits) return;
  pollfd descriptor{wake_fd, POLLIN, 0};
  static_cast<void>(::poll(&descriptor, wake_fd < 0 ? 0 : 1, static_cast<int>(timeout.count())));
}

EmulatorOptions EmulatedGoogle::options() {
  EmulatorOptions options;
  options.fixed_token = kToken;
  options.test_hooks = true;
  return options;
}

EmulatedGoogle::EmulatedGoogle(EmulatorOptions options) : emulator(std::move(options)) {
  create({SeedTab{"Sheet1", {}}});
}

void EmulatedGoogle::create(std::vector<SeedTab> tabs) {
  WorkbookSeed seed;
  seed.title = "Test";
  seed.tabs = std::move(tabs);
  id = emulator.create_workbook(seed);
}

net::HttpRequest make_request(const std::string& method, const std::string& target) {
  net::HttpRequest request;
  request.method = method;
  request.target = target;
  const std::size_t question = target.find('?');
  request.path = target.substr(0, question);
  if (question != std::string::npos)
    request.query = net::parse_query(std::string_view(target).substr(question + 1));
  return request;
}

Answer EmulatedGoogle::send(net::HttpRequest request) {
  const net::HttpResponse response = emulator.handle(request, connection);
  Answer answer{response.status, Json::parse(response.body, nullptr, false), response.body, response.headers,
                response.delivery};
  if (answer.body.is_discarded()) answer.body = nullptr;
  return answer;
}

Answer EmulatedGoogle::call(const std::string& method, const std::string& target, const Json& body) {
  net::HttpRequest request = make_request(method, target);
  request.headers.set("Authorization", std::string("Bearer ") + kToken);
  if (!body.is_null()) request.body = body.dump();
  return send(std::move(request));
}

Answer EmulatedGoogle::put(const std::string& range, const std::string& input, const Json& values) {
  return call(
      "PUT",
      "/v4/spreadsheets/" + id + "/values/" + net::percent_encode(range) + "?valueInputOption=" + input,
      {{"values", values}});
}

Json EmulatedGoogle::values(const std::string& range, const std::string& query) {
  const Answer answer = get("/values/" + net::percent_encode(range) + (query.empty() ? "" : "?" + query));
  if (answer.status != 200) return answer.text;
  return answer.body.contains("values") ? answer.body["values"] : Json(nullptr);
}

}  // namespace sheets::emulator::test
