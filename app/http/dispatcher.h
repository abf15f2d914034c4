#pragma once

#include <string>

#include "app/http/api.h"
#include "app/http/route.h"
#include "app/http/secret_check.h"
#include "app/log.h"
#include "app/metrics.h"
#include "core/clock.h"
#include "net/http_message.h"
#include "net/http_server.h"

namespace roadmap::app {

// Finds the route of a request, checks the secret, calls the handler, and turns what went wrong into a
// problem document. Thread-safe.
class Dispatcher {
 public:
  // Everything outlives the dispatcher.
  Dispatcher(Api& api, SecretCheck& secrets, Metrics& metrics, Log& log, const Clock& clock)
      : api_(api), secrets_(secrets), metrics_(metrics), log_(log), clock_(clock) {}

  net::HttpResponse operator()(const net::HttpRequest& request, const net::ClientConnection& connection);

  static constexpr std::string_view kSecretHeader = "X-ROADMAP-AI-SECRET";

 private:
  struct Found {
    const Route* route = nullptr;  // nullptr: no route has this path and method
    std::vector<std::string> path_values;
    std::string allowed;  // methods of the routes with this path
  };

  static Found find(const net::HttpRequest& request);
  // nullopt: go on.
  std::optional<net::HttpResponse> refuse_stranger(const net::HttpRequest& request);
  net::HttpResponse answer(const Found& found, const net::HttpRequest& request,
                           const net::ClientConnection& connection);
  net::HttpResponse handle(const Found& found, const net::HttpRequest& request,
                           const net::ClientConnection& connection);

  Api& api_;
  SecretCheck& secrets_;
  Metrics& metrics_;
  Log& log_;
  const Clock& clock_;
};

}  // namespace roadmap::app
