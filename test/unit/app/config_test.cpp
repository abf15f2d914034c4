#include "app/config/config.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <fstream>
#include <sstream>

#include "app/config/config_keys.h"
#include "sheets_client/google_sheets.h"
#include "test/unit/app/temporary_folder.h"

namespace roadmap::app {
namespace {

Config parse(const std::string& text, const Environment& environment = {}) {
  return parse_config(text, "roadmap.toml", "/etc/roadmapd", environment, FileCheck::kSkipped);
}

std::vector<std::string> problems_of(const std::string& text, const Environment& environment = {},
                                     FileCheck files = FileCheck::kSkipped) {
  try {
    parse_config(text, "roadmap.toml", "/nowhere", environment, files);
  } catch (const ConfigError& error) {
    return error.problems();
  }
  return {};
}

bool has(const std::vector<std::string>& problems, const std::string& part) {
  const bool found = std::any_of(problems.begin(), problems.end(), [&](const std::string& problem) {
    return problem.find(part) != std::string::npos;
  });
  if (!found) {
    for (const std::string& problem : problems)
      UNSCOPED_INFO(problem);
  }
  return found;
}

}  // namespace

TEST_CASE("an empty file is a configuration of defaults, its paths beside the file") {
  const Config config = parse("");
  CHECK(config.server.port == 8000);
  CHECK(config.server.host == "127.0.0.1");
  CHECK(config.ledger.path == "/etc/roadmapd/roadmap.db");
  CHECK(config.sheets.service_account_file == "/etc/roadmapd/service_account.json");
  CHECK(config.server.port_file.empty());
  CHECK(config.product_ops.scoring_inputs_tab == "Scoring_Inputs");
}

TEST_CASE("values, arrays of tables and relative paths are read") {
  const Config config = parse(R"(
[server]
port = 0
trusted_proxies = ["10.0.0.1", "10.0.0.2"]
[ledger]
path = "../data/r.db"
[sheets]
date_order = "mdy"
verify_rows = false
[scoring.defaults]
rice_reach = 2
[[central_backlog]]
spreadsheet_id = "B1"
[[central_backlog]]
spreadsheet_id = "B2"
product_org = "apac"
[[intake]]
sheet_key = "emea"
spreadsheet_id = "I1"
[[intake.tabs]]
key = "m"
tab_name = "Marketing"
product_org = "apac"
header_row = 3
first_data_row = 5
allow_status_override = true
)");
  CHECK(config.server.trusted_proxies == std::vector<std::string>{"10.0.0.1", "10.0.0.2"});
  CHECK(config.ledger.path == "/etc/data/r.db");
  CHECK(config.scoring.defaults.rice_reach == 2.0);
  const Settings settings = config.job_settings();
  CHECK(settings.date_order == DateOrder::kMonthDayYear);
  CHECK_FALSE(settings.verify_rows);
  REQUIRE(settings.backlogs.size() == 2);
  CHECK(settings.backlogs[0].layout.tab == "Backlog");
  REQUIRE(settings.intakes.size() == 1);
  REQUIRE(settings.intakes[0].tabs.size() == 1);
  const IntakeTabSettings& tab = settings.intakes[0].tabs[0];
  CHECK(tab.layout.spreadsheet_id == "I1");
  CHECK(tab.layout.tab == "Marketing");
  CHECK(tab.layout.first_data_row == 5);
  CHECK(tab.allow_status_override);
}

TEST_CASE("every mistake of a file is reported at once with its line") {
  const auto problems = problems_of(R"([server]
prot = 9
port = 70000
threads = "many"
[ledgr]
[log]
level = "loud"
[sheets]
verify_rows = 1
[[central_backlog]]
tab = "B"
[[intake]]
sheet_key = "a"
spreadsheet_id = "x"
)");
  CHECK(has(problems,
            "roadmap.toml:2: server.prot: unknown key; did you mean 'port'?; valid are host, threads"));
  CHECK(has(problems, "roadmap.toml:3: server.port: must be from 0 to 65535, not 70000"));
  CHECK(has(problems, "roadmap.toml:4: server.threads: must be a whole number from 2 to 4096"));
  CHECK(has(problems, "roadmap.toml:5: ledgr: unknown section; did you mean 'ledger'?"));
  CHECK(has(problems,
            "roadmap.toml:7: log.level: must be one of 'debug', 'info', 'warn' and 'error', not 'loud'"));
  CHECK(has(problems, "roadmap.toml:9: sheets.verify_rows: must be true or false"));
  CHECK(has(problems, "roadmap.toml:10: central_backlog.spreadsheet_id: is missing"));
  CHECK(has(problems, "roadmap.toml:12: intake: has no tabs; add one with [[intake.tabs]]"));
  CHECK(problems.size() == 8);
}

TEST_CASE("the limits of calls and retries are those of the client") {
  const auto section = [](int calls, int retries) {
    const std::string limit = std::to_string(calls);
    return "[sheets]\nreads_per_minute = " + limit + "\nwrites_per_minute = " + limit +
           "\nmax_retries = " + std::to_string(retries) + "\n";
  };
  const auto problems = problems_of(section(sheets::kMaxCallsPerMinute + 1, sheets::kMaxRetries + 1));
  CHECK(has(problems, "roadmap.toml:2: sheets.reads_per_minute: must be from 1 to 1000000, not 1000001"));
  CHECK(has(problems, "roadmap.toml:3: sheets.writes_per_minute: must be from 1 to 1000000, not 1000001"));
  CHECK(has(problems, "roadmap.toml:4: sheets.max_retries: must be from 0 to 20, not 21"));
  CHECK(problems_of(section(sheets::kMaxCallsPerMinute, sheets::kMaxRetries)).empty());
}

TEST_CASE("text that is no TOML names the line") {
  CHECK(has(problems_of("[server]\nport = = 3\n"), "roadmap.toml:2: no valid TOML"));
}

TEST_CASE("a section written as an array and an array written as a section are told apart") {
  CHECK(has(problems_of("[central_backlog]\ntab = \"x\"\n"),
            "is written with two brackets: [[central_backlog]]"));
  CHECK(has(problems_of("server = 3\n"), "server: is a section, written [server]"));
}

TEST_CASE("names that must differ and rows in the wrong order are reported") {
  const auto problems = problems_of(R"(
[product_ops]
header_row = 4
first_data_row = 4
[[central_backlog]]
spreadsheet_id = "B"
[[central_backlog]]
spreadsheet_id = "B"
tab = "BACKLOG"
[[intake]]
sheet_key = "a"
spreadsheet_id = "I"
[[intake.tabs]]
key = "k"
tab_name = "T"
product_org = "emea"
[[intake.tabs]]
key = "k"
tab_name = "t"
[[intake]]
sheet_key = "a"
spreadsheet_id = "J"
[[intake.tabs]]
key = "other"
tab_name = "T"
)");
  CHECK(has(problems, "first_data_row (4) must be below header_row (4)"));
  CHECK(has(problems, "two backlogs have the product_org ''"));
  CHECK(has(problems, "the tab 'BACKLOG' of one spreadsheet is configured twice"));
  CHECK(has(problems, "two have the sheet_key 'a'"));
  CHECK(has(problems, "two have the key 'k'"));
  CHECK(has(problems, "the tab 't' of one spreadsheet is configured twice"));
  CHECK(has(problems, "no [[central_backlog]] has the product_org 'emea'"));
  CHECK(problems.size() == 7);
}

TEST_CASE("a tab has one role, whatever its spelling") {
  const auto problems = problems_of(R"(
[product_ops]
spreadsheet_id = "P"
mathmodels_tab = "SCORING_inputs"
run_log_tab = "Params"
[[central_backlog]]
spreadsheet_id = "B"
[[intake]]
sheet_key = "a"
spreadsheet_id = "B"
[[intake.tabs]]
key = "k"
tab_name = "backlog"
)");
  CHECK(has(problems,
            "product_ops.mathmodels_tab: the tab 'SCORING_inputs' of one spreadsheet is configured "
            "twice, as product_ops.scoring_inputs_tab too; give each its own"));
  CHECK(has(problems,
            "the tab 'Params' of one spreadsheet is configured twice, as product_ops.params_tab too"));
  CHECK(has(problems, "the tab 'backlog' of one spreadsheet is configured twice, as central_backlog too"));
  CHECK(problems.size() == 3);
}

TEST_CASE("the address of a spreadsheet is no id") {
  const auto problems =
      problems_of("[product_ops]\nspreadsheet_id = \"https://docs.google.com/spreadsheets/d/1AbC/edit\"\n");
  CHECK(has(problems,
            "product_ops.spreadsheet_id: 'https://docs.google.com/spreadsheets/d/1AbC/edit' is no "
            "spreadsheet id"));
}

TEST_CASE("a key of too many parts is refused before it is taken apart") {
  std::string file = "[server]\na";
  for (int i = 0; i < 50'000; ++i)
    file += ".a";
  const auto problems = problems_of(file + " = 1\n");
  CHECK(has(problems, ":2: more than 1000 dots in one line"));
  CHECK(problems.size() == 1);
}

TEST_CASE("the environment overrides the file") {
  const Config config = parse("[server]\nport = 1\n", {{"ROADMAPD_SERVER_PORT", "9000"},
                                                       {"ROADMAPD_SHEETS_VERIFY_ROWS", "false"},
                                                       {"ROADMAPD_SCORING_DEFAULTS_RICE_REACH", "2.5"},
                                                       {"ROADMAPD_SERVER_TRUSTED_PROXIES", "10.0.0.1, ::1"},
                                                       {"ROADMAPD_LEDGER_PATH", "x.db"},
                                                       {"HOME", "/root"}});
  CHECK(config.server.port == 9000);
  CHECK_FALSE(config.sheets.verify_rows);
  CHECK(config.scoring.defaults.rice_reach == 2.5);
  CHECK(config.server.trusted_proxies == std::vector<std::string>{"10.0.0.1", "::1"});
  CHECK(config.ledger.path == "/etc/roadmapd/x.db");
}

TEST_CASE("a wrong or unknown variable is an error that names it") {
  const auto problems = problems_of("", {{"ROADMAPD_SERVER_PORT", "80x"}, {"ROADMAPD_SERVER_PROT", "1"}});
  CHECK(has(problems, "environment: ROADMAPD_SERVER_PORT: must be a whole number"));
  CHECK(has(problems,
            "environment: ROADMAPD_SERVER_PROT: overrides no key; did you mean 'ROADMAPD_SERVER_PORT'?"));
}

TEST_CASE("variables that the configuration names itself are no overrides") {
  CHECK(problems_of("", {{"ROADMAPD_LLM_API_KEY", "k"}}).empty());
}

TEST_CASE("the assistant's key comes from the variable that the configuration names") {
  const auto key_of = [](const std::string& text, const Environment& environment) {
    return parse(text, environment).llm_api_key;
  };
  CHECK(key_of("", {{"ROADMAPD_LLM_API_KEY", "sk-1\n"}}) == "sk-1");
  CHECK(key_of("[llm]\napi_key_env = \"MINE\"\n", {{"MINE", "sk-2"}}) == "sk-2");
  CHECK(key_of("", {}).empty());
  CHECK(key_of("[llm]\napi_key_env = \"\"\n", {{"OTHER", "sk-1"}}).empty());
}

TEST_CASE("an assistant's address or key that cannot be right is refused before it is used") {
  CHECK(has(problems_of("[llm]\nbase_url = \"api.openai.com/v1\"\n"),
            "roadmap.toml:2: llm.base_url: must begin with http:// or https://"));
  CHECK(problems_of("[llm]\nbase_url = \"http://127.0.0.1:11434/v1\"\n").empty());
  const auto problems = problems_of("", {{"ROADMAPD_LLM_API_KEY", "sk-1\r\nX-Other: 1"}});
  CHECK(has(problems, "llm.api_key_env: the variable 'ROADMAPD_LLM_API_KEY' holds a blank"));
  for (const std::string& problem : problems)
    CHECK(problem.find("sk-1") == std::string::npos);
}

TEST_CASE("a trusted proxy that is no address is refused, for nobody could be it") {
  CHECK(has(problems_of("[server]\ntrusted_proxies = [\"127.0.0.1\", \"10.0.0.0/8\"]\n"),
            "roadmap.toml:2: server.trusted_proxies: '10.0.0.0/8' is no IP address"));
  CHECK(problems_of("[server]\ntrusted_proxies = [\"127.0.0.1\", \"::1\"]\n").empty());
}

TEST_CASE("secrets come from the environment, else from a file, without the newline at its end") {
  const TemporaryFolder folder;
  std::ofstream(folder.path() / "secret") << "from-a-file\n";
  std::ofstream(folder.path() / "key.json") << "{}";
  const std::string text =
      "[auth]\nsecret_file = \"secret\"\nprevious_secret_env = \"OLD\"\n[sheets]\nservice_account_file = "
      "\"key.json\"\n";
  const auto load = [&](const Environment& environment) {
    return parse_config(text, "roadmap.toml", folder.path(), environment, FileCheck::kRequired);
  };
  CHECK(load({}).secret == "from-a-file");
  CHECK(load({{"ROADMAP_AI_SECRET", "from-env"}, {"OLD", "before"}}).secret == "from-env");
  CHECK(load({{"OLD", "before"}}).previous_secret == "before");
}

TEST_CASE("files that are not there are named with the line that asks for them") {
  const auto problems = problems_of("[auth]\nsecret_file = \"secret\"\n", {}, FileCheck::kRequired);
  CHECK(has(problems, "roadmap.toml:2: auth.secret_file: there is no readable file '/nowhere/secret'"));
  CHECK(has(problems, "roadmap.toml: sheets.service_account_file: there is no readable file"));
  CHECK(problems_of("[sheets]\ncredentials = \"metadata\"\n", {}, FileCheck::kRequired).empty());
}

TEST_CASE("a configuration file that is not there says what to do") {
  CHECK_THROWS_WITH(load_config("/nowhere/roadmap.toml", {}),
                    "/nowhere/roadmap.toml: there is no readable configuration file; `roadmapd init --config "
                    "/nowhere/roadmap.toml` writes one, or copy config.example.toml and fill it in");
}

TEST_CASE("config.example.toml is what the table of keys writes") {
  std::ifstream file(ROADMAPD_SOURCE_DIR "/config.example.toml");
  std::ostringstream text;
  text << file.rdbuf();
  CHECK(text.str() == example_config());
}

TEST_CASE("a written configuration is read as what it was written from") {
  Config config;
  config.server.trusted_proxies = {"10.0.0.1"};
  config.sheets.verify_rows = false;
  config.product_ops.spreadsheet_id = "ops";
  BacklogSettings backlog = default_backlog();
  backlog.layout = {"b", "Tab \"of\" \\ people\t", 3, 4};
  config.central_backlogs = {backlog};
  IntakeSettings intake;
  intake.sheet_key = "emea";
  intake.spreadsheet_id = "i";
  intake.tabs.resize(2);
  intake.tabs[0].key = "one";
  intake.tabs[0].layout.tab = "One";
  intake.tabs[1].key = "two";
  intake.tabs[1].layout.tab = "Zwei Größen";
  config.intakes = {intake};
  const Config read = parse(config_text(config));
  CHECK(config_text(read).size() >= config_text(config).size());  // paths became absolute
  CHECK(read.server.trusted_proxies == config.server.trusted_proxies);
  CHECK_FALSE(read.sheets.verify_rows);
  CHECK(read.product_ops.spreadsheet_id == "ops");
  REQUIRE(read.central_backlogs.size() == 1);
  CHECK(read.central_backlogs[0].layout.tab == backlog.layout.tab);
  CHECK(read.central_backlogs[0].layout.first_data_row == 4);
  REQUIRE(read.intakes.size() == 1);
  REQUIRE(read.intakes[0].tabs.size() == 2);
  CHECK(read.intakes[0].tabs[1].layout.tab == "Zwei Größen");
}

TEST_CASE("the example holds every key with its default, and only the spreadsheets are to be filled in") {
  const auto problems = problems_of(example_config());
  for (const std::string& problem : problems) {
    INFO(problem);
    CHECK(problem.find("must not be empty") != std::string::npos);
  }
  CHECK(problems.size() == 5);  // three ids and names of the intake example, the backlog's id
}

}  // namespace roadmap::app
