// How the files of web pages are served.
#include "app/web/asset.h"
#include "test/unit/app/api_world.h"

namespace roadmap::app {
namespace {

net::HttpResponse fetch(World& world, const std::string& target, const net::Headers& headers = {}) {
  net::HttpRequest request;
  request.method = "GET";
  request.target = target;
  request.headers = headers;
  request.headers.set("X-ROADMAP-AI-SECRET", "");
  return world.send(request);
}

std::string_view header(const net::HttpResponse& response, std::string_view name) {
  return response.headers.get(name).value_or("(none)");
}

const Asset& first_bundle() {
  for (const Asset* asset : all_assets()) {
    if (asset->caching == AssetCaching::kForEver && !asset->gzip.empty()) return *asset;
  }
  FAIL("no page has a bundle");
  return *all_assets().front();
}

}  // namespace

TEST_CASE("pages and their bundles need no secret and carry strict headers") {
  World world;
  for (const Asset* asset : all_assets()) {
    if (asset->audience == AssetAudience::kDemo) continue;
    const std::string path(asset->path);
    INFO(path);
    const net::HttpResponse response = fetch(world, path);
    CHECK(response.status == 200);
    CHECK(response.body.size() == asset->size);
    CHECK(header(response, "Content-Type") == asset->content_type);
    CHECK(header(response, "X-Content-Type-Options") == "nosniff");
    CHECK(header(response, "Referrer-Policy") == "no-referrer");
    CHECK(header(response, "Cross-Origin-Resource-Policy") == "same-origin");
    const std::string policy(header(response, "Content-Security-Policy"));
    CHECK(policy.find("default-src 'none'") != std::string::npos);
    CHECK(policy.find("frame-ancestors 'none'") != std::string::npos);
    CHECK(policy.find("unsafe") == std::string::npos);
  }
  CHECK(fetch(world, "/").status == 200);
  CHECK(fetch(world, "/docs").status == 200);
}

TEST_CASE("an asset comes in the smallest encoding that the client accepts") {
  World world;
  const Asset& asset = first_bundle();
  const std::string path(asset.path);
  const auto accepting = [&](const std::string& encodings) {
    return fetch(world, path, {{"Accept-Encoding", encodings}});
  };
  for (const char* encodings : {"gzip, deflate, br", "br;q=0.1", "*", "gzip;q=1.0, br ; q=0.5"}) {
    INFO(encodings);
    CHECK(header(accepting(encodings), "Content-Encoding") == "br");
    CHECK(accepting(encodings).body == asset.brotli);
  }
  for (const char* encodings : {"gzip", "gzip, br;q=0", "*, br;q=0.000"}) {
    INFO(encodings);
    CHECK(header(accepting(encodings), "Content-Encoding") == "gzip");
    CHECK(accepting(encodings).body == asset.gzip);
  }
  for (const char* encodings : {"", "identity", "gzip;q=0", "*;q=0", "deflate"}) {
    INFO(encodings);
    CHECK(header(accepting(encodings), "Content-Encoding") == "(none)");
    CHECK(accepting(encodings).body == plain_content(asset));
  }
  CHECK(header(accepting("br"), "Vary") == "Accept-Encoding");
}

TEST_CASE("a client that has an asset already is told so, encoding by encoding") {
  World world;
  const std::string path(first_bundle().path);
  const std::string gzip_tag(header(fetch(world, path, {{"Accept-Encoding", "gzip"}}), "ETag"));
  const std::string brotli_tag(header(fetch(world, path, {{"Accept-Encoding", "br"}}), "ETag"));
  CHECK(gzip_tag != brotli_tag);
  const auto having = [&](const std::string& tags) {
    return fetch(world, path, {{"Accept-Encoding", "gzip"}, {"If-None-Match", tags}});
  };
  for (const std::string& tags : {gzip_tag, "W/" + gzip_tag, "\"other\", " + gzip_tag, std::string("*")}) {
    INFO(tags);
    CHECK(having(tags).status == 304);
    CHECK(having(tags).body.empty());
    CHECK(header(having(tags), "ETag") == gzip_tag);
  }
  CHECK(having(brotli_tag).status == 200);
  CHECK(having("\"other\"").status == 200);
}

TEST_CASE("bundles are kept for ever, pages are asked for again") {
  World world;
  CHECK(header(fetch(world, std::string(first_bundle().path)), "Cache-Control") ==
        "public, max-age=31536000, immutable");
  CHECK(header(fetch(world, "/"), "Cache-Control") == "no-cache");
}

TEST_CASE("a page takes GET and HEAD only, and counts in the metrics under a name of the program") {
  World world;
  CHECK(world.post("/docs", "{}").status == 404);
  net::HttpRequest head;
  head.method = "HEAD";
  head.target = "/docs";
  CHECK(world.send(head).status == 200);
  fetch(world, std::string(first_bundle().path));
  const std::string text = world.get("/metrics").body;
  CHECK(text.find(R"(route="/docs")") != std::string::npos);
  CHECK(text.find(R"(route="/assets")") != std::string::npos);
  CHECK(text.find(first_bundle().path) == std::string::npos);
}

TEST_CASE("what is embedded unpacks to what was built") {
  for (const Asset* asset : all_assets()) {
    INFO(asset->path);
    CHECK(plain_content(*asset).size() == asset->size);
    CHECK(find_asset(asset->path) == asset);
  }
  CHECK(find_asset("/nothing") == nullptr);
  CHECK(find_asset("") == nullptr);
}

TEST_CASE("a damaged asset is an error, not half a page") {
  Asset asset = first_bundle();
  asset.gzip = asset.gzip.substr(0, asset.gzip.size() / 2);
  CHECK_THROWS_WITH(plain_content(asset), Catch::Contains("damaged"));
}

}  // namespace roadmap::app
