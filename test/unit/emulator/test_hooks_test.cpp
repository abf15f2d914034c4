#include <catch2/catch.hpp>

#include "test/unit/emulator/emulated_google.h"

using namespace sheets::emulator;
using namespace sheets::emulator::test;

namespace {

Answer fault(EmulatedGoogle& google, const Json& description) {
  return google.call("POST", "/_emulator/faults", description);
}

const Json kOneCell = R"([["x"]])"_js;

}  // namespace

TEST_CASE("calls are counted by method until they are reset") {
  EmulatedGoogle google;
  google.get("");
  google.get("/values:batchGet?ranges=A1");
  google.get("/values:batchGet?ranges=A1");
  google.get("/values/Nope!A1");
  google.call("GET", "/_emulator/revisions");
  REQUIRE(google.call("GET", "/_emulator/calls").body ==
          R"({"calls": {"spreadsheets.get": 1, "values.batchGet": 2, "values.get": 1}})"_js);
  google.call("POST", "/_emulator/calls/reset");
  REQUIRE(google.call("GET", "/_emulator/calls").body == R"({"calls": {}})"_js);
}

TEST_CASE("a fault answers in place of the call, as often as told") {
  EmulatedGoogle google;
  fault(google, R"({"method": "batchUpdate", "times": 2, "status": 429, "retry_after": 7})"_js);
  for (int i = 0; i < 2; ++i) {
    const Answer answer = google.batch(R"([{"appendDimension": {"dimension": "ROWS", "length": 1}}])"_js);
    REQUIRE(answer.status == 429);
    REQUIRE(answer.body["error"]["status"] == "RESOURCE_EXHAUSTED");
    REQUIRE(answer.headers.get("Retry-After") == "7");
  }
  REQUIRE(google.batch(R"([{"appendDimension": {"dimension": "ROWS", "length": 1}}])"_js).status == 200);
  REQUIRE(google.get("").body["sheets"][0]["properties"]["gridProperties"]["rowCount"] == 1001);
}

TEST_CASE("a fault is aimed at a method, a workbook or everything") {
  EmulatedGoogle google;
  fault(google, R"({"method": "values.batchUpdate", "status": 503})"_js);
  fault(google, R"({"method": "*", "spreadsheet_id": "other", "status": 500})"_js);
  REQUIRE(google.get("").status == 200);
  const Json body = R"({"valueInputOption": "RAW", "data": []})"_js;
  REQUIRE(google.post("/values:batchUpdate", body).message() == "The service is currently unavailable.");
  REQUIRE(google.call("GET", "/v4/spreadsheets/other").status == 500);
  fault(google, R"({"method": "*", "status": 418, "message": "short and stout"})"_js);
  REQUIRE(google.get("").message() == "short and stout");
  REQUIRE(fault(google, R"({"method": "nope", "status": 500})"_js).status == 400);
  REQUIRE(fault(google, R"({"method": "*", "statsu": 500})"_js).status == 400);
}

TEST_CASE("an answer can be lost after the change was made") {
  EmulatedGoogle google;
  fault(google, R"({"method": "values.update", "after_apply": true, "close_connection": true})"_js);
  REQUIRE(google.put("A1", "RAW", kOneCell).delivery == net::Delivery::kCloseWithoutAnswer);
  REQUIRE(google.values("A1") == kOneCell);
  fault(google, R"({"method": "values.update", "close_connection": true})"_js);
  REQUIRE(google.put("B1", "RAW", kOneCell).delivery == net::Delivery::kCloseWithoutAnswer);
  REQUIRE(google.values("B1").is_null());
}

TEST_CASE("an answer can be cut short or be no JSON") {
  EmulatedGoogle google;
  fault(google, R"({"method": "values.get", "truncate_body": true})"_js);
  REQUIRE(google.get("/values/A1").delivery == net::Delivery::kTruncateBody);
  fault(google, R"({"method": "values.get", "malformed_json": true})"_js);
  const Answer malformed = google.get("/values/A1");
  REQUIRE(malformed.status == 200);
  REQUIRE(malformed.delivery == net::Delivery::kNormal);
  REQUIRE(malformed.body.is_null());
  REQUIRE(google.get("/values/A1").body.contains("range"));
}

TEST_CASE("a delay waits on the connection and gives up when the client left") {
  EmulatedGoogle google;
  google.connection.really_waits = false;
  fault(google, R"({"method": "values.update", "times": 2, "delay_ms": 1500})"_js);
  REQUIRE(google.put("A1", "RAW", kOneCell).status == 200);
  REQUIRE(google.connection.waits == 1);
  REQUIRE(google.connection.asked_for_ms == 1500);
  google.connection.gone = true;
  REQUIRE(google.put("B1", "RAW", kOneCell).delivery == net::Delivery::kCloseWithoutAnswer);
  google.connection.gone = false;
  REQUIRE(google.values("A1:B1") == kOneCell);
}

TEST_CASE("a hook edits the workbook right after the call, before the next one") {
  EmulatedGoogle google;
  google.put("A1", "RAW", R"([["b"], ["a"]])"_js);
  const Answer added = google.call("POST", "/_emulator/hooks", R"({"after": "batchGet", "apply": [
    {"sortRange": {"range": {"endRowIndex": 2}, "sortSpecs": [{"sortOrder": "ASCENDING"}]}}]})"_js);
  REQUIRE(added.status == 200);
  const Answer before = google.get("/values:batchGet?ranges=A1:A2");
  REQUIRE(before.body["valueRanges"][0]["values"] == R"([["b"], ["a"]])"_js);
  REQUIRE(google.values("A1:A2") == R"([["a"], ["b"]])"_js);
}

