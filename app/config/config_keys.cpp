#include "app/config/config_keys.h"

namespace roadmap::app {
namespace {

constexpr int kMaxCallsPerMinute = 1000000;
constexpr int kMaxTimeoutSeconds = 3600;
constexpr double kMaxScoreInput = 1e9;

using Text = TextKey<Config>;
using Texts = TextsKey<Config>;
using Integer = IntegerKey<Config>;
using Real = RealKey<Config>;
using Flag = FlagKey<Config>;

Section server_section() {
  return {"server", "The HTTP endpoint that the sheets' menu calls.",
          {{"host", Text{[](Config & c) -> auto& {return c.server.host;
}
, TextForm::kRequired
}  // namespace
, "address to listen on; beyond this machine only with a secret of 24 characters or more"
}  // namespace roadmap::app
, {"threads", Integer{[](Config & c) -> auto& {return c.server.threads;
}
, 2, 4096
}
, "connections served at the same time"
}
, {"trusted_proxies", Texts{[](Config & c) -> auto& {return c.server.trusted_proxies;
}
}
, "addresses of reverse proxies whose X-Forwarded-For names the client"
}
, {"port", Integer{[](Config & c) -> auto& {return c.server.port;
}
, 0, 65535
}
, "0 picks a free port, which is logged and written to port_file"
}
, {"port_file", Text{[](Config & c) -> auto& {return c.server.port_file;
}
, TextForm::kPath
}
, "file that gets the port number once the service listens; empty: none"
}
, { "max_body_bytes", Integer{[](Config & c) -> auto& {return c.server.max_body_bytes; }
, 1024, 67108864
}
, "largest request body"
}
}
}
;
}

Section auth_section() {
  return {"auth", "The shared secret that callers send as X-ROADMAP-AI-SECRET. It never stands in this file.",
          {{"secret_env", Text{[](Config & c) -> auto& {return c.auth.secret_env;
}
}
, "environment variable that holds the secret"
}
, {"secret_file", Text{[](Config & c) -> auto& {return c.auth.secret_file;
}
, TextForm::kPath
}
, "or a file that holds it; the environment wins"
}
, {"previous_secret_env", Text{[](Config & c) -> auto& {return c.auth.previous_secret_env;
}
}
, "the same for a secret that stays valid while callers move to the new one"
}
, { "previous_secret_file", Text{[](Config & c) -> auto& {return c.auth.previous_secret_file; }
, TextForm::kPath
}
, "or in a file"
}
}
}
;
}

Section ledger_section() {
  return {"ledger", "The database: runs, initiatives, scores.",
          {{"path", Text{[](Config & c) -> auto& {return c.ledger.path;
}
, TextForm::kPath
}
, "SQLite file, made when it is not there"
}
, {"keep_days", Integer{[](Config & c) -> auto& {return c.ledger.keep_days;
}
, 1, 36500
}
, "ended runs are deleted after so many days"
}
, { "checkpoint", Text{[](Config & c) -> auto& {return c.ledger.checkpoint; }
, TextForm::kFree, { "self", "external" }
}
, "external when a replicator such as Litestream does the checkpoints"
}
}
}
;
}

Section worker_section() {
  return {"worker", "The threads that run the jobs.",
          {{"threads", Integer{[](Config & c) -> auto& {return c.worker.threads;
}
, 1, 64
}
, "jobs at the same time; those on one spreadsheet go one after the other"
}
, {"max_queued", Integer{[](Config & c) -> auto& {return c.worker.max_queued;
}
, 1, 1000000
}
, "further requests are answered with 429"
}
, {"run_timeout_seconds", Integer{[](Config & c) -> auto& {return c.worker.run_timeout_seconds;
}
, 1, kMaxTimeoutSeconds * 24
}
, "a job that takes longer fails"
}
, { "drain_seconds", Integer{[](Config & c) -> auto& {return c.worker.drain_seconds; }
, 0, kMaxTimeoutSeconds
}
, "how long running jobs may go on after SIGTERM"
}
}
}
;
}

Section sheets_section() {
  return {"sheets", "How Google Sheets is reached.",
          {{"base_url", Text{[](Config & c) -> auto& {return c.sheets.base_url;
}
, TextForm::kRequired
}
, "another address only for the emulator"
}
, {"credentials", Text{[](Config & c) -> auto& {return c.sheets.credentials;
}
, TextForm::kFree, { "service_account", "metadata" }
}
, "metadata: the account of the Google VM that this runs on"
}
, {"service_account_file", Text{[](Config & c) -> auto& {return c.sheets.service_account_file;
}
, TextForm::kPath
}
, "JSON key of the service account that the sheets are shared with"
}
, {"reads_per_minute", Integer{[](Config & c) -> auto& {return c.sheets.reads_per_minute;
}
, 1, kMaxCallsPerMinute
}
, "Google's quota for one account is 60"
}
, {"writes_per_minute", Integer{[](Config & c) -> auto& {return c.sheets.writes_per_minute;
}
, 1, kMaxCallsPerMinute
}
, "the same for writes"
}
, {"timeout_seconds", Integer{[](Config & c) -> auto& {return c.sheets.timeout_seconds;
}
, 1, kMaxTimeoutSeconds
}
, "for one call"
}
, {"max_retries", Integer{[](Config & c) -> auto& {return c.sheets.max_retries;
}
, 0, 20
}
, "after a call failed in a way that may pass"
}
, {"verify_rows", Flag{[](Config & c) -> auto& {return c.sheets.verify_rows;
}
}
, "read rows back after writing and repair what moved meanwhile"
}
, {"date_order", Text{[](Config & c) -> auto& {return c.sheets.date_order;
}
, TextForm::kFree, { "dmy", "mdy" }
}
, "how a date typed as text such as 3/4/2026 is read"
}
, { "allow_any_spreadsheet", Flag{[](Config & c) -> auto& {return c.sheets.allow_any_spreadsheet; }
}
, "also run jobs on spreadsheets that are not configured here"
}
}
}
;
}

Section product_ops_section() {
  return {"product_ops", "The Product Ops workbook, where scores are compared.",
          {{"spreadsheet_id", Text{[](Config & c) -> auto& {return c.product_ops.spreadsheet_id;
}
}
, "the part between /d/ and /edit of the spreadsheet's address"
}
, {"scoring_inputs_tab", Text{[](Config & c) -> auto& {return c.product_ops.scoring_inputs_tab;
}
, TextForm::kRequired
}
, "tab with the inputs and scores"
}
, {"mathmodels_tab", Text{[](Config & c) -> auto& {return c.product_ops.mathmodels_tab;
}
, TextForm::kRequired
}
, "tab with the formulas"
}
, {"params_tab", Text{[](Config & c) -> auto& {return c.product_ops.params_tab;
}
, TextForm::kRequired
}
, "tab with the formulas' parameters"
}
, {"run_log_tab", Text{[](Config & c) -> auto& {return c.product_ops.run_log_tab;
}
}
, "tab that gets a line for each run; empty: no run log"
}
, {"header_row", Integer{[](Config & c) -> auto& {return c.product_ops.header_row;
}
, 1, kMaxLayoutRow
}
, "the row that names the columns"
}
, { "first_data_row", Integer{[](Config & c) -> auto& {return c.product_ops.first_data_row; }
, 2, kMaxLayoutRow
}
, "the first row below it with data"
}
}
}
;
}

Section scoring_section() {
  return {"scoring", "How initiatives are scored.",
          {{"default_framework", Text{[](Config & c) -> auto& {return c.scoring.default_framework;
}
, TextForm::kFree, { "", "RICE", "WSJF", "MATH_MODEL" }
}
, "activated where an initiative has no framework of its own"
}
, { "missing_inputs", Text{[](Config & c) -> auto& {return c.scoring.missing_inputs; }
, TextForm::kFree, { "blank", "defaults" }
}
, "blank: no score without its inputs; defaults: the values below stand in"
}
}
}
;
}

Section scoring_defaults_section() {
  const auto input = [](std::string_view name, double& (*value)(Config&), std::string_view comment) {
    return Key<Config>{name, Real{value, 0.0, kMaxScoreInput}, comment};
  };
  return {"scoring.defaults",
          "Used only with missing_inputs = \"defaults\".",
          {input(
               "rice_reach", [](Config& c) -> double& { return c.scoring.defaults.rice_reach; },
               "people reached"),
           input(
               "rice_impact", [](Config& c) -> double& { return c.scoring.defaults.rice_impact; },
               "impact on each"),
           input(
               "rice_confidence", [](Config& c) -> double& { return c.scoring.defaults.rice_confidence; },
               "share of 1"),
           input(
               "rice_effort", [](Config& c) -> double& { return c.scoring.defaults.rice_effort; },
               "person-months"),
           input(
               "wsjf_business_value",
               [](Config& c) -> double& { return c.scoring.defaults.wsjf_business_value; }, "relative"),
           input(
               "wsjf_time_criticality",
               [](Config& c) -> double& { return c.scoring.defaults.wsjf_time_criticality; }, "relative"),
           input(
               "wsjf_risk_reduction",
               [](Config& c) -> double& { return c.scoring.defaults.wsjf_risk_reduction; }, "relative"),
           input(
               "wsjf_job_size", [](Config& c) -> double& { return c.scoring.defaults.wsjf_job_size; },
               "relative")}};
}

Section llm_section() {
  return {"llm",
          "A language model that suggests formulas and parameters. Any OpenAI-compatible endpoint will do.",
          {{"base_url", Text{[](Config & c) -> auto& {return c.llm.base_url;
}
}
, "up to and with /v1: https://api.openai.com/v1, http://127.0.0.1:11434/v1; empty: off"
}
, {"api_key_env", Text{[](Config & c) -> auto& {return c.llm.api_key_env;
}
}
, "environment variable that holds the key; unset: none is sent"
}
, {"formula_model", Text{[](Config & c) -> auto& {return c.llm.formula_model;
}
}
, "model that suggests formulas; empty: the only one of a server that has one"
}
, {"params_model", Text{[](Config & c) -> auto& {return c.llm.params_model;
}
}
, "model that describes parameters; empty: formula_model"
}
, {"temperature", Real{[](Config & c) -> auto& {return c.llm.temperature;
}
, 0.0, 2.0
}
, "lower is steadier"
}
, {"max_tokens", Integer{[](Config & c) -> auto& {return c.llm.max_tokens;
}
, 1, 1000000
}
, "of one answer"
}
, { "timeout_seconds", Integer{[](Config & c) -> auto& {return c.llm.timeout_seconds; }
, 1, kMaxTimeoutSeconds
}
, "to wait for one answer"
}
}
}
;
}

Section log_section() {
  return {"log", "What the service says on standard error.",
          {{"level", Text{[](Config & c) -> auto& {return c.log.level;
}
, TextForm::kFree, { "debug", "info", "warn", "error" }
}
, "the least that is worth a line"
}
, { "format", Text{[](Config & c) -> auto& {return c.log.format; }
, TextForm::kFree, { "auto", "json", "text" }
}
, "auto: text on a terminal, JSON lines elsewhere"
}
}
}
;
}

}  // namespace

const std::vector<Section>& config_sections() {
  static const std::vector<Section> kSections = {
      server_section(), auth_section(),        ledger_section(),  worker_section(),
      sheets_section(), product_ops_section(), scoring_section(), scoring_defaults_section(),
      llm_section(),    log_section()};
  return kSections;
}

std::string environment_name(std::string_view section, std::string_view key) {
  std::string name = "ROADMAPD_";
  for (const std::string_view part : {section, std::string_view("_"), key}) {
    for (const char c : part) {
      name += c == '.' ? '_' : static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
    }
  }
  return name;
}

}  // namespace roadmap::app
