// What a typed cell costs where a workbook has formulas in ten thousand rows: the look at it afterwards,
// beside working everything out. Only the ratio means something on another machine.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <memory>
#include <string>

#include "sheets_client/emulator/formula/calculation.h"

namespace {

using namespace sheets::emulator;
using Clock = std::chrono::steady_clock;

constexpr int kFormulaRows = 10'000;
constexpr int kRecalculations = 15;
constexpr int kBenchColumns =
    5;  // a number; what it makes; a look into the other tab; the total so far; a share
constexpr double kLeast = 20;  // times cheaper, or this fails

class OneWorkbook : public WorkbookLookup {
 public:
  std::shared_ptr<const Workbook> find_workbook(std::string_view) const override { return current; }
  std::chrono::system_clock::time_point now() const override { return {}; }
  std::shared_ptr<const Workbook> current;
};

Sheet sheet_of(int id, const char* title) {
  Sheet sheet;
  sheet.properties.id = id;
  sheet.properties.title = title;
  sheet.properties.row_count = kFormulaRows;
  return sheet;
}

Workbook made() {
  Workbook workbook;
  workbook.id = "bench";
  Sheet backlog = sheet_of(0, "Backlog"), lists = sheet_of(1, "Lists");
  for (int r = 0; r < 50; ++r) {
    lists.edit(r, 0).set_value(static_cast<double>(r));
    lists.edit(r, 1).set_value(static_cast<double>(r * r));
  }
  for (int r = 0; r < kFormulaRows; ++r) {
    const int row = r + 1;
    backlog.edit(r, 0).set_value(static_cast<double>(r % 50));
    backlog.edit(r, 1).set_formula(fmt::format("=ROUND(A{}*1.5,1)", row));
    backlog.edit(r, 2).set_formula(fmt::format("=VLOOKUP(A{},Lists!$A$1:$B$50,2,FALSE)", row));
    backlog.edit(r, 3).set_formula(r == 0 ? "=B1" : fmt::format("=D{}+B{}", row - 1, row));
    backlog.edit(r, 4).set_formula(fmt::format("=IF(A{0}>10,B{0}/2,C{0})", row));
  }
  workbook.insert(0, std::move(backlog));
  workbook.insert(1, std::move(lists));
  return workbook;
}

double total(const OneWorkbook& google, KnownResults* results) {
  Calculation calculation(google, results);
  double sum = 0;
  for (int r = 0; r < kFormulaRows; ++r) {
    for (int c = 0; c < kBenchColumns; ++c)
      sum += std::get<double>(calculation.value(*google.current, google.current->sheet(0), r, c));
  }
  return sum;
}

double one_cell(const OneWorkbook& google, KnownResults* results, int row, int column) {
  Calculation calculation(google, results);
  return std::get<double>(calculation.value(*google.current, google.current->sheet(0), row, column));
}

void type(OneWorkbook& google, int row, double number) {
  Workbook changed = *google.current;
  changed.edit(0).edit(row, 0).set_value(number);
  google.current = std::make_shared<const Workbook>(std::move(changed));
}

// Milliseconds: the quickest of several rounds, which is what a busy machine disturbs least.
template <typename Work>
double milliseconds(Work work) {
  double best = 1e300;
  for (int round = 0; round < kRecalculations; ++round) {
    const auto start = Clock::now();
    work(round);
    best = std::min(best, std::chrono::duration<double, std::milli>(Clock::now() - start).count());
  }
  return best;
}

}  // namespace

int main() {
  OneWorkbook google;
  google.current = std::make_shared<const Workbook>(made());
  KnownResults results;
  double sink = total(google, &results);
  const double full = milliseconds([&](int) { sink += total(google, nullptr); });
  const auto report = [full](const char* what, double taken) {
    std::printf("%-44s %9.3f ms %9.5f of the first\n", what, taken, taken / full);
  };
  report("work out 40,000 formulas", full);
  const double row = milliseconds([&](int round) {
    type(google, kFormulaRows - 1, round);
    sink += one_cell(google, &results, kFormulaRows - 1, 4);
  });
  report("type into the last row, look at the row's end", row);
  report("type into the last row, look at all", milliseconds([&](int round) {
           type(google, kFormulaRows - 1, 20 + round);
           sink += total(google, &results);
         }));
  report("type into the first row, look at the total", milliseconds([&](int round) {
           type(google, 0, 1 + round);
           sink += one_cell(google, &results, kFormulaRows - 1, 3);
         }));
  if (sink < 0) std::puts("no total");
  return row * kLeast < full ? 0 : 1;
}