TEST_CASE("quotas answer 429 with Google's body until the minute is over") {
  EmulatorOptions options = EmulatedGoogle::options();
  options.reads_per_minute = 2;
  options.writes_per_minute = 1;
  EmulatedGoogle google(options);
  REQUIRE(google.get("").status == 200);
  REQUIRE(google.get("").status == 200);
  const Answer refused = google.get("");
  REQUIRE(refused.status == 429);
  REQUIRE(
      refused.message().rfind("Quota exceeded for quota metric 'Read requests' and limit 'Read requests per "
                              "minute per user' of service 'sheets.googleapis.com' for consumer "
                              "'project_number:",
                              0) == 0);
  const Json info = refused.body["error"]["details"][0];
  REQUIRE(info["reason"] == "RATE_LIMIT_EXCEEDED");
  REQUIRE(info["metadata"]["quota_limit_value"] == "2");
  REQUIRE_FALSE(refused.headers.get("Retry-After"));
  REQUIRE(google.put("A1", "RAW", kOneCell).status == 200);
  REQUIRE(google.put("A1", "RAW", kOneCell).message().find("'Write requests'") != std::string::npos);
  google.call("POST", "/_emulator/clock", R"({"advance_seconds": 60})"_js);
  REQUIRE(google.get("").status == 200);
  REQUIRE(google.put("A1", "RAW", kOneCell).status == 200);
}

TEST_CASE("test hooks are not there unless they were asked for") {
  EmulatorOptions options = EmulatedGoogle::options();
  options.test_hooks = false;
  EmulatedGoogle google(options);
  REQUIRE(google.call("GET", "/_emulator/calls").status == 404);
  REQUIRE(fault(google, R"({"method": "*", "status": 500})"_js).status == 404);
  REQUIRE(google.call("GET", "/_emulator/revisions").status == 200);
}

TEST_CASE("what is no method of the API is a page that says so") {
  EmulatedGoogle google;
  REQUIRE(google.call("GET", "/v4/nothing").status == 404);
  REQUIRE(google.call("DELETE", "/v4/spreadsheets/" + google.id).status == 404);
  REQUIRE(google.post(":copyTo", {}).status == 404);
  net::HttpRequest broken = make_request("POST", "/v4/spreadsheets/" + google.id + ":batchUpdate");
  broken.headers.set("Authorization", std::string("Bearer ") + EmulatedGoogle::kToken);
  broken.body = "{\"requests\": [";
  const Answer answer = google.send(broken);
  REQUIRE(answer.status == 400);
  REQUIRE(answer.message().rfind("Invalid JSON payload received.", 0) == 0);
}

TEST_CASE("a body nested without end is refused") {
  EmulatedGoogle google;
  net::HttpRequest request =
      make_request("PUT", "/v4/spreadsheets/" + google.id + "/values/A1?valueInputOption=RAW");
  request.headers.set("Authorization", std::string("Bearer ") + EmulatedGoogle::kToken);
  request.body = "{\"values\": [[" + std::string(1000000, '[') + std::string(1000000, ']') + "]]}";
  const Answer answer = google.send(request);
  REQUIRE(answer.status == 400);
  REQUIRE(answer.message().find("Max recursion depth") != std::string::npos);
}

TEST_CASE("pages of other origins may call") {
  EmulatedGoogle google;
  net::HttpRequest preflight = make_request("OPTIONS", "/v4/spreadsheets/x");
  preflight.headers.set("Origin", "http://127.0.0.1:8000");
  const Answer answer = google.send(preflight);
  REQUIRE(answer.status == 200);
  REQUIRE(answer.headers.get("Access-Control-Allow-Origin") == "http://127.0.0.1:8000");
}

TEST_CASE("a fault can be aimed by what a request contains, and change what is read and what is answered") {
  EmulatedGoogle google;
  fault(google, R"({"method": "values.update", "containing": "old", "replace": [["old", "new"]],
                    "replace_in_answer": [["updatedCells", "cellsUpdated"]]})"_js);
  REQUIRE(google.put("A1", "RAW", R"([["other"]])"_js).body.contains("updatedCells"));
  const Answer changed = google.put("A1", "RAW", R"([["old"]])"_js);
  REQUIRE(changed.body.contains("cellsUpdated"));
  REQUIRE(google.values("A1") == R"([["new"]])"_js);
  for (const char* list : {R"([["", "x"]])", R"([["x"]])", R"([[1, 2]])"}) {
    Json wrong = {{"method", "*"}};
    wrong["replace"] = Json::parse(list);
    REQUIRE(fault(google, wrong).status == 400);
  }
}

TEST_CASE("answers are compressed for programs that say gzip twice, as Google asks") {
  EmulatedGoogle google;
  google.put("A1", "RAW", Json::array({Json::array({std::string(5000, 'x')})}));
  const auto ask = [&](net::Headers headers) {
    net::HttpRequest request = make_request("GET", "/v4/spreadsheets/" + google.id + "/values/A1");
    request.headers = std::move(headers);
    request.headers.add("Authorization", std::string("Bearer ") + EmulatedGoogle::kToken);
    return google.emulator.handle(request, google.connection);
  };
  const net::HttpResponse plain = ask({{"Accept-Encoding", "gzip"}});
  REQUIRE_FALSE(plain.headers.get("Content-Encoding"));
  const net::HttpResponse packed = ask({{"Accept-Encoding", "gzip, deflate"}, {"User-Agent", "test (gzip)"}});
  REQUIRE(packed.headers.get("Content-Encoding") == "gzip");
  REQUIRE(packed.body.size() < plain.body.size() / 4);
}
