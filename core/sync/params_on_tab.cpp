#include "core/sync/params_on_tab.h"

#include "core/fields/cell_value.h"
#include "core/fields/registry.h"

namespace roadmap {

ParamsOnTab::ParamsOnTab(const SheetTable& params) : last_row_(params.layout().first_data_row - 1) {
  const FieldId framework = field_id(Table::kParams, "framework");
  const FieldId param_name = field_id(Table::kParams, "param_name");
  for (const TableRow& row : params.rows()) {
    if (!row.key.empty() || row.key_unreadable) last_row_ = row.row;
    const ParsedCell parsed = params.parsed(row, framework);
    const Cell* readable = std::get_if<Cell>(&parsed);
    const bool of_another =
        readable != nullptr && !is_blank(*readable) && to_text(*readable) != kMathModelFramework;
    std::string name(trim(to_text(params.raw(row, param_name))));
    if (of_another || name.empty()) continue;
    if (row.key_unreadable) {
      unknown_owner_.emplace(std::move(name), row.row);
    } else if (!row.key.empty()) {
      names_.emplace(row.key, std::move(name));
    }
  }
}

int ParamsOnTab::row_of_unknown_owner(const std::string& name) const {
  const auto found = unknown_owner_.find(name);
  return found == unknown_owner_.end() ? 0 : found->second;
}

}  // namespace roadmap
