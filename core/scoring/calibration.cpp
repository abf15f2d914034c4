#include "core/scoring/calibration.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>
#include <utility>

#include "core/fields/text.h"

namespace roadmap {
namespace {

constexpr std::array<double, 7> kModifiedFibonacci = {1, 2, 3, 5, 8, 13, 20};
constexpr double kSmallest = 1;             // of a WSJF column: what the others are compared with
constexpr std::size_t kComparableRows = 2;  // one row alone is compared with nothing
constexpr std::array<double, 5> kImpacts = {0.25, 0.5, 1, 2, 3};
constexpr double kLargestRated = 3;      // above and below 0 scoring warns itself
constexpr double kSmallestEffort = 0.5;  // person-months

constexpr std::size_t kRiceImpact = 1;  // places in ScoreInputs
constexpr std::size_t kRiceEffort = kScoreInputCount - 1;

template <std::size_t kSize>
bool is_one_of(const std::array<double, kSize>& values, double value) {
  return std::find(values.begin(), values.end(), value) != values.end();
}

// Whether most WSJF values are on the scale: a team that sizes otherwise is not corrected.
bool uses_fibonacci(std::span<const CalibrationRow> rows) {
  std::size_t on = 0;
  std::size_t off = 0;
  for (const CalibrationRow& row : rows) {
    for (const auto& value : row.wsjf) {
      if (value) ++(is_one_of(kModifiedFibonacci, *value) ? on : off);
    }
  }
  return on > off;
}

// Values of one kind that are remarked on: the first few by name, the others counted.
class Remarked {
 public:
  explicit Remarked(std::string remark) : remark_(std::move(remark)) {}

  void add(const std::string& key, const std::string& value) {
    if (++count_ <= kNamed) names_ += fmt::format("{}{} ({})", count_ == 1 ? "" : ", ", value, key);
  }
  // "RICE: Impact is none of …: 1.5 (INIT-000003)"; nothing where there are none.
  void say(std::vector<std::string>& hints) const {
    if (count_ == 0) return;
    const std::string rest = count_ > kNamed ? fmt::format(" and {} more", count_ - kNamed) : std::string();
    hints.push_back(fmt::format("{}: {}{}", remark_, names_, rest));
  }

 private:
  static constexpr std::size_t kNamed = 3;
  std::string remark_;
  std::size_t count_ = 0;
  std::string names_;
};

void add_smallest_hint(std::span<const CalibrationRow> rows, std::vector<std::string>& hints) {
  const FrameworkInfo& info = framework_info(Framework::kWsjf);
  std::vector<std::string_view> without;
  for (std::size_t i = 0; i < kScoreInputCount; ++i) {
    const auto has_value = [i](const CalibrationRow& row) { return row.wsjf.at(i).has_value(); };
    const auto is_smallest = [i](const CalibrationRow& row) { return row.wsjf.at(i) == kSmallest; };
    const auto count = std::count_if(rows.begin(), rows.end(), has_value);
    if (static_cast<std::size_t>(count) < kComparableRows) continue;
    if (std::none_of(rows.begin(), rows.end(), is_smallest)) without.push_back(info.inputs[i].label);
  }
  if (without.empty()) return;
  hints.push_back(fmt::format("WSJF is relative: no row has 1 in {}", spoken_list(without)));
}

void add_scale_hint(std::span<const CalibrationRow> rows, std::vector<std::string>& hints) {
  if (!uses_fibonacci(rows)) return;
  const FrameworkInfo& info = framework_info(Framework::kWsjf);
  Remarked off("WSJF: off the scale 1, 2, 3, 5, 8, 13, 20");
  for (const CalibrationRow& row : rows) {
    for (std::size_t i = 0; i < kScoreInputCount; ++i) {
      const auto& value = row.wsjf.at(i);
      if (value && *value >= 0 && !is_one_of(kModifiedFibonacci, *value))
        off.add(row.key, fmt::format("{} {}", info.inputs[i].label, *value));
    }
  }
  off.say(hints);
}

void add_rice_hints(std::span<const CalibrationRow> rows, std::vector<std::string>& hints) {
  Remarked impacts("RICE: Impact is none of 0.25, 0.5, 1, 2, 3");
  Remarked efforts("RICE: Effort is below half a person-month");
  for (const CalibrationRow& row : rows) {
    const auto& impact = row.rice[kRiceImpact];
    if (impact && *impact >= 0 && *impact <= kLargestRated && !is_one_of(kImpacts, *impact))
      impacts.add(row.key, fmt::format("{}", *impact));
    const auto& effort = row.rice[kRiceEffort];
    if (effort && *effort > 0 && *effort < kSmallestEffort) efforts.add(row.key, fmt::format("{}", *effort));
  }
  impacts.say(hints);
  efforts.say(hints);
}

}  // namespace

std::vector<std::string> calibration_hints(std::span<const CalibrationRow> rows) {
  std::vector<std::string> hints;
  add_smallest_hint(rows, hints);
  add_scale_hint(rows, hints);
  add_rice_hints(rows, hints);
  return hints;
}

}  // namespace roadmap
