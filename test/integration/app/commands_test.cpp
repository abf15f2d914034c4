// The executable as people and systemd use it.
#include <signal.h>
#include <sys/stat.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "app/client/api_client.h"
#include "core/store/sql.h"
#include "test/integration/app/child_process.h"
#include "test/unit/app/temporary_folder.h"

namespace roadmap::app {
namespace {

using Json = nlohmann::json;

constexpr const char* kSecret = "ROADMAP_AI_SECRET=a secret of the tests, long enough";
constexpr const char* kListening = "listening on http://127.0.0.1:";

struct Outcome {
  int code;
  std::string output;
  std::string errors;
};

Outcome run(const std::vector<std::string>& arguments,
            const std::vector<std::string>& environment = {kSecret}) {
  ChildProcess process(arguments, environment);
  const int code = process.wait();
  return {code, process.output(), process.errors()};
}

bool is_one_line(const std::string& text) {
  return !text.empty() && std::count(text.begin(), text.end(), '\n') == 1 && text.back() == '\n';
}

bool says(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

// An emulator process with the demo's workbooks, and a configuration file that names them.
class Workplace {
 public:
  Workplace()
      : emulator_({"emulator", "--port", "0", "--data", (folder_.path() / "workbooks").string(),
                   "--write-credentials", credentials().string()},
                  {}) {
    const std::string first = emulator_.read_line();
    REQUIRE(first.substr(0, std::string(kListening).size()) == kListening);
    std::ofstream(config()) << "[server]\nport = 0\n[sheets]\nbase_url = \""
                            << first.substr(std::string("listening on ").size())
                            << "\"\nservice_account_file = \"key.json\"\n[ledger]\npath = \"roadmap.db\"\n"
                            << "[[central_backlog]]\nspreadsheet_id = \"demo-central-backlog\"\n"
                            << "[[intake]]\nsheet_key = \"emea\"\nspreadsheet_id = \"demo-intake-emea\"\n"
                            << "[[intake.tabs]]\nkey = \"sales\"\ntab_name = \"Sales_EMEA\"\n";
  }

  // The demo leaves its workbooks in the folder that the emulator will read.
  static void fill(const std::filesystem::path& folder) {
    const Outcome demo = run({"demo", "--once", "--port", "0", "--data", folder.string()});
    INFO(demo.errors);
    REQUIRE(demo.code == 0);
    std::filesystem::remove(folder / "roadmap.db");
    std::filesystem::remove(folder / "roadmap.db-wal");
    std::filesystem::remove(folder / "roadmap.db-shm");
  }

  std::string config() const { return (folder_.path() / "config.toml").string(); }
  std::filesystem::path credentials() const { return folder_.path() / "key.json"; }
  const std::filesystem::path& folder() const { return folder_.path(); }

 private:
  struct FilledFolder {
    TemporaryFolder folder;
    FilledFolder() { fill(folder.path()); }
    const std::filesystem::path& path() const { return folder.path(); }
  };
  FilledFolder folder_;
  ChildProcess emulator_;
};

std::string id_in(const std::string& text) {
  const std::size_t start = text.find("run_");
  REQUIRE(start != std::string::npos);
  return text.substr(start, text.find_first_of(" )\"", start) - start);
}

}  // namespace

TEST_CASE("help and version are printed and succeed") {
  const Outcome help = run({"--help"});
  CHECK(help.code == 0);
  for (const char* command :
       {"serve", "demo", "run", "runs", "check", "emulator", "backup", "restore", "openapi"})
    CHECK(says(help.output, command));
  CHECK(run({"--version"}).output.substr(0, 9) == "roadmapd ");
  CHECK(Json::parse(run({"openapi"}).output)["openapi"] == "3.1.0");
}

TEST_CASE("the example configuration is what the program prints, byte for byte") {
  std::ifstream file(ROADMAPD_SOURCE_DIR "/config.example.toml");
  std::ostringstream text;
  text << file.rdbuf();
  const Outcome printed = run({"config", "--example"});
  CHECK(printed.code == 0);
  CHECK(printed.output == text.str());
}

TEST_CASE("the menu code is one file to paste, on the terminal or written, with its manifest") {
  const Outcome printed = run({"menu"});
  CHECK(printed.code == 0);
  CHECK(says(printed.output, "function onOpen("));
  CHECK(says(printed.output, "\"oauthScopes\""));
  CHECK_FALSE(says(printed.output, "FromFile("));

  const TemporaryFolder folder;
  const std::string file = (folder.path() / "menu.gs").string();
  const Outcome written = run({"menu", "--out", file});
  CHECK(written.code == 0);
  CHECK(says(written.output, "\"oauthScopes\""));
  CHECK_FALSE(says(written.output, "function onOpen("));
  std::ifstream stream(file);
  std::ostringstream text;
  text << stream.rdbuf();
  CHECK(text.str() == printed.output);

  const Outcome refused = run({"menu", "--out", (folder.path() / "no" / "menu.gs").string()});
  CHECK(refused.code == 1);
  CHECK(is_one_line(refused.errors));
  CHECK(says(refused.errors, "menu.gs' cannot be written: No such file or directory"));
}

TEST_CASE("wrong arguments are one line on standard error and exit code 2") {
  for (const std::vector<std::string>& arguments :
       std::vector<std::vector<std::string>>{{},
                                             {"serv"},
                                             {"serve"},
                                             {"run"},
                                             {"run", "pm.nothing"},
                                             {"config"},
                                             {"runs", "list", "--status", "odd"},
                                             {"emulator", "--port", "70000"},
                                             {"demo", "--porp"},
                                             {"serve", "--config", "/nowhere/config.toml"}}) {
    const Outcome outcome = run(arguments);
    INFO(outcome.errors);
    CHECK(outcome.code == 2);
    CHECK(outcome.output.empty());
    CHECK(is_one_line(outcome.errors));
  }
  CHECK(says(run({"serv"}).errors, "did you mean 'serve'"));
  CHECK(says(run({"run", "pm.nothing"}).errors, "pm.backlog_sync"));
}

TEST_CASE("each mistake of a configuration is a line of its own") {
  const TemporaryFolder folder;
  const std::string file = (folder.path() / "config.toml").string();
  std::ofstream(file) << "[server]\nprot = 1\n[sheets]\ncredentials = \"metadata\"\nmax_retries = -1\n";
  const Outcome outcome = run({"serve", "--config", file});
  CHECK(outcome.code == 2);
  CHECK(std::count(outcome.errors.begin(), outcome.errors.end(), '\n') == 2);
  CHECK(says(outcome.errors, file + ":2: server.prot: unknown key; did you mean 'port'?"));
  CHECK(says(outcome.errors, file + ":5: sheets.max_retries: must be from 0 to 20"));
}

TEST_CASE("the demo runs its jobs and tells what they changed") {
  const Outcome demo = run({"demo", "--once", "--port", "0"});
  INFO(demo.errors);
  CHECK(demo.code == 0);
  CHECK(demo.output.substr(0, std::string(kListening).size()) == kListening);
  CHECK(says(demo.output, "pm.backlog_sync"));
  CHECK(says(demo.output, "Central Backlog, tab Backlog: 12 rows before"));
  CHECK(says(demo.output, "'in discovery' after"));
}

TEST_CASE(
    "the demo goes on where its people stopped, ends with three links, and another finds a port beside it") {
  const TemporaryFolder folder;
  const std::vector<std::string> again = {"demo", "--port", "0", "--data", folder.path().string()};
  const auto told_until_api = [](ChildProcess& demo) {
    std::string told, line;
    do {
      line = demo.read_line();
      told += line + "\n";
    } while (!line.empty() ? line.find("/docs") == std::string::npos : told.size() < 65536);
    return told;
  };
  ChildProcess first(again, {kSecret});
  const std::string story = told_until_api(first);
  INFO(story);
  CHECK(says(story, "== A PM clicks: See latest intake"));
  CHECK(says(story, "wished for five more things"));
  CHECK(says(story, "/workspace\n"));
  CHECK(says(story, "/workspace/console?key="));
  const Outcome beside = run({"demo", "--once"});
  CHECK(beside.code == 0);
  const auto key = [&] {
    std::ostringstream text;
    text << std::ifstream(folder.path() / "service_account.json").rdbuf();
    return text.str();
  };
  const std::string key_in_use = key();
  const Outcome same_folder = run({"demo", "--once", "--data", folder.path().string()});
  CHECK(same_folder.code == 1);
  CHECK(is_one_line(same_folder.errors));
  CHECK_FALSE(key_in_use.empty());
  CHECK(key() == key_in_use);
  first.signal(SIGTERM);
  CHECK(first.wait() == 0);

  ChildProcess second(again, {kSecret});
  const std::string later = told_until_api(second);
  INFO(later);
  CHECK(says(later, "as their people left them"));
  CHECK_FALSE(says(later, "== A PM clicks"));
  CHECK_FALSE(says(later, "wished for five more things"));
  second.signal(SIGTERM);
  CHECK(second.wait() == 0);
}

TEST_CASE("the demo's assistant answers without a language model, and says that none was asked") {
  const TemporaryFolder folder;
  ChildProcess demo({"demo", "--port", "0", "--data", folder.path().string()}, {kSecret});
  const std::string url = demo.read_line().substr(std::string("listening on ").size());
  std::string line;
  while (line.find("/docs") == std::string::npos)
    line = demo.read_line();
  ApiClient client(url, "a secret of the tests, long enough");
  ActionRequest request;
  request.action = "flow4.suggest_mathmodels";
  const std::string run_id = client.start_run(request);
  Json suggested;
  do {
    suggested = Json::parse(client.get_run(run_id, ApiClient::kLongestWait));
  } while (suggested["finished_at"].is_null());
  INFO(suggested.dump(1));
  CHECK(suggested["status"] == "success");
  CHECK(suggested["result"]["raw"].dump().find("INIT-000006") != std::string::npos);
  demo.signal(SIGTERM);
  CHECK(demo.wait() == 0);
}

TEST_CASE("a service that is not there is said to be so, with its address") {
  ApiClient client("http://127.0.0.1:1", "secret");
  CHECK_THROWS_WITH(client.get_run("run_x", std::chrono::seconds{0}),
                    "The service at http://127.0.0.1:1 does not answer: no connection");
}

TEST_CASE("jobs run without a service, and are in the ledger afterwards") {
  const Workplace place;
  const Outcome job = run({"run", "pm.backlog_sync", "--json", "--config", place.config()});
  INFO(job.errors << job.output);
  REQUIRE(job.code == 0);
  const Json run_json = Json::parse(job.output);
  CHECK(run_json["status"] == "success");
  CHECK(run_json["requested_by"]["ui"] == "cli");

  const Outcome list = run({"runs", "--config", place.config()});
  CHECK(list.code == 0);
  CHECK(says(list.output, run_json["run_id"].get<std::string>()));
  const Outcome show = run({"runs", "show", run_json["run_id"], "--config", place.config()});
  CHECK(says(show.output, "pm.backlog_sync"));
  CHECK(says(show.output, "queued"));
  CHECK(says(show.output, "success"));
  CHECK(run({"runs", "show", "run_x", "--config", place.config()}).code == 1);
  const Outcome late = run({"runs", "cancel", run_json["run_id"], "--config", place.config()});
  CHECK(late.code == 1);
  CHECK(is_one_line(late.errors));
  const Outcome save = run(
      {"run", "pm.save_selected", "--keys", "INIT-000006", "--tab", "backlog", "--config", place.config()});
  INFO(save.errors << save.output);
  CHECK(save.code == 0);
  CHECK(says(save.output, "saved_count 1"));
  CHECK(run({"run", "pm.save_selected", "--config", place.config()}).code == 2);
  CHECK(run({"run", "pm.backlog_sync", "--set", "force=true", "--config", place.config()}).code == 2);
}

TEST_CASE("a ledger that fails while a job is waited for is said to fail") {
  const Workplace place;
  REQUIRE(run({"run", "pm.backlog_sync", "--config", place.config()}).code == 0);
  SqlConnection((place.folder() / "roadmap.db").string(), SqlAccess::kReadWrite, std::chrono::seconds(1))
      .exec(
          "CREATE TRIGGER damage AFTER UPDATE ON action_runs WHEN NEW.status = 'running' BEGIN "
          "UPDATE action_runs SET progress = '{' WHERE seq = NEW.seq; END");
  const Outcome job = run({"run", "pm.backlog_sync", "--config", place.config()});
  CHECK(job.code == 1);
  INFO(job.errors);
  CHECK(says(job.errors, "roadmapd: The ledger holds a run that cannot be read"));
}

TEST_CASE("beside a live service commands go through it, and SIGTERM ends it in good order") {
  const Workplace place;
  ChildProcess service({"serve", "--config", place.config()}, {kSecret});
  const std::string first = service.read_line();
  REQUIRE(first.substr(0, std::string(kListening).size()) == kListening);

  const Outcome job = run({"run", "pm.backlog_sync", "--config", place.config()});
  INFO(job.errors << job.output);
  CHECK(job.code == 0);
  CHECK(says(job.output, "pm.backlog_sync"));
  const Outcome cancel = run({"runs", "cancel", id_in(job.output), "--config", place.config()});
  CHECK(cancel.code == 1);
  CHECK(says(cancel.errors, "ended already"));
  const Outcome stranger =
      run({"run", "pm.backlog_sync", "--config", place.config()}, {"ROADMAP_AI_SECRET=wrong"});
  CHECK(stranger.code == 1);
  CHECK(says(stranger.errors, "secret is wrong"));

  const std::string copy = (place.folder() / "copy.db").string();
  CHECK(run({"backup", copy, "--config", place.config()}).code == 0);
  CHECK(run({"backup", copy, "--config", place.config()}).code == 1);
  CHECK(run({"restore", copy, "--config", place.config()}).code == 1);
  const Outcome second = run({"serve", "--config", place.config()});
  CHECK(second.code == 1);
  CHECK(is_one_line(second.errors));
  CHECK(says(second.errors, first.substr(std::string("listening on ").size())));

  service.signal(SIGTERM);
  CHECK(service.wait() == 0);
  for (const char* suffix : {"", "-wal", "-shm"})
    std::filesystem::remove(place.folder() / (std::string("roadmap.db") + suffix));
  CHECK(run({"restore", copy, "--config", place.config()}).code == 0);
  CHECK(says(run({"runs", "list", "--config", place.config()}).output, id_in(job.output)));
}

TEST_CASE("a terminal that closes ends the service in good order") {
  const Workplace place;
  ChildProcess service({"serve", "--config", place.config()}, {kSecret});
  REQUIRE_FALSE(service.read_line().empty());
  service.signal(SIGHUP);
  CHECK(service.wait() == 0);
  CHECK(says(service.errors(), "stopped"));
}

TEST_CASE("a ledger is not served twice, by a link or after its lock file was deleted") {
  const Workplace place;
  ChildProcess service({"serve", "--config", place.config()}, {kSecret});
  const std::string first = service.read_line();
  REQUIRE_FALSE(first.empty());
  std::filesystem::create_symlink("roadmap.db", place.folder() / "link.db");
  const std::string link = "ROADMAPD_LEDGER_PATH=" + (place.folder() / "link.db").string();
  const Outcome linked = run({"serve", "--config", place.config()}, {kSecret, link});
  CHECK(linked.code == 1);
  CHECK(says(linked.errors, first.substr(std::string("listening on ").size())));
  std::filesystem::remove(place.folder() / "roadmap.db.lock");
  const Outcome unlocked = run({"serve", "--config", place.config()});
  CHECK(unlocked.code == 1);
  CHECK(says(unlocked.errors, "Another roadmapd"));
}

TEST_CASE("check finds a workplace in order, and what is wrong when it is not") {
  const Workplace place;
  const Outcome good = run({"check", "--config", place.config()});
  INFO(good.output << good.errors);
  CHECK(good.code == 0);
  CHECK_FALSE(says(good.output, "FIX"));
  CHECK(says(good.output, "central_backlog, tab Backlog"));
  std::ofstream(place.config(), std::ios::app)
      << "[[intake.tabs]]\nkey = \"no\"\ntab_name = \"No Such Tab\"\n";
  const Outcome bad = run({"check", "--config", place.config()});
  CHECK(bad.code == 1);
  CHECK(says(bad.output, "FIX   intake emea, tab No Such Tab: no tab 'No Such Tab'; the tabs are"));
  std::ofstream(place.credentials()) << "{}";
  CHECK(says(run({"check", "--config", place.config()}).output, "FIX   credentials"));
}

TEST_CASE("check finds a damaged ledger") {
  const Workplace place;
  ChildProcess service({"serve", "--config", place.config()}, {kSecret});
  REQUIRE_FALSE(service.read_line().empty());
  service.signal(SIGTERM);
  REQUIRE(service.wait() == 0);
  CHECK(says(run({"check", "--config", place.config()}).output, "ok    ledger: "));
  constexpr std::streamoff kPage = 4096;
  {
    std::fstream file(place.folder() / "roadmap.db", std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(4 * kPage);
    file << std::string(8 * kPage, '\xFF');
  }
  const Outcome damaged = run({"check", "--config", place.config()});
  CHECK(damaged.code == 1);
  CHECK(says(damaged.output, "FIX   ledger: "));
  CHECK(says(damaged.output, "damaged"));
}

TEST_CASE("the emulator's key file is for its owner only, and SIGINT ends it") {
  const TemporaryFolder folder;
  const std::string key = (folder.path() / "key.json").string();
  ChildProcess emulator({"emulator", "--port", "0", "--write-credentials", key});
  REQUIRE_FALSE(emulator.read_line().empty());
  struct stat status {};
  REQUIRE(::stat(key.c_str(), &status) == 0);
  CHECK((status.st_mode & 0777) == 0600);
  emulator.signal(SIGINT);
  CHECK(emulator.wait() == 0);
}

}  // namespace roadmap::app
