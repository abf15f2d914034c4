#include "sheets_client/emulator/workbook/workbook.h"

#include <algorithm>
#include <random>

#include "sheets_client/emulator/workbook/api_error.h"

namespace sheets::emulator {
namespace {

int random_id() {
  thread_local std::mt19937 generator{std::random_device{}()};
  return std::uniform_int_distribution<int>{1, 2147483646}(generator);
}

// A random id of which `taken` is false.
template <typename Taken>
int unused_id(Taken&& taken) {
  int candidate = random_id();
  while (taken(candidate))
    candidate = random_id();
  return candidate;
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

int Workbook::unused_sheet_id() const {
  return unused_id([this](int sheet_id) { return find(sheet_id) != nullptr; });
}

bool Workbook::has_protected_range(int range_id) const {
  return std::any_of(sheets_.begin(), sheets_.end(), [range_id](const auto& sheet) {
    return std::any_of(sheet->protected_ranges.begin(), sheet->protected_ranges.end(),
                       [range_id](const ProtectedRange& range) { return range.id == range_id; });
  });
}

int Workbook::unused_protected_range_id() const {
  return unused_id([this](int range_id) { return has_protected_range(range_id); });
}

bool Workbook::has_rule(int rule_id) const {
  const auto among = [rule_id](const std::vector<RangedRule>& rules) {
    return std::any_of(rules.begin(), rules.end(), [&](const auto& rule) { return rule.id == rule_id; });
  };
  return std::any_of(sheets_.begin(), sheets_.end(),
                     [&](const auto& sheet) { return among(sheet->filter_views) || among(sheet->bandings); });
}

int Workbook::unused_rule_id() const {
  return unused_id([this](int rule_id) { return has_rule(rule_id); });
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

bool Workbook::has_metadata(int metadata_id) const {
  const auto among = [metadata_id](const std::vector<DeveloperMetadata>& list) {
    return std::any_of(list.begin(), list.end(), [&](const auto& m) { return m.id == metadata_id; });
  };
  return among(developer_metadata) || std::any_of(sheets_.begin(), sheets_.end(), [&](const auto& sheet) {
           return among(sheet->developer_metadata);
         });
}

int Workbook::unused_metadata_id() const {
  int candidate = random_id();
  while (has_metadata(candidate))
    candidate = random_id();
  return candidate;
}

bool may_edit(const Workbook& workbook, const ProtectedRange& range, const Caller& caller) {
  const auto& users = range.editors.users;
  return caller.email == workbook.owner || std::find(users.begin(), users.end(), caller.email) != users.end();
}

void check_editable(const Workbook& workbook, const Sheet& sheet, const GridRect& rect,
                    const Caller& caller) {
  const auto& grid = sheet.properties;
  for (const ProtectedRange& range : sheet.protected_ranges) {
    if (range.warning_only || may_edit(workbook, range, caller)) continue;
    const GridRect touched = intersection(range.bounds.within(grid.row_count, grid.column_count), rect);
    std::vector<GridRect> open;
    for (const auto& bounds : range.unprotected)
      open.push_back(bounds.within(grid.row_count, grid.column_count));
    if (leaves_uncovered(touched, open)) {
      throw invalid_argument(
          "You are trying to edit a protected cell or object. Please contact the spreadsheet owner to remove "
          "protection if you need to edit.");
    }
  }
}

}  // namespace sheets::emulator
