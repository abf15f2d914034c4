#include "core/sync/unsure_cell.h"

#include <fmt/format.h>

#include "core/fields/text.h"
#include "core/run/run_result.h"

namespace roadmap {

std::string sentence_of(const UnsureCell& cell) {
  std::string before;
  for (const Cell& value : cell.before)
    before += (before.empty() ? "" : " or ") + quoted(value, kMaxQuotedCharacters);
  return fmt::format("{} moved while {} was written: it shows {} of {} now, {} stood there before",
                     cell.columns_moved ? "columns" : "rows", cell.column,
                     quoted(cell.ours, kMaxQuotedCharacters), cell.key,
                     before.empty() ? "and it is not known what" : before);
}

std::string status_with(std::string_view status, std::string message) {
  RowStatus kind = RowStatus::kOk;
  for (const RowStatus each : {RowStatus::kOk, RowStatus::kFailed, RowStatus::kSkipped}) {
    const std::string begin = status_text(each, "-");
    if (!status.starts_with(std::string_view(begin).substr(0, begin.size() - 1))) continue;
    kind = each;
    message += "; ";
    message += status.substr(begin.size() - 1);
  }
  return status_text(kind, message);
}

}  // namespace roadmap
