#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "core/llm/chat_prompt.h"

namespace roadmap {
namespace {

DescriptionsAnswer asked(const nlohmann::json& answer, const std::vector<std::string>& names) {
  return read_parameters_answer(answer.dump(), names);
}

std::vector<ParameterDescription> taken(const nlohmann::json& answer, const std::vector<std::string>& names) {
  const DescriptionsAnswer result = asked(answer, names);
  if (const auto* error = std::get_if<AssistantError>(&result)) FAIL(error->message);
  return std::get<std::vector<ParameterDescription>>(result);
}

std::string trouble_with(const nlohmann::json& answer) {
  const DescriptionsAnswer result = asked(answer, {"price"});
  const auto* error = std::get_if<AssistantError>(&result);
  return error == nullptr ? "" : error->message;
}

TEST_CASE("descriptions come in the order of the question, and only those asked for") {
  const auto descriptions = taken({{"parameters",
                                    {{{"name", "volume"}, {"display", "Volume"}},
                                     {{"name", "intruder"}, {"display", "Intruder"}},
                                     {{"name", "price"},
                                      {"display", "Price"},
                                      {"description", "What one costs."},
                                      {"unit", "EUR"},
                                      {"source", "Price list"},
                                      {"example", 12.5}}}}},
                                  {"price", "volume", "left_out"});
  REQUIRE(descriptions.size() == 2);
  CHECK(descriptions[0].name == "price");
  CHECK(descriptions[0].display == "Price");
  CHECK(descriptions[0].description == "What one costs.");
  CHECK(descriptions[0].unit == "EUR");
  CHECK(descriptions[0].source == "Price list");
  CHECK(descriptions[0].example == "12.5");
  CHECK(descriptions[1].name == "volume");
  CHECK(descriptions[1].unit.empty());
}

TEST_CASE("of a parameter that is described twice the first description counts") {
  const auto descriptions =
      taken({{"parameters", {{{"name", "price"}, {"unit", "EUR"}}, {{"name", "price"}, {"unit", "USD"}}}}},
            {"price"});
  REQUIRE(descriptions.size() == 1);
  CHECK(descriptions[0].unit == "EUR");
}

TEST_CASE("descriptions of another shape are refused") {
  CHECK_THAT(trouble_with({{"params", 1}}), Catch::Contains("no list 'parameters'"));
  CHECK_THAT(trouble_with({{"parameters", "price"}}), Catch::Contains("no list 'parameters'"));
  CHECK_THAT(trouble_with({{"parameters", {"price"}}}), Catch::Contains("is no object"));
  CHECK_THAT(trouble_with({{"parameters", {{{"name", "other"}}}}}),
             Catch::Contains("none of the parameters"));
  CHECK_THAT(trouble_with({{"parameters", {{{"name", "price"}, {"unit", {"EUR"}}}}}}),
             Catch::Contains("'unit' is no text"));
  CHECK_THAT(
      trouble_with({{"parameters", {{{"name", "price"}, {"unit", std::string(kMaxUnitAnswer + 1, 'x')}}}}}),
      Catch::Contains("'unit' is longer"));
  const nlohmann::json entry = {{"name", "price"}};
  CHECK(trouble_with({{"parameters", std::vector<nlohmann::json>(2 * kMaxDescribedParameters, entry)}})
            .empty());
  CHECK_THAT(
      trouble_with({{"parameters", std::vector<nlohmann::json>(2 * kMaxDescribedParameters + 1, entry)}}),
      Catch::Contains("too long"));
}

}  // namespace
}  // namespace roadmap
