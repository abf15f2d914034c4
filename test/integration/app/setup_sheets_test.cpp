// The commands setup-sheets and check on the workbooks of an emulator in this process.
#include <catch2/catch.hpp>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "test/integration/app/child_process.h"
#include "test/integration/app/service_world.h"

namespace roadmap::app {
namespace {

constexpr const char* kOpsBook = "ops-book";

struct SetupOutcome {
  int code;
  std::string output;
  std::string errors;
};

bool setup_says(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

int lines_with(const std::string& text, const std::string& part) {
  std::istringstream lines(text);
  int count = 0;
  for (std::string line; std::getline(lines, line);)
    count += setup_says(line, part) ? 1 : 0;
  return count;
}

// The service's world, its configuration as a file, and an empty Product Ops workbook.
class SetupWorld : public ServiceWorld {
 public:
  SetupWorld() {
    sheets::emulator::WorkbookSeed seed;
    seed.id = kOpsBook;
    seed.title = "Product Ops";
    emulator().create_workbook(seed);
    std::ofstream(file())
        << "[sheets]\nbase_url = \"" << config.sheets.base_url
        << "\"\n[[central_backlog]]\nspreadsheet_id = \"" << kBacklog
        << "\"\n[product_ops]\nspreadsheet_id = \"" << kOpsBook
        << "\"\nrun_log_tab = \"Läufe\"\n[[intake]]\nsheet_key = \"emea\"\nspreadsheet_id = \"" << kIntake
        << "\"\n[[intake.tabs]]\nkey = \"m\"\ntab_name = \"Marketing\"\n";
  }
  std::string file() const { return (folder() / "config.toml").string(); }
  SetupOutcome run(std::vector<std::string> arguments) const {
    arguments.insert(arguments.end(), {"--config", file()});
    ChildProcess process(arguments, {"ROADMAP_AI_SECRET=a secret of the tests, long enough"});
    const int code = process.wait();
    return {code, process.output(), process.errors()};
  }
};

}  // namespace

TEST_CASE("setup-sheets says what it would do, does it once, and check is content") {
  SetupWorld world;
  const SetupOutcome before = world.run({"check"});
  INFO(before.output);
  CHECK(before.code == 1);
  CHECK(setup_says(before.output, "FIX   product_ops, tab Params: no tab 'Params'"));
  CHECK(setup_says(before.output, "setup-sheets creates it"));
  CHECK(setup_says(before.output, "note  central_backlog, tab Backlog: nothing warns people who type into"));

  world.reset_calls();
  const SetupOutcome dry = world.run({"setup-sheets", "--dry-run"});
  INFO(dry.output << dry.errors);
  CHECK(dry.code == 0);
  CHECK(setup_says(dry.output, "plan  product_ops, tab Scoring_Inputs: create the tab"));
  CHECK(setup_says(dry.output, "plan  product_ops, tab Läufe: add headers, each with a note: Time"));
  CHECK(setup_says(dry.output,
                   "plan  intake emea, tab Marketing: warn before somebody types into: Initiative Key"));
  CHECK(world.calls().value("spreadsheets.batchUpdate", 0) == 0);

  const SetupOutcome done = world.run({"setup-sheets"});
  INFO(done.output << done.errors);
  CHECK(done.code == 0);
  CHECK(lines_with(done.output, "done  ") == lines_with(dry.output, "plan  "));
  CHECK(world.calls().value("spreadsheets.batchUpdate", 0) == 3);

  world.reset_calls();
  const SetupOutcome again = world.run({"setup-sheets"});
  CHECK(again.code == 0);
  CHECK(lines_with(again.output, "nothing to do") == 6);
  CHECK(world.calls().value("spreadsheets.batchUpdate", 0) == 0);

  const SetupOutcome after = world.run({"check"});
  INFO(after.output);
  CHECK(after.code == 0);
  CHECK(setup_says(after.output, "ok    product_ops, tab Scoring_Inputs: 31 columns known"));
  CHECK(setup_says(after.output, "ok    llm: off"));
  CHECK_FALSE(setup_says(after.output, "nothing warns"));
}

TEST_CASE("a workbook that is not shared does not keep the others from being set up") {
  SetupWorld world;
  world.emulator().set_sharing(ServiceWorld::kBacklog, sheets::emulator::Sharing::kNotShared);
  const SetupOutcome outcome = world.run({"setup-sheets"});
  INFO(outcome.output);
  CHECK(outcome.code == 1);
  CHECK(setup_says(outcome.output,
                   "FIX   central_backlog: The spreadsheet backlog-book cannot be opened. Share it with " +
                       world.emulator().service_account() + " as Editor"));
  CHECK(setup_says(outcome.output, "done  product_ops, tab Params: create the tab"));
}

TEST_CASE("check names columns that are there twice or are missing, and headers in another row") {
  SetupWorld world;
  world.emulator().apply_as_owner(ServiceWorld::kBacklog,
                                  R"([{"updateCells":{"start":{"sheetId":0,"rowIndex":0,"columnIndex":4},
      "rows":[{"values":[{"userEnteredValue":{"stringValue":"title"}}]}],"fields":"userEnteredValue"}}])");
  world.emulator().apply_as_owner(ServiceWorld::kIntake,
                                  R"([{"insertDimension":{"range":{"sheetId":0,"dimension":"ROWS",
      "startIndex":0,"endIndex":2}}}])");
  const SetupOutcome outcome = world.run({"check"});
  INFO(outcome.output);
  CHECK(outcome.code == 1);
  CHECK(setup_says(outcome.output,
                   "note  central_backlog, tab Backlog: columns B and E are both Title: B counts"));
  CHECK(setup_says(outcome.output,
                   "FIX   intake emea, tab Marketing: row 1 holds no known header, but row 3 does"));
  CHECK(setup_says(world.run({"setup-sheets"}).output,
                   "FIX   intake emea, tab Marketing: row 1 holds no known header"));
}

TEST_CASE("the reference of columns is what the program prints") {
  ChildProcess process({"setup-sheets", "--columns"});
  CHECK(process.wait() == 0);
  std::ifstream file(std::string(ROADMAPD_SOURCE_DIR) + "/docs/columns.md");
  std::stringstream text;
  text << file.rdbuf();
  CHECK(text.str() == process.output());
}

}  // namespace roadmap::app
