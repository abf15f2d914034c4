#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "core/llm/chat_prompt.h"

namespace roadmap {
namespace {

FormulaSuggestion taken_formula(const std::string& answer) {
  const SuggestionAnswer result = read_formula_answer(answer);
  if (const auto* error = std::get_if<AssistantError>(&result)) FAIL(error->message);
  return std::get<FormulaSuggestion>(result);
}

std::string trouble(const std::string& answer) {
  const SuggestionAnswer result = read_formula_answer(answer);
  const auto* error = std::get_if<AssistantError>(&result);
  if (error == nullptr) return "";
  CHECK(error->failure == AssistantFailure::kMalformed);
  return error->message;
}

std::string answer_with(const std::string& member, std::size_t length) {
  nlohmann::json answer = {{"formula", "value = a"}};
  answer[member] = std::string(length, 'x');
  return answer.dump();
}

TEST_CASE("a formula answer gives the formula, and assumptions and notes as one text") {
  const auto suggestion = taken_formula(
      R"({"formula": "value = a * b", "assumptions": ["Prices stay.", "", "A year."], "notes": "Rough."})");
  CHECK(suggestion.formula == "value = a * b");
  CHECK(suggestion.notes == "Assumptions:\n- Prices stay.\n- A year.\n\nRough.");
}

TEST_CASE("assumptions and notes may be missing, null, or assumptions one text") {
  CHECK(taken_formula(R"({"formula": "value = a"})").notes.empty());
  CHECK(taken_formula(R"({"formula": "value = a", "assumptions": null, "notes": null})").notes.empty());
  CHECK(taken_formula(R"({"formula": "value = a", "assumptions": "Prices stay."})").notes ==
        "Assumptions:\nPrices stay.");
  CHECK(taken_formula(R"({"formula": "value = a", "notes": "Rough."})").notes == "Rough.");
}

TEST_CASE("what models put around their object does not matter") {
  const std::string object = R"({"formula": "value = a"})";
  for (const std::string& answer :
       {"```json\n" + object + "\n```", "```\n" + object + "```", "  \n" + object + "\n",
        "Here it is:\n```json\n" + object + "\n```\nAnything else?",
        "<think>{\"formula\": \"value = 1\"} or not?</think>\n" + object}) {
    INFO(answer);
    CHECK(taken_formula(answer).formula == "value = a");
  }
}

TEST_CASE("members that nobody asked for are ignored") {
  CHECK(taken_formula(R"({"formula": "value = a", "approved_by_user": true, "value": 7})").formula ==
        "value = a");
}

TEST_CASE("an answer that is no JSON object of the agreed shape is refused") {
  CHECK(trouble("") == "the assistant's answer was of no use: it is no JSON object");
  CHECK(trouble("I cannot help with that.") == "the assistant's answer was of no use: it is no JSON object");
  CHECK(trouble("[1, 2]") == "the assistant's answer was of no use: it is no JSON object");
  CHECK_THAT(trouble(R"({"formula": "value = a")"), Catch::Contains("breaks off"));
  CHECK_THAT(trouble(R"({"formula": "value = a"} {"formula": "value = b"})"), Catch::Contains("wrong"));
  CHECK_THAT(trouble(R"({"formula": "value = a", "formula": "value = b"})"), Catch::Contains("twice"));
  CHECK_THAT(trouble(R"({"notes": "none"})"), Catch::Contains("no 'formula'"));
  CHECK_THAT(trouble(R"({"formula": "  "})"), Catch::Contains("no 'formula'"));
  CHECK_THAT(trouble(R"({"formula": ["value = a"]})"), Catch::Contains("'formula' is no text"));
  CHECK_THAT(trouble(R"({"formula": "value = a", "notes": 3})"), Catch::Contains("'notes' is no text"));
  CHECK_THAT(trouble(R"({"formula": "value = a", "assumptions": {"a": 1}})"), Catch::Contains("no list"));
  CHECK_THAT(trouble(R"({"formula": "value = a", "assumptions": [1]})"), Catch::Contains("no text"));
  CHECK_THAT(trouble(std::string(100, '[') + std::string(100, ']')), Catch::Contains("no JSON object"));
  CHECK_THAT(trouble(R"({"formula": )" + std::string(100, '[') + std::string(100, ']') + "}"),
             Catch::Contains("nests deeper"));
  CHECK_THAT(trouble("{\"formula\": \"\xff\"}"), Catch::Contains("wrong"));
}

TEST_CASE("an answer is refused one byte above each limit, and taken at it") {
  CHECK(trouble(answer_with("notes", kMaxNotesAnswer)).empty());
  CHECK_THAT(trouble(answer_with("notes", kMaxNotesAnswer + 1)), Catch::Contains("'notes' is longer"));
  CHECK_THAT(trouble(answer_with("formula", kMaxFormulaAnswer + 1)), Catch::Contains("'formula' is longer"));
  CHECK_THAT(trouble(answer_with("ignored", kMaxAnswer)), Catch::Contains("it is longer"));
  nlohmann::json many = {{"formula", "value = a"},
                         {"assumptions", std::vector<std::string>(kMaxAssumptions, "so")}};
  CHECK(trouble(many.dump()).empty());
  many["assumptions"].push_back("so");
  CHECK_THAT(trouble(many.dump()), Catch::Contains("more than"));
}

TEST_CASE("control characters do not reach a cell, line breaks do") {
  CHECK(taken_formula(R"({"formula": "\u0000value = a\r\nb = 1\u001b[0m", "notes": "a\tb"})").formula ==
        "value = a\nb = 1[0m");
  CHECK(taken_formula(R"({"formula": "value = a", "notes": "a\tb"})").notes == "a b");
}

TEST_CASE("what is wrong with an answer is said without its texts") {
  const std::string secret = "the-cell-text";
  CHECK(trouble(R"({"formula": 3, "notes": ")" + secret + "\"}").find(secret) == std::string::npos);
  CHECK(trouble(R"({"formula": ")" + secret).find(secret) == std::string::npos);
}

}  // namespace
}  // namespace roadmap
