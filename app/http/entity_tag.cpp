#include "app/http/entity_tag.h"

#include <fmt/format.h>

#include <functional>
#include <utility>

#include "app/http/header_fields.h"

namespace roadmap::app {

bool has_already(const net::HttpRequest& request, std::string_view tag) {
  bool found = false;
  each_element(request.headers.get("If-None-Match").value_or(""), [&](std::string_view known) {
    if (known.substr(0, 2) == "W/") known.remove_prefix(2);
    if (known == tag || known == "*") found = true;
  });
  return found;
}

net::HttpResponse not_modified(const std::string& tag) {
  net::HttpResponse response;
  response.status = 304;
  return tagged(std::move(response), tag);
}

net::HttpResponse tagged(net::HttpResponse response, const std::string& tag) {
  response.headers.set("ETag", tag);
  return response;
}

net::HttpResponse tagged_by_content(net::HttpResponse response, const net::HttpRequest& request) {
  const std::string tag =
      fmt::format("\"{:x}-{:x}\"", response.body.size(), std::hash<std::string>{}(response.body));
  return has_already(request, tag) ? not_modified(tag) : tagged(std::move(response), tag);
}

}  // namespace roadmap::app
