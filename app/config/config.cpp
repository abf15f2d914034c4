#include "app/config/config.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>
#include <set>

#include "app/config/config_keys.h"
#include "core/fields/text.h"
#include "net/client_address.h"

namespace roadmap::app {
namespace {

constexpr std::size_t kMaxConfigBytes = 1u << 20;
constexpr std::size_t kMaxSecretBytes = 4096;

// Reads at most `limit` bytes; nullopt when the file cannot be opened.
std::optional<std::string> read_text(const std::filesystem::path& file, std::size_t limit) {
  std::ifstream stream(file, std::ios::binary);
  if (!stream || std::filesystem::is_directory(file)) return std::nullopt;
  std::string text(limit, '\0');
  stream.read(text.data(), static_cast<std::streamsize>(limit));
  text.resize(static_cast<std::size_t>(stream.gcount()));
  return text;
}

// What single values cannot tell: names given twice, rows in the wrong order, files that are not there.
class ConfigCheck {
 public:
  ConfigCheck(ReadConfig& read, std::string name, const Environment& environment)
      : read_(read), name_(std::move(name)), environment_(environment) {}

  void run(FileCheck files) {
    check_backlogs();
    check_product_ops();
    check_intakes();
    check_proxies();
    if (config().ledger.path.empty()) problem("ledger.path", "must name a file");
    files_ = files;
    if (config().sheets.credentials == "service_account") {
      check_file("sheets.service_account_file", config().sheets.service_account_file);
    }
    config().secret = secret("auth.secret_file", config().auth.secret_env, config().auth.secret_file);
    config().previous_secret = secret("auth.previous_secret_file", config().auth.previous_secret_env,
                                      config().auth.previous_secret_file);
    check_llm();
  }

 private:
  Config& config() { return read_.config; }

  void problem(const std::string& key, const std::string& what) {
    const auto origin = read_.origins.find(key);
    read_.problems.push_back(
        fmt::format("{}: {}: {}", origin == read_.origins.end() ? name_ : origin->second, key, what));
  }

  void check_rows(const std::string& at, int header_row, int first_data_row) {
    if (first_data_row > header_row) return;
    problem(at, fmt::format("first_data_row ({}) must be below header_row ({})", first_data_row, header_row));
  }

  void check_proxies() {
    for (const std::string& proxy : config().server.trusted_proxies) {
      if (net::is_address(proxy)) continue;
      problem("server.trusted_proxies",
              fmt::format("'{}' is no IP address; list each proxy's own, such as 127.0.0.1", proxy));
    }
  }

  using Names = std::set<std::string>;

  void check_name(Names& names, const std::string& at, std::string_view whose, const std::string& name) {
    if (!names.insert(name).second) problem(at, fmt::format("two {} '{}'; give each its own", whose, name));
  }

  // What one role of a tab writes, another would read as people's.
  void check_tab(const std::string& at, const std::string& spreadsheet_id, const std::string& tab) {
    const auto [found, is_new] = tabs_.emplace(spreadsheet_id + "/" + lower(tab), at);
    if (is_new) return;
    problem(at, fmt::format("the tab '{}' of one spreadsheet is configured twice{}; give each its own", tab,
                            found->second == at ? "" : ", as " + found->second + " too"));
  }

  // Of a spreadsheet's address the id is what stands behind /d/.
  void check_id(const std::string& at, const std::string& id) {
    if (std::ranges::all_of(id, [](char c) { return is_letter(c) || is_digit(c) || c == '-' || c == '_'; }))
      return;
    problem(at,
            fmt::format("'{}' is no spreadsheet id: letters, digits, - and _, as between /d/ and /edit in "
                        "its address",
                        id));
  }

  void check_product_ops() {
    const ProductOpsSettings& ops = config().product_ops;
    check_rows("product_ops", ops.header_row, ops.first_data_row);
    check_id("product_ops.spreadsheet_id", ops.spreadsheet_id);
    if (ops.spreadsheet_id.empty()) return;
    check_tab("product_ops.scoring_inputs_tab", ops.spreadsheet_id, ops.scoring_inputs_tab);
    check_tab("product_ops.mathmodels_tab", ops.spreadsheet_id, ops.mathmodels_tab);
    check_tab("product_ops.params_tab", ops.spreadsheet_id, ops.params_tab);
    if (!ops.run_log_tab.empty()) check_tab("product_ops.run_log_tab", ops.spreadsheet_id, ops.run_log_tab);
  }

  void check_backlogs() {
    Names orgs;
    for (const BacklogSettings& backlog : config().central_backlogs) {
      check_rows("central_backlog", backlog.layout.header_row, backlog.layout.first_data_row);
      check_name(orgs, "central_backlog", "backlogs have the product_org", backlog.product_org);
      check_id("central_backlog.spreadsheet_id", backlog.layout.spreadsheet_id);
      check_tab("central_backlog", backlog.layout.spreadsheet_id, backlog.layout.tab);
    }
  }

  void check_intakes() {
    Names sheet_keys;
    Names tab_keys;
    for (const IntakeSettings& intake : config().intakes) {
      check_name(sheet_keys, "intake", "have the sheet_key", intake.sheet_key);
      check_id("intake.spreadsheet_id", intake.spreadsheet_id);
      for (const IntakeTabSettings& tab : intake.tabs) {
        check_rows("intake.tabs", tab.layout.header_row, tab.layout.first_data_row);
        check_name(tab_keys, "intake.tabs", "have the key", tab.key);
        check_tab("intake.tabs", tab.layout.spreadsheet_id, tab.layout.tab);
        check_product_org(tab.product_org);
      }
    }
  }

