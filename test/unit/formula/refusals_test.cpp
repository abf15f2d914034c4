#include <catch2/catch.hpp>

#include "test/unit/formula/formulas.h"

using namespace roadmap;

namespace {

struct Case {
  std::string text;
  std::string refusal;
};

void check_all(const std::vector<Case>& cases) {
  for (const Case& each : cases) {
    INFO(each.text);
    CHECK(test::refusal(each.text).text() == each.refusal);
  }
}

}  // namespace

TEST_CASE("a refusal has line and column, in characters") {
  const FormulaError error = test::refusal("# ünïcödé\na = 1\r\n  value = a × 2\nb = **");
  CHECK(error.line == 3);
  CHECK(error.column == 13);
  CHECK(error.text() == "line 3, column 13: '×' (U+00D7) is not part of a formula: write *");
  CHECK(error.line_text() == "line 3: '×' (U+00D7) is not part of a formula: write *");
}

TEST_CASE("the first thing that is wrong is named") {
  CHECK(test::refusal("value = a ** 2 × 3\n'").text().find("line 1, column 11:") == 0);
  CHECK(test::refusal("a = --1 × 3\nvalue = '").text().find("line 1, column 6: two signs") == 0);
}

TEST_CASE("value must be assigned") {
  check_all({{"", "no line assigns value: add one, value = …"},
             {"# value = 1", "no line assigns value: add one, value = …"},
             {"profit = value", "no line assigns value: add one, value = …"},
             {"Value = 1", "no line assigns value: write value instead of Value"},
             {"values = 1\nVALUE = 2", "no line assigns value: write value instead of VALUE"}});
  CHECK(test::refusal("").line_text() == "no line assigns value: add one, value = …");
}

TEST_CASE("powers are refused") {
  const std::string no_powers = "there are no powers ('**'): multiply instead, a * a";
  check_all(
      {{"value = 2 ** 3", "line 1, column 11: " + no_powers},
       {"value = a**-1", "line 1, column 10: " + no_powers},
       {"value = a ^ 2",
        "line 1, column 11: '^' is not part of a formula: there are no powers, multiply instead: a * a"},
       {"value = a²",
        "line 1, column 10: '²' (U+00B2) is not part of a formula: there are no powers, multiply "
        "instead: a * a"}});
}

TEST_CASE("comparisons and conditions are refused") {
  const std::string no_comparisons =
      "is not part of a formula: there are no comparisons, min and max choose between "
      "values";
  const std::string no_conditions = "there are no conditions: min and max choose between values";
  check_all({{"value = a < b", "line 1, column 11: '<' " + no_comparisons},
             {"value = a >= b", "line 1, column 11: '>' " + no_comparisons},
             {"value = a != b", "line 1, column 11: '!' " + no_comparisons},
             {"value = a ≤ b", "line 1, column 11: '≤' (U+2264) " + no_comparisons},
             {"value = a == b",
              "line 1, column 11: there are no comparisons ('=='): min and max choose between values"},
             {"value = a if b else c", "line 1, column 11: " + no_conditions},
             {"value = a and b", "line 1, column 11: " + no_conditions},
             {"value = not a", "line 1, column 13: " + no_conditions},
             {"value = if(a, b, c)", "line 1, column 9: 'if' is no function: there are only min and max"},
             {"value = a & b",
              "line 1, column 11: '&' is not part of a formula: there are no conditions, min and max choose "
              "between values"}});
}

TEST_CASE("calls of anything but min and max are refused") {
  check_all(
      {{"value = round(a)", "line 1, column 9: 'round' is no function: there are only min and max"},
       {"value = 1 + sum (a, b)", "line 1, column 13: 'sum' is no function: there are only min and max"},
       {"value = MAX(a, b)", "line 1, column 9: write max instead of MAX"},
       {"value = Min(a, b)", "line 1, column 9: write min instead of Min"},
       {"value = 2(3)", "line 1, column 10: an operator is missing between '2' and '('"},
       {"value = (a)(b)", "line 1, column 12: an operator is missing between ')' and '('"},
       {"value = min(a)(b)", "line 1, column 15: an operator is missing between ')' and '('"}});
}

