// How long a formula takes to compile and to evaluate, and what the most hostile texts cost. Ratios compare
// machines: the yardstick is copying the five lines' text into a map of its words.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/formula/formula.h"
#include "core/formula/program.h"

namespace {

using namespace roadmap;
using Clock = std::chrono::steady_clock;

constexpr int kRounds = 15;
constexpr double kHostileLimit = 10'000;  // microseconds

constexpr std::string_view kFiveLines = R"(# ticket savings over the horizon
savings = ticket_reduction * cost_per_ticket * horizon_months
total_cost = one_off_cost + running_cost * horizon_months
value = savings - total_cost
effort = effort_days
overall = value / effort)";

volatile double g_sink = 0;

// Keeps the compiler from leaving the work out.
void keep(std::size_t result) { g_sink = g_sink + static_cast<double>(result); }

// Microseconds a call: the quickest of several rounds, which is what a busy machine disturbs least.
template <typename Work>
double microseconds(int calls, Work work) {
  double best = 1e300;
  for (int round = 0; round < kRounds; ++round) {
    const auto start = Clock::now();
    for (int i = 0; i < calls; ++i)
      work();
    const std::chrono::duration<double, std::micro> passed = Clock::now() - start;
    best = std::min(best, passed.count() / calls);
  }
  return best;
}

void count_words() {
  std::map<std::string, int> words;
  std::string text(kFiveLines);
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find_first_of(" \n", at), text.size());
    ++words[text.substr(at, end - at)];
    at = end + 1;
  }
  keep(words.size());
}

std::vector<double> inputs_of(const Formula& formula, double value) {
  return std::vector<double>(formula.inputs().size(), value);
}

void parse_and_evaluate(const std::string& text) {
  const ParsedFormula parsed = parse_formula(text);
  const auto* formula = std::get_if<Formula>(&parsed);
  if (formula == nullptr) return;
  const Evaluation evaluation = formula->evaluate(inputs_of(*formula, 3));
  if (const auto* values = std::get_if<std::vector<double>>(&evaluation)) g_sink = g_sink + values->back();
}

struct Hostile {
  const char* what;
  std::string text;
};

std::string filled(std::string_view begin, std::string_view part) {
  std::string text(begin);
  while (text.size() + part.size() <= formula_limits::kMaxCharacters)
    text += part;
  return text;
}

std::vector<Hostile> hostile_texts() {
  std::string names = "value=a";
  for (int i = 0; names.size() + 6 <= formula_limits::kMaxCharacters; ++i)
    names += "+a" + std::to_string(i);
  return {{"a long sum", filled("value=a", "+a")},
          {"remainders of far numbers", filled("a=1.7e308\nb=5e-324*3\nvalue=a%b", "+a%b")},
          {"floor quotients of far numbers", filled("a=1.7e308\nb=5e-324*3\nvalue=a//b", "+a//b")},
          {"nothing but names", names},
          {"one number of digits", filled("value=.1", "7")},
          {"short numbers of many digits", filled("value=0", "+1.00000000000000011102230246251565")},
          {"a call of many values", filled("value=min(1", ",.1") + ")"},
          {"parentheses", filled("value=", "(")},
          {"a million characters", std::string(1'000'000, 'x')}};
}

}  // namespace

int main() {
  const ParsedFormula parsed = parse_formula(kFiveLines);
  const auto& five = std::get<Formula>(parsed);
  const std::vector<double> inputs = inputs_of(five, 3);
  const double yardstick = microseconds(2000, count_words);
  const auto report = [yardstick](const char* what, double taken) {
    std::printf("%-34s %10.2f us %8.2f x the words\n", what, taken, taken / yardstick);
  };
  report("words of five lines into a map", yardstick);
  report("compile five lines", microseconds(2000, [] { keep(parse_formula(kFiveLines).index()); }));
  report("evaluate them", microseconds(5000, [&] {
           g_sink = g_sink + std::get<std::vector<double>>(five.evaluate(inputs)).back();
         }));
  report("explain them", microseconds(2000, [&] { keep(five.explain(inputs).size()); }));
  std::printf("compile and evaluate 4,000 hostile characters; the limit is %.0f us\n", kHostileLimit);
  bool within = true;
  for (const Hostile& hostile : hostile_texts()) {
    const double taken = microseconds(5, [&] { parse_and_evaluate(hostile.text); });
    report(hostile.what, taken);
    within = within && taken < kHostileLimit;
  }
  return within ? 0 : 1;
}
