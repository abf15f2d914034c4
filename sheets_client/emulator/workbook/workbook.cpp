#include "sheets_client/emulator/workbook/workbook.h"

#include <fmt/format.h>

#include <algorithm>
#include <random>

#include "sheets_client/emulator/workbook/api_error.h"

namespace sheets::emulator {
namespace {

constexpr int kMaxColumns = 18'278;
constexpr std::size_t kMaxTitleCharacters = 100;

ApiError too_many_cells() {
  return invalid_argument(fmt::format(
      "This action would increase the number of cells in the workbook above the limit of {} cells.",
      kMaxWorkbookCells));
}

int random_id() {
  thread_local std::mt19937 generator{std::random_device{}()};
  return std::uniform_int_distribution<int>{1, 2147483646}(generator);
}

// Whether some cell of `rect` lies in none of the rectangles.
bool leaves_uncovered(const GridRect& rect, const std::vector<GridRect>& cover) {
  if (rect.empty()) return false;
  const auto hit =
      std::find_if(cover.begin(), cover.end(), [&](const GridRect& c) { return c.intersects(rect); });
  if (hit == cover.end()) return true;
  const std::vector<GridRect> rest(hit + 1, cover.end());
  const int top = std::max(rect.start_row, hit->start_row), bottom = std::min(rect.end_row, hit->end_row);
  const GridRect parts[] = {{rect.start_row, top, rect.start_column, rect.end_column},
                            {bottom, rect.end_row, rect.start_column, rect.end_column},
                            {top, bottom, rect.start_column, std::min(rect.end_column, hit->start_column)},
                            {top, bottom, std::max(rect.start_column, hit->end_column), rect.end_column}};
  return std::any_of(std::begin(parts), std::end(parts),
                     [&](const GridRect& part) { return leaves_uncovered(part, rest); });
}

GridRect intersection(const GridRect& a, const GridRect& b) {
  return {std::max(a.start_row, b.start_row), std::min(a.end_row, b.end_row),
          std::max(a.start_column, b.start_column), std::min(a.end_column, b.end_column)};
}

}  // namespace

const Sheet* Workbook::find(int sheet_id) const {
  const int index = index_of(sheet_id);
  return index < 0 ? nullptr : sheets_[static_cast<std::size_t>(index)].get();
}

const Sheet* Workbook::find(std::string_view wanted) const {
  const std::string folded = fold_case(wanted);
  const auto found = std::find_if(sheets_.begin(), sheets_.end(), [&](const auto& sheet) {
    return fold_case(sheet->properties.title) == folded;
  });
  return found == sheets_.end() ? nullptr : found->get();
}

const Sheet* Workbook::first_visible() const {
  const auto found = std::find_if(sheets_.begin(), sheets_.end(),
                                  [](const auto& sheet) { return !sheet->properties.hidden; });
  return found == sheets_.end() ? nullptr : found->get();
}

int Workbook::index_of(int sheet_id) const {
  const auto found = std::find_if(sheets_.begin(), sheets_.end(),
                                  [&](const auto& sheet) { return sheet->properties.id == sheet_id; });
  return found == sheets_.end() ? -1 : static_cast<int>(found - sheets_.begin());
}

Sheet& Workbook::edit(int sheet_id) {
  auto& stored = sheets_.at(static_cast<std::size_t>(index_of(sheet_id)));
  if (stored.use_count() > 1) stored = std::make_shared<Sheet>(*stored);
  return *stored;
}

void Workbook::insert(std::size_t index, Sheet sheet) {
  sheets_.insert(sheets_.begin() + static_cast<std::ptrdiff_t>(std::min(index, sheets_.size())),
                 std::make_shared<Sheet>(std::move(sheet)));
}

void Workbook::erase(int sheet_id) { sheets_.erase(sheets_.begin() + index_of(sheet_id)); }

void Workbook::move(int sheet_id, std::size_t index) {
  const auto from = sheets_.begin() + index_of(sheet_id);
  const auto sheet = *from;
  sheets_.erase(from);
  sheets_.insert(sheets_.begin() + static_cast<std::ptrdiff_t>(std::min(index, sheets_.size())), sheet);
}

std::int64_t Workbook::cell_count() const {
  std::int64_t total = 0;
  for (const auto& sheet : sheets_)
    total += sheet->cell_count();
  return total;
}

bool Workbook::has_id(IdOf kind, int wanted) const {
  const auto among = [wanted](const auto& list) {
    return std::any_of(list.begin(), list.end(), [wanted](const auto& entry) { return entry.id == wanted; });
  };
  if (kind == IdOf::kSheet) return find(wanted) != nullptr;
  if (kind == IdOf::kMetadata && among(developer_metadata)) return true;
  return std::any_of(sheets_.begin(), sheets_.end(), [&](const auto& sheet) {
    if (kind == IdOf::kProtectedRange) return among(sheet->protected_ranges);
    if (kind == IdOf::kRule) return among(sheet->filter_views) || among(sheet->bandings);
    return among(sheet->developer_metadata);
  });
}

int Workbook::unused_id(IdOf kind) const {
  int candidate = random_id();
  while (has_id(kind, candidate))
    candidate = random_id();
  return candidate;
}

std::pair<const Sheet*, const NamedRange*> Workbook::find_named_range(std::string_view name) const {
  const std::string folded = fold_case(name);
  for (const auto& sheet : sheets_) {
    for (const NamedRange& range : sheet->named_ranges) {
      if (fold_case(range.name) == folded) return {sheet.get(), &range};
    }
  }
  return {nullptr, nullptr};
}

bool may_edit(const Workbook& workbook, const ProtectedRange& range, const Caller& caller) {
  const auto& users = range.editors.users;
  return caller.email == workbook.owner || std::find(users.begin(), users.end(), caller.email) != users.end();
}

ApiError protected_cells() {
  return invalid_argument(
      "You are trying to edit a protected cell or object. Please contact the spreadsheet owner to remove "
      "protection if you need to edit.");
}

void check_editable(const Workbook& workbook, const Sheet& sheet, const GridRect& rect,
                    const Caller& caller) {
  for (const ProtectedRange& range : sheet.protected_ranges) {
    if (range.warning_only || may_edit(workbook, range, caller)) continue;
    const GridRect touched = intersection(sheet.cut(range.bounds), rect);
    std::vector<GridRect> open;
    for (const auto& bounds : range.unprotected)
      open.push_back(sheet.cut(bounds));
    if (leaves_uncovered(touched, open)) throw protected_cells();
  }
}

void check_title(const Workbook& workbook, const std::string& title, int except_sheet_id) {
  if (title.empty() || count_characters(title) > kMaxTitleCharacters) {
    throw invalid_argument(
        fmt::format("Sheet name cannot be empty or longer than {} characters.", kMaxTitleCharacters));
  }
  const Sheet* taken = workbook.find(title);
  if (taken && taken->properties.id != except_sheet_id) {
    throw invalid_argument(
        fmt::format("A sheet with the name \"{}\" already exists. Please enter another name.", title));
  }
}

void check_text(std::string_view text) {
  if (text.size() > kMaxCellCharacters && count_utf16_units(text) > kMaxCellCharacters) {
    throw invalid_argument(fmt::format(
        "Your input contains more than the maximum of {} characters in a single cell.", kMaxCellCharacters));
  }
}

void check_grid_size(int rows, int columns) {
  if (rows < 1 || columns < 1)
    throw invalid_argument(
        fmt::format("A sheet needs a row and a column: got {} rows, {} columns.", rows, columns));
  if (columns > kMaxColumns)
    throw invalid_argument(fmt::format("A sheet cannot have more than {} columns.", kMaxColumns));
  if (std::int64_t{rows} * columns > kMaxWorkbookCells) throw too_many_cells();
}

void check_frozen(const SheetProperties& p) {
  if (p.frozen_rows < 0 || p.frozen_columns < 0)
    throw invalid_argument("The number of frozen rows and columns cannot be negative.");
  if (p.frozen_rows >= p.row_count && p.frozen_rows > 0)
    throw invalid_argument("You can't freeze all visible rows on the sheet.");
  if (p.frozen_columns >= p.column_count && p.frozen_columns > 0)
    throw invalid_argument("You can't freeze all visible columns on the sheet.");
}

void check_cell_limit(const Workbook& workbook) {
  if (workbook.cell_count() > kMaxWorkbookCells) throw too_many_cells();
}

void check_growth(const Workbook& workbook, const Sheet& sheet, Dimension dimension, int count) {
  const std::int64_t across = sheet.properties.count(other(dimension));
  if (workbook.cell_count() + across * count > kMaxWorkbookCells) throw too_many_cells();
}

}  // namespace sheets::emulator
