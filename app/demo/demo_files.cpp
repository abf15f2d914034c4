#include "app/demo/demo_files.h"

#include <nlohmann/json.hpp>
#include <stdexcept>

#define ROADMAPD_DEMO_FILE(name)               \
  extern "C" const char demo_##name##_begin[]; \
  extern "C" const char demo_##name##_end[];   \
  std::string_view roadmap::app::name##_file() { return {demo_##name##_begin, demo_##name##_end}; }

ROADMAPD_DEMO_FILE(marketing_emea)
ROADMAPD_DEMO_FILE(sales_emea)
ROADMAPD_DEMO_FILE(growth_apac)
ROADMAPD_DEMO_FILE(fresh_wishes)
ROADMAPD_DEMO_FILE(backlog)
ROADMAPD_DEMO_FILE(scoring_inputs)
ROADMAPD_DEMO_FILE(math_models)
ROADMAPD_DEMO_FILE(params)
ROADMAPD_DEMO_FILE(example_formulas)
ROADMAPD_DEMO_FILE(example_parameters)

#undef ROADMAPD_DEMO_FILE

namespace roadmap::app {
namespace {

Cell demo_cell(const nlohmann::ordered_json& value, std::size_t row, const std::string& member) {
  if (value.is_string()) return Cell(value.get<std::string>());
  if (value.is_boolean()) return Cell(value.get<bool>());
  if (value.is_number()) return Cell(value.get<double>());
  throw std::logic_error("demo data, row " + std::to_string(row) + ", " + member +
                         ": a text, a number, true or false is expected");
}

}  // namespace

std::vector<DemoRow> read_demo_rows(std::string_view file) {
  const auto document = nlohmann::ordered_json::parse(file, nullptr, false);
  if (!document.is_array()) throw std::logic_error("demo data: an array of rows is expected");
  std::vector<DemoRow> rows;
  for (const auto& object : document) {
    DemoRow& row = rows.emplace_back();
    if (!object.is_object())
      throw std::logic_error("demo data, row " + std::to_string(rows.size()) + ": an object is expected");
    for (const auto& [member, value] : object.items())
      row.emplace(member, demo_cell(value, rows.size(), member));
  }
  return rows;
}

}  // namespace roadmap::app
