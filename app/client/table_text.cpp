#include "app/client/table_text.h"

#include <algorithm>

#include "core/fields/text.h"

namespace roadmap::app {
namespace {

std::size_t displayed_width(const std::string& text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return !continues_character(c); }));
}

// On one line, at most kMaxCellWidth characters.
std::string fitted(const std::string& text) {
  std::string cell;
  std::size_t width = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!continues_character(text[i]) && ++width == TableText::kMaxCellWidth && i + 1 < text.size())
      return cell + "…";
    cell += text[i] >= 0 && text[i] < ' ' ? ' ' : text[i];
  }
  return cell;
}

}  // namespace

TableText::TableText(std::vector<std::string> header) { rows_.push_back(std::move(header)); }

void TableText::add(std::vector<std::string> row) {
  row.resize(rows_.front().size());
  for (std::string& cell : row)
    cell = fitted(cell);
  rows_.push_back(std::move(row));
}

std::string TableText::text() const {
  std::vector<std::size_t> widths(rows_.front().size(), 0);
  for (const auto& row : rows_) {
    for (std::size_t i = 0; i < row.size(); ++i)
      widths[i] = std::max(widths[i], displayed_width(row[i]));
  }
  std::string text;
  for (std::size_t r = 0; r < rows_.size(); ++r) {
    std::string line = "  ";
    for (std::size_t i = 0; i < widths.size(); ++i) {
      line += rows_[r][i] + std::string(widths[i] - displayed_width(rows_[r][i]) + 2, ' ');
    }
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + "\n";
    if (r != 0) continue;
    text += "  ";
    for (const std::size_t width : widths)
      text += std::string(width, '-') + "  ";
    text.erase(text.find_last_not_of(' ') + 1);
    text += "\n";
  }
  return text;
}

}  // namespace roadmap::app
