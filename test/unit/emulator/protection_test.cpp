#include <catch2/catch.hpp>

#include "test/unit/emulator/emulated_google.h"

using namespace sheets::emulator;
using namespace sheets::emulator::test;

namespace {

constexpr const char* kRefusal =
    "You are trying to edit a protected cell or object. Please contact the spreadsheet owner to remove "
    "protection "
    "if you need to edit.";

// Row 2 protected by the owner, who lets nobody else edit it but cell B2.
void protect_second_row(EmulatedGoogle& google) {
  google.emulator.apply_as_owner(google.id, R"([{"addProtectedRange": {"protectedRange": {
    "protectedRangeId": 9, "range": {"startRowIndex": 1, "endRowIndex": 2}, "description": "hands off",
    "unprotectedRanges": [{"startRowIndex": 1, "endRowIndex": 2, "startColumnIndex": 1, "endColumnIndex": 2}]}}}])");
}

Json update(int row, int column) {
  Json request = R"([{"updateCells": {"start": {}, "fields": "userEnteredValue",
                                      "rows": [{"values": [{"userEnteredValue": {"numberValue": 1}}]}]}}])"_js;
  request[0]["updateCells"]["start"] = {{"rowIndex", row}, {"columnIndex", column}};
  return request;
}

}  // namespace

TEST_CASE("a protected cell is refused by the request's number") {
  EmulatedGoogle google;
  protect_second_row(google);
  Json two = update(0, 0);
  two.push_back(update(1, 0)[0]);
  REQUIRE(google.batch(two).message() == std::string("Invalid requests[1].updateCells: ") + kRefusal);
  REQUIRE(google.values("Sheet1").is_null());
  REQUIRE(google.batch(update(1, 1)).status == 200);
  REQUIRE(google.put("A2", "RAW", R"([[1]])"_js).message() == kRefusal);
  REQUIRE(
      google
          .batch(
              R"([{"deleteDimension": {"range": {"dimension": "ROWS", "startIndex": 1, "endIndex": 2}}}])"_js)
          .status == 400);
  REQUIRE(google.batch(R"([{"deleteProtectedRange": {"protectedRangeId": 9}}])"_js).status == 400);
}

TEST_CASE("protection follows inserted rows and is lifted by its owner") {
  EmulatedGoogle google;
  protect_second_row(google);
  REQUIRE(
      google
          .batch(
              R"([{"insertDimension": {"range": {"dimension": "ROWS", "startIndex": 0, "endIndex": 1}}}])"_js)
          .status == 200);
  REQUIRE(google.batch(update(1, 0)).status == 200);
  REQUIRE(google.batch(update(2, 0)).status == 400);
  google.emulator.apply_as_owner(google.id, R"([{"updateProtectedRange": {"fields": "warningOnly",
    "protectedRange": {"protectedRangeId": 9, "warningOnly": true}}}])");
  REQUIRE(google.batch(update(2, 0)).status == 200);
  google.emulator.apply_as_owner(google.id, R"([{"deleteProtectedRange": {"protectedRangeId": 9}}])");
  REQUIRE_FALSE(google.get("").body["sheets"][0].contains("protectedRanges"));
}

TEST_CASE("whoever protects a range may edit it, and editors are shown to editors only") {
  EmulatedGoogle google;
  const Answer reply = google.batch(R"([{"addProtectedRange": {"protectedRange": {
    "range": {"endRowIndex": 1}, "editors": {"users": ["someone@example.com"]}}}}])"_js);
  REQUIRE(reply.body["replies"][0]["addProtectedRange"]["protectedRange"]["editors"] ==
          R"({"users": ["someone@example.com"]})"_js);
  REQUIRE(google.batch(update(0, 0)).status == 200);
  const Json own = google.get("").body["sheets"][0]["protectedRanges"][0];
  REQUIRE(own["requestingUserCanEdit"] == true);
  REQUIRE(own["editors"]["users"] == Json::array({"someone@example.com", kFixedTokenAccount, kDefaultOwner}));

  protect_second_row(google);
  const Json other = google.get("").body["sheets"][0]["protectedRanges"][1];
  REQUIRE(other["description"] == "hands off");
  REQUIRE_FALSE(other.contains("editors"));
  REQUIRE_FALSE(other.contains("requestingUserCanEdit"));
}
