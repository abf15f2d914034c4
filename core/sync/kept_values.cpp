#include "core/sync/kept_values.h"

#include <fmt/format.h>

#include "core/fields/cell_value.h"
#include "core/fields/registry.h"
#include "core/fields/text.h"
#include "core/sync/row_report.h"

namespace roadmap {
namespace {

std::string column_name(FieldId id, const SheetTable& table) {
  if (table.has(id)) return table.header_of(id);
  const TabColumn* there = field(id).on(table.tab());
  return std::string((there != nullptr ? there : field(id).on(Tab::kIntake))->header);
}

}  // namespace

std::vector<KeptCell> kept_values(const RowBase& base, const InitiativeRecord& record,
                                  const SheetTable& table) {
  std::vector<KeptCell> kept;
  for (const auto& [id, cell] : base.cells) {
    if (!cell.kept || same_value(field(id).type, cell.stored, record.value(id))) continue;
    kept.push_back({record.key, column_name(id, table), record.value(id), cell.stored});
  }
  return kept;
}

std::string kept_values_note(const std::vector<KeptCell>& kept) {
  std::string note;
  for (const KeptCell& cell : kept)
    add_detail(note, fmt::format("team changed {} to '{}', {}", cell.column,
                                 shortened(to_text(cell.other), kQuotedBytes), kYoursWasKept));
  return note;
}

}  // namespace roadmap
