// Any text is a formula, or is refused with a reason at a place that exists. A formula computes the same each
// time, and stays within its limits.
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/formula/characters.h"
#include "core/formula/formula.h"
#include "core/formula/program.h"
#include "test/fuzz/expect.h"

using namespace roadmap;

namespace {

constexpr double kValues[] = {0, -0.0, 1, -1, 0.1, 7.25, -3, 1e308, 5e-324};

void check_refusal(const FormulaError& error, std::string_view text) {
  expect(!error.reason.empty(), "a refusal has a reason");
  expect(error.text().find_first_of("\r\n") == std::string::npos, "and is one line");
  expect((error.line == 0) == (error.column == 0), "it has a place, or is about the whole");
  const std::size_t characters = formula::count_characters(text);
  expect(error.column <= static_cast<int>(characters) + 1, "the place exists");
}

bool same(const Evaluation& a, const Evaluation& b) {
  if (const auto* error = std::get_if<FormulaError>(&a)) {
    const auto* other = std::get_if<FormulaError>(&b);
    return other != nullptr && other->text() == error->text();
  }
  const auto* values = std::get_if<std::vector<double>>(&a);
  const auto* others = std::get_if<std::vector<double>>(&b);
  if (others == nullptr || values->size() != others->size()) return false;
  for (std::size_t i = 0; i < values->size(); ++i) {
    const double x = (*values)[i];
    const double y = (*others)[i];
    if (x != y && !(std::isnan(x) && std::isnan(y))) return false;
  }
  return true;
}

void check_formula(const Formula& formula, std::string_view text, std::size_t first_value) {
  expect(formula.assigned_index("value").has_value(), "value is assigned");
  expect(formula.assigned().size() <= formula_limits::kMaxAssignments, "there are few assignments");
  expect(formula.steps() <= text.size(), "there are no more steps than characters");
  std::vector<double> inputs;
  for (std::size_t i = 0; i < formula.inputs().size(); ++i)
    inputs.push_back(kValues[(first_value + i) % std::size(kValues)]);
  const Evaluation evaluation = formula.evaluate(inputs);
  expect(same(evaluation, formula.evaluate(inputs)), "a formula computes the same again");
  const bool failed = std::holds_alternative<FormulaError>(evaluation);
  const std::size_t explained = formula.explain(inputs).size();
  expect(failed || explained >= formula.assigned().size(), "every line is explained");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const ParsedFormula parsed = parse_formula(text);
  if (const auto* error = std::get_if<FormulaError>(&parsed)) {
    check_refusal(*error, text);
    return 0;
  }
  const auto& formula = std::get<Formula>(parsed);
  check_formula(formula, text, size);
  // A remark at its end changes nothing.
  if (formula::count_characters(text) + 3 <= formula_limits::kMaxCharacters) {
    const ParsedFormula remarked = parse_formula(std::string(text) + "\n#×");
    expect(std::holds_alternative<Formula>(remarked), "a formula with a remark is one");
    expect(std::get<Formula>(remarked).steps() == formula.steps(), "and the same one");
  }
  return 0;
}
