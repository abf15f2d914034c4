#include "sheets_client/emulator/workbook/workbook_seed.h"

#include <algorithm>

#include "sheets_client/emulator/workbook/api_error.h"
#include "sheets_client/emulator/workbook/workbook.h"

namespace sheets::emulator {
namespace {

void fill(Cell& cell, const SeedCell& seed) {
  if (const auto* flag = std::get_if<bool>(&seed)) {
    cell.set_value(*flag);
  } else if (const auto* number = std::get_if<double>(&seed)) {
    cell.set_value(*number);
  } else if (const auto* text = std::get_if<std::string>(&seed)) {
    cell.set_value(text->empty() ? Value{} : Value{*text});
  } else if (const auto* formula = std::get_if<SeedFormula>(&seed)) {
    cell.set_formula(formula->text);
  }
}

Sheet sheet_from(const Workbook& workbook, const SeedTab& tab) {
  Sheet sheet;
  SheetProperties& p = sheet.properties;
  if (tab.id && workbook.find(*tab.id)) throw invalid_argument("Two tabs have the same id.");
  p.id = tab.id.value_or(workbook.size() == 0 ? 0 : workbook.unused_id(IdOf::kSheet));
  p.title = tab.title;
  p.hidden = tab.hidden;
  p.frozen_rows = tab.frozen_rows;
  std::size_t width = 0;
  for (const auto& row : tab.rows)
    width = std::max(width, row.size());
  p.row_count = std::max(tab.row_count, static_cast<int>(tab.rows.size()));
  p.column_count = std::max(tab.column_count, static_cast<int>(width));
  check_title(workbook, p.title);
  check_grid_size(p.row_count, p.column_count);
  check_frozen(p);
  for (std::size_t r = 0; r < tab.rows.size(); ++r) {
    for (std::size_t c = 0; c < tab.rows[r].size(); ++c) {
      if (!std::holds_alternative<std::monostate>(tab.rows[r][c]))
        fill(sheet.edit(static_cast<int>(r), static_cast<int>(c)), tab.rows[r][c]);
    }
  }
  return sheet;
}

}  // namespace

Workbook workbook_from(const WorkbookSeed& seed) {
  Workbook workbook;
  workbook.id = seed.id;
  workbook.title = seed.title;
  workbook.owner = seed.owner;
  workbook.shared = seed.sharing == Sharing::kShared;
  const std::vector<SeedTab> only_sheet(1, SeedTab{"Sheet1", {}});
  for (const SeedTab& tab : seed.tabs.empty() ? only_sheet : seed.tabs)
    workbook.insert(workbook.size(), sheet_from(workbook, tab));
  return workbook;
}

}  // namespace sheets::emulator
