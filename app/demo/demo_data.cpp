#include "app/demo/demo_data.h"

#include <stdexcept>

#include "core/fields/registry.h"
#include "core/setup/wanted_workbooks.h"

namespace roadmap::app {

std::vector<std::string_view> all_columns(Tab tab) {
  std::vector<std::string_view> names;
  for (const FieldId id : columns_of_new_tab(tab))
    names.push_back(field(id).name);
  return names;
}

std::string header_of(Tab tab, std::string_view name) {
  for (const FieldId id : fields_on(tab)) {
    if (field(id).name == name) return std::string(field(id).on(tab)->header);
  }
  throw std::logic_error("no field '" + std::string(name) + "' on " + std::string(tab_name(tab)));
}

std::vector<Cell> header_row(Tab tab, const std::vector<std::string_view>& columns) {
  std::vector<Cell> row;
  row.reserve(columns.size());
  for (const std::string_view column : columns)
    row.emplace_back(header_of(tab, column));
  return row;
}

}  // namespace roadmap::app
