#include "app/http/asset_response.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "app/http/response.h"
#include "net/ascii.h"

namespace roadmap::app {
namespace {

struct Variant {
  std::string_view coding;  // of Content-Encoding; empty: identity
  std::string_view content;
};

// "gzip;q=0.0" refuses; every other weight accepts, and size decides.
bool is_refused(std::string_view parameters) {
  const std::size_t weight = parameters.find("q=");
  if (weight == std::string_view::npos) return false;
  return net::ascii::trim(parameters.substr(weight + 2)).find_first_not_of("0.") == std::string_view::npos;
}

bool accepts(std::string_view accepted, std::string_view coding) {
  std::optional<bool> named;
  bool any = false;
  net::ascii::each_element(accepted, [&](std::string_view element) {
    const std::size_t semicolon = std::min(element.find(';'), element.size());
    const std::string_view name = net::ascii::trim(element.substr(0, semicolon));
    const bool wanted = !is_refused(element.substr(semicolon));
    if (name == coding) named = wanted;
    if (name == "*") any = wanted;
  });
  return named.value_or(any);
}

Variant chosen(const Asset& asset, std::string_view accepted) {
  for (const Variant& variant : {Variant{"br", asset.brotli}, Variant{"gzip", asset.gzip}}) {
    if (!variant.content.empty() && accepts(accepted, variant.coding)) return variant;
  }
  return {"", asset.identity};
}

}  // namespace

net::HttpResponse asset_response(const Asset& asset, const net::HttpRequest& request) {
  const Variant variant = chosen(asset, request.headers.get("Accept-Encoding").value_or(""));
  // A strong tag differs from encoding to encoding.
  const std::string tag =
      fmt::format("\"{}{}{}\"", asset.content_hash, variant.coding.empty() ? "" : "-", variant.coding);
  net::HttpResponse response;
  for (const AssetHeader& header : asset.headers)
    response.headers.set(header.name, std::string(header.value));
  response.headers.set("ETag", tag);
  response.headers.set("Vary", "Accept-Encoding");
  response.headers.set("Cache-Control", asset.caching == AssetCaching::kForEver
                                            ? "public, max-age=31536000, immutable"
                                            : "no-cache");
  if (has_already(request, tag)) {
    response.status = 304;
    return response;
  }
  response.headers.set("Content-Type", std::string(asset.content_type));
  if (!variant.coding.empty()) response.headers.set("Content-Encoding", std::string(variant.coding));
  response.body = variant.content.empty() ? plain_content(asset) : std::string(variant.content);
  return response;
}

}  // namespace roadmap::app
