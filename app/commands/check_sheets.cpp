#include "app/commands/check_sheets.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "app/sheets_access.h"
#include "core/actions/action_options.h"
#include "core/fields/header_match.h"
#include "core/fields/registry.h"

namespace roadmap::app {
namespace {

constexpr std::chrono::seconds kTimeForAll{120};
// Google refuses tokens from a clock that is off by several minutes.
constexpr std::chrono::seconds kNotedSkew{30};
constexpr std::chrono::seconds kRefusedSkew{240};

struct ExpectedTab {
  Tab kind;
  std::string name;
  int header_row;
};

struct ExpectedWorkbook {
  std::string config_name;  // "central_backlog"
  std::string spreadsheet_id;
  std::vector<ExpectedTab> tabs;
};

std::vector<ExpectedWorkbook> expected_workbooks(const Config& config) {
  std::vector<ExpectedWorkbook> workbooks;
  for (const BacklogSettings& backlog : config.central_backlogs) {
    workbooks.push_back({"central_backlog",
                         backlog.layout.spreadsheet_id,
                         {{Tab::kBacklog, backlog.layout.tab, backlog.layout.header_row}}});
  }
  for (const IntakeSettings& intake : config.intakes) {
    ExpectedWorkbook workbook{fmt::format("intake {}", intake.sheet_key), intake.spreadsheet_id, {}};
    for (const IntakeTabSettings& tab : intake.tabs) {
      if (tab.active) workbook.tabs.push_back({Tab::kIntake, tab.layout.tab, tab.layout.header_row});
    }
    workbooks.push_back(std::move(workbook));
  }
  const ProductOpsSettings& ops = config.product_ops;
  if (!ops.spreadsheet_id.empty()) {
    workbooks.push_back({"product_ops",
                         ops.spreadsheet_id,
                         {{Tab::kScoringInputs, ops.scoring_inputs_tab, ops.header_row},
                          {Tab::kMathModels, ops.mathmodels_tab, ops.header_row},
                          {Tab::kParams, ops.params_tab, ops.header_row}}});
  }
  return workbooks;
}

std::vector<FieldId> required_on(Tab tab) {
  std::vector<FieldId> required = {fields::key()};
  if (tab == Tab::kIntake) required.push_back(fields::title());
  return required;
}

std::string header_on(FieldId id, Tab tab) { return std::string(field(id).on(tab)->header); }

class SheetsCheck {
 public:
  SheetsCheck(SheetsAccess& sheets, CheckReport& report) : sheets_(sheets), report_(report) {
    control_.deadline = std::chrono::steady_clock::now() + kTimeForAll;
  }

  // False: no use to go on.
  bool check_credentials() {
    try {
      sheets_.tokens().token(control_);
      report_.ok("credentials",
                 fmt::format("share the sheets with {} as editor", sheets_.tokens().account()));
      return true;
    } catch (const Error& error) {
      report_.fix("credentials", with_detail(error));
      return false;
    }
  }

  void check_workbook(const ExpectedWorkbook& expected) {
    try {
      const sheets::SpreadsheetInfo info = sheets_.client().describe(expected.spreadsheet_id, control_);
      report_.ok(expected.config_name, info.display_name());
      check_clock(info.clock_ahead);
      check_tabs(expected);
    } catch (const Error& error) {
      report_.fix(expected.config_name, with_detail(error));
    }
  }

 private:
  static std::string with_detail(const Error& error) {
    return error.detail().empty() ? error.what() : fmt::format("{} ({})", error.what(), error.detail());
  }

  // Once: it is one clock.
  void check_clock(std::optional<std::chrono::seconds> ahead) {
    if (clock_checked_ || !ahead) return;
    clock_checked_ = true;
    const auto off = std::chrono::abs(*ahead);
    const std::string text = fmt::format("this machine's clock is {} s {} Google's", off.count(),
                                         ahead->count() < 0 ? "behind" : "ahead of");
    if (off >= kRefusedSkew) {
      report_.fix("clock", text + "; turn on time synchronisation");
    } else if (off >= kNotedSkew) {
      report_.note("clock", text);
    } else {
      report_.ok("clock", "agrees with Google's");
    }
  }

  void check_tabs(const ExpectedWorkbook& expected) {
    std::vector<std::string> names;
    for (const ExpectedTab& tab : expected.tabs)
      names.push_back(tab.name);
    const std::vector<TabRead> read = sheets_.client().read_tabs(expected.spreadsheet_id, names, control_);
    for (std::size_t i = 0; i < read.size(); ++i) {
      const std::string what = fmt::format("{}, tab {}", expected.config_name, expected.tabs[i].name);
      if (read[i].grid) {
        check_headers(what, expected.tabs[i], *read[i].grid);
      } else {
        report_.fix(what, read[i].problem);
      }
    }
  }

  void check_headers(const std::string& what, const ExpectedTab& tab, const TabGrid& grid) {
    const auto row = static_cast<std::size_t>(tab.header_row);
    const CellRow header = grid.rows.size() < row ? CellRow{} : grid.rows[row - 1];
    const ColumnMap columns = match_headers(tab.kind, header);
    std::vector<std::string> missing;
    std::vector<std::string> required;
    const std::vector<FieldId> must = required_on(tab.kind);
    for (const FieldId id : fields_on(tab.kind)) {
      if (columns.column_of(id)) continue;
      const bool needed = std::find(must.begin(), must.end(), id) != must.end();
      (needed ? required : missing).push_back(header_on(id, tab.kind));
    }
    if (!required.empty()) {
      report_.fix(what, fmt::format("row {} has no column {}; it has {}", tab.header_row, spoken(required),
                                    found_in(header)));
    } else if (!missing.empty()) {
      report_.note(what,
                   fmt::format("{} columns known, without {}", columns.columns.size(), spoken(missing)));
    } else {
      report_.ok(what, fmt::format("{} columns known", columns.columns.size()));
    }
    for (const std::string& warning : columns.warnings)
      report_.note(what, warning);
  }

  static std::string spoken(const std::vector<std::string>& names) {
    return spoken_list({names.begin(), names.end()});
  }

  static std::string found_in(const CellRow& header) {
    std::vector<std::string> names;
    for (const Cell& cell : header) {
      if (!is_blank(cell)) names.push_back(to_text(cell));
    }
    return spoken(names);
  }

  SheetsAccess& sheets_;
  CheckReport& report_;
  RunControl control_;
  bool clock_checked_ = false;
};

}  // namespace

void check_sheets(const Config& config, CheckReport& report) {
  const SystemClock clock;
  std::optional<SheetsAccess> sheets;
  try {
    sheets.emplace(config.sheets, clock, nullptr);
  } catch (const Error& error) {
    return report.fix("credentials", error.what());
  }
  SheetsCheck check(*sheets, report);
  if (!check.check_credentials()) return;
  const std::vector<ExpectedWorkbook> workbooks = expected_workbooks(config);
  if (config.central_backlogs.empty())
    report.fix("central_backlog", "none is configured; add one with [[central_backlog]]");
  if (config.intakes.empty()) report.note("intake", "none is configured; add one with [[intake]]");
  for (const ExpectedWorkbook& workbook : workbooks)
    check.check_workbook(workbook);
}

}  // namespace roadmap::app
