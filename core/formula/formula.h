#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/formula/program.h"

namespace roadmap {

// Why a text is no formula, in words that a PM can act on; or why a valid one has no result for its inputs:
// "division by zero" or "modulo by zero".
struct FormulaError {
  int line = 0;    // 1-based; 0: the formula as a whole (too long, `value` never assigned)
  int column = 0;  // 1-based, in Unicode code points; 0 with line 0, and where a line has no result
  std::string reason;

  std::string text() const;       // "line 2, column 7: …", or the reason alone
  std::string line_text() const;  // "line 2: …", or the reason alone
};

// The values of the assigned names, in the order of Formula::assigned().
using Evaluation = std::variant<std::vector<double>, FormulaError>;

// A formula that parse_formula accepted. Immutable: any number of threads may use one at once.
class Formula {
 public:
  // The names that are used before they are assigned, in order of first use.
  const std::vector<std::string>& inputs() const { return inputs_; }

  // The assigned names, each once, in order of their first assignment. `value` is among them.
  const std::vector<std::string>& assigned() const { return assigned_; }

  // Where `name` stands in assigned(); nullopt when no line assigns it.
  std::optional<std::size_t> assigned_index(std::string_view name) const;

  // How many steps an evaluation takes; never more than the text has characters.
  std::size_t steps() const { return program_.steps.size(); }

  // Computes with these values of inputs(), in that order; throws std::invalid_argument when there are more
  // or fewer. Doubles throughout: what overflows is infinite or no number in the result, which is no error
  // here. A name that is assigned twice has its last value.
  Evaluation evaluate(std::span<const double> inputs) const;

  // The same computation to read, an entry an assignment, with the numbers put in:
  // "savings = 400 × 12 × 6 = 28800". Ends before a line that cannot be computed. Throws as evaluate does.
  std::vector<std::string> explain(std::span<const double> inputs) const;

 private:
  friend std::variant<Formula, FormulaError> parse_formula(std::string_view);
  explicit Formula(formula::Program program);

  formula::Program program_;
  std::vector<std::string> inputs_;
  std::vector<std::string> assigned_;
};

using ParsedFormula = std::variant<Formula, FormulaError>;

// Reads the formula language (docs/formula-language.md): the first thing that is wrong with the text, from
// its beginning, or the formula. Any text may be given, of any length and encoding.
ParsedFormula parse_formula(std::string_view text);

}  // namespace roadmap
