#include "core/store/initiative_rows.h"

#include <fmt/format.h>

#include <stdexcept>
#include <utility>

#include "core/errors.h"
#include "core/fields/registry.h"
#include "core/store/field_columns.h"
#include "core/store/store.h"

namespace roadmap {
namespace {

constexpr const char* kOwnColumns =
    "initiative_key, product_org, intake_tab_key, created_at, updated_at, updated_source, "
    "scoring_updated_at, "
    "scoring_updated_source";
constexpr int kOwnColumnCount = 8;
constexpr int kBoundOwnColumns = 6;  // a new initiative has no scores yet

InitiativeRecord read_initiative(const SqlStatement& row) {
  InitiativeRecord record;
  record.key = row.text(0);
  record.product_org = row.text(1);
  record.intake_tab_key = row.text(2);
  record.created_at = from_iso8601(row.text(3));
  record.updated_at = from_iso8601(row.text(4));
  record.updated_source = row.text(5);
  if (!row.is_null(6)) record.scoring_updated_at = from_iso8601(row.text(6));
  record.scoring_updated_source = row.text(7);
  record.values = read_field_columns(Table::kInitiatives, row, kOwnColumnCount);
  return record;
}

}  // namespace

void select_initiatives(SqlConnection& database, const std::string& tail, const std::vector<Cell>& parameters,
                        const std::function<void(InitiativeRecord)>& take) {
  SqlStatement select = database.prepare(
      fmt::format("SELECT {}{} FROM initiatives {}", kOwnColumns, field_columns(Table::kInitiatives), tail));
  int parameter = 0;
  for (const Cell& value : parameters)
    select.bind(++parameter, value);
  while (select.step())
    take(read_initiative(select));
}

void insert_initiative(SqlConnection& database, const InitiativeRecord& record) {
  const std::vector<FieldId>& columns = fields_of(Table::kInitiatives);
  if (record.values.size() != columns.size()) throw std::logic_error(record.key + " has not all its values");
  static const std::string kInsert = [&columns] {
    std::string marks = "?, ?, ?, ?, ?, ?, NULL, ''";
    for (std::size_t i = 0; i < columns.size(); ++i)
      marks += ", ?";
    return fmt::format("INSERT INTO initiatives ({}{}) VALUES ({})", kOwnColumns,
                       field_columns(Table::kInitiatives), marks);
  }();
  SqlStatement insert = database.prepare(kInsert);
  insert.bind_all(record.key, record.product_org, record.intake_tab_key, to_iso8601(record.created_at),
                  to_iso8601(record.updated_at), record.updated_source);
  for (std::size_t i = 0; i < columns.size(); ++i) {
    require_type(Table::kInitiatives, record.key, columns[i], record.values[i]);
    insert.bind(kBoundOwnColumns + 1 + static_cast<int>(i), record.values[i]);
  }
  insert.run();
}

void update_initiative(SqlConnection& database, const InitiativeChange& change) {
  std::string assignments;
  std::vector<Cell> parameters;
  const auto assign = [&](std::string_view column, Cell value) {
    assignments += (parameters.empty() ? "" : ", ") + quoted_name(column) + " = ?";
    parameters.push_back(std::move(value));
  };
  for (const auto& [id, value] : change.values) {
    require_type(Table::kInitiatives, change.key, id, value);
    assign(field(id).name, value);
  }
  if (change.product_org) assign("product_org", *change.product_org);
  if (change.intake_tab_key) assign("intake_tab_key", *change.intake_tab_key);
  if (change.touches_values) {
    assign("updated_at", to_iso8601(change.updated_at));
    assign("updated_source", change.updated_source);
  }
  if (change.touches_scores) {
    assign("scoring_updated_at", to_iso8601(change.updated_at));
    assign("scoring_updated_source", change.updated_source);
  }
  if (parameters.empty()) return;
  SqlStatement update =
      database.prepare(fmt::format("UPDATE initiatives SET {} WHERE initiative_key = ?", assignments));
  parameters.emplace_back(change.key);
  int parameter = 0;
  for (const Cell& value : parameters)
    update.bind(++parameter, value);
  if (update.run() != 1) {
    throw StorageError("The initiative " + change.key + " was to be changed but is not stored.");
  }
}

}  // namespace roadmap
