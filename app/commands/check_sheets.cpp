#include "app/commands/checks.h"

#include <fmt/format.h>

#include <chrono>
#include <optional>
#include <string>

#include "app/serve/sheets_access.h"
#include "core/setup/wanted_workbooks.h"

namespace roadmap::app {
namespace {

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
