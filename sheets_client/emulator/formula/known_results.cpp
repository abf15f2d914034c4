#include "sheets_client/emulator/formula/known_results.h"

#include <algorithm>
#include <utility>

namespace sheets::emulator {
namespace {

// Formulas with a known result, and places that the ranges they read are kept in. Beyond either all is
// forgotten: the next calculation starts again.
constexpr std::size_t kMaxEntries = 1'000'000;
constexpr std::size_t kMaxReaders = 4'000'000;

std::uint64_t cell_key(int row, int column) {
  return (static_cast<std::uint64_t>(row) << 32U) | static_cast<std::uint32_t>(column);
}

// What may show something else when a cell does: all that its formula may lay a block over.
GridRect reach(int row, int column, bool spills) {
  return spills ? GridRect{row, kBeyondGrid, column, kBeyondGrid}
                : GridRect{row, row + 1, column, column + 1};
}

bool same_named_ranges(const std::vector<NamedRange>& a, const std::vector<NamedRange>& b) {
  const auto same = [](const NamedRange& x, const NamedRange& y) {
    return x.name == y.name && x.bounds == y.bounds;
  };
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), same);
}

// Whether references mean the same places in both.
bool same_places(const Workbook& a, const Workbook& b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (a.shared_sheet(i) == b.shared_sheet(i)) continue;
    const SheetProperties &x = a.sheet(i).properties, &y = b.sheet(i).properties;
    if (x.id != y.id || x.title != y.title || x.hidden != y.hidden || x.row_count != y.row_count ||
        x.column_count != y.column_count ||
        !same_named_ranges(a.sheet(i).named_ranges, b.sheet(i).named_ranges))
      return false;
  }
  return true;
}

bool same_content(const Cell& a, const Cell& b) {
  return a.value == b.value && a.details().formula == b.details().formula;
}

// Cells that changed, as few ranges: neighbours of one column are one.
std::vector<GridRect> ranges_of(std::vector<std::pair<int, int>> cells_by_column) {
  std::sort(cells_by_column.begin(), cells_by_column.end());
  std::vector<GridRect> ranges;
  for (const auto& [column, row] : cells_by_column) {
    const bool goes_on =
        !ranges.empty() && ranges.back().start_column == column && ranges.back().end_row == row;
    if (goes_on) {
      ++ranges.back().end_row;
    } else {
      ranges.push_back({row, row + 1, column, column + 1});
    }
  }
  return ranges;
}

}  // namespace

KnownResults::KnownResults() : books_(1) {}

KnownResults::Tab* KnownResults::find_tab(int workbook, int sheet) {
  auto& tabs = books_[static_cast<std::size_t>(workbook)].tabs;
  const auto found = tabs.find(sheet);
  return found == tabs.end() ? nullptr : &found->second;
}

const KnownResults::Tab* KnownResults::find_tab(int workbook, int sheet) const {
  const auto& tabs = books_[static_cast<std::size_t>(workbook)].tabs;
  const auto found = tabs.find(sheet);
  return found == tabs.end() ? nullptr : &found->second;
}

std::optional<KnownResults::Followed> KnownResults::follow(const WorkbookLookup& workbooks,
                                                           const Workbook& workbook, double day) {
  const std::lock_guard lock(mutex_);
  auto current = workbooks.find_workbook(workbook.id);
  if (current.get() != &workbook) return std::nullopt;
  make_room();
  if (std::exchange(day_, day) != day) {
    ++moment_;
    forget_readers(kToday);
  }
  for (std::size_t i = 1; i < books_.size(); ++i) {
    const Tab* imported = find_tab(static_cast<int>(i), -1);
    if (!imported || imported->readers.size() == 0 || !books_[i].version) continue;
    if (auto version = workbooks.find_workbook(books_[i].version->id)) follow_one(std::move(version));
  }
  const int number = follow_one(std::move(current));
  return Followed{number, moment_};
}

int KnownResults::follow_one(std::shared_ptr<const Workbook> version) {
  const auto [entry, is_new] = numbers_.try_emplace(version->id, static_cast<int>(books_.size()));
  const int number = entry->second;
  if (is_new) books_.emplace_back();
  const auto before = std::exchange(books_[static_cast<std::size_t>(number)].version, std::move(version));
  const Workbook& after = *books_[static_cast<std::size_t>(number)].version;
  if (before.get() == &after) return number;
  moment_ += before ? 1 : 0;  // nobody can have looked at a workbook that is new here
  if (!before || !same_places(*before, after)) {
    start_again(number);
    return number;
  }
  for (std::size_t i = 0; i < after.size(); ++i) {
    if (before->shared_sheet(i) != after.shared_sheet(i))
      follow_sheet(number, before->sheet(i), after.sheet(i));
  }
  return number;
}

