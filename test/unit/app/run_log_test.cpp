#include "app/serve/run_log.h"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "core/store/database.h"
#include "test/unit/sheets_client/fakes.h"

namespace roadmap::app {
namespace {

TEST_CASE("the time that lines may take is told by the clock that the log was given") {
  sheets::testing::ScriptedSheets google;
  google.time.advance(-std::chrono::hours{2000});  // long before the machine was started
  google.answer_directory();
  google.transport.answer(200, R"({"sheets":[{"properties":{"title":"Backlog"},"data":[{}]}]})");
  google.transport.answer(200, "{}");
  Database database(DatabaseOptions{.path = ":memory:"});
  Ledger ledger(database, google.time, {}, "boot");
  NewRun asked;
  asked.action = "pm.backlog_sync";
  asked.payload = "{}";
  const std::string run_id = ledger.enqueue(asked).run_id;
  ledger.cancel(run_id);

  std::vector<std::string> said;
  Log log(LogLevel::kWarn, LogFormat::kText, google.time,
          [&](const std::string& line) { said.push_back(line); });
  RunLog run_log({"S", "Backlog", 1}, google.sheets, ledger, google.time, log, {.gather = {}});
  run_log.run_ended(run_id);
  run_log.drain(std::chrono::seconds{60});
  CAPTURE(said);
  CHECK(said.empty());
  CHECK(google.transport.unused() == 0);
}

}  // namespace
}  // namespace roadmap::app
