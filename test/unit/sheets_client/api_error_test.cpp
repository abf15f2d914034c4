#include "sheets_client/api_error.h"

#include <catch2/catch.hpp>

namespace sheets {
namespace {

using roadmap::SheetsFailure;

TEST_CASE("Google's error bodies become typed errors with Google's message") {
  struct Example {
    int status;
    const char* body;
    SheetsFailure failure;
    const char* message;
    const char* reason;
  };
  const Example examples[] = {
      {400,
       R"({"error":{"code":400,"message":"Unable to parse range: NOPE!A5:F15","status":"INVALID_ARGUMENT"}})",
       SheetsFailure::kBadRequest, "Unable to parse range: NOPE!A5:F15", ""},
      {401,
       R"({"error":{"code":401,"message":"Request had invalid authentication credentials.","status":"UNAUTHENTICATED"}})",
       SheetsFailure::kUnauthorised, "Request had invalid authentication credentials.", ""},
      {403,
       R"({"error":{"code":403,"message":"The caller does not have permission","status":"PERMISSION_DENIED"}})",
       SheetsFailure::kForbidden, "The caller does not have permission", ""},
      {403,
       R"({"error":{"code":403,"message":"Request had insufficient authentication scopes.","status":"PERMISSION_DENIED",
           "details":[{"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":"ACCESS_TOKEN_SCOPE_INSUFFICIENT"}]}})",
       SheetsFailure::kForbidden, "Request had insufficient authentication scopes.",
       "ACCESS_TOKEN_SCOPE_INSUFFICIENT"},
      {404, R"({"error":{"code":404,"message":"Requested entity was not found.","status":"NOT_FOUND"}})",
       SheetsFailure::kNotFound, "Requested entity was not found.", ""},
      {429,
       R"({"error":{"code":429,"message":"Quota exceeded for quota metric 'Read requests'","status":"RESOURCE_EXHAUSTED",
           "details":[{"reason":"RATE_LIMIT_EXCEEDED","domain":"googleapis.com"},{"links":[]}]}})",
       SheetsFailure::kQuota, "Quota exceeded for quota metric 'Read requests'", "RATE_LIMIT_EXCEEDED"},
      {500, R"({"error":{"code":500,"message":"Internal error encountered.","status":"INTERNAL"}})",
       SheetsFailure::kUnavailable, "Internal error encountered.", ""},
      {503,
       R"({"error":{"code":503,"message":"The service is currently unavailable.","status":"UNAVAILABLE"}})",
       SheetsFailure::kUnavailable, "The service is currently unavailable.", ""},
  };
  for (const Example& example : examples) {
    CAPTURE(example.body);
    const ApiError error = read_api_error(example.status, example.body);
    CHECK(error.failure == example.failure);
    CHECK(error.message == example.message);
    CHECK(error.reason == example.reason);
    CHECK(error.http_status == example.status);
  }
}

TEST_CASE("older errors with a list of errors are understood, a rate limit hidden in a 403 among them") {
  const ApiError error = read_api_error(
      403,
      R"({"error":{"code":403,"message":"Rate Limit Exceeded","errors":[{"reason":"userRateLimitExceeded"}]}})");
  CHECK(error.failure == SheetsFailure::kQuota);
  CHECK(error.reason == "userRateLimitExceeded");
}

TEST_CASE("a field violation that the message leaves out is added to it") {
  const ApiError error =
      read_api_error(400, R"({"error":{"code":400,"message":"Request contains an invalid argument.",
      "status":"INVALID_ARGUMENT","details":[{"@type":"type.googleapis.com/google.rpc.BadRequest","fieldViolations":
      [{"field":"fields","description":"Cannot find matching fields for path 'x'."}]}]}})");
  CHECK(error.message == "Request contains an invalid argument. (Cannot find matching fields for path 'x'.)");
}

TEST_CASE("a foreign page is malformed with its first words, except where the status says enough") {
  const std::string page =
      "<!DOCTYPE html>\n<html><head><title>Login required</title></head><body>Hotel  Wi-Fi</body>";
  CHECK(read_api_error(403, page).failure == SheetsFailure::kMalformed);
  CHECK(read_api_error(403, page).message == "HTTP 403 with: Login required Hotel Wi-Fi");
  CHECK(read_api_error(302, "").failure == SheetsFailure::kMalformed);
  CHECK(read_api_error(302, "").message == "HTTP 302 with: nothing readable");
  CHECK(read_api_error(502, page).failure == SheetsFailure::kUnavailable);
  CHECK(read_api_error(429, "slow down").failure == SheetsFailure::kQuota);
  CHECK(read_api_error(401, "").failure == SheetsFailure::kUnauthorised);
}

TEST_CASE("error bodies of odd shapes do not break the reader") {
  for (const char* body :
       {"", "null", "[]", "{}", R"({"error":"x"})", R"({"error":{}})", R"({"error":{"details":3}})",
        R"({"error":{"details":[3,null,{"fieldViolations":[3]}],"errors":[null]}})", "{\"error\":"}) {
    CAPTURE(body);
    CHECK_FALSE(read_api_error(400, body).message.empty());
  }
}

TEST_CASE("a refused request is named by its number") {
  CHECK(refused_request("Invalid requests[3].updateCells: You are trying to edit a protected cell") == 3u);
  CHECK(refused_request("Invalid requests[12]: No grid with id: 5") == 12u);
  CHECK(refused_request("Unable to parse range: Invalid requests[3]") == std::nullopt);
  CHECK(refused_request("Invalid requests[]") == std::nullopt);
  CHECK(refused_request("Invalid requests[7") == std::nullopt);
  CHECK(without_request_name("Invalid requests[3].updateCells: You are: protected") == "You are: protected");
  CHECK(without_request_name("Something: else") == "Something: else");
}

TEST_CASE("messages about tabs and places that are not there are told from others") {
  CHECK(says_stale("Invalid requests[0].updateCells: No grid with id: 7"));
  CHECK(says_stale("Range (Solar!Y1) exceeds grid limits. Max rows: 981, max columns: 24"));
  CHECK(says_stale("Unable to parse range: 'Gone'"));
  CHECK(
      says_stale("Invalid requests[0].updateCells: Attempting to write row: 1001, beyond the last requested "
                 "row of: 1000"));
  CHECK(
      says_stale("Invalid requests[1].insertDimension: range.startIndex[40] is after last row in grid[19]"));
  CHECK(says_stale("GridCoordinate.columnIndex[9] is after last column in grid[5]"));
  CHECK(says_stale("range.startIndex is larger than current grid size"));
  CHECK_FALSE(says_stale("You are trying to edit a protected cell or object."));
}

}  // namespace
}  // namespace sheets
