#include <fmt/format.h>

#include <chrono>
#include <filesystem>
#include <iostream>
#include <set>

#include "app/commands/checks.h"
#include "app/commands/commands.h"
#include "app/commands/workbook_finder.h"
#include "app/config/config.h"
#include "app/process/files.h"
#include "app/serve/sheets_access.h"
#include "core/actions/action_registry.h"
#include "core/fields/text.h"

namespace roadmap::app {
namespace {

constexpr std::chrono::seconds kTimeToLook{300};

// Asks until the answer is an address, or empty. Throws when the input ends.
std::string asked_id(std::string_view what, std::string_view option) {
  std::cout << what << ": " << std::flush;
  std::string line;
  while (std::getline(std::cin, line)) {
    if (trim(line).empty()) return "";
    if (auto id = spreadsheet_id_in(line)) return *std::move(id);
    std::cout << "That " << kAddressLooksLike << "\n" << what << ": " << std::flush;
  }
  std::cout << std::endl;
  throw Error("usage", fmt::format("the input ended; give the address with {}", option));
}

struct WorkbookIds {
  std::string backlog;
  std::string product_ops;  // empty: none
  std::vector<std::string> intakes;
};

WorkbookIds ids_of(const InitOptions& options) {
  WorkbookIds ids;
  if (options.backlog.empty() && options.product_ops.empty() && options.intakes.empty()) {
    std::cout << "The addresses of the workbooks, as the browser shows them.\n";
    do {
      ids.backlog = asked_id("Central Backlog", "--backlog");
    } while (ids.backlog.empty());
    ids.product_ops = asked_id("Product Ops, where scores are compared (Enter: none)", "--product-ops");
    for (std::string id; !(id = asked_id("An intake sheet (Enter: no more)", "--intake")).empty();)
      ids.intakes.push_back(id);
    return ids;
  }
  if (options.backlog.empty()) throw Error("usage", "--backlog is missing: the Central Backlog's address");
  ids.backlog = needed_spreadsheet_id(options.backlog);
  if (!options.product_ops.empty()) ids.product_ops = needed_spreadsheet_id(options.product_ops);
  for (const std::string& intake : options.intakes)
    ids.intakes.push_back(needed_spreadsheet_id(intake));
  return ids;
}

// "Marketing EMEA" as "marketing_emea", made different from those that were given out.
class ShortNames {
 public:
  std::string operator()(std::string_view title) {
    std::string name;
    for (const char c : title) {
      if (is_letter(c) || is_digit(c)) {
        name += lower(c);
      } else if (!name.empty() && name.back() != '_') {
        name += '_';
      }
    }
    while (!name.empty() && name.back() == '_')
      name.pop_back();
    if (name.empty()) name = "sheet";
    std::string free = name;
    for (int i = 2; !used_.insert(free).second; ++i)
      free = fmt::format("{}_{}", name, i);
    return free;
  }

 private:
  std::set<std::string> used_;
};

// Fills a configuration from what the workbooks hold; what cannot be is a line of the report.
class ConfigFinder {
 public:
  ConfigFinder(SheetsAccess& access, Config& config, CheckReport& report)
      : access_(access), config_(config), report_(report) {
    control_.deadline = std::chrono::steady_clock::now() + kTimeToLook;
  }

  void find(const WorkbookIds& ids) {
    look("central_backlog", ids.backlog, [&](const FoundWorkbook& workbook) { add_backlog(ids, workbook); });
    if (!ids.product_ops.empty())
      look("product_ops", ids.product_ops,
           [&](const FoundWorkbook& workbook) { add_product_ops(ids, workbook); });
    for (const std::string& id : ids.intakes)
      look("intake", id, [&](const FoundWorkbook& workbook) { add_intake(id, workbook); });
  }

 private:
  template <class Add>
  void look(const std::string& section, const std::string& id, Add add) {
    try {
      add(FoundWorkbook(access_.client(), id, control_));
    } catch (const SheetsError& error) {
      report_.fix(section, error.what());
    }
  }

  void found(const std::string& section, const FoundWorkbook& workbook, const FoundTab& tab) {
    report_.ok(section, fmt::format("{}, tab {}: headers in row {}, {} columns known",
                                    workbook.display_name(), tab.title, tab.header_row, tab.known_columns));
  }

  // A tab that setup-sheets makes, or that has to be found by a person.
  void not_found(const std::string& section, const FoundWorkbook& workbook, const std::string& wanted) {
    const std::vector<std::string> titles = workbook.tab_titles();
    report_.note(section,
                 fmt::format("{} has no tab with the headers of {} (it has {}): roadmapd setup-sheets "
                             "creates it, or name the tab in the configuration",
                             workbook.display_name(), wanted, spoken_list({titles.begin(), titles.end()})));
  }

