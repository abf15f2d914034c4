#include "app/http/dispatcher.h"

#include <fmt/format.h>

#include <algorithm>

#include "app/config.h"
#include "app/http/asset_response.h"
#include "app/http/response.h"
#include "core/errors.h"

namespace roadmap::app {
namespace {

// "localhost:8000" and "[::1]:8000" without the port.
std::string host_of(std::string_view header) {
  const std::size_t bracket = header.find(']');
  if (!header.empty() && header.front() == '[' && bracket != std::string_view::npos) {
    return std::string(header.substr(0, bracket + 1));
  }
  return std::string(header.substr(0, std::min(header.find(':'), header.size())));
}

}  // namespace

net::HttpResponse Dispatcher::operator()(const net::HttpRequest& request,
                                         const net::ClientConnection& connection) {
  const auto begun = clock_.steady_now();
  const Found found = find(request);
  net::HttpResponse response = answer(found, request, connection);
  const auto took = std::chrono::duration_cast<std::chrono::microseconds>(clock_.steady_now() - begun);
  const std::string_view route = route_label(found);
  metrics_.http_request(found.route != nullptr   ? found.route->method
                        : found.asset != nullptr ? "GET"
                                                 : "other",
                        route, response.status, took);
  log_.debug("request", {{"method", request.method},
                         {"route", std::string(route)},
                         {"status", fmt::format("{}", response.status)},
                         {"us", fmt::format("{}", took.count())},
                         {"from", request.remote_address}});
  return response;
}

// Labels are the tables' own words: a client cannot make new ones. Bundles share one, as their names change.
std::string_view Dispatcher::route_label(const Found& found) {
  if (found.route != nullptr) return found.route->path;
  if (found.asset == nullptr) return "other";
  return found.asset->caching == AssetCaching::kForEver ? "/assets" : found.asset->path;
}

const Asset* Dispatcher::find_page_file(const net::HttpRequest& request) const {
  if (request.method != "GET" && request.method != "HEAD") return nullptr;
  const Asset* asset = find_asset(request.path);
  if (asset == nullptr || (asset->audience == AssetAudience::kDemo && audience_ != AssetAudience::kDemo)) {
    return nullptr;
  }
  return asset;
}

Dispatcher::Found Dispatcher::find(const net::HttpRequest& request) const {
  Found found;
  found.asset = find_page_file(request);
  if (found.asset != nullptr) return found;
  // A HEAD is a GET whose body stays away (RFC 9110, 9.3.2).
  const std::string_view method = request.method == "HEAD" ? std::string_view("GET") : request.method;
  for (const Route& route : all_routes()) {
    auto values = match_path(route.path, request.path);
    if (!values) continue;
    if (route.method == method) {
      found.route = &route;
      found.path_values = *std::move(values);
      return found;
    }
    found.allowed += fmt::format("{}{}", found.allowed.empty() ? "" : ", ", route.method);
  }
  return found;
}

net::HttpResponse Dispatcher::answer(const Found& found, const net::HttpRequest& request,
                                     const net::ClientConnection& connection) {
  if (found.asset != nullptr) return asset_response(*found.asset, request);
  const bool open = found.route != nullptr && found.route->access == Access::kOpen;
  if (!open) {
    if (auto refusal = refuse_stranger(request)) return *std::move(refusal);
  }
  if (found.route != nullptr) return handle(found, request, connection);
  if (!found.allowed.empty()) {
    net::HttpResponse response =
        problem(405, fmt::format("This address takes {} requests only.", found.allowed));
    response.headers.set("Allow", found.allowed);
    return response;
  }
  return problem(404, "There is nothing at this address; GET /openapi.json describes what there is.");
}

std::optional<net::HttpResponse> Dispatcher::refuse_stranger(const net::HttpRequest& request) {
  if (!secrets_.has_secret()) {
    // Only this machine can connect then; a page in its browser must not get in by a name of its own (DNS
    // rebinding), nor a reverse proxy open the service to others.
    if (is_loopback(host_of(request.headers.get("Host").value_or("")))) return std::nullopt;
    return problem(
        403, "This service has no secret and answers to localhost only; set a secret to use another name.");
  }
  switch (secrets_.check(request.headers.get(kSecretHeader), request.remote_address)) {
    case SecretCheck::Verdict::kGranted:
      return std::nullopt;
    case SecretCheck::Verdict::kMissing:
      return problem(401, fmt::format("Send the service's secret in the header {}.", kSecretHeader));
    case SecretCheck::Verdict::kWrong:
      log_.warn("wrong secret", {{"from", request.remote_address}});
      return problem(401, "The secret is wrong; ask the operator of the service for the current one.");
    case SecretCheck::Verdict::kThrottled:
      break;
  }
  return problem_for_now(429, "Too many wrong secrets came from this address; wait a minute.",
                         SecretCheck::kWindow);
}

net::HttpResponse Dispatcher::handle(const Found& found, const net::HttpRequest& request,
                                     const net::ClientConnection& connection) {
  try {
    return (api_.*found.route->handler)(Exchange{request, found.path_values, connection});
  } catch (const StorageError& error) {
    log_.error(
        "the ledger failed",
        {{"route", std::string(found.route->path)}, {"error", error.what()}, {"detail", error.detail()}});
    return problem(
        503, "The service cannot use its database at the moment; the operator finds the reason in its log.");
  }
}

}  // namespace roadmap::app
