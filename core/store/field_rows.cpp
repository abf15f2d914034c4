#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "core/errors.h"
#include "core/fields/registry.h"
#include "core/store/table_rows.h"

namespace roadmap {
namespace {

constexpr const char* kOwnColumns =
    "initiative_key, product_org, intake_tab_key, created_at, updated_at, updated_source, "
    "scoring_updated_at, "
    "scoring_updated_source";
constexpr int kOwnColumnCount = 8;
constexpr int kBoundOwnColumns = 6;  // a new initiative has no scores yet

// The fields' columns in the order of fields_of(table), each after ", ": `, "title", "country"`.
std::string field_columns(Table table) {
  std::string columns;
  for (const FieldId id : fields_of(table))
    columns += ", " + quoted_name(field(id).name);
  return columns;
}

// The values of all fields of the table that stand in a row from `first_column` on.
FieldValues read_fields(Table table, const SqlStatement& row, int first_column) {
  std::vector<Cell> values;
  const int count = static_cast<int>(fields_of(table).size());
  values.reserve(static_cast<std::size_t>(count));
  for (int i = 0; i < count; ++i)
    values.push_back(row.cell(first_column + i));
  return {table, std::move(values)};
}

// The database would turn a number in a text column into text without a word. `row` is how the message calls
// the row.
void require_type(Table table, const std::string& row, FieldId id, const Cell& cell) {
  const Field& described = field(id);
  const bool fits = std::holds_alternative<std::monostate>(cell) ||
                    (described.type == FieldType::kBool     ? std::holds_alternative<bool>(cell)
                     : described.type == FieldType::kNumber ? std::holds_alternative<double>(cell)
                                                            : std::holds_alternative<std::string>(cell));
  if (fits && described.table == table) return;
  // Without the value: what people typed stays out of logs.
  throw std::logic_error(
      fmt::format("{}: a value of the wrong type for the field '{}'", row, described.name));
}

InitiativeRecord read_initiative(const SqlStatement& row) {
  return {row.text(0),
          read_fields(Table::kInitiatives, row, kOwnColumnCount),
          row.text(1),
          row.text(2),
          from_iso8601(row.text(3)),
          from_iso8601(row.text(4)),
          row.text(5),
          row.optional_time(6),
          row.text(7)};
}

// What identifies a row of models or parameters, by column.
using Identity = std::vector<std::pair<std::string_view, std::string>>;

template <typename Change>
void put_row(SqlConnection& database, Table table, const Identity& identity, const Change& change) {
  std::string columns;
  std::string marks;
  std::string updates = "updated_at = excluded.updated_at, updated_source = excluded.updated_source";
  std::vector<Cell> parameters;
  const auto add = [&](std::string_view column, const Cell& value) {
    const std::string_view separator = parameters.empty() ? "" : ", ";
    columns.append(separator).append(column);
    marks.append(separator).append("?");
    parameters.push_back(value);
  };
  for (const auto& [column, value] : identity)
    add(column, value);
  const std::string at = to_iso8601(change.updated_at);
  add("created_at", at);
  add("updated_at", at);
  add("updated_source", change.updated_source);
  for (const auto& [id, value] : change.values) {
    // The registry's columns of parameters include framework and param_name.
    const auto is_this = [name = field(id).name](const auto& part) { return part.first == name; };
    if (std::any_of(identity.begin(), identity.end(), is_this)) continue;
    require_type(table, identity.front().second, id, value);
    const std::string column = quoted_name(field(id).name);
    updates += fmt::format(", {0} = excluded.{0}", column);
    add(column, value);
  }
  database
      .prepare(fmt::format("INSERT INTO {} ({}) VALUES ({}) ON CONFLICT DO UPDATE SET {}", table_name(table),
                           columns, marks, updates))
      .bind_each(parameters)
      .run();
}

}  // namespace

std::vector<InitiativeRecord> select_initiatives(SqlConnection& database, const std::string& tail,
                                                 const std::vector<Cell>& parameters) {
  return database
      .prepare(fmt::format("SELECT {}{} FROM initiatives {}", kOwnColumns, field_columns(Table::kInitiatives),
                           tail))
      .bind_each(parameters)
      .all(read_initiative);
}

void insert_initiative(SqlConnection& database, const InitiativeRecord& record) {
  const std::vector<FieldId>& columns = fields_of(Table::kInitiatives);
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
    require_type(Table::kInitiatives, record.key, columns[i], record.values.cells()[i]);
    insert.bind(kBoundOwnColumns + 1 + static_cast<int>(i), record.values.cells()[i]);
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
  parameters.emplace_back(change.key);
  const int changed =
      database.prepare(fmt::format("UPDATE initiatives SET {} WHERE initiative_key = ?", assignments))
          .bind_each(parameters)
          .run();
  if (changed != 1) {
    throw StorageError("The initiative " + change.key + " was to be changed but is not stored.");
  }
}

std::vector<MathModelRecord> select_math_models(SqlConnection& database,
                                                const std::vector<std::string>& initiative_keys) {
  std::vector<MathModelRecord> models;
  SqlStatement select = database.prepare(
      fmt::format("SELECT initiative_key, updated_at{} FROM math_models WHERE initiative_key = ?",
                  field_columns(Table::kMathModels)));
  for (const std::string& key : initiative_keys) {
    select.bind(1, key);
    if (select.step()) {
      models.push_back(
          {select.text(0), read_fields(Table::kMathModels, select, 2), from_iso8601(select.text(1))});
    }
    select.rewind();
  }
  return models;
}

std::vector<ParamRecord> select_params(SqlConnection& database,
                                       const std::vector<std::string>& initiative_keys) {
  std::vector<ParamRecord> params;
  // The registry's columns include framework and param_name, which the table has as its key.
  SqlStatement select =
      database.prepare(fmt::format("SELECT initiative_key, framework, param_name, updated_at{} FROM params "
                                   "WHERE initiative_key = ? ORDER BY framework, param_name",
                                   field_columns(Table::kParams)));
  for (const std::string& key : initiative_keys) {
    select.bind(1, key);
    while (select.step()) {
      params.push_back({{select.text(0), select.text(1), select.text(2)},
                        read_fields(Table::kParams, select, 4),
                        from_iso8601(select.text(3))});
    }
    select.rewind();
  }
  return params;
}

void put_math_model(SqlConnection& database, const MathModelChange& change) {
  put_row(database, Table::kMathModels, {{"initiative_key", change.initiative_key}}, change);
}

void put_param(SqlConnection& database, const ParamChange& change) {
  const ParamKey& key = change.key;
  put_row(database, Table::kParams,
          {{"initiative_key", key.initiative_key}, {"framework", key.framework}, {"param_name", key.name}},
          change);
}

void delete_param(SqlConnection& database, const ParamKey& key) {
  database.prepare("DELETE FROM params WHERE initiative_key = ? AND framework = ? AND param_name = ?")
      .bind_all(key.initiative_key, key.framework, key.name)
      .run();
}

}  // namespace roadmap
