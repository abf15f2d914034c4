#include "core/setup/workbook_state.h"

namespace roadmap {

std::vector<Cell> TabState::row(int number) const {
  const auto index = static_cast<std::size_t>(number) - 1;
  return number >= 1 && index < top_rows.size() ? top_rows[index] : std::vector<Cell>{};
}

int TabState::used_width() const {
  for (std::size_t width = column_states.size(); width > 0; --width) {
    if (column_states[width - 1].used) return static_cast<int>(width);
  }
  return 0;
}

}  // namespace roadmap
