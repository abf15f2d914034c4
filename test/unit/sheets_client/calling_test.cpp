#include <catch2/catch.hpp>

#include "fakes.h"

namespace sheets {
namespace {

using roadmap::SheetsError;
using roadmap::SheetsFailure;
using std::chrono::milliseconds;
using std::chrono::seconds;
using testing::google_error;
using testing::ScriptedSheets;

SheetsError describe_failure(ScriptedSheets& s) {
  try {
    s.sheets.describe("S", s.control);
  } catch (const SheetsError& error) {
    return error;
  }
  FAIL("nothing failed");
  throw std::logic_error("unreachable");
}

ClientOptions with_retries(int retries) {
  ClientOptions options;
  options.max_retries = retries;
  return options;
}

TEST_CASE("a read is tried again after everything that may pass") {
  ScriptedSheets s(with_retries(20));
  for (const int status : {409, 429, 500, 502, 503, 504})
    s.transport.answer(status, google_error(status, "later", "UNAVAILABLE"));
  for (const auto failure : {net::TransferFailure::kUnreachable, net::TransferFailure::kTls,
                             net::TransferFailure::kTimeout, net::TransferFailure::kClosed})
    s.transport.fail(failure);
  s.answer_directory();
  CHECK(s.sheets.describe("S", s.control).title == "Roadmap");
  CHECK(s.observer.calls.size() == 11);
  CHECK(s.observer.calls[0] == "spreadsheets.get 409 unavailable #1");
  CHECK(s.observer.calls[1] == "spreadsheets.get 429 quota #2");
  CHECK(s.observer.calls[4] == "spreadsheets.get 503 unavailable #5");
  CHECK(s.observer.calls[8] == "spreadsheets.get 0 timeout #9");
  CHECK(s.observer.calls[10] == "spreadsheets.get 200  #11");
}

TEST_CASE("a read is not tried again after what will not pass") {
  struct Example {
    int status;
    SheetsFailure failure;
  };
  for (const Example example :
       {Example{400, SheetsFailure::kBadRequest}, Example{403, SheetsFailure::kForbidden},
        Example{404, SheetsFailure::kNotFound}, Example{501, SheetsFailure::kUnavailable}}) {
    CAPTURE(example.status);
    ScriptedSheets s;
    s.transport.answer(example.status, google_error(example.status, "no", "NO"));
    const SheetsError error = describe_failure(s);
    CHECK(error.failure() == example.failure);
    CHECK(error.detail() == "no");
    CHECK(error.spreadsheet_id() == "S");
    CHECK(s.time.waits().empty());
  }
  ScriptedSheets s;
  s.transport.fail(net::TransferFailure::kTooLarge, "more than 256 MiB");
  CHECK(describe_failure(s).failure() == SheetsFailure::kMalformed);
}

TEST_CASE("waits double with jitter, a quota's are longer, and Retry-After is honoured") {
  ScriptedSheets s;
  const std::string unavailable = google_error(503, "later", "UNAVAILABLE");
  const std::string quota = google_error(429, "quota", "RESOURCE_EXHAUSTED");
  s.transport.answer(503, unavailable);
  s.transport.answer(503, unavailable);
  s.transport.answer(503, unavailable, {{"Retry-After", "Wed, 04 Mar 2026 05:07:10 GMT"}});
  s.transport.answer(429, quota, {{"Retry-After", "30"}});
  s.transport.answer(429, quota);
  s.answer_directory();
  std::vector<std::string> labels;
  s.control.on_wait = [&](std::string_view label) { labels.emplace_back(label); };
  s.sheets.describe("S", s.control);
  CHECK(s.time.waits() ==
        std::vector<milliseconds>{seconds{1}, seconds{2}, seconds{60}, seconds{30}, roadmap::kMaxBackoff});
  REQUIRE(labels.size() == 10);
  CHECK(labels[0] == "Waiting to try Google Sheets again");
  CHECK(labels[1].empty());
  CHECK(labels[6] == "Waiting for Google's quota");
}

TEST_CASE("retries end and the last failure is told with what to do") {
  ScriptedSheets s(with_retries(2));
  for (int i = 0; i < 3; ++i)
    s.transport.answer(503, google_error(503, "The service is currently unavailable.", "UNAVAILABLE"));
  const SheetsError unavailable = describe_failure(s);
  CHECK(unavailable.failure() == SheetsFailure::kUnavailable);
  CHECK(std::string(unavailable.what()) ==
        "Reading the spreadsheet S failed: The service is currently unavailable. (3 attempts). Run it again "
        "later.");
  for (int i = 0; i < 3; ++i)
    s.transport.fail(net::TransferFailure::kTimeout);
  CHECK(describe_failure(s).failure() == SheetsFailure::kTimeout);
  for (int i = 0; i < 3; ++i)
    s.transport.answer(429, google_error(429, "Quota exceeded", "RESOURCE_EXHAUSTED"));
  const SheetsError quota = describe_failure(s);
  CHECK(quota.failure() == SheetsFailure::kQuota);
  CHECK(quota.detail() == "Quota exceeded");
}

TEST_CASE("a retry that would come after the deadline is not waited for") {
  ScriptedSheets s;
  s.control.deadline = s.time.steady_now() + seconds{5};
  s.transport.answer(503, google_error(503, "later", "UNAVAILABLE"), {{"Retry-After", "6"}});
  CHECK(describe_failure(s).failure() == SheetsFailure::kUnavailable);
  CHECK(s.time.waits().empty());
}

TEST_CASE("a rejected token is renewed once, then the credentials are the trouble") {
  ScriptedSheets s;
  s.transport.answer(401,
                     google_error(401, "Request had invalid authentication credentials.", "UNAUTHENTICATED"));
  s.answer_directory();
  CHECK(s.sheets.describe("S", s.control).title == "Roadmap");
  CHECK(s.transport.sent()[0].headers.get("Authorization") == "Bearer token-1");
  CHECK(s.transport.sent()[1].headers.get("Authorization") == "Bearer token-2");
  CHECK(s.time.waits().empty());

  s.transport.answer(401, google_error(401, "bad", "UNAUTHENTICATED"));
  s.transport.answer(401, google_error(401, "bad", "UNAUTHENTICATED"));
  const SheetsError error = describe_failure(s);
  CHECK(error.failure() == SheetsFailure::kUnauthorised);
  CHECK_THAT(error.what(), Catch::Contains("robot@example.iam.gserviceaccount.com"));
  CHECK(s.transport.unused() == 0);
}

TEST_CASE("without a token the token's own trouble is told") {
  struct NoTokens : TokenSource {
    std::string token(const roadmap::RunControl&) override {
      throw TokenError(TokenFailure::kClock, "The clock is off.", "invalid_grant");
    }
    void reject(const std::string&) override {}
    std::string account() const override { return "robot"; }
  };
  testing::FakeTime time;
  testing::ScriptedTransport transport;
  NoTokens tokens;
  GoogleSheets sheets({}, {transport, tokens, time, time});
  try {
    sheets.describe("S", {});
    FAIL("a token was had");
  } catch (const SheetsError& error) {
    CHECK(error.failure() == SheetsFailure::kUnauthorised);
    CHECK(std::string(error.what()) == "The clock is off.");
  }
}

TEST_CASE("a spreadsheet that is not shared says with whom to share it") {
  ScriptedSheets s;
  s.transport.answer(403, google_error(403, "The caller does not have permission", "PERMISSION_DENIED"));
  const SheetsError forbidden = describe_failure(s);
  CHECK(std::string(forbidden.what()) ==
        "The spreadsheet S cannot be opened. Share it with robot@example.iam.gserviceaccount.com as Editor.");
  CHECK(forbidden.detail() == "The caller does not have permission");
  s.transport.answer(404, google_error(404, "Requested entity was not found.", "NOT_FOUND"));
  CHECK_THAT(describe_failure(s).what(),
             Catch::StartsWith("The spreadsheet S cannot be opened. Share it with "
                               "robot@example.iam.gserviceaccount.com as Editor."));
}

TEST_CASE("an Excel file in Drive is named as such, and what to make of it") {
  ScriptedSheets s;
  s.transport.answer(
      400, google_error(400, "This operation is not supported for this document", "FAILED_PRECONDITION"));
  const SheetsError failure = describe_failure(s);
  CHECK(failure.failure() == SheetsFailure::kBadRequest);
  CHECK_THAT(failure.what(), Catch::StartsWith("The spreadsheet S is an Excel file in Drive"));
  CHECK_THAT(failure.what(), Catch::Contains("Save as Google Sheets"));
}

TEST_CASE("a 403 that sharing does not help says what does") {
  ScriptedSheets s;
  s.transport.answer(
      403, R"({"error":{"code":403,"message":"API disabled","details":[{"reason":"SERVICE_DISABLED"}]}})");
  CHECK_THAT(describe_failure(s).what(), Catch::Contains("API is not enabled"));
  s.transport.answer(
      403,
      R"({"error":{"code":403,"message":"scopes","details":[{"reason":"ACCESS_TOKEN_SCOPE_INSUFFICIENT"}]}})");
  CHECK_THAT(describe_failure(s).what(), Catch::Contains("https://www.googleapis.com/auth/spreadsheets"));
}

TEST_CASE("calls beyond the minute's limit wait for it, each retry counting as a call") {
  ClientOptions options;
  options.reads_per_minute = 2;
  ScriptedSheets s(options);
  s.transport.answer(503, google_error(503, "later", "UNAVAILABLE"));
  s.answer_directory();
  s.answer_directory();
  s.sheets.describe("S", s.control);
  s.sheets.describe("S", s.control);
  CHECK(s.observer.limiter_waits == std::vector<milliseconds>{milliseconds{0}, milliseconds{0}, seconds{59}});
  CHECK(s.sheets.reads().in_use() == 2);

  s.control.deadline = s.time.steady_now() + milliseconds{500};
  const SheetsError error = describe_failure(s);
  CHECK(error.failure() == SheetsFailure::kQuota);
  CHECK(s.transport.sent().size() == 3);
}

TEST_CASE("a stop ends a call before, during and between its attempts") {
  ScriptedSheets s;
  std::stop_source stop;
  s.control.stop = stop.get_token();
  s.control.why_stopped = [] { return roadmap::StopReason::kDraining; };
  s.transport.fail(net::TransferFailure::kStopped);
  CHECK_THROWS_AS(s.sheets.describe("S", s.control), roadmap::RunStopped);
  s.transport.fail(net::TransferFailure::kDeadline);
  CHECK_THROWS_AS(s.sheets.describe("S", s.control), roadmap::RunStopped);
  s.transport.answer(503, "");
  s.time.on_wait_begin = [&] { stop.request_stop(); };
  try {
    s.sheets.describe("S", s.control);
    FAIL("it went on");
  } catch (const roadmap::RunStopped& stopped) {
    CHECK(stopped.reason() == roadmap::StopReason::kDraining);
  }
  CHECK_THROWS_AS(s.sheets.describe("S", s.control), roadmap::RunStopped);
  CHECK(s.transport.sent().size() == 3);
}

}  // namespace
}  // namespace sheets
