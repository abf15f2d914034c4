#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/fields/field.h"
#include "core/run/run_control.h"
#include "core/run/settings.h"
#include "sheets_client/google_sheets.h"

namespace roadmap::app {

// The id in a spreadsheet's address, or the id itself; nullopt when the text is neither, or names a published
// copy.
std::optional<std::string> spreadsheet_id_in(std::string_view address);
// The same; throws Error that shows what an address looks like.
std::string needed_spreadsheet_id(std::string_view address);
inline constexpr std::string_view kAddressLooksLike =
    "is no address of a spreadsheet; one looks like https://docs.google.com/spreadsheets/d/1AbC…/edit";

// A tab whose header row names fields of one kind of tab.
struct FoundTab {
  std::string title;
  int header_row = 1;  // 1-based
  std::size_t known_columns = 0;
};

// A workbook as its people made it: which tabs hold what, told by their headers. Blocks for two reads.
class FoundWorkbook {
 public:
  // Throws SheetsError (not shared, an Excel file, …) and RunStopped.
  FoundWorkbook(sheets::GoogleSheets& sheets, const std::string& spreadsheet_id, const RunControl& control);

  const std::string& title() const { return info_.title; }
  std::string display_name() const { return info_.display_name(); }
  std::vector<std::string> tab_titles() const;
  bool is_empty() const;  // no tab holds anything

  // The tab that knows the most columns of that kind, the title's own one in a tie; nullopt where no tab has
  // the column that such a tab cannot do without, and two more.
  std::optional<FoundTab> best(Tab kind, std::string_view usual_title) const;
  // Every tab that may be of that kind, in tab order.
  std::vector<FoundTab> all(Tab kind) const;

 private:
  std::optional<FoundTab> header_in(Tab kind, const TabGrid& grid) const;

  sheets::SpreadsheetInfo info_;
  std::vector<TabGrid> grids_;
};

}  // namespace roadmap::app
