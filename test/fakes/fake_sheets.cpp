#include "test/fakes/fake_sheets.h"

#include <algorithm>
#include <stdexcept>

namespace roadmap::test {
namespace {

void run_next(std::deque<std::function<void()>>& actions) {
  if (actions.empty()) return;
  const auto action = std::move(actions.front());
  actions.pop_front();
  action();
}

}  // namespace

Cell FakeTab::get(int row, int column) const {
  const auto r = static_cast<std::size_t>(row - 1);
  const auto c = static_cast<std::size_t>(column);
  return r < rows.size() && c < rows[r].size() ? rows[r][c].value : Cell{};
}

void FakeTab::set(int row, int column, Cell value) {
  const auto r = static_cast<std::size_t>(row - 1);
  const auto c = static_cast<std::size_t>(column);
  if (rows.size() <= r) rows.resize(r + 1);
  if (rows[r].size() <= c) rows[r].resize(c + 1);
  rows[r][c] = {std::move(value), false, {}};
}

void FakeTab::set_formula(int row, int column, Cell shown, std::string formula) {
  set(row, column, std::move(shown));
  FakeCell& cell = rows[static_cast<std::size_t>(row - 1)][static_cast<std::size_t>(column)];
  cell.is_formula = true;
  cell.formula = std::move(formula);
}

void FakeTab::set_displayed(int row, int column, double value, std::string displayed) {
  set(row, column, Cell(value));
  rows[static_cast<std::size_t>(row - 1)][static_cast<std::size_t>(column)].displayed = std::move(displayed);
}

int FakeTab::column_of(const std::string& header) const {
  for (std::size_t c = 0; c < rows.at(0).size(); ++c) {
    if (to_text(rows[0][c].value) == header) return static_cast<int>(c);
  }
  throw std::out_of_range("no column '" + header + "'");
}

void FakeTab::insert_rows(int before_row, int count) {
  const auto at = std::min(static_cast<std::size_t>(before_row - 1), rows.size());
  rows.insert(rows.begin() + static_cast<std::ptrdiff_t>(at), static_cast<std::size_t>(count), FakeRow{});
}

void FakeTab::delete_row(int row) { rows.erase(rows.begin() + row - 1); }

void FakeTab::insert_column(int before_column) {
  for (FakeRow& row : rows) {
    if (row.size() > static_cast<std::size_t>(before_column))
      row.insert(row.begin() + before_column, FakeCell{});
  }
}

void FakeTab::sort(int first_row, int column, bool descending) {
  if (last_row() < first_row) return;
  const auto text = [&](const FakeRow& row) {
    const auto c = static_cast<std::size_t>(column);
    return c < row.size() ? to_text(row[c].value) : std::string();
  };
  std::stable_sort(rows.begin() + first_row - 1, rows.end(), [&](const FakeRow& a, const FakeRow& b) {
    return descending ? text(a) > text(b) : text(a) < text(b);
  });
}

FakeTab& FakeSheets::tab(const std::string& spreadsheet, const std::string& title) {
  return books_.at(spreadsheet).at(title);
}

void FakeSheets::add_tab(const std::string& spreadsheet, const std::string& title,
                         const std::vector<std::vector<Cell>>& rows) {
  FakeTab made;
  for (std::size_t r = 0; r < rows.size(); ++r) {
    for (std::size_t c = 0; c < rows[r].size(); ++c) {
      made.set(static_cast<int>(r) + 1, static_cast<int>(c), rows[r][c]);
    }
  }
  books_[spreadsheet][title] = std::move(made);
}

void FakeSheets::remove_tab(const std::string& spreadsheet, const std::string& title) {
  books_.at(spreadsheet).erase(title);
}

void FakeSheets::calm_down() {
  before_write_.clear();
  after_read_.clear();
  after_write_.clear();
  losses_.clear();
  deaths_.clear();
}

void FakeSheets::fail_if_told(const std::string& spreadsheet) const {
  const auto failing = failing_.find(spreadsheet);
  if (failing != failing_.end())
    throw SheetsError(failing->second, spreadsheet, "cannot read " + spreadsheet, "told to");
}

std::vector<TabRead> FakeSheets::read_tabs(const std::string& spreadsheet_id,
                                           const std::vector<std::string>& tabs, const RunControl& control) {
  control.check(std::chrono::steady_clock::now());
  ++reads;
  fail_if_told(spreadsheet_id);
  std::vector<TabRead> result;
  const auto& book = books_.at(spreadsheet_id);
  for (const std::string& title : tabs) {
    const auto found = book.find(title);
    if (found == book.end()) {
      result.push_back({std::nullopt, "no tab '" + title + "'"});
      continue;
    }
    TabGrid grid{title, {}};
    for (const FakeRow& row : found->second.rows) {
      CellRow cells;
      for (const FakeCell& cell : row)
        cells.push_back(cell.value);
      grid.rows.push_back(std::move(cells));
    }
    result.push_back({std::move(grid), {}});
  }
  run_next(after_read_);
  return result;
}

Picture FakeSheets::look(const std::string& spreadsheet_id, const std::vector<LookAt>& look,
                         const RunControl& control) {
  control.check(std::chrono::steady_clock::now());
  ++reads;
  fail_if_told(spreadsheet_id);
  return picture(spreadsheet_id, look);
}

Picture FakeSheets::picture(const std::string& spreadsheet_id, const std::vector<LookAt>& looks) {
  Picture seen;
  const std::string& marker = markers_[spreadsheet_id];
  seen.marker = marker;
  seen.items_applied = static_cast<std::size_t>(-1);
  const auto& book = books_.at(spreadsheet_id);
  for (const LookAt& look : looks) {
    TabPicture& shown = seen.tabs.emplace_back();
    shown.columns.resize(look.columns.size());
    const auto found = book.find(look.tab);
    shown.there = found != book.end();
    if (!shown.there) continue;
    const FakeTab& from = found->second;
    const std::size_t width =
        from.rows.empty() ? 0 : from.rows[static_cast<std::size_t>(look.header_row - 1)].size();
    for (std::size_t c = 0; c < width; ++c)
      shown.header.push_back(from.get(look.header_row, static_cast<int>(c)));
    for (std::size_t i = 0; i < look.columns.size(); ++i) {
      for (const FakeRow& row : from.rows) {
        const auto c = static_cast<std::size_t>(look.columns[i]);
        SeenCell& cell = shown.columns[i].emplace_back();
        if (c >= row.size()) continue;
        cell = {row[c].value, row[c].formula, {}};
        if (look.displayed)
          cell.displayed = row[c].displayed.empty() ? to_text(row[c].value) : row[c].displayed;
      }
    }
  }
  return seen;
}

void FakeSheets::apply(const std::string& spreadsheet_id, const SheetWrite& write, WriteReport& report) {
  markers_[spreadsheet_id] = write.marker;
  for (const TabWrite& part : write.tabs) {
    FakeTab& to = tab(spreadsheet_id, part.tab);
    const auto put = [&](int row, const PlannedCell& cell) {
      if (cell.is_formula) {
        to.set_formula(row, cell.column, cell.before, to_text(cell.after));
      } else {
        to.set(row, cell.column, cell.after);
      }
    };
    const auto is_refused = [&](const PlannedCell& cell) {
      if (!refused_.contains(cell.key)) return false;
      const auto same = [&](const RefusedRow& row) { return row.tab == part.tab && row.key == cell.key; };
      if (std::none_of(report.refused.begin(), report.refused.end(), same))
        report.refused.push_back({part.tab, cell.key, "protected"});
      return true;
    };
    for (const HeaderAdd& header : part.headers)
      to.set(header.header_row, header.column, Cell(header.text));
    for (const PlannedCell& cell : part.cells) {
      if (!is_refused(cell)) put(cell.row, cell);
    }
    if (!part.insert) continue;
    std::map<int, std::vector<const PlannedCell*>> kept;  // by row of the insert
    for (const PlannedCell& cell : part.insert->cells) {
      if (!is_refused(cell)) kept[cell.row].push_back(&cell);
    }
    to.insert_rows(part.insert->after_row + 1, static_cast<int>(kept.size()));
    int number = part.insert->after_row;
    for (const auto& [row, cells] : kept) {
      ++number;
      for (const PlannedCell* cell : cells)
        put(number, *cell);
    }
  }
}

WriteReport FakeSheets::write(const std::string& spreadsheet_id, SheetWrite write,
                              const RunControl& control) {
  control.check(std::chrono::steady_clock::now());
  run_next(before_write_);
  ++writes;
  fail_if_told(spreadsheet_id);
  WriteReport report;
  if (without_marker_.contains(spreadsheet_id)) {
    if (write.about_to_go_without_marker) write.about_to_go_without_marker();
    write.marker = markers_[spreadsheet_id];
  }
  if (!deaths_.empty()) {
    const Loss death = deaths_.front();
    deaths_.pop_front();
    if (death == Loss::kAfterApply) apply(spreadsheet_id, write, report);
    throw Killed{};
  }
  if (!losses_.empty()) {
    const Loss loss = losses_.front();
    losses_.pop_front();
    if (loss == Loss::kAfterApply) apply(spreadsheet_id, write, report);
    report.state = WriteState::kUnknown;
    report.lost_reason = "told to";
    return report;
  }
  apply(spreadsheet_id, write, report);
  run_next(after_write_);
  if (!write.look.empty()) report.picture = picture(spreadsheet_id, write.look);
  return report;
}

}  // namespace roadmap::test
