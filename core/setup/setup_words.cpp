#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <variant>

#include "core/fields/cell_value.h"
#include "core/fields/text.h"
#include "core/setup/setup_plan.h"

namespace roadmap {
namespace {

std::string number_of(int count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

std::string framework_list() { return spoken_list({kFrameworkNames.begin(), kFrameworkNames.end()}); }

// What a step does, before the columns that it does it to; steps with the same words share a line.
class Doing {
 public:
  std::string operator()(const AddTab& add) const {
    return fmt::format("create the tab, {} and {}, the header frozen", number_of(add.rows, "row"),
                       number_of(add.columns, "column"));
  }
  std::string operator()(const AppendRows& add) const {
    return fmt::format("append {}", number_of(add.count, "row"));
  }
  std::string operator()(const AppendColumns& add) const {
    return fmt::format("append {}", number_of(add.count, "column"));
  }
  std::string operator()(const AddHeader& add) const {
    return add.note.empty() ? "add headers without a note" : "add headers, each with a note";
  }
  std::string operator()(const AddNote&) const { return "explain in a note"; }
  std::string operator()(const FreezeRows& freeze) const {
    return freeze.count == 1 ? "freeze row 1" : fmt::format("freeze rows 1 to {}", freeze.count);
  }
  std::string operator()(const FreezeColumns& freeze) const {
    return freeze.count == 1 ? "freeze the first column"
                             : fmt::format("freeze the first {} columns", freeze.count);
  }
  std::string operator()(const SetRowHeight&) const { return look(); }
  std::string operator()(const SetColumnWidth&) const { return look(); }
  std::string operator()(const FormatCells&) const { return look(); }
  std::string operator()(const ColourOutcome&) const { return "colour OK, SKIPPED and FAILED"; }
  std::string operator()(const AddRule& add) const {
    return add.rule == CellRule::kCheckbox ? "checkboxes" : fmt::format("a list of {}", framework_list());
  }
  std::string operator()(const ProtectColumn&) const { return "warn before somebody types into"; }

 private:
  static std::string look() { return "set widths, tints and number formats"; }
};

// The column that a step is about; empty for a step about the whole tab.
std::string_view step_header(const SetupStep& step) {
  return std::visit(
      [](const auto& one) -> std::string_view {
        if constexpr (requires { one.header; }) {
          return one.header;
        } else {
          return {};
        }
      },
      step);
}

struct Line {
  std::string doing;
  std::vector<std::string_view> columns;
};

}  // namespace

std::vector<std::string> in_words(const TabSetup& plan) {
  std::vector<Line> lines;
  for (const SetupStep& step : plan.steps) {
    const std::string doing = std::visit(Doing{}, step);
    auto line =
        std::find_if(lines.begin(), lines.end(), [&](const Line& earlier) { return earlier.doing == doing; });
    if (line == lines.end()) line = lines.insert(lines.end(), Line{doing, {}});
    const std::string_view column = step_header(step);
    // The gaps of one column are several steps.
    if (!column.empty() && (line->columns.empty() || line->columns.back() != column))
      line->columns.push_back(column);
  }
  std::vector<std::string> words;
  words.reserve(lines.size());
  for (const Line& line : lines) {
    words.push_back(line.columns.empty() ? line.doing
                                         : fmt::format("{}: {}", line.doing, spoken_list(line.columns)));
  }
  return words;
}

std::string in_words(const SetupStep& step) {
  const std::string_view column = step_header(step);
  const std::string doing = std::visit(Doing{}, step);
  return column.empty() ? doing : fmt::format("{}: {}", doing, column);
}

}  // namespace roadmap