  void add_backlog(const WorkbookIds& ids, const FoundWorkbook& workbook) {
    BacklogSettings backlog;
    backlog.layout = {ids.backlog, "Backlog", 1, 2};
    if (const auto tab = workbook.best(Tab::kBacklog, backlog.layout.tab)) {
      backlog.layout = {ids.backlog, tab->title, tab->header_row, tab->header_row + 1};
      found("central_backlog", workbook, *tab);
    } else {
      not_found("central_backlog", workbook, "a backlog");
    }
    config_.central_backlogs = {backlog};
  }

  void add_product_ops(const WorkbookIds& ids, const FoundWorkbook& workbook) {
    ProductOpsSettings& ops = config_.product_ops;
    ops.spreadsheet_id = ids.product_ops;
    std::optional<int> header_row;
    const std::pair<Tab, std::string*> kinds[] = {{Tab::kScoringInputs, &ops.scoring_inputs_tab},
                                                  {Tab::kMathModels, &ops.mathmodels_tab},
                                                  {Tab::kParams, &ops.params_tab}};
    for (const auto& [kind, title] : kinds) {
      const auto tab = workbook.best(kind, *title);
      if (!tab) {
        not_found("product_ops", workbook, *title);
        continue;
      }
      *title = tab->title;
      found("product_ops", workbook, *tab);
      if (!header_row) header_row = tab->header_row;
      if (*header_row != tab->header_row)
        report_.fix("product_ops",
                    fmt::format("the headers of tab {} stand in row {}, not in row {} as those of {}; "
                                "all three need the same row",
                                tab->title, tab->header_row, *header_row, ops.scoring_inputs_tab));
    }
    ops.header_row = header_row.value_or(1);
    ops.first_data_row = ops.header_row + 1;
  }

  void add_intake(const std::string& id, const FoundWorkbook& workbook) {
    IntakeSettings intake;
    intake.spreadsheet_id = id;
    intake.sheet_key = names_(workbook.title());
    std::vector<FoundTab> tabs = workbook.all(Tab::kIntake);
    for (const FoundTab& tab : tabs)
      found("intake", workbook, tab);
    if (tabs.empty() && workbook.is_empty()) {
      tabs = {{workbook.tab_titles().front(), 1, 0}};
      report_.note("intake", fmt::format("{} is empty: roadmapd setup-sheets puts the headers on tab {}",
                                         workbook.display_name(), tabs.front().title));
    }
    if (tabs.empty()) {
      return report_.fix(
          "intake", fmt::format("{} has no tab with the headers of an intake sheet (Title and two more that "
                                "docs/columns.md names) in its first ten rows",
                                workbook.display_name()));
    }
    for (const FoundTab& tab : tabs) {
      IntakeTabSettings& settings = intake.tabs.emplace_back();
      settings.key = names_(tab.title);
      settings.layout = {id, tab.title, tab.header_row, tab.header_row + 1};
    }
    config_.intakes.push_back(std::move(intake));
  }

  SheetsAccess& access_;
  Config& config_;
  CheckReport& report_;
  RunControl control_;
  ShortNames names_;
};

void refuse_to_overwrite(const std::string& file) {
  if (std::filesystem::exists(file))
    throw Error("exists",
                fmt::format("{} exists and is not written over; move it away, or name another file with "
                            "--config",
                            file));
}

}  // namespace

int init(const InitOptions& options) {
  refuse_to_overwrite(options.config_file);
  const std::filesystem::path folder = std::filesystem::absolute(options.config_file).parent_path();
  const std::filesystem::path key_file = folder / options.service_account_file;
  if (!options.service_account_file.empty() && !std::filesystem::is_regular_file(key_file)) {
    throw Error("usage",
                fmt::format("--service-account: there is no file '{}'; create the account and its key first "
                            "(operator guide, step 2), or say --service-account \"\" for the account of "
                            "this Google VM",
                            key_file.string()));
  }
  // Google's address and the credentials as they will be read from the file; ids come below.
  Config config;
  config.ledger.path = options.ledger_file;
  config.sheets.service_account_file = options.service_account_file;
  if (options.service_account_file.empty()) config.sheets.credentials = "metadata";
  const Config usable = parse_config(config_text(config), options.config_file, folder, process_environment(),
                                     FileCheck::kRequired);
  config.sheets.base_url = usable.sheets.base_url;

  const SystemClock clock;
  SheetsAccess access(usable.sheets, clock, nullptr);
  std::cout << fmt::format("Share every workbook with {} as Editor.\n", access.tokens().account());
  const WorkbookIds ids = ids_of(options);
  CheckReport report(std::cout);
  ConfigFinder(access, config, report).find(ids);
  if (report.needs_fixing()) {
    std::cout << "Nothing was written. Put right what is marked FIX and run it again.\n";
    return kExitFailed;
  }
  write_file(options.config_file, config_text(config));
  std::cout << fmt::format(
      "{0} is written. Next:\n"
      "  roadmapd setup-sheets --config {0} --dry-run   what the workbooks still lack\n"
      "  roadmapd check --config {0}                    whether all is ready\n"
      "  roadmapd menu --out menu.gs                    the menu to paste into each workbook\n",
      options.config_file);
  return kExitOk;
}

}  // namespace roadmap::app
