#include <fmt/format.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <filesystem>
#include <iostream>
#include <optional>

#include "app/commands/checks.h"
#include "app/commands/commands.h"
#include "app/config/config.h"
#include "core/store/database.h"
#include "core/store/process_lock.h"
#include "net/client_address.h"

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

constexpr std::uint64_t kLittleRoomBytes = 200u << 20;

void check_room(const std::filesystem::path& folder, CheckReport& report) {
  if (::access(folder.c_str(), W_OK | X_OK) != 0) {
    return report.fix("disk", fmt::format("the folder {} cannot be written; create it for the service's user",
                                          folder.string()));
  }
  struct statvfs room {};
  if (::statvfs(folder.c_str(), &room) != 0) {
    return report.note("disk", fmt::format("the free space of {} is unknown", folder.string()));
  }
  const std::uint64_t free_bytes = static_cast<std::uint64_t>(room.f_bavail) * room.f_frsize;
  const std::string text = fmt::format("{} MB free in {}", free_bytes >> 20, folder.string());
  if (free_bytes < kLittleRoomBytes) {
    report.fix("disk", text + "; make room, the ledger and its copies grow");
  } else {
    report.ok("disk", text);
  }
}

// Whether there is a secret and whether it is strong enough for the address.
void check_secret(const Config& config, CheckReport& report) {
  const std::string advice = fmt::format(
      "put one of at least {} characters into {} or auth.secret_file, for instance "
      "from: openssl rand -hex 24",
      kMinSecretLength, config.auth.secret_env);
  const bool alone = net::is_loopback(config.server.host);
  if (config.secret.empty()) {
    const std::string text = fmt::format("there is none; {}", advice);
    alone ? report.note("secret", text) : report.fix("secret", text);
  } else if (config.secret.size() < kMinSecretLength) {
    const std::string text = fmt::format("it has only {} characters; {}", config.secret.size(), advice);
    alone ? report.note("secret", text) : report.fix("secret", text);
  } else {
    report.ok("secret", config.previous_secret.empty() ? "set" : "set, and the previous one is accepted too");
  }
}

// Whether the ledger's folder takes files and has room, and whether the ledger itself can be read. Changes
// nothing.
void check_ledger(const Config& config, CheckReport& report) {
  const std::filesystem::path file = config.ledger.path;
  check_room(file.parent_path(), report);
  if (const auto holder = find_lock_holder(file)) {
    report.note("ledger", fmt::format("in use by process {}{} since {}", holder->pid,
                                      holder->url.empty() ? "" : " at " + holder->url, holder->since));
  }
  std::error_code ignored;  // then it is not there
  if (!std::filesystem::exists(file, ignored)) {
    return report.ok("ledger", fmt::format("{} is made at the first start", file.string()));
  }
  try {
    const Database database({file, DatabaseAccess::kRead});
    if (const std::string damage = database.find_damage(); !damage.empty()) {
      return report.fix("ledger", fmt::format("{} is damaged ({}): restore a backup", file.string(), damage));
    }
    report.ok("ledger", fmt::format("{}, schema {}", file.string(), database.schema_version()));
  } catch (const Error& error) {
    report.fix("ledger", error.what());
  }
}

// Whether the assistant is configured, and with what. Calls nobody.
void check_assistant(const Config& config, const Environment& environment, CheckReport& report) {
  const LlmConfig& llm = config.llm;
  if (llm.base_url.empty()) return report.ok("llm", "off: no formulas are suggested");
  if (llm.formula_model.empty() && llm.params_model.empty())
    return report.fix("llm", "no model is named; set llm.formula_model");
  const auto key = environment.find(llm.api_key_env);
  const bool has_key = key != environment.end() && !key->second.empty();
  const std::string models =
      llm.params_model.empty() || llm.params_model == llm.formula_model
          ? llm.formula_model
          : fmt::format("{} for formulas, {} for parameters", llm.formula_model, llm.params_model);
  const std::string text = fmt::format("{} with {}", llm.base_url, models);
  if (has_key) return report.ok("llm", text);
  report.note("llm", fmt::format("{}, without a key: {} is not set, which only a server of your own accepts",
                                 text, llm.api_key_env));
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
