#include "core/sync/row_provenance.h"

#include "core/fields/registry.h"

namespace roadmap {
namespace {

void write_if_different(const TableRow& row, FieldId id, const std::string& text, TabPlan& plan) {
  const auto column = plan.table->columns().column_of(id);
  if (!column || trim(to_text(plan.table->raw(row, id))) == text) return;
  plan.cells.push_back({row.key, row.row, *column, id, plan.table->raw(row, id), Cell(text)});
}

}  // namespace

std::string sheet_time(UtcTime time) {
  const std::string text = to_iso8601(time);
  return text.substr(0, 19) + "Z";  // whole seconds: nobody reads the rest in a cell
}

void write_provenance(const TableRow& row, const RowProvenance& provenance, TabPlan& plan) {
  if (!provenance.status.empty()) write_if_different(row, fields::run_status(), provenance.status, plan);
  if (!provenance.updated_at.empty())
    write_if_different(row, fields::updated_at(), provenance.updated_at, plan);
  if (!provenance.source.empty()) write_if_different(row, fields::updated_source(), provenance.source, plan);
}

}  // namespace roadmap
