#include "core/sync/row_provenance.h"

#include "core/fields/registry.h"

namespace roadmap {
namespace {

void write_if_different(const SheetTable& table, const TableRow& row, FieldId id, const std::string& text,
                        std::vector<PlannedCell>& writes) {
  const auto column = table.columns().column_of(id);
  if (!column || trim(to_text(table.raw(row, id))) == text) return;
  writes.push_back({row.key, row.row, *column, id, table.raw(row, id), Cell(text)});
}

}  // namespace

std::string sheet_time(UtcTime time) {
  const std::string text = to_iso8601(time);
  return text.substr(0, 19) + "Z";  // whole seconds: nobody reads the rest in a cell
}

void write_provenance(const SheetTable& table, const TableRow& row, const RowProvenance& provenance,
                      std::vector<PlannedCell>& writes) {
  if (!provenance.status.empty()) {
    write_if_different(table, row, fields::run_status(), provenance.status, writes);
  }
  if (!provenance.updated_at.empty()) {
    write_if_different(table, row, fields::updated_at(), provenance.updated_at, writes);
  }
  write_if_different(table, row, fields::updated_source(), provenance.source, writes);
}

}  // namespace roadmap