TEST_CASE("min and max need values, and are no names") {
  check_all(
      {{"value = min", "line 1, column 9: 'min' is a function: write min(a, b)"},
       {"value = max + 1", "line 1, column 9: 'max' is a function: write max(a, b)"},
       {"value = min()", "line 1, column 13: min needs at least one value"},
       {"value = min(a,)", "line 1, column 15: a value is missing between ',' and ')'"},
       {"value = min(,a)", "line 1, column 13: a value is missing between '(' and ','"},
       {"value = max(a b)",
        "line 1, column 15: an operator is missing between 'a' and 'b': a name has no spaces, write a_b"},
       {"min = 3", "line 1, column 1: 'min' is the name of a function: choose another name"},
       {"value = 1\n max = 3", "line 2, column 2: 'max' is the name of a function: choose another name"}});
}

TEST_CASE("text, lists and attributes are refused") {
  const std::string no_text =
      "is not part of a formula: text in quotes has no place in a formula, write a number or a "
      "name";
  check_all({{"value = \"a\"", "line 1, column 9: '\"' " + no_text},
             {"value = 'a'", "line 1, column 9: ''' " + no_text},
             {"value = “a”", "line 1, column 9: '“' (U+201C) " + no_text},
             {"value = [a]", "line 1, column 9: '[' is not part of a formula: group with ( and )"},
             {"value = {a}", "line 1, column 9: '{' is not part of a formula: group with ( and )"},
             {"value = a.b",
              "line 1, column 10: '.' is not part of a formula: a name has no parts, write it with _: "
              "cost_per_ticket"}});
}

TEST_CASE("one sign may stand before a value") {
  check_all(
      {{"value = --a", "line 1, column 10: two signs in a row: write one, or parentheses as in -(-a)"},
       {"value = +-a", "line 1, column 10: two signs in a row: write one, or parentheses as in +(-a)"},
       {"value = - -a", "line 1, column 11: two signs in a row: write one, or parentheses as in -(-a)"},
       {"value = a - - -b", "line 1, column 15: two signs in a row: write one, or parentheses as in -(-a)"}});
  CHECK(test::computed("value = 3 - -2") == 5);
  CHECK(test::computed("value = -(-3)") == 3);
}

TEST_CASE("a line is one assignment") {
  check_all(
      {{"value = a = 3", "line 1, column 11: a second '=': write one assignment a line"},
       {"value = 1; a = 2", "line 1, column 10: ';' is not part of a formula: write one assignment a line"},
       {"value = 1 a = 2", "line 1, column 11: an operator is missing between '1' and 'a'"},
       {"value", "line 1, column 6: a line reads name = expression: '=' is missing after 'value'"},
       {"a + b", "line 1, column 3: a line reads name = expression: '=' is missing after 'a'"},
       {"min(a, b)", "line 1, column 4: a line reads name = expression: '=' is missing after 'min'"},
       {"3 = a", "line 1, column 1: a line reads name = expression, it cannot begin with '3'"},
       {"(a) = 3", "line 1, column 1: a line reads name = expression, it cannot begin with '('"},
       {"= a", "line 1, column 1: a name is missing before '=': write value = a"},
       {"value := 1", "line 1, column 7: ':' is not part of a formula: a remark begins with #"},
       {"value += 1", "line 1, column 7: an assignment is written in full: a = a + b"},
       {"value //= 2", "line 1, column 7: an assignment is written in full: a = a + b"},
       {"value = \\\n1", "line 1, column 9: '\\' is not part of a formula: an assignment stands on one line"},
       {"value = (1 +\n2)", "line 1, column 13: a value is missing after '+'"}});
}

