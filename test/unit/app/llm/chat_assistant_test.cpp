#include "chat_bench.h"

namespace roadmap::app::test {
namespace {

TEST_CASE("formulas and parameters are asked of the model configured for each") {
  ChatBench bench;
  ChatAssistant assistant(bench.client, "formula-model", "params-model");
  bench.transport.answer(200, completion(R"({"formula": "value = a", "notes": "Rough."})"));
  bench.transport.answer(200, completion(R"({"parameters": [{"name": "a", "display": "A"}]})"));
  const auto suggestion = assistant.suggest_formula({{{"title", "Address check"}}, {}, {}}, bench.control);
  REQUIRE(std::holds_alternative<FormulaSuggestion>(suggestion));
  CHECK(std::get<FormulaSuggestion>(suggestion).formula == "value = a");
  const auto described = assistant.describe_parameters({{}, "value = a", {"a"}}, bench.control);
  REQUIRE(std::holds_alternative<std::vector<ParameterDescription>>(described));
  CHECK(bench.body(0)["model"] == "formula-model");
  CHECK(bench.body(1)["model"] == "params-model");
  const std::string asked = bench.body(0)["messages"][1]["content"];
  CHECK(nlohmann::json::parse(asked)["initiative"]["title"] == "Address check");
}

TEST_CASE("failures of the endpoint and of the answer arrive with their kind") {
  ChatBench bench;
  ChatAssistant assistant(bench.client, "m", "m");
  bench.transport.answer(401, "{}");
  bench.transport.answer(200, completion("no JSON"));
  const auto refused = assistant.suggest_formula({}, bench.control);
  CHECK(std::get<AssistantError>(refused).failure == AssistantFailure::kRefused);
  const auto malformed = assistant.describe_parameters({{}, "value = a", {"a"}}, bench.control);
  CHECK(std::get<AssistantError>(malformed).failure == AssistantFailure::kMalformed);
}

}  // namespace
}  // namespace roadmap::app::test
