#pragma once

#include <functional>
#include <optional>
#include <string>
#include <utility>

#include "app/config/config.h"
#include "app/http/api.h"
#include "app/http/dispatcher.h"
#include "app/http/gate.h"
#include "app/serve/engine.h"
#include "app/serve/readiness.h"
#include "app/telemetry/log.h"
#include "app/web/asset.h"
#include "core/clock.h"
#include "net/http_server.h"

namespace roadmap::app {

// The whole service: an engine behind its HTTP API.
// Thread safety: constructor, start, drain and destructor from one thread; hurry and url from any.
class Service {
 public:
  // As Engine; also throws Error when the host can be reached by others and the secret is missing or short.
  // The workspace page is served to the audience of the demo only. `own_assistant`: as Engine.
  Service(const Config& config, Log& log, const Clock& clock,
          AssetAudience audience = AssetAudience::kEverybody, Assistant* own_assistant = nullptr);
  ~Service();  // stops at once
  Service(const Service&) = delete;
  Service& operator=(const Service&) = delete;

  // Asked before the service's own routes about every request; nullopt: not one of its addresses. Called on
  // many threads at once. Before start().
  using FurtherRoutes = std::function<std::optional<net::HttpResponse>(const net::HttpRequest& request,
                                                                       const net::ClientConnection& client)>;
  void serve_also(FurtherRoutes routes) { further_routes_ = std::move(routes); }

  // Called on another thread when the service cannot go on (the listening socket closed). Before start().
  void on_failure(std::function<void()> callback);

  // Starts the workers and listens. Afterwards url() is known, also to the lock file and the port file.
  // Throws Error when the address cannot be bound.
  void start();
  std::string url() const { return server_.url(); }

  // Answers requests for runs with 503, finishes what runs within the configured time, then closes. Blocks.
  void drain();
  void hurry() { engine_.hurry(); }

  Engine& engine() { return engine_; }
  Gate& gate() { return gate_; }

 private:
  net::ServerOptions server_options(const ServerConfig& config);
  Api::Parts api_parts();
  Metrics::Levels levels();
  ServiceStatus status();
  void write_port_file() const;
  net::HttpResponse answer(const net::HttpRequest& request, const net::ClientConnection& connection);

  Log& log_;
  const AssetAudience audience_;
  const UtcTime started_at_;
  Engine engine_;
  Readiness readiness_;
  Gate gate_;
  Api api_;
  Dispatcher dispatcher_;
  FurtherRoutes further_routes_;
  net::HttpServer server_;
};

}  // namespace roadmap::app
