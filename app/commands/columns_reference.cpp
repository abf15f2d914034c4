#include "app/commands/columns_reference.h"

#include <fmt/format.h>

#include <string_view>

#include "core/fields/cell_value.h"
#include "core/fields/registry.h"
#include "core/run_log/run_log_line.h"
#include "core/setup/column_layout.h"

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

}  // namespace

std::string columns_reference() {
  std::string text(kStart);
  for (int tab = 0; tab < kTabCount; ++tab)
    text += table_of(static_cast<Tab>(tab));
  text += "\n## Run log\n\n| column | |\n| --- | --- |\n";
  for (const RunLogColumn& column : run_log_columns())
    text += fmt::format("| **{}** | {} |\n", column.header, column.note);
  return text;
}

}  // namespace roadmap::app
