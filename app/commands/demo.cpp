#include <fmt/format.h>

#include <filesystem>
#include <iostream>
#include <optional>
#include <random>

#include "app/commands/commands.h"
#include "app/commands/exit_code.h"
#include "app/commands/until_stopped.h"
#include "app/config/config.h"
#include "app/demo/demo_routes.h"
#include "app/demo/demo_story.h"
#include "app/demo/demo_workbooks.h"
#include "app/process/private_file.h"
#include "app/process/scratch_folder.h"
#include "app/process/stop_signals.h"
#include "app/serve/service.h"
#include "sheets_client/emulator/emulator.h"

namespace roadmap::app {
namespace {

constexpr int kUnlimitedCalls = 1000000;  // a minute: the emulator has no quota

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

Config demo_config(const DemoOptions& options, const std::filesystem::path& folder,
                   const std::string& emulator_url) {
  Config config;
  config.server.port = options.port;
  config.ledger.path = (folder / "roadmap.db").string();
  config.sheets.base_url = emulator_url;
  config.sheets.service_account_file = (folder / "service_account.json").string();
  config.sheets.reads_per_minute = config.sheets.writes_per_minute = kUnlimitedCalls;
  config.log.level = "warn";
  const Environment environment = process_environment();
  const auto secret = environment.find(config.auth.secret_env);
  // The workspace page gets a secret of its own: one from the environment may open more than this demo.
  config.previous_secret = random_secret();
  config.secret =
      secret != environment.end() && !secret->second.empty() ? secret->second : config.previous_secret;
  configure_demo_workbooks(DemoWorkbookIds{}, config);
  return config;
}

void tell_how_to_go_on(const std::string& url, const std::string& secret) {
  std::cout << fmt::format(
                   "\nThe workbooks, with the PMs' menu, in a browser:  {0}/workspace\n"
                   "The service goes on until Ctrl-C. In another terminal:\n"
                   "  curl -H 'X-ROADMAP-AI-SECRET: {1}' {0}/initiatives?limit=3\n"
                   "  curl -H 'X-ROADMAP-AI-SECRET: {1}' -H 'Content-Type: application/json' \\\n"
                   "       -d '{{\"action\": \"pm.backlog_sync\"}}' {0}/actions/run\n",
                   url, secret)
            << std::flush;
}

}  // namespace

int demo(const DemoOptions& options) {
  StopSignals signals;
  std::optional<ScratchFolder> scratch;
  if (options.data_dir.empty()) scratch.emplace();
  const std::filesystem::path folder = scratch ? scratch->path() : std::filesystem::path(options.data_dir);
  std::filesystem::create_directories(folder);

  const std::string page_token = random_secret();
  sheets::emulator::EmulatorServer emulator(emulator_options(options, page_token));
  emulator.start();
  create_demo_workbooks(DemoWorkbookIds{}, emulator.emulator());
  const Config config = demo_config(options, folder, emulator.url());
  write_private_file(config.sheets.service_account_file, emulator.service_account_json());

  const SystemClock clock;
  Log log(log_level_from(config.log.level), log_format_from(config.log.format), clock);
  Service service(config, log, clock, AssetAudience::kDemo);
  service.on_failure([&] { signals.fail(); });
  const DemoRoutes page_routes(
      {emulator.emulator(), page_token, DemoWorkbookIds{}, config.previous_secret, kDemoUser});
  service.serve_also([&](const net::HttpRequest& request, const net::ClientConnection& client) {
    return page_routes.answer(request, client);
  });
  service.start();
  std::cout << "listening on " << service.url() << std::endl;
  const bool worked = DemoStory(config, service.url(), emulator.emulator(), clock, std::cout).play();
  if (options.once) {
    service.drain();
    return worked ? kExitOk : kExitFailed;
  }
  tell_how_to_go_on(service.url(), config.secret);
  const int code = serve_until_stopped(service, signals);
  return worked ? code : kExitFailed;
}

}  // namespace roadmap::app
