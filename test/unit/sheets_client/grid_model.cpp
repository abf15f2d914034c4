#include "grid_model.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

namespace sheets::testing {
namespace {

using nlohmann::json;

roadmap::Cell cell_of(const json& data) {
  if (data.empty()) return {};
  REQUIRE(data.size() == 1);
  const json& value = data.at("userEnteredValue");
  REQUIRE(value.size() == 1);
  if (value.contains("numberValue")) return value["numberValue"].get<double>();
  if (value.contains("boolValue")) return value["boolValue"].get<bool>();
  return value.at("stringValue").get<std::string>();
}

void update_cells(Workbook& workbook, const json& request) {
  CHECK(request.at("fields") == "userEnteredValue");
  const json& start = request.at("start");
  Grid& grid = workbook.at(start.at("sheetId").get<std::int64_t>());
  REQUIRE_FALSE(request.at("rows").empty());
  std::size_t row = start.at("rowIndex").get<std::size_t>();
  for (const json& data : request["rows"]) {
    std::size_t column = start.at("columnIndex").get<std::size_t>();
    REQUIRE_FALSE(data.at("values").empty());
    for (const json& cell : data["values"])
      grid.rows.at(row).at(column++) = cell_of(cell);
    ++row;
  }
}

void insert_rows(Workbook& workbook, const json& request) {
  CHECK(request.at("inheritFromBefore") == true);
  const json& range = request.at("range");
  CHECK(range.at("dimension") == "ROWS");
  Grid& grid = workbook.at(range.at("sheetId").get<std::int64_t>());
  const int start = range.at("startIndex").get<int>();
  const int end = range.at("endIndex").get<int>();
  REQUIRE(start >= 1);
  REQUIRE(start <= grid.row_count());
  REQUIRE(end > start);
  const std::vector<roadmap::Cell> blank(static_cast<std::size_t>(grid.column_count()));
  grid.rows.insert(grid.rows.begin() + start, static_cast<std::size_t>(end - start), blank);
}

void append_columns(Workbook& workbook, const json& request) {
  CHECK(request.at("dimension") == "COLUMNS");
  const auto length = request.at("length").get<std::size_t>();
  REQUIRE(length > 0);
  for (auto& row : workbook.at(request.at("sheetId").get<std::int64_t>()).rows)
    row.resize(row.size() + length);
}

}  // namespace

Grid Grid::of(int row_count, int column_count) {
  Grid grid;
  grid.rows.assign(static_cast<std::size_t>(row_count),
                   std::vector<roadmap::Cell>(static_cast<std::size_t>(column_count)));
  return grid;
}

void apply_batch(Workbook& workbook, const std::string& body) {
  const json document = json::parse(body);
  REQUIRE(document.size() == 1);
  for (const json& request : document.at("requests")) {
    REQUIRE(request.size() == 1);
    const std::string kind = request.begin().key();
    CAPTURE(kind);
    if (kind == "updateCells") {
      update_cells(workbook, request[kind]);
    } else if (kind == "insertDimension") {
      insert_rows(workbook, request[kind]);
    } else {
      REQUIRE(kind == "appendDimension");
      append_columns(workbook, request[kind]);
    }
  }
}

}  // namespace sheets::testing
