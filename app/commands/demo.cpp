#include <fmt/format.h>

#include <filesystem>
#include <iostream>
#include <optional>
#include <random>

#include "app/commands/commands.h"
#include "app/config/config.h"
#include "app/demo/demo_routes.h"
#include "app/demo/demo_story.h"
#include "app/demo/demo_workbooks.h"
#include "app/demo/example_assistant.h"
#include "app/process/files.h"
#include "app/process/stop_signals.h"
#include "app/serve/service.h"
#include "core/store/process_lock.h"
#include "sheets_client/emulator/emulator.h"
#include "sheets_client/limiter.h"

namespace roadmap::app {
namespace {

constexpr int kUsualPort = 8000;

std::string random_secret() {
  std::random_device random;
  std::string secret;
  for (int i = 0; i < 4; ++i)
    secret += fmt::format("{:08x}", random());
  return secret;
}

// The account behind the workspace page's edits.
constexpr const char* kDemoUser = "pm@example.com";

sheets::emulator::EmulatorOptions emulator_options(const DemoOptions& options, const std::string& token) {
  sheets::emulator::EmulatorOptions emulator;
  emulator.fixed_token = token;
  emulator.fixed_token_account = kDemoUser;
  if (!options.data_dir.empty()) emulator.data_dir = std::filesystem::path(options.data_dir) / "workbooks";
  return emulator;
}

std::filesystem::path ledger_in(const std::filesystem::path& folder) { return folder / "roadmap.db"; }

Config demo_config(const DemoOptions& options, const std::filesystem::path& folder,
                   const std::string& emulator_url) {
  Config config;
  config.server.port = options.port.value_or(options.once ? 0 : kUsualPort);
  config.ledger.path = ledger_in(folder).string();
  config.sheets.base_url = emulator_url;
  config.sheets.service_account_file = (folder / "service_account.json").string();
  // The emulator has no quota.
  config.sheets.reads_per_minute = config.sheets.writes_per_minute = sheets::kMaxCallsPerMinute;
  config.log.level = "warn";
  const Environment environment = process_environment();
  const auto secret = environment.find(config.auth.secret_env);
  // The workspace page gets a secret of its own: one from the environment may open more than this demo.
  config.previous_secret = random_secret();
  config.secret =
      secret != environment.end() && !secret->second.empty() ? secret->second : config.previous_secret;
  configure_demo_workbooks(config);
  return config;
}

// Plays the story into new workbooks. False when a job did not succeed.
bool play_story(const Config& config, const std::string& url, sheets::emulator::Emulator& emulator,
                const Clock& clock) {
  const bool worked = DemoStory(config, url, emulator, clock, std::cout).play();
  add_fresh_wishes(emulator);
  std::cout << "\nMeanwhile the teams have wished for five more things: See latest intake fetches them.\n";
  return worked;
}

void tell_that_it_was_played(const std::string& folder) {
  std::cout << fmt::format(
      "\n{} holds the example workbooks already: they stand as their people left them, and the story is not\n"
      "played over them. A new folder shows it again.\n",
      folder);
}

void tell_how_to_go_on(const std::string& url, const std::string& secret, const std::string& console_link) {
  std::cout << fmt::format(
                   "\nThe service goes on until Ctrl-C. From another terminal it takes\n"
                   "  curl -H 'X-ROADMAP-AI-SECRET: {1}' -H 'Content-Type: application/json' \\\n"
                   "       -d '{{\"action\": \"pm.backlog_sync\"}}' {0}/actions/run\n"
                   "Suggest formula and Seed parameters answer from a small table here: no language model is "
                   "asked.\n"
                   "\n"
                   "  workbooks with the PMs' menu   {0}/workspace\n"
                   "  operations console, logged in  {0}{2}\n"
                   "  HTTP API                       {0}/docs\n",
                   url, secret, console_link)
            << std::flush;
}

}  // namespace

int demo(const DemoOptions& options) {
  keep_files_private();
  StopSignals signals;
  std::optional<ScratchFolder> scratch;
  if (options.data_dir.empty()) scratch.emplace();
  const std::filesystem::path folder = scratch ? scratch->path() : std::filesystem::path(options.data_dir);
  std::filesystem::create_directories(folder);
  const SystemClock clock;
  // Another demo that uses this folder keeps its files as they are.
  { const ProcessLock free_folder(ledger_in(folder), clock.now()); }

  const std::string page_token = random_secret();
  sheets::emulator::EmulatorServer emulator(emulator_options(options, page_token));
  emulator.start();
  const bool is_new = !has_demo_workbooks(emulator.emulator());
  create_demo_workbooks(emulator.emulator());
  const Config config = demo_config(options, folder, emulator.url());
  write_private_file(config.sheets.service_account_file, emulator.service_account_json());

  Log log(log_level_from(config.log.level), log_format_from(config.log.format), clock);
  ExampleAssistant assistant;
  Service service(config, log, clock, AssetAudience::kDemo, &assistant);
  service.on_failure([&] { signals.fail(); });
  const DemoRoutes page_routes(
      {emulator.emulator(), page_token, config.previous_secret, kDemoUser, random_secret(), service.gate()});
  service.serve_also([&](const net::HttpRequest& request, const net::ClientConnection& client) {
    return page_routes.answer(request, client);
  });
  service.start();
  std::cout << "listening on " << service.url() << std::endl;
  bool worked = true;
  if (is_new) {
    worked = play_story(config, service.url(), emulator.emulator(), clock);
  } else {
    tell_that_it_was_played(options.data_dir);
  }
  if (options.once) {
    service.drain();
    return worked ? kExitOk : kExitFailed;
  }
  tell_how_to_go_on(service.url(), config.secret, page_routes.console_link());
  const int code = serve_until_stopped(service, signals);
  return worked ? code : kExitFailed;
}

}  // namespace roadmap::app
