#pragma once

#include <string>
#include <vector>

namespace roadmap::app {

// A table as text, its columns aligned. Widths count code points; cells longer than kMaxCellWidth are cut.
class TableText {
 public:
  explicit TableText(std::vector<std::string> header);

  // Cells that are missing at the end are blank; further ones are left out.
  void add(std::vector<std::string> row);
  std::string text() const;

  static constexpr std::size_t kMaxCellWidth = 44;

 private:
  std::vector<std::vector<std::string>> rows_;  // the header first
};

}  // namespace roadmap::app
