#include <rapidcheck.h>

#include <bit>
#include <catch2/catch.hpp>
#include <cmath>
#include <cstdint>
#include <memory>

#include "core/formula/program.h"
#include "test/unit/formula/formulas.h"

using namespace roadmap;

namespace {

bool same_bits(double a, double b) {
  return (std::isnan(a) && std::isnan(b)) ||
         std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b);
}

// An expression that knows its own value, to be written down and read back.
struct Written {
  std::string text;  // as an operand of anything: an atom, or in parentheses
  double value = 0;
  bool by_zero = false;
};

Written number() {
  const int thousandths = *rc::gen::inRange(0, 100000);
  std::string digits = std::to_string(thousandths % 1000);
  digits.insert(0, 3 - digits.size(), '0');
  const std::string text = std::to_string(thousandths / 1000) + "." + digits;
  return {text, std::stod(text), false};
}

std::string spaces() { return std::string(static_cast<std::size_t>(*rc::gen::inRange(0, 3)), ' '); }

Written expression(int depth);

Written negated(int depth) {
  const Written operand = expression(depth - 1);
  return {"(-" + spaces() + operand.text + ")", -operand.value, operand.by_zero};
}

Written chosen(int depth) {
  const bool smallest = *rc::gen::arbitrary<bool>();
  Written result = expression(depth - 1);
  std::string text = (smallest ? "min(" : "max(") + result.text;
  for (int more = *rc::gen::inRange(0, 3); more > 0; --more) {
    const Written next = expression(depth - 1);
    text += spaces() + "," + spaces() + next.text;
    result.by_zero = result.by_zero || next.by_zero;
    if (smallest ? next.value < result.value : next.value > result.value) result.value = next.value;
  }
  return {text + spaces() + ")", result.value, result.by_zero};
}

double apply(const std::string& operation, double a, double b) {
  if (operation == "+") return a + b;
  if (operation == "-") return a - b;
  if (operation == "*") return a * b;
  if (operation == "/") return a / b;
  return operation == "%" ? formula::modulo(a, b) : formula::floor_divide(a, b);
}

Written combined(int depth) {
  const auto operation = *rc::gen::elementOf(std::vector<std::string>{"+", "-", "*", "/", "//", "%"});
  const Written left = expression(depth - 1);
  const Written right = expression(depth - 1);
  const bool divides = operation != "+" && operation != "-" && operation != "*";
  Written result;
  result.text = "(" + left.text + spaces() + operation + spaces() + right.text + ")";
  result.by_zero = left.by_zero || right.by_zero || (divides && right.value == 0);
  if (!result.by_zero) result.value = apply(operation, left.value, right.value);
  return result;
}

Written expression(int depth) {
  const int kind = depth == 0 ? 0 : *rc::gen::inRange(0, 8);
  if (kind < 2) return number();
  if (kind == 2) return negated(depth);
  return kind == 3 ? chosen(depth) : combined(depth);
}

}  // namespace

TEST_CASE("an expression that was written with all parentheses is read as it was meant") {
  CHECK(rc::check([] {
    const Written written = expression(5);
    const std::string text = "value = " + written.text;
    RC_PRE(text.size() <= formula_limits::kMaxCharacters);
    const Evaluation evaluation = test::parsed(text).evaluate({});
    const auto* values = std::get_if<std::vector<double>>(&evaluation);
    RC_ASSERT(written.by_zero == (values == nullptr));
    if (values != nullptr) RC_ASSERT(same_bits(values->at(0), written.value));
  }));
}

TEST_CASE("a chain of operators is read from the left, products before sums") {
  CHECK(rc::check([] {
    const auto terms = *rc::gen::nonEmpty(rc::gen::container<std::vector<std::vector<int>>>(
        rc::gen::nonEmpty(rc::gen::container<std::vector<int>>(rc::gen::inRange(1, 100)))));
    std::string text = "value = ";
    double sum = 0;
    for (std::size_t t = 0; t < terms.size(); ++t) {
      double product = terms[t][0];
      if (t > 0) text += t % 2 == 1 ? " - " : " + ";
      text += std::to_string(terms[t][0]);
      for (std::size_t f = 1; f < terms[t].size(); ++f) {
        const bool divide = (t + f) % 2 == 0;
        text += (divide ? " / " : " * ") + std::to_string(terms[t][f]);
        product = divide ? product / terms[t][f] : product * terms[t][f];
      }
      sum = t == 0 ? product : (t % 2 == 1 ? sum - product : sum + product);
    }
    RC_PRE(text.size() <= formula_limits::kMaxCharacters);
    RC_ASSERT(same_bits(test::computed(text), sum));
  }));
}

TEST_CASE("any text is a formula or has a reason at a place that exists") {
  constexpr const char* kParts[] = {"value", "=",   "a",  "1", ".5", "(",  ")",  "min(",
                                    ",",     "+",   "-",  "*", "/",  "//", "%",  "\n",
                                    " ",     "1e9", "#x", ".", "×",  "**", "\r", "\xC3"};
  CHECK(rc::check([&kParts] {
    std::string text = *rc::gen::element<std::string>("", "value = ", "a = 1\nvalue = a");
    for (const int part :
         *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, static_cast<int>(std::size(kParts)))))
      text += kParts[part];
    const ParsedFormula parsed = parse_formula(text);
    if (const auto* error = std::get_if<FormulaError>(&parsed)) {
      RC_ASSERT(!error->reason.empty());
      RC_ASSERT(error->reason.find('\n') == std::string::npos);
      RC_ASSERT(error->line >= 0);
      RC_ASSERT((error->line == 0) == (error->column == 0));
      RC_ASSERT(error->column <= static_cast<int>(text.size()) + 1);
    } else {
      const auto& formula = std::get<Formula>(parsed);
      RC_ASSERT(formula.steps() <= text.size());
      RC_ASSERT(formula.assigned_index("value").has_value());
    }
  }));
}

TEST_CASE("a remainder has the divisor's sign and is smaller, a floor quotient is whole") {
  CHECK(rc::check([](double a, double b) {
    RC_PRE(std::isfinite(a) && std::isfinite(b) && b != 0);
    const double remainder = formula::modulo(a, b);
    RC_ASSERT(std::signbit(remainder) == std::signbit(b));
    RC_ASSERT(std::abs(remainder) <= std::abs(b));  // equal where a is tiny and of the other sign
    const double quotient = formula::floor_divide(a, b);
    if (std::isfinite(quotient)) RC_ASSERT(std::floor(quotient) == quotient);
  }));
}
