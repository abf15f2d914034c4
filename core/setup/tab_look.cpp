#include <algorithm>
#include <cstddef>
#include <functional>
#include <utility>

#include "core/setup/setup_plan.h"

namespace roadmap {
namespace {

constexpr int kHeaderPixels = 54;  // three lines

// A wanted column and where it stands.
using PlacedColumn = std::pair<int, const WantedColumn*>;

CellLook header_look(const WantedColumn& column) {
  return column.look == CellLook::kTyped ? CellLook::kTypedHeader : CellLook::kWrittenHeader;
}

// Calls `act(first, count, value)` for each run of columns beside each other with one value of `value_of`.
template <typename ValueOf, typename Act>
void for_runs(const std::vector<PlacedColumn>& columns, ValueOf value_of, Act act) {
  for (std::size_t first = 0; first < columns.size();) {
    const auto value = std::invoke(value_of, *columns[first].second);
    std::size_t next = first + 1;
    while (next < columns.size() && columns[next].first == columns[next - 1].first + 1 &&
           std::invoke(value_of, *columns[next].second) == value)
      ++next;
    act(columns[first].first, static_cast<int>(next - first), value);
    first = next;
  }
}

int leading_in_view(const std::vector<PlacedColumn>& columns) {
  int count = 0;
  for (const auto& [at, column] : columns) {
    if (at != count || !column->stays_in_view) break;
    ++count;
  }
  return count;
}

}  // namespace

std::vector<SetupStep> look_steps(const WantedTab& wanted, const std::vector<std::optional<int>>& at) {
  std::vector<PlacedColumn> columns;
  for (std::size_t i = 0; i < at.size(); ++i) {
    if (at[i]) columns.emplace_back(*at[i], &wanted.columns[i]);
  }
  std::sort(columns.begin(), columns.end());

  std::vector<SetupStep> steps;
  if (const int count = leading_in_view(columns); count > 0) steps.emplace_back(FreezeColumns{count});
  steps.emplace_back(SetRowHeight{wanted.header_row, kHeaderPixels});
  for_runs(columns, &WantedColumn::pixels, [&](int first, int count, int pixels) {
    steps.emplace_back(SetColumnWidth{first, count, pixels});
  });
  for_runs(columns, header_look, [&](int first, int count, CellLook look) {
    steps.emplace_back(FormatCells{look, wanted.header_row, wanted.header_row, first, count});
  });
  for_runs(columns, &WantedColumn::look, [&](int first, int count, CellLook look) {
    steps.emplace_back(FormatCells{look, wanted.first_data_row, 0, first, count});
  });
  for (const auto& [column, one] : columns) {
    if (one->look != CellLook::kSentence) continue;
    for (const Outcome outcome : {Outcome::kOk, Outcome::kSkipped, Outcome::kFailed})
      steps.emplace_back(ColourOutcome{outcome, wanted.first_data_row, column, one->header});
  }
  return steps;
}

}  // namespace roadmap
