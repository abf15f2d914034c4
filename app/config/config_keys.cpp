#include "app/config/config_keys.h"

#include <fmt/format.h>

#include <utility>

#include "core/fields/cell_value.h"
#include "sheets_client/google_sheets.h"

namespace roadmap::app {
namespace {

constexpr int kMaxTimeoutSeconds = 3600;
constexpr int kMaxLayoutRow = 1000;  // a header further down is a mistake
constexpr double kMaxScoreInput = 1e9;

TextKey any_text(std::string& value) { return {&value}; }
TextKey required_text(std::string& value) { return {&value, TextForm::kRequired}; }
TextKey file_path(std::string& value) { return {&value, TextForm::kPath}; }
TextKey one_of(std::string& value, std::vector<std::string_view> choices) {
  return {&value, TextForm::kFree, std::move(choices)};
}
TextKey framework_or_none(std::string& value) {
  std::vector<std::string_view> choices(kFrameworkNames.begin(), kFrameworkNames.end());
  choices.insert(choices.begin(), "");
  return one_of(value, std::move(choices));
}
TextsKey text_list(std::vector<std::string>& value) { return {&value}; }
IntegerKey whole_number(int& value, int min, int max) { return {&value, min, max}; }
RealKey real_number(double& value, double min, double max) { return {&value, min, max}; }
RealKey score_input(double& value) { return real_number(value, 0.0, kMaxScoreInput); }
FlagKey true_or_false(bool& value) { return {&value}; }

std::vector<Key> section_keys(ServerConfig& c) {
  return {
      {"host", required_text(c.host),
       "address to listen on; beyond this machine only with a secret of 24 characters or more"},
      {"threads", whole_number(c.threads, 2, 4096), "connections served at the same time"},
      {"trusted_proxies", text_list(c.trusted_proxies),
       "addresses of reverse proxies whose X-Forwarded-For names the client"},
      {"port", whole_number(c.port, 0, 65535),
       "0 picks a free port, which is logged and written to port_file"},
      {"port_file", file_path(c.port_file),
       "file that gets the port number once the service listens; empty: none"},
      {"max_body_bytes", whole_number(c.max_body_bytes, 1024, 67108864), "largest request body"},
  };
}

std::vector<Key> section_keys(AuthConfig& c) {
  return {
      {"secret_env", any_text(c.secret_env), "environment variable that holds the secret"},
      {"secret_file", file_path(c.secret_file), "or a file that holds it; the environment wins"},
      {"previous_secret_env", any_text(c.previous_secret_env),
       "the same for a secret that stays valid while callers move to the new one"},
      {"previous_secret_file", file_path(c.previous_secret_file), "or in a file"},
  };
}

std::vector<Key> section_keys(LedgerConfig& c) {
  return {
      {"path", file_path(c.path), "SQLite file, made when it is not there"},
      {"keep_days", whole_number(c.keep_days, 1, 36500), "ended runs are deleted after so many days"},
      {"checkpoint", one_of(c.checkpoint, {"self", "external"}),
       "external when a replicator such as Litestream does the checkpoints"},
  };
}

std::vector<Key> section_keys(WorkerConfig& c) {
  return {
      {"threads", whole_number(c.threads, 1, 64),
       "jobs at the same time; those on one spreadsheet go one after the other"},
      {"max_queued", whole_number(c.max_queued, 1, 1000000), "further requests are answered with 429"},
      {"run_timeout_seconds", whole_number(c.run_timeout_seconds, 1, kMaxTimeoutSeconds * 24),
       "a job that takes longer fails"},
      {"drain_seconds", whole_number(c.drain_seconds, 0, kMaxTimeoutSeconds),
       "how long running jobs may go on after SIGTERM"},
  };
}

std::vector<Key> section_keys(SheetsConfig& c) {
  return {
      {"base_url", required_text(c.base_url), "another address only for the emulator"},
      {"credentials", one_of(c.credentials, {"service_account", "metadata"}),
       "metadata: the account of the Google VM that this runs on"},
      {"service_account_file", file_path(c.service_account_file),
       "JSON key of the service account that the sheets are shared with"},
      {"reads_per_minute", whole_number(c.reads_per_minute, 1, sheets::kMaxCallsPerMinute),
       "Google's quota for one account is 60"},
      {"writes_per_minute", whole_number(c.writes_per_minute, 1, sheets::kMaxCallsPerMinute),
       "the same for writes"},
      {"timeout_seconds", whole_number(c.timeout_seconds, 1, kMaxTimeoutSeconds),
       "for one read; a write may take 180 s at least"},
      {"max_retries", whole_number(c.max_retries, 0, sheets::kMaxRetries),
       "after a call failed in a way that may pass"},
      {"verify_rows", true_or_false(c.verify_rows),
       "look at what a write did, in its own answer, and put right what moved meanwhile"},
      {"date_order", one_of(c.date_order, {"dmy", "mdy"}),
       "how a date typed as text such as 3/4/2026 is read"},
      {"allow_any_spreadsheet", true_or_false(c.allow_any_spreadsheet),
       "also run jobs on spreadsheets that are not configured here"},
  };
}

Key header_row_key(int& row) {
  return {"header_row", whole_number(row, 1, kMaxLayoutRow), "the row that names the columns"};
}
Key first_data_row_key(int& row) {
  return {"first_data_row", whole_number(row, 2, kMaxLayoutRow), "the first row below it with data"};
}
constexpr std::string_view kSpreadsheetId = "the part between /d/ and /edit of the spreadsheet's address";
constexpr std::string_view kLabel = "a label for who reads this file; nothing depends on it";

std::vector<Key> section_keys(ProductOpsSettings& c) {
  return {
      {"spreadsheet_id", any_text(c.spreadsheet_id), kSpreadsheetId},
      {"scoring_inputs_tab", required_text(c.scoring_inputs_tab), "tab with the inputs and scores"},
      {"mathmodels_tab", required_text(c.mathmodels_tab), "tab with the formulas"},
      {"params_tab", required_text(c.params_tab), "tab with the formulas' parameters"},
      {"run_log_tab", any_text(c.run_log_tab), "tab that gets a line for each run; empty: no run log"},
      header_row_key(c.header_row),
      first_data_row_key(c.first_data_row),
  };
}

std::vector<Key> section_keys(ScoringConfig& c) {
  return {
      {"default_framework", framework_or_none(c.default_framework),
       "activated where an initiative has no framework of its own"},
      {"missing_inputs", one_of(c.missing_inputs, {"blank", "defaults"}),
       "blank: no score without its inputs; defaults: the values below stand in"},
  };
}

std::vector<Key> section_keys(ScoringDefaults& c) {
  return {
      {"rice_reach", score_input(c.rice_reach), "people reached"},
      {"rice_impact", score_input(c.rice_impact), "impact on each"},
      {"rice_confidence", score_input(c.rice_confidence), "share of 1"},
      {"rice_effort", score_input(c.rice_effort), "person-months"},
      {"wsjf_business_value", score_input(c.wsjf_business_value), "relative"},
      {"wsjf_time_criticality", score_input(c.wsjf_time_criticality), "relative"},
      {"wsjf_risk_reduction", score_input(c.wsjf_risk_reduction), "relative"},
      {"wsjf_job_size", score_input(c.wsjf_job_size), "relative"},
  };
}

std::vector<Key> section_keys(LlmConfig& c) {
  return {
      {"base_url", any_text(c.base_url),
       "up to and with /v1: https://api.openai.com/v1, http://127.0.0.1:11434/v1; empty: off"},
      {"api_key_env", any_text(c.api_key_env),
       "environment variable that holds the key; unset: none is sent"},
      {"formula_model", any_text(c.formula_model),
       "model that suggests formulas; empty: the only one of a server that has one"},
      {"params_model", any_text(c.params_model), "model that describes parameters; empty: formula_model"},
      {"temperature", real_number(c.temperature, 0.0, 2.0), "lower is steadier"},
      {"max_tokens", whole_number(c.max_tokens, 1, 1000000), "of one answer"},
      {"timeout_seconds", whole_number(c.timeout_seconds, 1, kMaxTimeoutSeconds), "to wait for one answer"},
  };
}

std::vector<Key> section_keys(LogConfig& c) {
  return {
      {"level", one_of(c.level, {"debug", "info", "warn", "error"}), "the least that is worth a line"},
      {"format", one_of(c.format, {"auto", "json", "text"}),
       "auto: text on a terminal, JSON lines elsewhere"},
  };
}

}  // namespace

std::vector<Section> sections_of(Config& c) {
  return {
      {"server", "The HTTP endpoint that the sheets' menu calls.", section_keys(c.server)},
      {"auth", "The shared secret that callers send as X-ROADMAP-AI-SECRET. It never stands in this file.",
       section_keys(c.auth)},
      {"ledger", "The database: runs, initiatives, scores.", section_keys(c.ledger)},
      {"worker", "The threads that run the jobs.", section_keys(c.worker)},
      {"sheets", "How Google Sheets is reached.", section_keys(c.sheets)},
      {"product_ops", "The Product Ops workbook, where scores are compared.", section_keys(c.product_ops)},
      {"scoring", "How initiatives are scored.", section_keys(c.scoring)},
      {"scoring.defaults", "Used only with missing_inputs = \"defaults\".", section_keys(c.scoring.defaults)},
      {"llm",
       "A language model that suggests formulas and parameters. Any OpenAI-compatible endpoint will do.",
       section_keys(c.llm)},
      {"log", "What the service says on standard error.", section_keys(c.log)},
  };
}

std::vector<Key> keys_of(BacklogSettings& c) {
  return {
      {"spreadsheet_id", required_text(c.layout.spreadsheet_id), kSpreadsheetId},
      {"tab", required_text(c.layout.tab), "name of the tab"},
      header_row_key(c.layout.header_row),
      first_data_row_key(c.layout.first_data_row),
      {"product_org", any_text(c.product_org), "tells several backlogs apart"},
  };
}

std::vector<Key> keys_of(IntakeSettings& c) {
  return {
      {"sheet_key", required_text(c.sheet_key), "a short name of its own"},
      {"spreadsheet_id", required_text(c.spreadsheet_id), kSpreadsheetId},
      {"region", LabelKey{}, kLabel},
  };
}

std::vector<Key> keys_of(IntakeTabSettings& c) {
  return {
      {"key", required_text(c.key), "a short name of its own"},
      {"tab_name", required_text(c.layout.tab), "name of the tab"},
      {"product_org", any_text(c.product_org),
       "its initiatives go to that product_org's backlog; empty: the first backlog"},
      {"department", LabelKey{}, kLabel},
      header_row_key(c.layout.header_row),
      first_data_row_key(c.layout.first_data_row),
      {"active", true_or_false(c.active), "false: not read at all"},
      {"allow_status_override", true_or_false(c.allow_status_override),
       "true: the tab may bring a withdrawn initiative back to new"},
  };
}

BacklogSettings default_backlog() {
  BacklogSettings backlog;
  backlog.layout.tab = "Backlog";
  return backlog;
}

std::string environment_name(std::string_view section, std::string_view key) {
  std::string name = fmt::format("{}{}_{}", kEnvironmentPrefix, section, key);
  for (char& c : name)
    c = c == '.' ? '_' : static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
  return name;
}

}  // namespace roadmap::app