  void check_product_org(const std::string& product_org) {
    const auto& backlogs = config().central_backlogs;
    const bool known = product_org.empty() ||
                       std::any_of(backlogs.begin(), backlogs.end(),
                                   [&](const auto& backlog) { return backlog.product_org == product_org; });
    if (!known)
      problem("intake.tabs.product_org",
              fmt::format("no [[central_backlog]] has the product_org '{}'", product_org));
  }

  void check_llm() {
    const LlmConfig& llm = config().llm;
    const bool is_url = llm.base_url.starts_with("http://") || llm.base_url.starts_with("https://");
    if (!llm.base_url.empty() && !is_url) problem("llm.base_url", "must begin with http:// or https://");
    const auto key = environment_.find(llm.api_key_env);
    if (key == environment_.end()) return;  // servers on this machine need none
    config().llm_api_key = trim(key->second);
    const bool fits_a_header = std::all_of(config().llm_api_key.begin(), config().llm_api_key.end(),
                                           [](char c) { return c > ' ' && c <= '~'; });
    if (!fits_a_header) {
      problem("llm.api_key_env",
              fmt::format("the variable '{}' holds a blank or another character that no key has",
                          llm.api_key_env));
    }
  }

  void file_problem(const std::string& key, const std::string& what) {
    if (files_ == FileCheck::kRequired) problem(key, what);
  }

  void check_file(const std::string& key, const std::string& file) {
    if (file.empty()) return file_problem(key, "must name a file");
    if (::access(file.c_str(), R_OK) != 0)
      file_problem(key, fmt::format("there is no readable file '{}'", file));
  }

  std::string secret(const std::string& key, const std::string& variable, const std::string& file) {
    const auto found = variable.empty() ? environment_.end() : environment_.find(variable);
    if (found != environment_.end() && !found->second.empty()) return found->second;
    if (file.empty()) return "";
    const std::optional<std::string> text = read_text(file, kMaxSecretBytes);
    if (!text) {
      file_problem(key, fmt::format("there is no readable file '{}'", file));
      return "";
    }
    if (trim(*text).empty()) file_problem(key, fmt::format("the file '{}' is empty", file));
    return std::string(trim(*text));
  }

  ReadConfig& read_;
  std::string name_;
  const Environment& environment_;
  FileCheck files_ = FileCheck::kRequired;
  std::map<std::string, std::string> tabs_{};  // "spreadsheet/tab" -> the key that configures it
};

}  // namespace

ConfigError::ConfigError(std::vector<std::string> problems)
    : Error("configuration", problems.empty() ? "the configuration is not valid" : problems.front()),
      problems_(std::move(problems)) {}

Settings Config::job_settings() const {
  Settings settings;
  settings.backlogs = central_backlogs;
  settings.product_ops = product_ops;
  settings.intakes = intakes;
  settings.date_order = sheets.date_order == "mdy" ? DateOrder::kMonthDayYear : DateOrder::kDayMonthYear;
  settings.verify_rows = sheets.verify_rows;
  settings.allow_any_spreadsheet = sheets.allow_any_spreadsheet;
  settings.max_write_retries = sheets.max_retries;
  settings.scoring.missing_inputs =
      scoring.missing_inputs == "defaults" ? MissingInputs::kDefaults : MissingInputs::kBlank;
  settings.scoring.defaults = scoring.defaults;
  settings.default_framework = scoring.default_framework;
  return settings;
}

Environment process_environment() {
  Environment environment;
  for (char** entry = ::environ; entry != nullptr && *entry != nullptr; ++entry) {
    const std::string_view text(*entry);
    const std::size_t equals = text.find('=');
    if (equals == std::string_view::npos) continue;
    environment.emplace(text.substr(0, equals), text.substr(equals + 1));
  }
  return environment;
}

Config parse_config(const std::string& text, const std::string& name, const std::filesystem::path& folder,
                    const Environment& environment, FileCheck files) {
  ReadConfig read = read_config(text, name, folder, environment);
  ConfigCheck(read, name, environment).run(files);
  if (!read.problems.empty()) throw ConfigError(std::move(read.problems));
  return std::move(read.config);
}

Config load_config(const std::filesystem::path& file, const Environment& environment, FileCheck files) {
  const std::optional<std::string> text = read_text(file, kMaxConfigBytes);
  if (!text) {
    throw ConfigError({fmt::format(
        "{0}: there is no readable configuration file; `roadmapd init --config {0}` writes one, or "
        "copy config.example.toml and fill it in",
        file.string())});
  }
  std::error_code ignored;  // the path as it stands will do where the working directory is gone
  const std::filesystem::path absolute = std::filesystem::absolute(file, ignored);
  return parse_config(*text, file.string(), absolute.parent_path(), environment, files);
}

std::vector<ConfiguredTab> configured_tabs(const Settings& settings) {
  std::vector<ConfiguredTab> tabs;
  for (const BacklogSettings& backlog : settings.backlogs)
    tabs.push_back({"central_backlog", backlog.layout.spreadsheet_id, backlog.layout.tab});
  const ProductOpsSettings& ops = settings.product_ops;
  if (!ops.spreadsheet_id.empty()) {
    for (const std::string& tab : {ops.scoring_inputs_tab, ops.mathmodels_tab, ops.params_tab})
      tabs.push_back({"product_ops", ops.spreadsheet_id, tab});
  }
  for (const IntakeSettings& intake : settings.intakes) {
    for (const IntakeTabSettings& tab : intake.tabs)
      tabs.push_back({"intake", intake.spreadsheet_id, tab.layout.tab});
  }
  return tabs;
}

}  // namespace roadmap::app
