#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/errors.h"
#include "core/run/settings.h"

namespace roadmap::app {

struct ServerConfig {
  std::string host = "127.0.0.1";
  int threads = 128;
  std::vector<std::string> trusted_proxies;
  int port = 8000;
  std::string port_file;
  int max_body_bytes = 1048576;
};

struct AuthConfig {
  std::string secret_env = "ROADMAP_AI_SECRET";
  std::string secret_file;
  std::string previous_secret_env;
  std::string previous_secret_file;
};

struct LedgerConfig {
  std::string path = "roadmap.db";
  int keep_days = 365;
  std::string checkpoint = "self";
};

struct WorkerConfig {
  int threads = 4;
  int max_queued = 1000;
  int run_timeout_seconds = 300;
  int drain_seconds = 30;
};

struct SheetsConfig {
  std::string base_url = "https://sheets.googleapis.com";
  std::string credentials = "service_account";
  std::string service_account_file = "service_account.json";
  int reads_per_minute = 60;
  int writes_per_minute = 60;
  int timeout_seconds = 60;
  int max_retries = 5;
  bool verify_rows = true;
  std::string date_order = "dmy";
  bool allow_any_spreadsheet = false;
};

struct ScoringConfig {
  std::string default_framework;
  std::string missing_inputs = "blank";
  ScoringDefaults defaults;
};

struct LlmConfig {
  std::string base_url;
  std::string api_key_env = "ROADMAPD_LLM_API_KEY";
  std::string formula_model;
  std::string params_model;
  double temperature = 0.2;
  int max_tokens = 2048;
  int timeout_seconds = 60;
};

struct LogConfig {
  std::string level = "info";
  std::string format = "auto";
};

// Everything that can be configured, with its defaults. One table (config_keys.cpp) names each key once.
struct Config {
  ServerConfig server;
  AuthConfig auth;
  LedgerConfig ledger;
  WorkerConfig worker;
  SheetsConfig sheets;
  std::vector<BacklogSettings> central_backlogs;
  ProductOpsSettings product_ops;
  std::vector<IntakeSettings> intakes;
  ScoringConfig scoring;
  LlmConfig llm;
  LogConfig log;

  // Filled from the environment or from files named above, never from the TOML. Empty: none.
  std::string secret;
  std::string previous_secret;
  std::string llm_api_key;

  // The part that jobs depend on.
  Settings job_settings() const;
};

// One thing that is wrong, in one line: "roadmap.toml:12: server.prot: unknown key; did you mean 'port'? …".
// All problems of a configuration are reported at once; what() is the first.
class ConfigError : public Error {
 public:
  explicit ConfigError(std::vector<std::string> problems);
  const std::vector<std::string>& problems() const { return problems_; }

 private:
  std::vector<std::string> problems_;
};

using Environment = std::map<std::string, std::string>;
Environment process_environment();

// Whether files that the configuration names (service account, secrets) must be there. Commands that do not
// call Google do not need them; secrets that are there are read all the same.
enum class FileCheck { kRequired, kSkipped };

// Reads the file, applies overrides ROADMAPD_SECTION_KEY, makes relative paths relative to the file's folder
// and reads the secrets. Throws ConfigError.
Config load_config(const std::filesystem::path& file, const Environment& environment,
                   FileCheck files = FileCheck::kRequired);
// The same for a text; `name` stands for the file in messages, `folder` is what relative paths start from.
Config parse_config(const std::string& text, const std::string& name, const std::filesystem::path& folder,
                    const Environment& environment, FileCheck files);

// The text of config.example.toml: every key with its default and comment.
std::string example_config();
// A configuration file of these values, each key with its comment.
std::string config_text(Config config);

struct ConfiguredTab {
  std::string_view workbook;  // "central_backlog", "product_ops" or "intake"
  std::string spreadsheet_id;
  std::string tab;
};
// Every tab that runs may be about, those that PMs stand on first.
std::vector<ConfiguredTab> configured_tabs(const Settings& settings);

// A secret shorter than this does not protect a service that others can reach.
inline constexpr std::size_t kMinSecretLength = 24;

}  // namespace roadmap::app
