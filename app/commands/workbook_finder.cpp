#include "app/commands/workbook_finder.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/errors.h"
#include "core/fields/header_match.h"
#include "core/fields/registry.h"
#include "core/fields/text.h"

namespace roadmap::app {
namespace {

constexpr std::size_t kHeaderRowsLookedAt = 10;
constexpr std::size_t kFewestColumns = 3;
constexpr std::size_t kShortestId = 10;

bool is_id(std::string_view text) {
  return text.size() >= kShortestId && std::all_of(text.begin(), text.end(), [](char c) {
           return is_letter(c) || is_digit(c) || c == '-' || c == '_';
         });
}

// Teams need no key column: the first run adds it. Elsewhere rows are known by it.
FieldId needed_on(Tab kind) { return kind == Tab::kIntake ? fields::title() : fields::key(); }

}  // namespace

std::optional<std::string> spreadsheet_id_in(std::string_view address) {
  constexpr std::string_view kMark = "/d/";
  std::string_view id = trim(address);
  if (const std::size_t mark = id.find(kMark); mark != std::string_view::npos) {
    id.remove_prefix(mark + kMark.size());
    id = id.substr(0, id.find_first_of("/?#"));
  }
  if (!is_id(id)) return std::nullopt;
  return std::string(id);
}

std::string needed_spreadsheet_id(std::string_view address) {
  if (auto id = spreadsheet_id_in(address)) return *std::move(id);
  throw Error("usage", fmt::format("'{}' {}", address, kAddressLooksLike));
}

FoundWorkbook::FoundWorkbook(sheets::GoogleSheets& sheets, const std::string& spreadsheet_id,
                             const RunControl& control)
    : info_(sheets.describe(spreadsheet_id, control)) {
  for (TabRead& read : sheets.read_tabs(spreadsheet_id, tab_titles(), control)) {
    if (read.grid) grids_.push_back(*std::move(read.grid));
  }
}

std::vector<std::string> FoundWorkbook::tab_titles() const {
  std::vector<std::string> titles;
  for (const sheets::TabInfo& tab : info_.tabs)
    titles.push_back(tab.title);
  return titles;
}

bool FoundWorkbook::is_empty() const {
  return std::all_of(grids_.begin(), grids_.end(), [](const TabGrid& grid) {
    return std::all_of(grid.rows.begin(), grid.rows.end(), [](const CellRow& row) {
      return std::all_of(row.begin(), row.end(), [](const Cell& cell) { return is_blank(cell); });
    });
  });
}

std::optional<FoundTab> FoundWorkbook::header_in(Tab kind, const TabGrid& grid) const {
  std::optional<FoundTab> best;
  for (std::size_t row = 0; row < std::min(grid.rows.size(), kHeaderRowsLookedAt); ++row) {
    const ColumnMap columns = match_headers(kind, grid.rows[row]);
    if (columns.columns.size() < kFewestColumns || !columns.column_of(needed_on(kind))) continue;
    if (best && best->known_columns >= columns.columns.size()) continue;
    best = FoundTab{grid.title, static_cast<int>(row) + 1, columns.columns.size()};
  }
  return best;
}

std::vector<FoundTab> FoundWorkbook::all(Tab kind) const {
  std::vector<FoundTab> tabs;
  for (const TabGrid& grid : grids_) {
    if (auto tab = header_in(kind, grid)) tabs.push_back(*std::move(tab));
  }
  return tabs;
}

std::optional<FoundTab> FoundWorkbook::best(Tab kind, std::string_view usual_title) const {
  std::optional<FoundTab> best;
  for (const FoundTab& tab : all(kind)) {
    const bool better = !best || tab.known_columns > best->known_columns ||
                        (tab.known_columns == best->known_columns && lower(tab.title) == lower(usual_title));
    if (better) best = tab;
  }
  return best;
}

}  // namespace roadmap::app
