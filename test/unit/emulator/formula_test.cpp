#include <catch2/catch.hpp>

#include "sheets_client/emulator/formula/reference.h"
#include "test/unit/emulator/emulated_google.h"

using namespace sheets::emulator;
using namespace sheets::emulator::test;

namespace {

// What a formula in D1 gives beside A1:B3 = 1, "x"; 2, "y"; 3, "z".
Json evaluate(const std::string& formula) {
  EmulatedGoogle google;
  google.put("A1", "RAW", R"([[1, "x"], [2, "y"], [3, "z"]])"_js);
  google.put("D1", "USER_ENTERED", Json::array({Json::array({formula})}));
  return google.values("D1", "valueRenderOption=UNFORMATTED_VALUE")[0][0];
}

}  // namespace

TEST_CASE("arithmetic, comparison and joining follow the sheet's precedence") {
  REQUIRE(evaluate("=1+2*3") == 7);
  REQUIRE(evaluate("=-2^2") == 4);
  REQUIRE(evaluate("=(1+2)*3-50%") == 8.5);
  REQUIRE(evaluate("=\"a\"&1&TRUE") == "a1TRUE");
  REQUIRE(evaluate("=1<2") == true);
  REQUIRE(evaluate("=\"A\"=\"a\"") == true);
  REQUIRE(evaluate("=\"say \"\"hi\"\"\"") == "say \"hi\"");
}

TEST_CASE("errors spread and have Google's names") {
  REQUIRE(evaluate("=1/0") == "#DIV/0!");
  REQUIRE(evaluate("=1/0+1") == "#DIV/0!");
  REQUIRE(evaluate("=\"a\"+1") == "#VALUE!");
  REQUIRE(evaluate("=Nope!A1") == "#REF!");
  REQUIRE(evaluate("=nope") == "#NAME?");
  REQUIRE(evaluate("=1+") == "#ERROR!");
  REQUIRE(evaluate("=VLOOKUP(9,A1:B3,2,FALSE)") == "#N/A");
}

TEST_CASE("references, ranges and lookups read other cells") {
  REQUIRE(evaluate("=B2") == "y");
  REQUIRE(evaluate("=Sheet1!A3+A1") == 4);
  REQUIRE(evaluate("=SUM(A1:A3)") == 6);
  REQUIRE(evaluate("=SUM(A:A)") == 6);
  REQUIRE(evaluate("=A1:A3") == 1);
  REQUIRE(evaluate("=VLOOKUP(2,A:B,2,FALSE)") == "y");
  REQUIRE(evaluate("=INDEX(B1:B3,MATCH(3,A1:A3,0))") == "z");
  REQUIRE(evaluate("=XLOOKUP(4,A1:A3,B1:B3,\"none\")") == "none");
  REQUIRE(evaluate("=IFERROR(1/0,\"safe\")") == "safe");
  REQUIRE(evaluate("=IF(A1=1,\"one\",1/0)") == "one");
}

TEST_CASE("a formula in its own dependencies gives #REF!") {
  EmulatedGoogle google;
  google.put("A1", "USER_ENTERED", R"([["=B1", "=A1", "=C1"]])"_js);
  REQUIRE(google.values("A1:C1") == R"([["#REF!", "#REF!", "#REF!"]])"_js);
}

TEST_CASE("a formula that cannot be evaluated shows what was last written there") {
  EmulatedGoogle google;
  google.put("A1", "RAW", R"([["kept"]])"_js);
  google.put("A1", "USER_ENTERED", R"j([["=GOOGLEFINANCE(\"X\")"]])j"_js);
  REQUIRE(google.values("A1") == R"([["kept"]])"_js);
  REQUIRE(google.values("A1", "valueRenderOption=FORMULA") == R"j([["=GOOGLEFINANCE(\"X\")"]])j"_js);
  google.create({SeedTab{"Seeded", {{SeedFormula{"=GOOGLEFINANCE(1)", 42.0}}}}});
  REQUIRE(google.values("A1") == R"([["42"]])"_js);
}

TEST_CASE("IMPORTRANGE reads another workbook, by id or address, and spills over empty cells") {
  EmulatedGoogle google;
  google.create({SeedTab{"Source", {{std::string("a"), 1.0}, {}, {std::string("c"), 3.0}}}});
  const std::string source = google.id;
  google.create({SeedTab{"Sheet1", {}}});
  const auto import = [&](const std::string& address) {
    const std::string formula = "=IMPORTRANGE(\"" + address + "\",\"Source!A1:B\")";
    google.put("B2", "USER_ENTERED", Json::array({Json::array({formula})}));
    return google.values("A1:D9", "valueRenderOption=UNFORMATTED_VALUE");
  };
  const Json spilled = R"([[], ["", "a", 1], [], ["", "c", 3]])"_js;
  REQUIRE(import(source) == spilled);
  REQUIRE(import("https://docs.google.com/spreadsheets/d/" + source + "/edit#gid=0") == spilled);
  REQUIRE(import("nobody") == R"([[], ["", "#REF!"]])"_js);
  google.put("C4", "RAW", R"([["in the way"]])"_js);
  REQUIRE(import(source)[1][1] == "#REF!");
}

TEST_CASE("workbooks that import from each other come to an end") {
  EmulatedGoogle google;
  const std::string first = google.id;
  google.create({SeedTab{"Sheet1", {{SeedFormula{"=IMPORTRANGE(\"" + first + "\",\"Sheet1!A1\")", {}}}}}});
  const std::string second = google.id;
  google.id = first;
  google.put("A1", "USER_ENTERED",
             Json::array({Json::array({"=IMPORTRANGE(\"" + second + "\",\"Sheet1!A1\")"})}));
  REQUIRE(google.values("A1") == R"([["#REF!"]])"_js);
}

TEST_CASE("a long chain of formulas is evaluated from its start") {
  EmulatedGoogle google;
  Json rows = Json::array({Json::array({1})});
  for (int i = 1; i < 600; ++i)
    rows.push_back(Json::array({"=A" + std::to_string(i) + "+1"}));
  google.put("A1", "USER_ENTERED", rows);
  REQUIRE(google.values("A600") == R"([["600"]])"_js);
}

TEST_CASE("a formula nested without end comes to an end") {
  std::string sum = "=1", percent = "=1", parentheses = "=1", minus = "=1";
  for (int i = 0; i < 20000; ++i) {
    sum += "+1";
    percent += "%";
    parentheses.insert(1, "(");
    minus.insert(1, "-");
  }
  for (const std::string& formula : {sum, percent, parentheses, minus})
    REQUIRE(evaluate(formula) == "#ERROR!");
}

TEST_CASE("references are found outside texts and names only") {
  const auto found = find_references("=A1&\"B2\"&LOG10(C3)+Tab!$D$4:E+'My ''tab'!F6+X1Y2+G:G+7:8");
  std::vector<std::string> texts;
  for (const auto& each : found)
    texts.push_back(reference_text(each.reference));
  REQUIRE(texts == std::vector<std::string>{"A1", "C3", "Tab!$D$4:E", "'My ''tab'!F6", "G:G", "7:8"});
}