TEST_CASE("values and parentheses must be complete") {
  check_all(
      {{"value =", "line 1, column 8: a value is missing after '='"},
       {"value = # later", "line 1, column 9: a value is missing after '='"},
       {"value = a *", "line 1, column 12: a value is missing after '*'"},
       {"value = a + * b", "line 1, column 13: a value is missing between '+' and '*'"},
       {"value = * a", "line 1, column 9: a value is missing between '=' and '*'"},
       {"value = ()", "line 1, column 10: a value is missing between '(' and ')'"},
       {"value = (a", "line 1, column 9: this '(' has no ')' on its line"},
       {"value = 2 * (a + (b)", "line 1, column 13: this '(' has no ')' on its line"},
       {"value = min(a, b", "line 1, column 12: this '(' has no ')' on its line"},
       {"value = a)", "line 1, column 10: this ')' closes nothing"},
       {"value = a b",
        "line 1, column 11: an operator is missing between 'a' and 'b': a name has no spaces, write a_b"},
       {"value = 2 x 3",
        "line 1, column 11: an operator is missing between '2' and 'x': write * to multiply"},
       {"value = a /// b", "line 1, column 11: '///' is no operator: write / or //"}});
}

TEST_CASE("a percentage is written as a fraction") {
  const std::string percentage = "a value is missing after '%', which is the remainder: write 20 % as 0.2";
  check_all({{"value = a * 20%", "line 1, column 16: " + percentage},
             {"value = 20 % * a", "line 1, column 14: " + percentage},
             {"value = (20%) * a", "line 1, column 13: " + percentage}});
}

TEST_CASE("a number is decimal, with a point, and finite") {
  const std::string comma =
      "',' only separates the values of min and max: write 1.5 with a point, 1200 without "
      "separator";
  check_all(
      {{"value = 1,5", "line 1, column 10: " + comma},
       {"value = (1,200)", "line 1, column 11: " + comma},
       {"value = 1 000",
        "line 1, column 11: an operator is missing between '1' and '000': write 1000 or 1_000 "
        "without a space"},
       {"value = 1.2.3", "line 1, column 9: '1.2.3' is not a number"},
       {"value = 1__0", "line 1, column 9: '1__0' is not a number"},
       {"value = 1_", "line 1, column 9: '1_' is not a number"},
       {"value = 1_.5", "line 1, column 9: '1_.5' is not a number"},
       {"value = 1._5", "line 1, column 9: '1._5' is not a number"},
       {"value = 1e", "line 1, column 9: '1e' is not a number"},
       {"value = 1e+", "line 1, column 9: '1e' is not a number"},
       {"value = 0x1F", "line 1, column 9: '0x1F' is not a number"},
       {"value = 0b1", "line 1, column 9: '0b1' is not a number"},
       {"value = 012", "line 1, column 9: '012' begins with a zero: leave it out"},
       {"value = 2x", "line 1, column 9: an operator is missing in '2x': write 2 * x"},
       {"value = .",
        "line 1, column 9: '.' is not part of a formula: a name has no parts, write it with _: "
        "cost_per_ticket"},
       {"value = 5 €",
        "line 1, column 11: '€' (U+20AC) is not part of a formula: write the amount without a "
        "currency sign"},
       {"value = $5",
        "line 1, column 9: '$' is not part of a formula: write the amount without a currency sign"},
       {"value = 1e999", "line 1, column 9: '1e999' is too large: the largest number is about 1.8e308"},
       {"value = 1.8e308", "line 1, column 9: '1.8e308' is too large: the largest number is about 1.8e308"},
       {"value = 1e99999999999999999999",
        "line 1, column 9: '1e99999999999999999999' is too large: the largest number is about 1.8e308"},
       {"value = 1" + std::string(400, '0'),
        "line 1, column 9: '100000000000000000000000…' is too large: the largest number is about 1.8e308"}});
}

TEST_CASE("a number that is too small to tell from zero is zero") {
  CHECK(test::computed("value = 1e-999") == 0);
  CHECK(test::computed("value = 0e999999999999") == 0);
  CHECK(test::computed("value = 0." + std::string(500, '0') + "1e3") == 0);
  CHECK(test::computed("value = 1" + std::string(400, '0') + "e-399") == 10);
}

