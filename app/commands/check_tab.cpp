#include "app/commands/checks.h"

#include <fmt/format.h>

#include <string>
#include <string_view>
#include <vector>

#include "core/fields/text.h"
#include "core/setup/setup_plan.h"

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

}  // namespace

void check_tab(const WantedTab& wanted, const TabSurvey& survey, CheckReport& report) {
  if (survey.state) return TabCheck(wanted, *survey.state, report).run();
  const std::string advice = survey.missing ? fmt::format("; {} it", kCreates) : std::string{};
  report.fix(fmt::format("{}, tab {}", wanted.section, wanted.title), survey.problem + advice);
}

}  // namespace roadmap::app
