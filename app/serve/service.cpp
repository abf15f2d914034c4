#include "app/serve/service.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "app/http/response.h"
#include "net/client_address.h"

namespace roadmap::app {
namespace {

// Answers under way when the last run has ended; long polls end by themselves.
constexpr std::chrono::seconds kLastAnswers{2};

const Config& with_safe_secret(const Config& config) {
  if (net::is_loopback(config.server.host)) return config;
  const auto refuse = [&](const std::string& what) {
    throw Error("unsafe",
                fmt::format("server.host is {}, which others can reach: {}", config.server.host, what));
  };
  if (config.secret.empty()) {
    refuse(fmt::format(
        "put a secret of at least {} characters into the environment variable {} or auth.secret_file",
        kMinSecretLength, config.auth.secret_env));
  }
  const bool short_previous =
      !config.previous_secret.empty() && config.previous_secret.size() < kMinSecretLength;
  if (config.secret.size() < kMinSecretLength || short_previous) {
    refuse(fmt::format("a secret needs at least {} characters", kMinSecretLength));
  }
  return config;
}

}  // namespace

Service::Service(const Config& config, Log& log, const Clock& clock, AssetAudience audience,
                 Assistant* own_assistant)
    : log_(log),
      audience_(audience),
      started_at_(clock.now()),
      engine_(with_safe_secret(config), log, clock, own_assistant),
      readiness_(engine_, clock),
      gate_(config.secret, config.previous_secret, clock, log),
      api_(api_parts()),
      dispatcher_(api_, gate_, engine_.metrics(), log, clock, audience),
      server_(server_options(config.server),
              [this](const net::HttpRequest& request, const net::ClientConnection& connection) {
                return answer(request, connection);
              }) {}

Service::~Service() {
  server_.stop();  // before what its handlers use
}

net::HttpResponse Service::answer(const net::HttpRequest& request, const net::ClientConnection& connection) {
  if (further_routes_) {
    if (std::optional<net::HttpResponse> response = further_routes_(request, connection))
      return *std::move(response);
  }
  return dispatcher_(request, connection);
}

void Service::on_failure(std::function<void()> callback) {
  server_.on_unexpected_close([this, callback = std::move(callback)] {
    log_.error("the listening socket closed; the service cannot go on");
    callback();
  });
}

net::ServerOptions Service::server_options(const ServerConfig& config) {
  net::ServerOptions options;
  options.host = config.host;
  options.port = config.port;
  options.threads = config.threads;
  options.max_body_bytes = static_cast<std::size_t>(config.max_body_bytes);
  options.trusted_proxies = config.trusted_proxies;
  options.judge = [this](const net::HttpRequest& head) {
    // Whose further addresses they are judges their requests.
    return further_routes_ ? net::Judgement{} : dispatcher_.judge(head);
  };
  options.default_headers = {{"X-Content-Type-Options", "nosniff"}, {"Cache-Control", "no-store"}};
  options.error_response = [](int status, const std::string& detail) { return problem(status, detail); };
  options.on_handler_exception = [this](const net::HttpRequest& request, const std::string& what) {
    log_.error("a request failed", {{"method", request.method}, {"path", request.path}, {"error", what}});
  };
  return options;
}

Api::Parts Service::api_parts() {
  return Api::Parts{engine_.ledger(),
                    engine_.store(),
                    engine_.settings(),
                    engine_.metrics(),
                    gate_,
                    engine_.boot_id(),
                    std::max(1, engine_.config().server.threads / 2),
                    [this](const ActionRequest& request, const std::string& idempotency_key) {
                      return engine_.enqueue(request, idempotency_key);
                    },
                    [this] { return readiness_.checks(); },
                    [this] { return levels(); },
                    [this] { return status(); },
                    [this](const std::string& spreadsheet_id, const std::string& tab) {
                      return engine_.sheets().client().known_sheet_id(spreadsheet_id, tab);
                    }};
}

Metrics::Levels Service::levels() {
  sheets::GoogleSheets& client = engine_.sheets().client();
  return {.queued = engine_.ledger().queued_count(),
          .max_queued = engine_.config().worker.max_queued,
          .running = engine_.ledger().running_count(),
          .worker_threads = engine_.config().worker.threads,
          .http_in_flight = server_.in_flight(),
          .reads_in_last_minute = client.reads().in_use(),
          .reads_per_minute = client.reads().per_minute(),
          .writes_in_last_minute = client.writes().in_use(),
          .writes_per_minute = client.writes().per_minute()};
}

ServiceStatus Service::status() {
  return {.levels = levels(),
          .started_at = started_at_,
          .account = engine_.sheets().tokens().account(),
          .token = engine_.observer().last_token_fetch(),
          .has_workspace = audience_ == AssetAudience::kDemo};
}

void Service::start() {
  try {
    server_.start();
  } catch (const net::ListenError& error) {
    throw Error("listen", error.what());
  }
  engine_.lock().set_url(url());
  write_port_file();
  engine_.start();
  if (!gate_.has_secret()) {
    log_.warn("no secret is set: anybody on this machine can start runs",
              {{"set", engine_.config().auth.secret_env}});
  }
  log_.info("listening", {{"url", url()}, {"account", engine_.sheets().tokens().account()}});
}

void Service::write_port_file() const {
  const std::string& file = engine_.config().server.port_file;
  if (file.empty()) return;
  std::ofstream stream(file, std::ios::trunc);
  stream << server_.port() << '\n';
  stream.close();
  if (!stream) throw Error("port_file", fmt::format("server.port_file: '{}' cannot be written", file));
}

void Service::drain() {
  log_.info("shutting down: running jobs may finish", {{"running", engine_.ledger().running_count()},
                                                       {"seconds", engine_.config().worker.drain_seconds}});
  engine_.drain();
  server_.stop(kLastAnswers);
  const std::string& file = engine_.config().server.port_file;
  if (!file.empty()) {
    std::error_code ignored;  // somebody else removed it
    std::filesystem::remove(file, ignored);
  }
  log_.info("stopped");
}

}  // namespace roadmap::app
