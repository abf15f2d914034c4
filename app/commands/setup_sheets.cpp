#include <fmt/format.h>

#include <chrono>
#include <iostream>
#include <string_view>

#include "app/commands/checks.h"
#include "app/commands/commands.h"
#include "app/config/config.h"
#include "app/serve/sheets_access.h"
#include "core/fields/cell_value.h"
#include "core/fields/registry.h"
#include "core/run_log/run_log_line.h"
#include "core/setup/setup_plan.h"

namespace roadmap::app {
namespace {

constexpr std::string_view kStart = R"(# Columns

What `roadmapd setup-sheets` creates, in this order. The order in a sheet is free, columns of your own may stand
between them, and a header is known in any case, with spaces, hyphens, colons or underscores between its words. Where
further names are given, they are accepted too. Made by `roadmapd setup-sheets --columns`.
)";

std::string_view writer(Owner owner) {
  switch (owner) {
    case Owner::kTeam:
      return "team";
    case Owner::kPm:
      return "PM";
    case Owner::kSystem:
      return "system";
    case Owner::kLlm:
      return "assistant";
  }
  return "";
}

std::string cells(FieldType type) {
  switch (type) {
    case FieldType::kNumber:
      return "number";
    case FieldType::kBool:
      return "checkbox";
    case FieldType::kDate:
      return "date";
    case FieldType::kFramework:
      return framework_choice();
    case FieldType::kKeyList:
      return "keys";
    case FieldType::kKey:
      return "key";
    case FieldType::kTimestamp:
      return "time";
    case FieldType::kText:
      break;
  }
  return "text";
}

std::string aliases(const TabColumn& column) {
  std::string text;
  for (const std::string_view alias : column.aliases) {
    if (!alias.empty()) text += fmt::format("{}{}", text.empty() ? "; also " : ", ", alias);
  }
  return text;
}

std::string table_of(Tab tab) {
  std::string text =
      fmt::format("\n## {}\n\n| column | cells | written by | |\n| --- | --- | --- | --- |\n", tab_name(tab));
  for (const FieldId id : columns_of_new_tab(tab)) {
    const TabColumn& column = *field(id).on(tab);
    text += fmt::format("| **{}**{} | {} | {} | {} |\n", column.header, aliases(column),
                        cells(field(id).type), writer(column.owner), field(id).note);
  }
  return text;
}

constexpr std::chrono::minutes kTimeForSetup{15};

// Sets workbooks up one after the other; trouble with one does not stop the others.
class SheetsSetup {
 public:
  SheetsSetup(sheets::GoogleSheets& sheets, bool dry_run, CheckReport& report)
      : sheets_(sheets), dry_run_(dry_run), report_(report) {
    control_.deadline = std::chrono::steady_clock::now() + kTimeForSetup;
  }

  void set_up(const WantedWorkbook& workbook) {
    if (workbook.tabs.empty()) return report_.ok(workbook.section, "no active tabs");
    try {
      const WorkbookState state = sheets_.survey(workbook, control_);
      report_.ok(workbook.section, state.display_name);
      const WorkbookPlan plan = plan_setup(workbook, state);
      if (!dry_run_) sheets_.apply(plan, control_);
      for (const TabSetup& tab : plan.tabs)
        tell(tab);
    } catch (const Error& error) {
      report_.fix(workbook.section, error.what());
    }
  }

 private:
  void tell(const TabSetup& tab) {
    const std::string what = fmt::format("{}, tab {}", tab.section, tab.title);
    if (!tab.problem.empty()) return report_.fix(what, tab.problem);
    if (tab.steps.empty()) report_.ok(what, "nothing to do");
    for (const std::string& words : in_words(tab))
      report_.line(dry_run_ ? "plan" : "done", what, words);
  }

  sheets::GoogleSheets& sheets_;
  const bool dry_run_;
  CheckReport& report_;
  RunControl control_;
};

// All columns of all tabs in Markdown, with headers, aliases, who writes them and what they mean:
// docs/columns.md.
std::string columns_reference() {
  std::string text(kStart);
  for (int tab = 0; tab < kTabCount; ++tab)
    text += table_of(static_cast<Tab>(tab));
  text += "\n## Run log\n\n| column | |\n| --- | --- |\n";
  for (const RunLogColumn& column : run_log_columns())
    text += fmt::format("| **{}** | {} |\n", column.header, column.note);
  return text;
}

}  // namespace

int setup_sheets(const SetupSheetsOptions& options) {
  if (options.columns) {
    std::cout << columns_reference() << std::flush;
    return kExitOk;
  }
  const Config config = load_config(options.config_file, process_environment());
  const std::vector<WantedWorkbook> workbooks = wanted_workbooks(config.job_settings());
  if (workbooks.empty()) {
    throw Error("usage", options.config_file +
                             " names no workbook: fill in [[central_backlog]], [[intake]] and [product_ops]");
  }
  const SystemClock clock;
  SheetsAccess access(config.sheets, clock, nullptr);
  CheckReport report(std::cout);
  SheetsSetup setup(access.client(), options.dry_run, report);
  for (const WantedWorkbook& workbook : workbooks)
    setup.set_up(workbook);
  if (options.dry_run) std::cout << "Nothing was changed: this was a dry run." << std::endl;
  return report.needs_fixing() ? kExitFailed : kExitOk;
}

}  // namespace roadmap::app
