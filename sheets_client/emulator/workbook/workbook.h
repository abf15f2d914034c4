#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sheets_client/emulator/workbook/api_error.h"
#include "sheets_client/emulator/workbook/sheet.h"
#include "sheets_client/emulator/workbook/text.h"

namespace sheets::emulator {

// Google's limit of cells in one spreadsheet, empty ones counted.
inline constexpr std::int64_t kMaxWorkbookCells = 10'000'000;

// Who sends a request.
struct Caller {
  std::string email;
};

enum class IdOf { kSheet, kProtectedRange, kRule, kMetadata };  // a rule: a filter view or banding

// One spreadsheet. A copy shares its sheets with the original until one is edited, so that a batch works on
// a copy and is published, or thrown away, as a whole.
// Thread safety: none of its own; a published workbook is const.
class Workbook {
 public:
  std::string id;
  std::string title;
  std::string locale = "en_US";
  std::string time_zone = "Etc/GMT";
  std::string owner;                                  // may edit every protected range
  bool shared = true;                                 // false: only the owner may open it
  std::vector<DeveloperMetadata> developer_metadata;  // of the whole spreadsheet; the sheets hold their own

  std::size_t size() const { return sheets_.size(); }
  const Sheet& sheet(std::size_t index) const { return *sheets_[index]; }
  const std::shared_ptr<Sheet>& shared_sheet(std::size_t index) const { return sheets_[index]; }

  // nullptr when there is none. Titles compare ignoring case.
  const Sheet* find(int sheet_id) const;
  const Sheet* find(std::string_view title) const;
  const Sheet* first_visible() const;
  int index_of(int sheet_id) const;  // -1 when there is none

  // The sheet to change; it must exist.
  Sheet& edit(int sheet_id);
  void insert(std::size_t index, Sheet sheet);
  void erase(int sheet_id);
  void move(int sheet_id, std::size_t index);

  std::int64_t cell_count() const;
  // Whether something of that kind in this workbook has the id; a random id that none has.
  bool has_id(IdOf kind, int id) const;
  int unused_id(IdOf kind) const;
  // The named range of that name and its sheet; nullptr and nullptr when there is none. Names compare
  // ignoring case.
  std::pair<const Sheet*, const NamedRange*> find_named_range(std::string_view name) const;

 private:
  std::vector<std::shared_ptr<Sheet>> sheets_;
};

// Throws ApiError when `rect` touches a protected range that is not merely a warning and that `caller` may
// not edit.
void check_editable(const Workbook& workbook, const Sheet& sheet, const GridRect& rect, const Caller& caller);

ApiError protected_cells();
// Whether the caller may edit a range protected like this.
bool may_edit(const Workbook& workbook, const ProtectedRange& range, const Caller& caller);

// What Google refuses of the shape of a workbook: each throws ApiError in Google's words.

void check_title(const Workbook& workbook, const std::string& title, int except_sheet_id = -1);
// Longer than kMaxCellCharacters.
void check_text(std::string_view text);
void check_grid_size(int rows, int columns);
void check_frozen(const SheetProperties& properties);
// More cells than kMaxWorkbookCells.
void check_cell_limit(const Workbook& workbook);
// The same before `count` rows or columns are added.
void check_growth(const Workbook& workbook, const Sheet& sheet, Dimension dimension, int count);

// Where a formula finds other spreadsheets; nullptr for an id that does not exist.
class WorkbookLookup {
 public:
  virtual ~WorkbookLookup() = default;
  virtual std::shared_ptr<const Workbook> find_workbook(std::string_view id) const = 0;
  // The time that TODAY and NOW are about.
  virtual std::chrono::system_clock::time_point now() const = 0;
};

}  // namespace sheets::emulator