TEST_CASE("characters that look like others are named") {
  check_all(
      {{"value = a ÷ b", "line 1, column 11: '÷' (U+00F7) is not part of a formula: write /"},
       {"value = a − b", "line 1, column 11: '−' (U+2212) is not part of a formula: write -"},
       {"value = a – b", "line 1, column 11: '–' (U+2013) is not part of a formula: write -"},
       {"value = a · b", "line 1, column 11: '·' (U+00B7) is not part of a formula: write *"},
       {"value ＝ a", "line 1, column 7: '＝' (U+FF1D) is not part of a formula: write ="},
       {"value = （a)", "line 1, column 9: '（' (U+FF08) is not part of a formula: write ("},
       {"value = ３", "line 1, column 9: '３' (U+FF13) is not part of a formula: write the digits 0 to 9"},
       {"value = 😀", "line 1, column 9: '😀' (U+1F600) is not part of a formula"},
       {"value = umsätze",
        "line 1, column 12: 'ä' (U+00E4) is not part of a formula: a name is made of the "
        "letters a to z, digits and _"},
       {"value = соst",
        "line 1, column 9: 'с' (U+0441) is not part of a formula: a letter of another alphabet, "
        "even where it looks the same; a name is made of the letters a to z, digits and _"}});
}

TEST_CASE("characters that nobody sees are named by number") {
  check_all(
      {{"value = a\u200B + b",
        "line 1, column 10: U+200B is not part of a formula: an invisible character, "
        "delete it"},
       {"\uFEFFvalue = a",
        "line 1, column 1: U+FEFF is not part of a formula: an invisible character, delete it"},
       {"value = 1\u202F000",
        "line 1, column 10: U+202F is not part of a formula: an unusual space, type a "
        "plain one"},
       {std::string("value = 1\0", 10),
        "line 1, column 10: U+0000 is not part of a formula: an invisible "
        "character, delete it"},
       {"value = a\xFF", "line 1, column 10: the byte 0xFF is no readable character: delete it"},
       {"value = a\xC3", "line 1, column 10: the byte 0xC3 is no readable character: delete it"},
       {"value = a\xED\xA0\x80", "line 1, column 10: the byte 0xED is no readable character: delete it"}});
}

TEST_CASE("a line break that only some programs see cannot hide a line in a comment") {
  check_all(
      {{"value = 1 # one\u2028value = 2",
        "line 1, column 16: U+2028 is not part of a formula: an unusual line break, press Enter instead"},
       {"value = 1\v",
        "line 1, column 10: U+000B is not part of a formula: an unusual line break, press Enter "
        "instead"}});
}

TEST_CASE("a refusal says what to write instead where that is known") {
  check_all(
      {{"value = cost per ticket * 2",
        "line 1, column 14: an operator is missing between 'cost' and 'per': a name has no spaces, write "
        "cost_per_ticket"},
       {"cost per ticket = 5",
        "line 1, column 6: a line reads name = expression: '=' is missing after 'cost'; a name has no "
        "spaces, write "
        "cost_per_ticket"},
       {"value = 5k", "line 1, column 9: '5k' is not a number: write 5 * 1000"},
       {"value = 2.5M", "line 1, column 9: '2.5M' is not a number: write 2.5 * 1000000"},
       {"value = max(a; b)",
        "line 1, column 14: ';' is not part of a formula: a comma separates values, max(a, b)"},
       {"value = Params!D2",
        "line 1, column 15: a formula reads no cells: write the parameter's name instead of Params!D2"},
       {"value = Params!$D$2 * 3",
        "line 1, column 15: a formula reads no cells: write the parameter's name instead of Params!$D$2"},
       {"=a*b", "line 1, column 1: a name is missing before '=': write value = a*b"},
       {"value = a * 50%",
        "line 1, column 16: a value is missing after '%', which is the remainder: write 50 % as 0.5"},
       {"value = a ^ 2",
        "line 1, column 11: '^' is not part of a formula: there are no powers, multiply instead: a * a"},
       {"value = a * b // yearly value",
        "line 1, column 25: an operator is missing between 'yearly' and 'value': a comment begins with #"}});
  CHECK(test::refusal("value = a " + std::string(3000, 'b')).text().size() < 200);
}
