#include "app/demo/demo_look.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace roadmap::app {
namespace {

using Json = nlohmann::ordered_json;

// Pixels, at Google's default font.
constexpr int kPerCharacter = 7;
constexpr int kPadding = 18;
constexpr int kNarrowest = 84;
constexpr int kWidest = 250;
constexpr int kTimestamp = 165;
constexpr int kHeaderHeight = 36;  // two lines

const Json kHeaderFormat = {
    {"backgroundColorStyle", {{"rgbColor", {{"red", 0.91}, {"green", 0.94}, {"blue", 0.996}}}}},
    {"textFormat", {{"bold", true}}},
    {"verticalAlignment", "MIDDLE"},
    {"wrapStrategy", "WRAP"}};

// What jobs will write there needs room, though the column is empty yet.
int room_for_jobs(const std::string& header) {
  const auto names = [&](const char* word) { return header.find(word) != std::string::npos; };
  if (names("Status") || names("Warnings")) return kWidest;
  return names("Updated") ? kTimestamp : 0;
}

// A header may take two lines; a formula's result is taken for a title.
int width_of(const std::vector<std::vector<Cell>>& rows, std::size_t column) {
  std::size_t longest = 0, filled = 0;
  for (std::size_t r = 0; r < rows.size(); ++r) {
    if (column >= rows[r].size()) continue;
    const std::string text = to_text(rows[r][column]);
    if (r > 0 && text.starts_with('=')) return kWidest;
    longest = std::max(longest, r == 0 ? (text.size() * 2 + 2) / 3 : text.size());
    if (r > 0) filled = std::max(filled, text.size());
  }
  const int room = filled == 0 ? room_for_jobs(to_text(rows.front()[column])) : 0;
  if (room > 0) return room;
  return std::clamp(static_cast<int>(longest) * kPerCharacter + kPadding, kNarrowest, kWidest);
}

Json dimension(int sheet_id, const char* name, std::size_t start, std::size_t end) {
  return {{"sheetId", sheet_id}, {"dimension", name}, {"startIndex", start}, {"endIndex", end}};
}

Json resize(Json range, int pixels) {
  return {{"updateDimensionProperties",
           {{"range", std::move(range)}, {"properties", {{"pixelSize", pixels}}}, {"fields", "pixelSize"}}}};
}

Json format(int sheet_id, std::size_t start_row, std::size_t end_row, std::size_t columns,
            const Json& cell_format, const char* fields) {
  return {{"repeatCell",
           {{"range",
             {{"sheetId", sheet_id},
              {"startRowIndex", start_row},
              {"endRowIndex", end_row},
              {"startColumnIndex", 0},
              {"endColumnIndex", columns}}},
            {"cell", {{"userEnteredFormat", cell_format}}},
            {"fields", fields}}}};
}

}  // namespace

std::string look_requests(int sheet_id, const DemoTab& tab) {
  const std::size_t columns = tab.rows.front().size();
  Json requests = Json::array();
  requests.push_back(format(sheet_id, 0, 1, columns, kHeaderFormat, "userEnteredFormat"));
  if (tab.rows.size() > 1) {
    requests.push_back(format(sheet_id, 1, tab.rows.size(), columns, {{"wrapStrategy", "CLIP"}},
                              "userEnteredFormat.wrapStrategy"));
  }
  requests.push_back(resize(dimension(sheet_id, "ROWS", 0, 1), kHeaderHeight));
  for (std::size_t column = 0; column < columns; ++column) {
    requests.push_back(
        resize(dimension(sheet_id, "COLUMNS", column, column + 1), width_of(tab.rows, column)));
  }
  return requests.dump();
}

}  // namespace roadmap::app
