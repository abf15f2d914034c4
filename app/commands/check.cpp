#include <iostream>
#include <optional>

#include "app/commands/checks.h"
#include "app/commands/commands.h"
#include "app/config/config.h"

namespace roadmap::app {
namespace {

std::optional<Config> check_config(const std::string& config_file, CheckReport& report) {
  try {
    Config config = load_config(config_file, process_environment());
    report.ok("configuration", config_file);
    return config;
  } catch (const ConfigError& error) {
    for (const std::string& problem : error.problems())
      report.fix("configuration", problem);
    return std::nullopt;
  }
}

}  // namespace

int check(const std::string& config_file) {
  CheckReport report(std::cout);
  const std::optional<Config> config = check_config(config_file, report);
  if (config) {
    check_secret(*config, report);
    check_ledger(*config, report);
    check_assistant(*config, process_environment(), report);
    check_sheets(*config, report);
  }
  return report.needs_fixing() ? kExitFailed : kExitOk;
}

}  // namespace roadmap::app