void KnownResults::start_again(int workbook) {
  forget_readers(tabs_of(workbook));
  auto& [version, tabs] = books_[static_cast<std::size_t>(workbook)];
  for (auto& [sheet, tab] : tabs) {
    entries_ -= tab.entries.size();
    tab.entries.clear();
    tab.readers.visit({0, kBeyondGrid, 0, kBeyondGrid},
                      [&](const GridRect&, const Reader& reader) { return reader.workbook != workbook; });
  }
  for (std::size_t i = 0; i < version->size(); ++i)
    tabs[version->sheet(i).properties.id].outline.emplace(version->sheet(i));
}

void KnownResults::follow_sheet(int workbook, const Sheet& before, const Sheet& after) {
  const int sheet = after.properties.id;
  Tab& tab = *find_tab(workbook, sheet);
  const int rows = tab.outline->rows(), columns = tab.outline->columns();
  std::vector<std::pair<int, int>> changed;
  for (int r = 0; r < std::max(before.stored_rows(), after.stored_rows()); ++r) {
    const Row *old_row = before.row(r), *new_row = after.row(r);
    if (old_row == new_row) continue;
    const std::size_t end = std::max(old_row ? old_row->size() : 0, new_row ? new_row->size() : 0);
    for (int c = 0; c < static_cast<int>(end); ++c) {
      const Cell &old_cell = before.cell(r, c), &new_cell = after.cell(r, c);
      if (same_content(old_cell, new_cell)) continue;
      entries_ -= tab.entries.erase(cell_key(r, c));
      if (spills(old_cell) || spills(new_cell)) forget_readers({workbook, sheet, reach(r, c, true)});
      changed.emplace_back(c, r);
    }
    tab.outline->look(after, r);
  }
  const auto rects = ranges_of(std::move(changed));
  for (const GridRect& rect : rects)
    forget_readers({workbook, sheet, rect});
  // Open ranges end where the sheet's cells do.
  if (tab.outline->rows() != rows)
    forget_readers({workbook, sheet, {kBeyondGrid - 1, kBeyondGrid, 0, kBeyondGrid}});
  if (tab.outline->columns() != columns)
    forget_readers({workbook, sheet, {0, kBeyondGrid, kBeyondGrid - 1, kBeyondGrid}});
}

void KnownResults::forget_readers(const KnownRange& range) {
  std::vector<KnownRange> changed{range};
  while (!changed.empty()) {
    const KnownRange next = changed.back();
    changed.pop_back();
    Tab* read = find_tab(next.workbook, next.sheet);
    if (!read) continue;
    read->readers.visit(next.rect, [&](const GridRect&, const Reader& reader) {
      Tab* tab = find_tab(reader.workbook, reader.sheet);
      if (!tab) return false;
      const auto found = tab->entries.find(reader.cell);
      if (found == tab->entries.end() || found->second.registration != reader.registration) return false;
      Entry& entry = found->second;
      if (std::exchange(entry.holds, false)) {
        const int row = static_cast<int>(reader.cell >> 32U);
        const int column = static_cast<int>(static_cast<std::uint32_t>(reader.cell));
        changed.push_back({reader.workbook, reader.sheet, reach(row, column, entry.result.spills)});
      }
      return true;
    });
  }
}

void KnownResults::make_room() {
  std::size_t readers = 0;
  for (const Book& book : books_) {
    for (const auto& [sheet, tab] : book.tabs)
      readers += tab.readers.size();
  }
  if (entries_ < kMaxEntries && readers < kMaxReaders) return;
  books_.assign(1, {});
  numbers_.clear();
  entries_ = 0;
  ++moment_;
}

std::optional<SheetOutline> KnownResults::outline(int workbook, int sheet, Moment moment) const {
  const std::lock_guard lock(mutex_);
  return moment == moment_ ? find_tab(workbook, sheet)->outline : std::nullopt;
}

std::optional<FormulaResult> KnownResults::find(int workbook, int sheet, int row, int column,
                                                Moment moment) const {
  const std::lock_guard lock(mutex_);
  if (moment != moment_) return std::nullopt;
  const Tab* tab = find_tab(workbook, sheet);
  const auto found = tab->entries.find(cell_key(row, column));
  if (found == tab->entries.end() || !found->second.holds) return std::nullopt;
  return found->second.result;
}

void KnownResults::keep(const KnownRange& cell, const FormulaResult& result,
                        const std::vector<KnownRange>& reads, Moment moment) {
  const std::lock_guard lock(mutex_);
  if (moment != moment_ || entries_ >= kMaxEntries) return;
  const std::uint64_t key = cell_key(cell.rect.start_row, cell.rect.start_column);
  const auto [found, is_new] = find_tab(cell.workbook, cell.sheet)->entries.try_emplace(key);
  Entry& entry = found->second;
  entries_ += is_new ? 1 : 0;
  entry.result = result;
  entry.holds = true;
  if (!is_new && entry.reads == reads) return;
  entry.reads = reads;
  entry.registration = ++registrations_;
  for (const KnownRange& read : reads) {
    books_[static_cast<std::size_t>(read.workbook)].tabs[read.sheet].readers.add(
        read.rect, {cell.workbook, cell.sheet, key, entry.registration});
  }
}

}  // namespace sheets::emulator
