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

TEST_CASE("a text longer than a cell's may be gives #VALUE!, before it fills the memory") {
  EmulatedGoogle google;
  google.put("A1", "RAW", Json::array({Json::array({std::string(50'000, 'a')})}));
  google.put("B1", "USER_ENTERED",
             R"js([["=SUBSTITUTE(A1,\"a\",A1)"], ["=A1&\"a\""], ["=CONCATENATE(A1,\"ä\")"],
                  ["=LEN(A1&\"\")"]])js"_js);
  REQUIRE(google.values("B1:B4", "valueRenderOption=UNFORMATTED_VALUE") ==
          R"([["#VALUE!"], ["#VALUE!"], ["#VALUE!"], [50000]])"_js);
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

TEST_CASE("a function that is not known shows #NAME?, never what was there before, never a blank") {
  EmulatedGoogle google;
  google.put("A1", "RAW", R"([["kept", 500]])"_js);
  google.put("A1", "USER_ENTERED", R"j([["=GOOGLEFINANCE(\"X\")", "=INT(7.9)"]])j"_js);
  REQUIRE(google.values("A1:B1") == R"([["#NAME?", "7"]])"_js);
  REQUIRE(google.values("A1", "valueRenderOption=FORMULA") == R"j([["=GOOGLEFINANCE(\"X\")"]])j"_js);
  REQUIRE(evaluate("=IFERROR(NOTAFUNC(1),\"safe\")") == "safe");
  REQUIRE(evaluate("=NOTAFUNC(1)") == "#NAME?");
}

TEST_CASE("numbers are rounded, cut and divided as people do it") {
  REQUIRE(evaluate("=INT(-7.1)") == -8);
  REQUIRE(evaluate("=ROUND(2.675,2)") == 2.68);
  REQUIRE(evaluate("=ROUND(-2.5)") == -3);
  REQUIRE(evaluate("=ROUND(1234,-2)") == 1200);
  REQUIRE(evaluate("=ROUNDUP(3.01)") == 4);
  REQUIRE(evaluate("=ROUNDDOWN(-3.99,1)") == -3.9);
  REQUIRE(evaluate("=MOD(-3,5)") == 2);
  REQUIRE(evaluate("=MOD(3,0)") == "#DIV/0!");
  REQUIRE(evaluate("=ABS(-4)") == 4);
  REQUIRE(evaluate("=INT()") == "#N/A");
}

TEST_CASE("texts are taken apart by characters") {
  REQUIRE(evaluate("=LEFT(\"\u00fcber\")") == "\u00fc");
  REQUIRE(evaluate("=RIGHT(\"abc\",2)") == "bc");
  REQUIRE(evaluate("=MID(\"abcdef\",2,3)") == "bcd");
  REQUIRE(evaluate("=MID(\"abc\",0,1)") == "#NUM!");
  REQUIRE(evaluate("=LEN(\"\u00fcber\")") == 4);
  REQUIRE(evaluate("=UPPER(\"\u00fcber\")") == "\u00dcBER");
  REQUIRE(evaluate("=LOWER(\"ABC\")") == "abc");
  REQUIRE(evaluate("=TRIM(\"  a   b \")") == "a b");
  REQUIRE(evaluate("=SUBSTITUTE(\"a-b-c\",\"-\",\"+\")") == "a+b+c");
  REQUIRE(evaluate("=SUBSTITUTE(\"a-b-c\",\"-\",\"+\",2)") == "a-b+c");
  REQUIRE(evaluate("=TEXT(0.256,\"0.0%\")") == "25.6%");
  REQUIRE(evaluate("=TEXT(DATE(2026,3,1),\"yyyy-mm-dd\")") == "2026-03-01");
  REQUIRE(evaluate("=VALUE(\"$1,234.50\")") == 1234.5);
  REQUIRE(evaluate("=VALUE(\"abc\")") == "#VALUE!");
  REQUIRE(evaluate("=HYPERLINK(\"http://example.com\",\"there\")") == "there");
}

TEST_CASE("dates are made and taken apart; today is the clock's") {
  REQUIRE(evaluate("=DATE(2020,1,1)") == 43831);
  REQUIRE(evaluate("=DATE(2019,13,1)") == 43831);
  REQUIRE(evaluate("=DATE(2020,1,0)") == 43830);
  REQUIRE(evaluate("=YEAR(DATE(2026,11,28))") == 2026);
  REQUIRE(evaluate("=MONTH(\"2026-11-28\")") == 11);
  REQUIRE(evaluate("=DAY(DATE(2026,11,28))") == 28);
  EmulatorOptions options = EmulatedGoogle::options();
  options.now = [] { return std::chrono::system_clock::time_point{std::chrono::seconds{1577880000}}; };
  EmulatedGoogle google(options);  // 2020-01-01 12:00
  google.put("A1", "USER_ENTERED", R"j([["=TODAY()", "=NOW()"]])j"_js);
  REQUIRE(google.values("A1:B1", "valueRenderOption=UNFORMATTED_VALUE") == R"([[43831, 43831.5]])"_js);
}

TEST_CASE("cells are counted and summed where they meet conditions") {
  EmulatedGoogle google;
  google.put("A1", "RAW", R"([["EMEA", 1], ["APAC", 2], ["emea", 4], ["", 8], ["LATAM", "x"]])"_js);
  const auto of = [&](const std::string& formula) {
    google.put("D1", "USER_ENTERED", Json::array({Json::array({formula})}));
    return google.values("D1", "valueRenderOption=UNFORMATTED_VALUE")[0][0];
  };
  REQUIRE(of("=COUNTIF(A1:A5,\"EMEA\")") == 2);
  REQUIRE(of("=COUNTIF(A1:A5,\"*A*M*\")") == 1);
  REQUIRE(of("=COUNTIF(B1:B5,\">=2\")") == 3);
  REQUIRE(of("=COUNTIF(A1:A5,\"<>EMEA\")") == 3);
  REQUIRE(of("=COUNTIF(A1:A5,\"\")") == 1);
  REQUIRE(of("=COUNTIFS(A1:A5,\"EMEA\",B1:B5,\">1\")") == 1);
  REQUIRE(of("=SUMIF(A1:A5,\"EMEA\",B1:B5)") == 5);
  REQUIRE(of("=SUMIF(B1:B5,\">2\")") == 12);
  REQUIRE(of("=SUMIFS(B1:B5,A1:A5,\"?MEA\",B1:B5,\"<4\")") == 1);
  REQUIRE(of("=SUMIFS(B1:B5,A1:A4,\"EMEA\")") == "#VALUE!");
  REQUIRE(of("=IFS(B1>1,\"no\",B2=2,\"yes\")") == "yes");
  REQUIRE(of("=IFS(FALSE,1)") == "#N/A");
  REQUIRE(of("=ISNUMBER(B5)") == false);
}

TEST_CASE("ARRAYFORMULA works through a column, other formulas take their own row") {
  EmulatedGoogle google;
  google.put("A1", "USER_ENTERED", R"j([[1.5], [2.5], [""], [4]])j"_js);
  google.put("B1", "USER_ENTERED", R"j([["=ARRAYFORMULA(IF(A1:A=\"\",\"-\",INT(A1:A)*10))"]])j"_js);
  google.put("C2", "USER_ENTERED", R"j([["=INT(A1:A4)"]])j"_js);
  REQUIRE(google.values("B1:B4", "valueRenderOption=UNFORMATTED_VALUE") == R"([[10], [20], ["-"], [40]])"_js);
  REQUIRE(google.values("C2", "valueRenderOption=UNFORMATTED_VALUE") == R"([[2]])"_js);
}

TEST_CASE("inside ARRAYFORMULA a lookup or a count has a result for every key") {
  EmulatedGoogle google;
  google.put("A1", "RAW", R"([["EMEA", 1], ["APAC", 2], ["EMEA", 4]])"_js);
  const auto of = [&](const std::string& formula) {
    google.put("D1", "USER_ENTERED", Json::array({Json::array({"=ARRAYFORMULA(" + formula + ")"})}));
    return google.values("D1:D4", "valueRenderOption=UNFORMATTED_VALUE");
  };
  REQUIRE(of("VLOOKUP(A1:A3,A1:B2,2,FALSE)") == R"([[1], [2], [1]])"_js);
  REQUIRE(of("XLOOKUP(B1:B3+2,B1:B3,A1:A3,\"none\")") == R"([["none"], ["EMEA"], ["none"]])"_js);
  REQUIRE(of("MATCH(A1:A3,A1:A3,0)") == R"([[1], [2], [1]])"_js);
  REQUIRE(of("SUMIF(A1:A3,A1:A3,B1:B3)") == R"([[5], [2], [5]])"_js);
  REQUIRE(of("COUNTIF(A1:A3,A1:A3)*10") == R"([[20], [10], [20]])"_js);
  REQUIRE(of("COUNTIFS(A1:A3,A1:A3,B1:B3,\">1\")") == R"([[1], [1], [1]])"_js);
  REQUIRE(of("IFS(B1:B3>3,\"high\",B1:B3>1,\"middle\",TRUE,A1:A3)") ==
          R"([["EMEA"], ["middle"], ["high"]])"_js);
  REQUIRE(of("VLOOKUP(\"APAC\",A1:B3,2,FALSE)") == R"([[2]])"_js);
}

TEST_CASE("INDEX and XLOOKUP give whole rows and columns") {
  EmulatedGoogle google;
  google.put("A1", "RAW", R"([["a", 1], ["b", 2], ["c", 3]])"_js);
  const auto of = [&](const std::string& formula) {
    google.put("D1", "USER_ENTERED", Json::array({Json::array({formula})}));
    return google.values("D1:F4", "valueRenderOption=UNFORMATTED_VALUE");
  };
  REQUIRE(of("=SUM(INDEX(A1:B3,0,2))") == R"([[6]])"_js);
  REQUIRE(of("=INDEX(A1:B3,0,2)") == R"([[1], [2], [3]])"_js);
  REQUIRE(of("=INDEX(A1:B3,2)") == R"([["b", 2]])"_js);
  REQUIRE(of("=IFERROR(INDEX(A1:B3,MATCH(\"c\",A1:A3,0)))") == R"([["c", 3]])"_js);
  REQUIRE(of("=INDEX(B1:B3,2)") == R"([[2]])"_js);
  REQUIRE(of("=INDEX(A1:B3,4,1)") == R"([["#NUM!"]])"_js);
  REQUIRE(of("=XLOOKUP(\"b\",A1:A3,A1:B3)") == R"([["b", 2]])"_js);
  REQUIRE(of("=SUM(XLOOKUP(\"b\",A1:A3,A1:B3))") == R"([[2]])"_js);
  google.put("E1", "RAW", R"([["in the way"]])"_js);
  REQUIRE(of("=INDEX(A1:B3,2)") == R"([["#REF!", "in the way"]])"_js);
  REQUIRE(of("=INDEX(A1:B3,2,2)") == R"([[2, "in the way"]])"_js);
}

TEST_CASE("texts and booleans written out among numbers are numbers, those in cells are none") {
  REQUIRE(evaluate("=SUM(1,\"3\",TRUE)") == 5);
  REQUIRE(evaluate("=SUM(A1>0,A2>0)") == 2);
  REQUIRE(evaluate("=SUM(1,\"x\")") == "#VALUE!");
  REQUIRE(evaluate("=SUM(A1:B3,B1)") == 6);
  REQUIRE(evaluate("=AVERAGE(\"3\",5)") == 4);
  REQUIRE(evaluate("=AVERAGE(1,\"x\")") == "#VALUE!");
  REQUIRE(evaluate("=MIN(5,\"3\")") == 3);
  REQUIRE(evaluate("=MAX(B1,-1)") == -1);
  REQUIRE(evaluate("=COUNT(1,\"2\",\"x\",B1)") == 2);
}

TEST_CASE("blanks may stand around the colon of a range") {
  REQUIRE(evaluate("=SUM( A1 : A3 )") == 6);
  REQUIRE(evaluate("=COUNTA(Sheet1!A1 :B3)") == 6);
}

TEST_CASE("lookups find the nearest, from either end, and by wildcards") {
  REQUIRE(evaluate("=XLOOKUP(2.5,A1:A3,B1:B3,\"-\",-1)") == "y");
  REQUIRE(evaluate("=XLOOKUP(2.5,A1:A3,B1:B3,\"-\",1)") == "z");
  REQUIRE(evaluate("=MATCH(2.5,A1:A3)") == 2);
  REQUIRE(evaluate("=MATCH(\"?\",B1:B3,0)") == 1);
  REQUIRE(evaluate("=VLOOKUP(2.9,A1:B3,2)") == "y");
}

TEST_CASE("named ranges stand in formulas") {
  EmulatedGoogle google;
  google.put("A1", "RAW", R"([[2], [3]])"_js);
  google.batch(R"([{"addNamedRange": {"namedRange": {"name": "effort", "range":
    {"endRowIndex": 2, "endColumnIndex": 1}}}}])"_js);
  google.put("B1", "USER_ENTERED", R"j([["=SUM(effort)"]])j"_js);
  REQUIRE(google.values("B1") == R"([["5"]])"_js);
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
  for (const std::string guarded :
       {"IFERROR(%,\"none\")", "IFNA(%,\"none\")", "IF(TRUE,%,0)", "IFS(TRUE,IFERROR(%))"}) {
    const std::string call = "IMPORTRANGE(\"" + source + "\",\"Source!A1:B\")";
    std::string formula = "=" + guarded;
    formula.replace(formula.find('%'), 1, call);
    google.put("B2", "USER_ENTERED", Json::array({Json::array({formula})}));
    REQUIRE(google.values("A1:D9", "valueRenderOption=UNFORMATTED_VALUE") == spilled);
  }
  REQUIRE(import("nobody") == R"([[], ["", "#REF!"]])"_js);
  google.put("C4", "RAW", R"([["in the way"]])"_js);
  REQUIRE(import(source)[1][1] == "#REF!");
}

TEST_CASE("workbooks that import from each other come to an end") {
  EmulatedGoogle google;
  const std::string first = google.id;
  google.create({SeedTab{"Sheet1", {{SeedFormula{"=IMPORTRANGE(\"" + first + "\",\"Sheet1!A1\")"}}}}});
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
