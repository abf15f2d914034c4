#include <fmt/format.h>

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/commands/checks.h"
#include "app/serve/sheets_access.h"
#include "core/fields/text.h"
#include "core/setup/setup_plan.h"
#include "core/setup/wanted_workbooks.h"

namespace roadmap::app {
namespace {

constexpr std::string_view kCreates = "roadmapd setup-sheets creates";

class TabCheck {
 public:
  TabCheck(const WantedTab& wanted, const TabState& tab, CheckReport& report)
      : wanted_(wanted),
        tab_(tab),
        report_(report),
        what_(fmt::format("{}, tab {}", wanted.section, wanted.title)),
        header_(tab.row(wanted.header_row)),
        found_(find_columns(wanted, header_)) {}

  void run() {
    if (const int row = header_row_elsewhere(wanted_, tab_); row > 0) {
      return report_.fix(what_, fmt::format("row {} holds no known header, but row {} does: set header_row",
                                            wanted_.header_row, row));
    }
    if (!wanted_.kind && tab_.empty()) return report_.ok(what_, "empty; the first run writes the headers");
    check_columns();
    for (const std::string& warning : found_.warnings)
      report_.note(what_, warning);
    check_protection();
  }

 private:
  void check_columns() {
    std::vector<std::string_view> required;
    std::vector<std::string_view> optional;
    for (std::size_t i = 0; i < wanted_.columns.size(); ++i) {
      const WantedColumn& column = wanted_.columns[i];
      if (!found_.at[i]) (column.required ? required : optional).push_back(column.header);
    }
    const std::size_t known = wanted_.columns.size() - required.size() - optional.size();
    if (!required.empty()) {
      report_.fix(what_, fmt::format("row {} has no column {}; it has {}", wanted_.header_row,
                                     spoken_list(required), headers()));
    } else if (!optional.empty()) {
      report_.note(what_, fmt::format("{} columns known, without {}", known, spoken_list(optional)));
    } else {
      report_.ok(what_, fmt::format("{} columns known", known));
    }
  }

  // The headers that are there, known or not.
  std::string headers() const {
    std::vector<std::string> texts;
    for (const Cell& cell : header_) {
      if (!is_blank(cell)) texts.push_back(to_text(cell));
    }
    return spoken_list({texts.begin(), texts.end()});
  }

  void check_protection() {
    std::vector<std::string_view> open;
    for (std::size_t i = 0; i < wanted_.columns.size(); ++i) {
      const WantedColumn& column = wanted_.columns[i];
      if (column.system_written && found_.at[i] && !is_protected(wanted_, column, *found_.at[i], tab_))
        open.push_back(column.header);
    }
    if (open.empty()) return;
    report_.note(what_, fmt::format("nothing warns people who type into {}; {} the warnings",
                                    spoken_list(open), kCreates));
  }

  const WantedTab& wanted_;
  const TabState& tab_;
  CheckReport& report_;
  const std::string what_;
  const std::vector<Cell> header_;
  const FoundColumns found_;
};

// Says how a configured tab stands: there or not, its header row, columns that are missing, double or without
// protection. One line each. Only what keeps runs from working must be fixed.
void check_tab(const WantedTab& wanted, const TabSurvey& survey, CheckReport& report) {
  if (survey.state) return TabCheck(wanted, *survey.state, report).run();
  const std::string advice = survey.missing ? fmt::format("; {} it", kCreates) : std::string{};
  report.fix(fmt::format("{}, tab {}", wanted.section, wanted.title), survey.problem + advice);
}

constexpr std::chrono::seconds kTimeForAll{120};
// Google refuses tokens from a clock that is off by several minutes.
constexpr std::chrono::seconds kNotedSkew{30};
constexpr std::chrono::seconds kRefusedSkew{240};

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

  void check_workbook(const WantedWorkbook& wanted) {
    try {
      const WorkbookState state = sheets_.client().survey(wanted, control_);
      report_.ok(wanted.section, state.display_name);
      check_clock(state.clock_ahead);
      for (std::size_t i = 0; i < wanted.tabs.size(); ++i)
        check_tab(wanted.tabs[i], state.tabs[i], report_);
    } catch (const Error& error) {
      report_.fix(wanted.section, with_detail(error));
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
  if (config.central_backlogs.empty())
    report.fix("central_backlog", "none is configured; add one with [[central_backlog]]");
  if (config.intakes.empty()) report.note("intake", "none is configured; add one with [[intake]]");
  if (config.product_ops.spreadsheet_id.empty())
    report.note("product_ops", "none is configured; nothing can be scored without [product_ops]");
  for (const WantedWorkbook& workbook : wanted_workbooks(config.job_settings()))
    check.check_workbook(workbook);
}

}  // namespace roadmap::app
