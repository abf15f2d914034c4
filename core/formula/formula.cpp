#include "core/formula/formula.h"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "core/formula/explanation.h"
#include "core/formula/run.h"

namespace roadmap {
namespace {

std::vector<std::string> names_at(const formula::Program& program, const std::vector<std::uint16_t>& slots) {
  std::vector<std::string> names;
  names.reserve(slots.size());
  for (const std::uint16_t slot : slots)
    names.push_back(program.names[slot]);
  return names;
}

// A value a name, those of the inputs set.
std::vector<double> slots_with(const formula::Program& program, std::span<const double> inputs) {
  if (inputs.size() != program.inputs.size())
    throw std::invalid_argument(
        fmt::format("the formula has {} inputs, {} values were given", program.inputs.size(), inputs.size()));
  std::vector<double> values(program.names.size());
  for (std::size_t i = 0; i < inputs.size(); ++i)
    values[program.inputs[i]] = inputs[i];
  return values;
}

}  // namespace

std::string FormulaError::text() const {
  if (line == 0) return reason;
  return fmt::format("line {}, column {}: {}", line, column, reason);
}

std::string FormulaError::line_text() const {
  if (line == 0) return reason;
  return fmt::format("line {}: {}", line, reason);
}

std::string EvaluationError::text() const { return fmt::format("line {}: {}", line, reason); }

Formula::Formula(formula::Program program)
    : program_(std::move(program)),
      inputs_(names_at(program_, program_.inputs)),
      assigned_(names_at(program_, program_.assigned)) {}

std::optional<std::size_t> Formula::assigned_index(std::string_view name) const {
  const auto found = std::find(assigned_.begin(), assigned_.end(), name);
  if (found == assigned_.end()) return std::nullopt;
  return static_cast<std::size_t>(found - assigned_.begin());
}

Evaluation Formula::evaluate(std::span<const double> inputs) const {
  std::vector<double> slots = slots_with(program_, inputs);
  for (const formula::Assignment& assignment : program_.assignments) {
    const formula::LineResult result = formula::run(program_, assignment, slots);
    if (result.failure != nullptr) return EvaluationError{assignment.line, result.failure};
    slots[assignment.target] = result.value;
  }
  std::vector<double> values;
  values.reserve(program_.assigned.size());
  for (const std::uint16_t slot : program_.assigned)
    values.push_back(slots[slot]);
  return values;
}

std::vector<std::string> Formula::explain(std::span<const double> inputs) const {
  std::vector<double> slots = slots_with(program_, inputs);
  std::vector<std::string> lines;
  for (const formula::Assignment& assignment : program_.assignments) {
    const formula::LineResult result = formula::run(program_, assignment, slots);
    if (result.failure != nullptr) break;
    lines.push_back(formula::explain(program_, assignment, slots, result.value));
    slots[assignment.target] = result.value;
  }
  return lines;
}

}  // namespace roadmap
