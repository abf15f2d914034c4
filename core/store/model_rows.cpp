#include "core/store/model_rows.h"

#include <fmt/format.h>

#include <utility>

#include "core/fields/registry.h"
#include "core/store/field_columns.h"
#include "core/store/store.h"

namespace roadmap {
namespace {

// What identifies a row, by column.
using Identity = std::vector<std::pair<std::string, std::string>>;

Identity identity_of(const ParamKey& key) {
  return {{"initiative_key", key.initiative_key}, {"framework", key.framework}, {"param_name", key.name}};
}

std::string columns_of_identity(const Identity& identity) {
  std::string names;
  for (const auto& [column, value] : identity)
    names += (names.empty() ? "" : ", ") + column;
  return names;
}

struct RowChange {
  Table table;
  Identity identity;
  const std::vector<std::pair<FieldId, Cell>>& values;
  UtcTime updated_at;
  const std::string& updated_source;
};

void put_row(SqlConnection& database, const RowChange& change) {
  std::string columns = columns_of_identity(change.identity) + ", created_at, updated_at, updated_source";
  std::string updates = "updated_at = excluded.updated_at, updated_source = excluded.updated_source";
  std::string marks = "?, ?, ?, ?";  // the first identifying column and the three after it
  for (std::size_t i = 1; i < change.identity.size(); ++i)
    marks += ", ?";
  std::vector<Cell> parameters;
  for (const auto& [column, value] : change.identity)
    parameters.emplace_back(value);
  const std::string at = to_iso8601(change.updated_at);
  for (const std::string& own : {at, at, change.updated_source})
    parameters.emplace_back(own);
  for (const auto& [id, value] : change.values) {
    require_type(change.table, change.identity.front().second, id, value);
    const std::string column = quoted_name(field(id).name);
    columns += ", " + column;
    updates += fmt::format(", {0} = excluded.{0}", column);
    marks += ", ?";
    parameters.push_back(value);
  }
  SqlStatement upsert =
      database.prepare(fmt::format("INSERT INTO {} ({}) VALUES ({}) ON CONFLICT DO UPDATE SET {}",
                                   table_name(change.table), columns, marks, updates));
  int parameter = 0;
  for (const Cell& value : parameters)
    upsert.bind(++parameter, value);
  upsert.run();
}

}  // namespace

std::vector<MathModelRecord> select_math_models(SqlConnection& database,
                                                const std::vector<std::string>& initiative_keys) {
  std::vector<MathModelRecord> models;
  SqlStatement select = database.prepare(
      fmt::format("SELECT initiative_key, updated_at{} FROM math_models WHERE initiative_key = ?",
                  field_columns(Table::kMathModels)));
  for (const std::string& key : initiative_keys) {
    select.bind(1, key);
    if (select.step()) {
      models.push_back({select.text(0),
                        {Table::kMathModels, read_field_columns(Table::kMathModels, select, 2)},
                        from_iso8601(select.text(1))});
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
                        {Table::kParams, read_field_columns(Table::kParams, select, 4)},
                        from_iso8601(select.text(3))});
    }
    select.rewind();
  }
  return params;
}

void put_math_model(SqlConnection& database, const MathModelChange& change) {
  put_row(database, {Table::kMathModels,
                     {{"initiative_key", change.initiative_key}},
                     change.values,
                     change.updated_at,
                     change.updated_source});
}

void put_param(SqlConnection& database, const ParamChange& change) {
  std::vector<std::pair<FieldId, Cell>> values;
  for (const auto& [id, value] : change.values) {
    const bool is_identity = field(id).name == "framework" || field(id).name == "param_name";
    if (!is_identity) values.emplace_back(id, value);
  }
  put_row(database,
          {Table::kParams, identity_of(change.key), values, change.updated_at, change.updated_source});
}

void delete_param(SqlConnection& database, const ParamKey& key) {
  database.prepare("DELETE FROM params WHERE initiative_key = ? AND framework = ? AND param_name = ?")
      .bind_all(key.initiative_key, key.framework, key.name)
      .run();
}

}  // namespace roadmap
