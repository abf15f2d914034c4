#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <variant>

#include "core/fields/cell_value.h"
#include "core/fields/header_match.h"
#include "test/fuzz/expect.h"

using namespace roadmap;

namespace {

constexpr FieldType kTypes[] = {FieldType::kText,      FieldType::kNumber,   FieldType::kBool,
                                FieldType::kDate,      FieldType::kKeyList,  FieldType::kKey,
                                FieldType::kFramework, FieldType::kTimestamp};

void check(FieldType type, const Cell& shown, DateOrder order) {
  const ParsedCell parsed = parse_cell(type, shown, order);
  if (const auto* bad = std::get_if<BadCell>(&parsed)) {
    expect(!bad->reason.empty(), "a bad cell has a reason");
    return;
  }
  const Cell& value = std::get<Cell>(parsed);
  expect(!is_error(value), "an error is never a value");
  if (const auto* number = std::get_if<double>(&value)) expect(std::isfinite(*number), "numbers are finite");
  const ParsedCell again = parse_cell(type, value, order);
  expect(std::holds_alternative<Cell>(again), "a value can be read again");
  expect(same_value(type, std::get<Cell>(again), value), "and is the same value then");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  double number = 0;
  if (size >= sizeof number) std::memcpy(&number, data, sizeof number);
  for (const FieldType type : kTypes) {
    for (const DateOrder order : {DateOrder::kDayMonthYear, DateOrder::kMonthDayYear}) {
      check(type, Cell(text), order);
      if (std::isfinite(number)) check(type, Cell(number), order);
    }
  }
  expect(normalise_header(normalise_header(text)) == normalise_header(text),
         "a normalised header stays what it is");
  (void)match_headers(Tab::kIntake, {Cell(text), Cell("Title"), Cell(number)});
  return 0;
}
