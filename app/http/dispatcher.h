#pragma once

#include <string>

#include "app/http/api.h"
#include "app/http/gate.h"
#include "app/http/route.h"
#include "app/telemetry/log.h"
#include "app/telemetry/metrics.h"
#include "app/web/asset.h"
#include "core/clock.h"
#include "net/http_message.h"
#include "net/http_server.h"

namespace roadmap::app {

// Finds the route of a request, lets the gate check who asks, calls the handler, and turns what went wrong
// into a problem document. Thread-safe.
class Dispatcher {
 public:
  // Everything outlives the dispatcher. Pages for the demo are served to an audience of the demo only.
  Dispatcher(Api& api, Gate& gate, Metrics& metrics, Log& log, const Clock& clock, AssetAudience audience)
      : api_(api), gate_(gate), metrics_(metrics), log_(log), clock_(clock), audience_(audience) {}

  // Whether the request's body may be read: asked before it is.
  net::Judgement judge(const net::HttpRequest& head);
  net::HttpResponse operator()(const net::HttpRequest& request, const net::ClientConnection& connection);

 private:
  struct Found {
    const Asset* asset = nullptr;  // a file of a web page, which needs no secret
    const Route* route = nullptr;  // nullptr: no route has this path and method
    std::vector<std::string> path_values;
    std::string allowed;  // methods of the routes with this path
  };

  Found find(const net::HttpRequest& request) const;
  const Asset* find_page_file(const net::HttpRequest& request) const;
  static std::string_view route_label(const Found& found);
  void record(const Found& found, const net::HttpRequest& request, int status,
              std::chrono::steady_clock::time_point begun);
  net::HttpResponse answer(const Found& found, const net::HttpRequest& request,
                           const net::ClientConnection& connection);
  net::HttpResponse handle(const Found& found, const net::HttpRequest& request,
                           const net::ClientConnection& connection);

  Api& api_;
  Gate& gate_;
  Metrics& metrics_;
  Log& log_;
  const Clock& clock_;
  const AssetAudience audience_;
};

}  // namespace roadmap::app
