// Expressions and what Python makes of them: make_python_results.py.
#include <bit>
#include <catch2/catch.hpp>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <map>
#include <sstream>

#include "test/unit/formula/formulas.h"

using namespace roadmap;

namespace {

constexpr int kFewestResults = 1300;

struct PythonResults {
  std::map<std::string, double> names;
  std::vector<std::pair<std::string, double>> results;  // expression, value
  std::vector<std::string> by_zero;
  std::vector<std::string> refused;
};

std::vector<std::string> fields_of(const std::string& line) {
  std::vector<std::string> fields;
  std::istringstream stream(line);
  for (std::string field; std::getline(stream, field, '\t');)
    fields.push_back(field);
  return fields;
}

PythonResults read_results() {
  std::ifstream file(PYTHON_RESULTS);
  REQUIRE(file);
  PythonResults read;
  for (std::string line; std::getline(file, line);) {
    const std::vector<std::string> fields = fields_of(line);
    REQUIRE(fields.size() >= 2);
    const auto number = [](const std::string& hex) { return std::strtod(hex.c_str(), nullptr); };
    if (fields[0] == "name") read.names[fields[1]] = number(fields.at(2));
    if (fields[0] == "result") read.results.emplace_back(fields.at(2), number(fields[1]));
    if (fields[0] == "zero") read.by_zero.push_back(fields[1]);
    if (fields[0] == "refused") read.refused.push_back(fields[1]);
  }
  return read;
}

Evaluation evaluate(const std::string& expression, const std::map<std::string, double>& names) {
  const Formula formula = test::parsed("value = " + expression);
  std::vector<double> inputs;
  for (const std::string& name : formula.inputs())
    inputs.push_back(names.at(name));
  return formula.evaluate(inputs);
}

bool same_bits_as_python(double a, double b) {
  return (std::isnan(a) && std::isnan(b)) ||
         std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b);
}

}  // namespace

TEST_CASE("expressions have Python's results, bit by bit") {
  const PythonResults python = read_results();
  int agreed = 0;
  for (const auto& [expression, expected] : python.results) {
    const Evaluation evaluation = evaluate(expression, python.names);
    const auto* values = std::get_if<std::vector<double>>(&evaluation);
    INFO(expression << " is " << expected << " in Python and " << (values != nullptr ? (*values)[0] : 0)
                    << " here");
    const bool same = values != nullptr && same_bits_as_python((*values)[0], expected);
    CHECK(same);
    agreed += same ? 1 : 0;
  }
  for (const std::string& expression : python.by_zero) {
    const Evaluation evaluation = evaluate(expression, python.names);
    const bool is_error = std::holds_alternative<FormulaError>(evaluation);
    INFO(expression << " divides by zero");
    CHECK(is_error);
    agreed += is_error ? 1 : 0;
  }
  CHECK(agreed >= kFewestResults);
}

TEST_CASE("what Python computes beyond the language is refused") {
  const PythonResults python = read_results();
  CHECK(python.refused.size() >= 50);
  for (const std::string& expression : python.refused) {
    const FormulaError error = test::refusal("value = " + expression);
    INFO(expression << ": " << error.text());
    CHECK(error.line == 1);
    CHECK(error.column >= 9);
    CHECK(error.column <= 9 + static_cast<int>(expression.size()));
  }
}
