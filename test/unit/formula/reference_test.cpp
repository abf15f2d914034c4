// What docs/formula-language.md promises is what happens.
#include <catch2/catch.hpp>
#include <fstream>

#include "test/unit/formula/formulas.h"

using namespace roadmap;

namespace {

// The two code spans of a table row "| `…` | `…` |"; empty for any other line.
std::vector<std::string> code_spans(const std::string& line) {
  if (line.rfind("| `", 0) != 0) return {};
  const std::size_t middle = line.find("` | `");
  if (middle == std::string::npos || line.size() < 3 || line.substr(line.size() - 3) != "` |") return {};
  return {line.substr(3, middle - 3), line.substr(middle + 5, line.size() - 3 - (middle + 5))};
}

}  // namespace

TEST_CASE("the refusals of the reference are the parser's words") {
  std::ifstream reference(FORMULA_REFERENCE);
  REQUIRE(reference);
  int examples = 0;
  for (std::string line; std::getline(reference, line);) {
    const std::vector<std::string> spans = code_spans(line);
    if (spans.empty()) continue;
    INFO(spans[0]);
    CHECK(test::refusal(spans[0]).text() == spans[1]);
    ++examples;
  }
  CHECK(examples >= 15);
}

TEST_CASE("the reference's formula is one, with the inputs that it names") {
  std::ifstream reference(FORMULA_REFERENCE);
  REQUIRE(reference);
  std::string text;
  bool inside = false;
  for (std::string line; std::getline(reference, line);) {
    const bool fence = line == "```";
    if (fence && inside) break;
    if (inside) text += line + "\n";
    inside = inside || fence;
  }
  const Formula savings = test::parsed(text);
  CHECK(savings.inputs() == test::Names{"ticket_reduction", "cost_per_ticket", "horizon_months",
                                        "one_off_cost", "running_cost", "effort_days"});
  CHECK(savings.assigned() == test::Names{"savings", "total_cost", "value", "overall"});
}
