#include <catch2/catch.hpp>
#include <future>
#include <thread>

#include "test/unit/emulator/emulated_google.h"

using namespace sheets::emulator;
using namespace sheets::emulator::test;

namespace {

long long now_at(EmulatedGoogle& google) {
  return google.call("GET", "/_emulator/revisions").body.at("revision").get<long long>();
}

std::string since(long long revision, long long wait_ms) {
  return "/_emulator/revisions?since=" + std::to_string(revision) + "&wait_ms=" + std::to_string(wait_ms);
}

}  // namespace

TEST_CASE("revisions name the tabs that changed since") {
  EmulatedGoogle google;
  google.create({SeedTab{"One", {}}, SeedTab{"Two", {}}});
  const auto sheet_id = google.get("").body["sheets"][1]["properties"]["sheetId"];
  const long long before = now_at(google);
  google.put("Two!A1", "RAW", R"([[1]])"_js);
  const Answer answer = google.call("GET", since(before, 0));
  REQUIRE(answer.body["revision"] == before + 1);
  REQUIRE(answer.body["changes"] ==
          Json::array({{{"spreadsheetId", google.id}, {"sheetIds", Json::array({sheet_id})}}}));
  REQUIRE(google.call("GET", since(before + 1, 0)).body["changes"].empty());
}

TEST_CASE("a refused batch changes no revision") {
  EmulatedGoogle google;
  const long long before = now_at(google);
  google.batch(
      R"([{"appendDimension": {"dimension": "ROWS", "length": 1}}, {"deleteSheet": {"sheetId": 9}}])"_js);
  REQUIRE(now_at(google) == before);
}

TEST_CASE("a long poll waits for the next change of any workbook, holding nothing up") {
  EmulatedGoogle google;
  const long long before = now_at(google);
  auto poll = std::async(std::launch::async, [&] { return google.call("GET", since(before, 60000)); });
  while (google.connection.waits == 0)
    std::this_thread::yield();
  google.put("A1", "RAW", R"([[1]])"_js);
  REQUIRE(poll.get().body["revision"] == before + 1);
}

TEST_CASE("a long poll ends when its time is over or its client left") {
  EmulatedGoogle google;
  const long long before = now_at(google);
  REQUIRE(google.call("GET", since(before, 1)).body ==
          Json({{"revision", before}, {"changes", Json::array()}}));
  google.connection.gone = true;
  REQUIRE(google.call("GET", since(before, 60000)).body["changes"].empty());
  REQUIRE(google.call("GET", "/_emulator/revisions?since=x").status == 400);
}

TEST_CASE("a poll from before a restart is answered at once") {
  EmulatedGoogle google;
  REQUIRE(google.call("GET", since(1000000, 60000)).body["revision"].get<long long>() < 1000000);
}
