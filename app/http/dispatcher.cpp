#include "app/http/dispatcher.h"

#include <fmt/format.h>
#include "app/http/asset_response.h"

#include "app/http/response.h"
#include "core/errors.h"

namespace roadmap::app {
namespace {

constexpr std::size_t kMaxOpenBodyBytes = 4096;

}  // namespace

net::HttpResponse Dispatcher::operator()(const net::HttpRequest& request,
                                         const net::ClientConnection& connection) {
  const auto begun = clock_.steady_now();
  const Found found = find(request);
  net::HttpResponse response = answer(found, request, connection);
  record(found, request, response.status, begun);
  return response;
}

// A stranger may send what a login takes, and nothing else. Who may go on is asked again with the request.
net::Judgement Dispatcher::judge(const net::HttpRequest& head) {
  const auto begun = clock_.steady_now();
  const Found found = find(head);
  net::Judgement judgement;
  if (found.asset != nullptr || (found.route != nullptr && found.route->access == Access::kOpen)) {
    judgement.knows_secret = !gate_.has_secret();
    judgement.max_body_bytes = kMaxOpenBodyBytes;
    return judgement;
  }
  judgement.refusal = gate_.refuse(head);
  if (judgement.refusal) record(found, head, judgement.refusal->status, begun);
  return judgement;
}

void Dispatcher::record(const Found& found, const net::HttpRequest& request, int status,
                        std::chrono::steady_clock::time_point begun) {
  const auto took = std::chrono::duration_cast<std::chrono::microseconds>(clock_.steady_now() - begun);
  const std::string_view route = route_label(found);
  metrics_.http_request(found.route != nullptr   ? found.route->method
                        : found.asset != nullptr ? "GET"
                                                 : "other",
                        route, status, took);
  log_.debug("request", {{"method", request.method},
                         {"route", route},
                         {"status", status},
                         {"us", took.count()},
                         {"from", request.remote_address}});
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
    if (auto refusal = gate_.refuse(request)) return *std::move(refusal);
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

net::HttpResponse Dispatcher::handle(const Found& found, const net::HttpRequest& request,
                                     const net::ClientConnection& connection) {
  try {
    return (api_.*found.route->handler)(Exchange{*found.route, request, found.path_values, connection});
  } catch (const StorageError& error) {
    log_.error(
        "the ledger failed",
        {{"route", std::string(found.route->path)}, {"error", error.what()}, {"detail", error.detail()}});
    return problem(
        503, "The service cannot use its database at the moment; the operator finds the reason in its log.");
  }
}

}  // namespace roadmap::app
