#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "net/http_message.h"
#include "net/http_server.h"

namespace roadmap::app {

class Api;
struct Route;

// One request on its way through a handler.
struct Exchange {
  const Route& route;
  const net::HttpRequest& request;
  std::vector<std::string> path_values;  // decoded, of the {…} in the route's path, in order
  const net::ClientConnection& connection;
};

enum class Access : std::uint8_t { kOpen, kSecret };

// Whole numbers from min to max; fallback stands for one that is not given.
struct WholeNumber {
  int min;
  int max;
  int fallback;
};

struct QueryParameter {
  std::string_view name;
  std::variant<std::string_view, WholeNumber> value;  // of a text its JSON schema
  std::string_view summary;
};

struct RouteAnswer {
  int status;
  std::string_view summary;
  std::string_view content_type;  // empty: no body
  std::string_view schema;        // name of a component of the OpenAPI document; empty: none
};

// One path of the API: what the server answers it with and how the OpenAPI document describes it.
struct Route {
  using Handler = net::HttpResponse (Api::*)(const Exchange& exchange);

  std::string_view method;
  std::string_view path;  // "/actions/run/{run_id}"
  Access access;
  Handler handler;
  std::string_view name;  // operationId
  std::string_view summary;
  std::vector<QueryParameter> query;
  std::vector<RouteAnswer> answers;  // beside those that every route has (401, 404, 500)
  std::string_view body = {};        // JSON schema; empty: it takes none
  // That it reads beside those of every route: names of parameters of the OpenAPI document.
  std::vector<std::string_view> headers = {};
};

const std::vector<Route>& all_routes();

// The values of the {…} segments when `path` (undecoded) is one of the route's; nullopt when it is not.
std::optional<std::vector<std::string>> match_path(std::string_view route, std::string_view path);

}  // namespace roadmap::app
