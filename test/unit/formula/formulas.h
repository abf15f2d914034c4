#pragma once

#include <catch2/catch.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "core/formula/formula.h"

namespace test {

using Names = std::vector<std::string>;

// The formula, which must be one.
inline roadmap::Formula parsed(std::string_view text) {
  auto result = roadmap::parse_formula(text);
  const auto* error = std::get_if<roadmap::FormulaError>(&result);
  INFO(text << "\n" << (error != nullptr ? error->text() : "accepted"));
  REQUIRE(error == nullptr);
  return std::get<roadmap::Formula>(std::move(result));
}

// Why the text is none.
inline roadmap::FormulaError refusal(std::string_view text) {
  const auto result = roadmap::parse_formula(text);
  INFO(text);
  REQUIRE(std::holds_alternative<roadmap::FormulaError>(result));
  return std::get<roadmap::FormulaError>(result);
}

// What an assigned name is in the end.
inline double value_of(const roadmap::Formula& formula, std::string_view name,
                       const std::vector<double>& inputs = {}) {
  const roadmap::Evaluation evaluation = formula.evaluate(inputs);
  const auto* values = std::get_if<std::vector<double>>(&evaluation);
  REQUIRE(values != nullptr);
  const auto index = formula.assigned_index(name);
  REQUIRE(index);
  return values->at(*index);
}

inline double computed(std::string_view text, const std::vector<double>& inputs = {}) {
  return value_of(parsed(text), "value", inputs);
}

}  // namespace test
