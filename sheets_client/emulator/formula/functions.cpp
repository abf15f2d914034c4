#include "sheets_client/emulator/formula/functions.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "sheets_client/emulator/workbook/cell_input.h"
#include "sheets_client/emulator/workbook/number_format.h"
#include "sheets_client/emulator/workbook/serial_date.h"

namespace sheets::emulator {
namespace {

constexpr std::size_t kAnyNumber = 255;

using ArrayPtr = std::shared_ptr<const Array>;

ArrayPtr as_array(const Operand& operand) {
  if (const auto* array = std::get_if<ArrayPtr>(&operand)) return *array;
  return std::make_shared<const Array>(Array{1, 1, {std::get<Value>(operand)}});
}

// The rows and columns of a block that lie in `rect`, which is inside it.
Operand part_of(const Array& from, const GridRect& rect) {
  if (rect.single_cell()) return from.at(rect.start_row, rect.start_column);
  Array part{rect.rows(), rect.columns(), {}};
  if (from.origin)
    part.origin = {from.origin->first + rect.start_row, from.origin->second + rect.start_column};
  rect.for_each([&](int row, int column) { part.values.push_back(from.at(row, column)); });
  return std::make_shared<const Array>(std::move(part));
}

// Calls `each` with every value of the arguments in turn.
template <typename Each>
void for_each_value(const Arguments& arguments, Each&& each) {
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const ArrayPtr array = as_array(arguments.operand(i));
    std::for_each(array->values.begin(), array->values.end(), each);
  }
}

Operand combine_conditions(const Arguments& arguments, bool until) {
  bool result = !until;
  for_each_value(arguments, [&](const Value& value) {
    if (!is_empty(value) && to_condition(value) == until) result = until;
  });
  return Value{result};
}

// ---- numbers

struct Summary {
  double sum = 0, least = 0, greatest = 0;
  int numbers = 0;
  std::optional<CellError> error;
};

// Texts and booleans among the cells of a range count for nothing; those written out in the formula are
// numbers.
Summary summarise(const Arguments& arguments) {
  Summary summary;
  const auto add = [&](const Value& value) {
    if (const auto error = error_of(value); error && !summary.error) summary.error = error;
    if (const auto* number = std::get_if<double>(&value)) {
      summary.least = summary.numbers == 0 ? *number : std::min(summary.least, *number);
      summary.greatest = summary.numbers == 0 ? *number : std::max(summary.greatest, *number);
      summary.sum += *number;
      ++summary.numbers;
    }
  };
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const Operand operand = arguments.operand(i);
    const auto* array = std::get_if<ArrayPtr>(&operand);
    if (array) {
      std::for_each((*array)->values.begin(), (*array)->values.end(), add);
    } else {
      const Value& value = std::get<Value>(operand);
      add(arguments.written_out(i) ? caught([&] { return Value{to_number(value)}; }) : value);
    }
  }
  return summary;
}

// The same where an error among them is the result.
Summary summed(const Arguments& arguments) {
  Summary summary = summarise(arguments);
  if (summary.error) throw ErrorMet{*summary.error};
  return summary;
}

Operand average(const Arguments& arguments) {
  const Summary s = summed(arguments);
  return s.numbers == 0 ? Value{CellError::kDivideByZero} : Value{s.sum / s.numbers};
}
Operand count_filled(const Arguments& arguments) {
  int filled = 0;
  for_each_value(arguments, [&](const Value& value) { filled += is_empty(value) ? 0 : 1; });
  return Value{static_cast<double>(filled)};
}

// ---- text

// Ends a text that is surely too long before it fills the memory: three cells can multiply theirs.
void append_text(std::string& text, std::string_view more) {
  constexpr std::size_t kMostBytesACharacter = 3;  // in UTF-8, of one UTF-16 unit
  text += more;
  if (text.size() > kMaxCellCharacters * kMostBytesACharacter) throw ErrorMet{CellError::kValue};
}

Operand concatenate(const Arguments& arguments) {
  std::string joined;
  for_each_value(arguments, [&](const Value& value) { append_text(joined, to_text(without_error(value))); });
  return text_value(std::move(joined));
}

// ---- one value in, one value out

using Values = std::vector<Value>;

double number_at(const Values& values, std::size_t index, double fallback = 0) {
  return index < values.size() && !is_empty(values[index]) ? to_number(values[index]) : fallback;
}

Value if_error(const Values& values) {
  return !error_of(values[0]) ? values[0] : values.size() > 1 ? values[1] : Value{};
}

// Half away from zero, as people round: 2.675 to two places is 2.68 although the double lies below.
enum class Rounding { kHalf, kUp, kDown };
template <Rounding how>
Value rounded(const Values& values) {
  constexpr double kNoise = 1e-14;
  const double number = number_at(values, 0), scale = std::pow(10.0, std::trunc(number_at(values, 1)));
  const double size = std::fabs(number) * scale, noise = size * kNoise;
  double whole = 0;
  if (how == Rounding::kHalf) whole = std::floor(size + 0.5 + noise);
  if (how == Rounding::kUp) whole = std::ceil(size - noise);
  if (how == Rounding::kDown) whole = std::floor(size + noise);
  return std::copysign(whole / scale, number);
}
Value modulo(const Values& values) {
  const double number = number_at(values, 0), divisor = number_at(values, 1);
  if (divisor == 0) return CellError::kDivideByZero;
  return number - divisor * std::floor(number / divisor);
}

// ---- texts

// Where each character of a UTF-8 text begins, and its end.
std::vector<std::size_t> character_starts(const std::string& text) {
  std::vector<std::size_t> starts;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if ((static_cast<unsigned char>(text[i]) & 0xC0U) != 0x80U) starts.push_back(i);
  }
  starts.push_back(text.size());
  return starts;
}

std::string characters(const std::string& text, double from, double count) {
  const auto starts = character_starts(text);
  const double size = static_cast<double>(starts.size() - 1);
  const auto first = static_cast<std::size_t>(std::clamp(std::trunc(from), 0.0, size));
  const auto last = static_cast<std::size_t>(std::clamp(std::trunc(from) + std::trunc(count), 0.0, size));
  return first < last ? text.substr(starts[first], starts[last] - starts[first]) : std::string{};
}

double length_at(const Values& values, std::size_t index) {
  const double length = number_at(values, index, 1);
  if (length < 0) throw ErrorMet{CellError::kValue};
  return length;
}

Value left_part(const Values& values) { return characters(to_text(values[0]), 0, length_at(values, 1)); }
Value right_part(const Values& values) {
  const double wanted = std::trunc(length_at(values, 1));
  const std::string text = to_text(values[0]);
  return characters(text, std::max(0.0, static_cast<double>(count_characters(text)) - wanted), wanted);
}
Value middle_part(const Values& values) {
  const double from = number_at(values, 1), count = number_at(values, 2);
  if (from < 1) return CellError::kNum;
  if (count < 0) return CellError::kValue;
  return characters(to_text(values[0]), from - 1, count);
}
Value trimmed_text(const Values& values) {
  std::string trimmed;
  for (const char c : to_text(values[0])) {
    if (c != ' ' || (!trimmed.empty() && trimmed.back() != ' ')) trimmed += c;
  }
  if (!trimmed.empty() && trimmed.back() == ' ') trimmed.pop_back();
  return trimmed;
}
Value substituted(const Values& values) {
  const std::string text = to_text(values[0]), search = to_text(values[1]), replacement = to_text(values[2]);
  const double only = number_at(values, 3);
  if (values.size() > 3 && !is_empty(values[3]) && only < 1) return CellError::kValue;
  if (search.empty()) return text;
  const int wanted = static_cast<int>(only);
  std::string result;
  std::size_t at = 0;
  int number = 0;
  for (std::size_t found = text.find(search); found != std::string::npos; found = text.find(search, at)) {
    ++number;
    append_text(result, std::string_view(text).substr(at, found - at));
    append_text(result, wanted == 0 || wanted == number ? replacement : search);
    at = found + search.size();
  }
  append_text(result, std::string_view(text).substr(at));
  return text_value(std::move(result));
}
Value formatted(const Values& values) {
  const Value number = caught([&] { return Value{to_number(values[0])}; });
  if (std::holds_alternative<std::string>(values[0]) && error_of(number)) return values[0];  // no number
  if (std::holds_alternative<bool>(values[0])) return to_text(values[0]);
  const std::string pattern = to_text(values[1]);
  if (pattern.empty()) return std::string{};
  return format_number(std::get<double>(number),
                       {is_date_pattern(pattern) ? "DATE_TIME" : "NUMBER", pattern});
}
Value number_value(const Values& values) {
  if (std::holds_alternative<bool>(values[0])) return CellError::kValue;
  return to_number(values[0]);
}

// ---- dates

Value date_of_parts(const Values& values) {
  constexpr double kLimit = 1e6;
  const std::array<double, 3> part = {number_at(values, 0), number_at(values, 1), number_at(values, 2)};
  if (std::any_of(part.begin(), part.end(), [](double number) { return std::fabs(number) > kLimit; }))
    return CellError::kNum;
  const int years = static_cast<int>(std::trunc(part[0])), months = static_cast<int>(std::trunc(part[1])) - 1;
  const int carried = static_cast<int>(std::floor(months / 12.0));
  CivilTime first;
  first.year = (years >= 0 && years < 1900 ? years + 1900 : years) + carried;
  first.month = months - 12 * carried + 1;
  first.day = 1;
  const auto serial = to_serial(first);
  if (!serial || *serial + part[2] < 1) return CellError::kNum;
  return *serial + std::trunc(part[2]) - 1;
}
template <int CivilTime::*part>
Value date_part(const Values& values) {
  return static_cast<double>(from_serial(number_at(values, 0)).*part);
}

// ---- what decides between branches

Operand if_function(const Arguments& arguments) {
  if (to_condition(arguments.value(0))) return arguments.operand(1);
  return arguments.size() > 2 ? arguments.operand(2) : Operand{Value{false}};
}
Operand ifs_function(const Arguments& arguments) {
  for (std::size_t i = 0; i + 1 < arguments.size(); i += 2) {
    if (to_condition(arguments.value(i))) return arguments.operand(i + 1);
  }
  return Value{CellError::kNotAvailable};
}

// ---- conditions on cells, as COUNTIF and its like have them

// "*" and "?" stand for any text and any character; "~" takes their meaning away. Both texts in lower case.
bool matches_wildcards(std::string_view text, std::string_view pattern) {
  std::size_t t = 0, p = 0, star = std::string_view::npos, retry = 0;
  while (t < text.size()) {
    const bool escaped = p + 1 < pattern.size() && pattern[p] == '~';
    const char wanted = p >= pattern.size() ? '\0' : escaped ? pattern[p + 1] : pattern[p];
    if (p < pattern.size() && !escaped && wanted == '*') {
      star = p++;
      retry = t;
    } else if (p < pattern.size() && ((!escaped && wanted == '?') || wanted == text[t])) {
      p += escaped ? 2 : 1;
      ++t;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      t = ++retry;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*')
    ++p;
  return p == pattern.size();
}

class Criterion {
 public:
  explicit Criterion(const Value& given) : wanted_(given) {
    const auto* text = std::get_if<std::string>(&given);
    if (!text) return;
    std::string_view rest = *text;
    for (const std::string_view symbol : {"<=", ">=", "<>", "<", ">", "="}) {
      if (rest.substr(0, symbol.size()) != symbol) continue;
      symbol_ = symbol;
      rest.remove_prefix(symbol.size());
      break;
    }
    const TypedInput typed = parse_user_entered(rest, kNoYear);
    wanted_ = typed.formula.empty() ? typed.value : Value{std::string(rest)};
  }

  bool holds(const Value& value) const {
    if (symbol_ == "<>") return !equal(value);
    if (symbol_ == "=") return equal(value);
    if (value.index() != wanted_.index() || is_empty(value) || error_of(value)) return false;
    return emulator::holds(symbol_, compare(value, wanted_));
  }

 private:
  bool equal(const Value& value) const {
    if (is_empty(wanted_)) return is_empty(value) || value == Value{std::string{}};
    if (value.index() != wanted_.index()) return false;
    if (const auto* text = std::get_if<std::string>(&wanted_))
      return matches_wildcards(fold_case(std::get<std::string>(value)), fold_case(*text));
    return value == wanted_;
  }

  std::string_view symbol_ = "=";
  Value wanted_;
};

// Which cells meet all of the (range, criterion) pairs from argument `first` on; #VALUE! when their sizes
// differ.
std::vector<bool> meeting(const Arguments& arguments, std::size_t first) {
  std::vector<bool> met;
  for (std::size_t i = first; i + 1 < arguments.size(); i += 2) {
    const ArrayPtr cells = as_array(arguments.operand(i));
    const Criterion criterion(arguments.value(i + 1));
    if (i == first) met.assign(cells->values.size(), true);
    if (met.size() != cells->values.size()) throw ErrorMet{CellError::kValue};
    for (std::size_t c = 0; c < met.size(); ++c)
      met[c] = met[c] && criterion.holds(cells->values[c]);
  }
  return met;
}

Value sum_where(const std::vector<bool>& met, const Array& cells) {
  double total = 0;
  for (std::size_t c = 0; c < met.size() && c < cells.values.size(); ++c) {
    if (!met[c]) continue;
    if (const auto* number = std::get_if<double>(&without_error(cells.values[c]))) total += *number;
  }
  return total;
}

Operand sum_if(const Arguments& arguments) {
  return sum_where(meeting(arguments, 0), *as_array(arguments.operand(arguments.given(2) ? 2 : 0)));
}
Operand sum_ifs(const Arguments& arguments) {
  const ArrayPtr cells = as_array(arguments.operand(0));
  const std::vector<bool> met = meeting(arguments, 1);
  if (met.size() != cells->values.size() || arguments.size() % 2 == 0) return Value{CellError::kValue};
  return sum_where(met, *cells);
}
Operand count_ifs(const Arguments& arguments) {
  const std::vector<bool> met = meeting(arguments, 0);
  if (arguments.size() % 2 != 0) return Value{CellError::kValue};
  return Value{static_cast<double>(std::count(met.begin(), met.end(), true))};
}

// ---- looking things up

bool same(const Value& key, const Value& candidate, bool wild = true) {
  if (is_empty(candidate) || error_of(candidate)) return false;
  const auto* text = std::get_if<std::string>(&key);
  const auto* other = std::get_if<std::string>(&candidate);
  if (wild && text && other && text->find_first_of("*?~") != std::string::npos)
    return matches_wildcards(fold_case(*other), fold_case(*text));
  return compare(key, candidate) == 0;
}

enum class Order { kExact, kAscending, kDescending };

// Where `key` stands among `count` values; in sorted ones, the last that is not beyond it. -1: nowhere.
template <typename At>
int position(const Value& key, int count, Order sorted, At&& at) {
  int found = -1;
  for (int i = 0; i < count; ++i) {
    const Value& candidate = at(i);
    if (sorted == Order::kExact) {
      if (same(key, candidate)) return i;
      continue;
    }
    if (is_empty(candidate) || error_of(candidate) || candidate.index() != key.index()) continue;
    const int order = compare(candidate, key);
    if (sorted == Order::kAscending ? order > 0 : order < 0) break;
    found = i;
  }
  return found;
}

double number_argument(const Arguments& arguments, std::size_t index, double fallback) {
  return arguments.given(index) ? to_number(arguments.value(index)) : fallback;
}

Operand vertical_lookup(const Arguments& arguments) {
  const Value key = without_error(arguments.value(0));
  const ArrayPtr table = as_array(arguments.operand(1));
  const int index = static_cast<int>(number_argument(arguments, 2, 0));
  const bool sorted = !arguments.given(3) || to_condition(arguments.value(3));
  if (index < 1) return Value{CellError::kValue};
  if (index > table->columns) return Value{error_of(first_value(table)).value_or(CellError::kRef)};
  const int row = position(key, table->rows, sorted ? Order::kAscending : Order::kExact,
                           [&](int i) -> const Value& { return table->at(i, 0); });
  return row < 0 ? Value{CellError::kNotAvailable} : table->at(row, index - 1);
}

Operand match(const Arguments& arguments) {
  const Value key = without_error(arguments.value(0));
  const ArrayPtr among = as_array(arguments.operand(1));
  const double type = number_argument(arguments, 2, 1);
  const Order order = type > 0 ? Order::kAscending : type < 0 ? Order::kDescending : Order::kExact;
  const int found = position(key, static_cast<int>(among->values.size()), order, [&](int i) -> const Value& {
    return among->values[static_cast<std::size_t>(i)];
  });
  return found < 0 ? Value{CellError::kNotAvailable} : Value{static_cast<double>(found + 1)};
}

// Where XLOOKUP finds its key: exactly, or else the nearest one above or below; from either end. -1: nowhere.
int found_index(const Value& key, const Values& values, double mode, bool from_end) {
  int nearest = -1;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const std::size_t at = from_end ? values.size() - 1 - i : i;
    const Value& candidate = values[at];
    if (same(key, candidate, mode == 2)) return static_cast<int>(at);
    if ((mode != 1 && mode != -1) || candidate.index() != key.index() || error_of(candidate)) continue;
    const auto beyond = [&](const Value& other) { return compare(candidate, other) * mode > 0; };
    const auto nearer = [&](const Value& other) { return compare(candidate, other) * mode < 0; };
    if (beyond(key) && (nearest < 0 || nearer(values[static_cast<std::size_t>(nearest)])))
      nearest = static_cast<int>(at);
  }
  return nearest;
}

Operand exact_lookup(const Arguments& arguments) {
  const Value key = without_error(arguments.value(0));
  const ArrayPtr among = as_array(arguments.operand(1)), results = as_array(arguments.operand(2));
  const double mode = number_argument(arguments, 4, 0), search = number_argument(arguments, 5, 1);
  if (among->rows > 1 && among->columns > 1) return Value{CellError::kValue};
  const int found = found_index(key, among->values, mode, search < 0);
  if (found < 0) return arguments.given(3) ? arguments.operand(3) : Operand{Value{CellError::kNotAvailable}};
  const bool down = among->columns == 1;
  if (found >= (down ? results->rows : results->columns)) return Value{CellError::kValue};
  return part_of(*results, down ? GridRect{found, found + 1, 0, results->columns}
                                : GridRect{0, results->rows, found, found + 1});
}

Operand index_function(const Arguments& arguments) {
  const ArrayPtr from = as_array(arguments.operand(0));
  double row = number_argument(arguments, 1, 0), column = number_argument(arguments, 2, 0);
  if (from->rows == 1 && arguments.size() == 2) std::swap(row, column);
  if (row < 0 || column < 0) return Value{CellError::kNum};
  const double r = std::trunc(row), c = std::trunc(column);
  if (r > from->rows || c > from->columns) return Value{CellError::kNum};
  const int at = static_cast<int>(r), beside = static_cast<int>(c);  // 0: the whole column, the whole row
  return part_of(*from, {at == 0 ? 0 : at - 1, at == 0 ? from->rows : at, beside == 0 ? 0 : beside - 1,
                         beside == 0 ? from->columns : beside});
}

constexpr SheetFunction single(std::string_view name, std::size_t least, std::size_t most,
                               Value (*function)(const Values&), OnError on_error = OnError::kGiveBack) {
  return {name, least, most, function, on_error, nullptr};
}
constexpr SheetFunction block(std::string_view name, std::size_t least, std::size_t most,
                              Operand (*function)(const Arguments&)) {
  return {name, least, most, nullptr, OnError::kTake, function};
}
constexpr SheetFunction lookup(std::string_view name, std::size_t least, std::size_t most,
                               Operand (*function)(const Arguments&), bool (*takes_one)(std::size_t)) {
  return {name, least, most, nullptr, OnError::kTake, function, takes_one};
}

// Which arguments are a key or a condition.
bool is_any(std::size_t) { return true; }
bool is_first(std::size_t index) { return index == 0; }
bool is_second(std::size_t index) { return index == 1; }
bool is_second_of_two(std::size_t index) { return index % 2 == 1; }

constexpr SheetFunction kFunctions[] = {
    single("ABS", 1, 1, [](const Values& v) -> Value { return std::fabs(number_at(v, 0)); }),
    block("AND", 1, kAnyNumber, [](const Arguments& a) -> Operand { return combine_conditions(a, false); }),
    block("ARRAYFORMULA", 1, 1, [](const Arguments& a) -> Operand { return a.operand(0); }),
    block("AVERAGE", 1, kAnyNumber, average),
    block("CONCAT", 2, 2, concatenate),
    block("CONCATENATE", 1, kAnyNumber, concatenate),
    block("COUNT", 1, kAnyNumber,
          [](const Arguments& a) -> Operand { return Value{static_cast<double>(summarise(a).numbers)}; }),
    block("COUNTA", 1, kAnyNumber, count_filled),
    lookup("COUNTIF", 2, 2, count_ifs, is_second),
    lookup("COUNTIFS", 2, kAnyNumber, count_ifs, is_second_of_two),
    single("DATE", 3, 3, date_of_parts),
    single("DAY", 1, 1, date_part<&CivilTime::day>),
    single("FALSE", 0, 0, [](const Values&) -> Value { return false; }),
    single("HYPERLINK", 1, 2, [](const Values& v) -> Value { return v.back(); }),
    lookup("IF", 2, 3, if_function, is_any),
    single("IFERROR", 1, 2, if_error, OnError::kTake),
    single(
        "IFNA", 2, 2,
        [](const Values& v) -> Value { return v[error_of(v[0]) == CellError::kNotAvailable ? 1 : 0]; },
        OnError::kTake),
    lookup("IFS", 2, kAnyNumber, ifs_function, is_any),
    block("INDEX", 1, 3, index_function),
    single("INT", 1, 1, [](const Values& v) -> Value { return std::floor(number_at(v, 0)); }),
    single(
        "ISBLANK", 1, 1, [](const Values& v) -> Value { return is_empty(v[0]); }, OnError::kTake),
    single(
        "ISERROR", 1, 1, [](const Values& v) -> Value { return error_of(v[0]).has_value(); }, OnError::kTake),
    single(
        "ISNUMBER", 1, 1, [](const Values& v) -> Value { return std::holds_alternative<double>(v[0]); },
        OnError::kTake),
    single(
        "ISTEXT", 1, 1, [](const Values& v) -> Value { return std::holds_alternative<std::string>(v[0]); },
        OnError::kTake),
    single("LEFT", 1, 2, left_part),
    single("LEN", 1, 1,
           [](const Values& v) -> Value { return static_cast<double>(count_characters(to_text(v[0]))); }),
    single("LOWER", 1, 1, [](const Values& v) -> Value { return fold_case(to_text(v[0])); }),
    lookup("MATCH", 2, 3, match, is_first),
    block("MAX", 1, kAnyNumber, [](const Arguments& a) -> Operand { return Value{summed(a).greatest}; }),
    single("MID", 3, 3, middle_part),
    block("MIN", 1, kAnyNumber, [](const Arguments& a) -> Operand { return Value{summed(a).least}; }),
    single("MOD", 2, 2, modulo),
    single("MONTH", 1, 1, date_part<&CivilTime::month>),
    single("NA", 0, 0, [](const Values&) -> Value { return CellError::kNotAvailable; }),
    single("NOT", 1, 1, [](const Values& v) -> Value { return !to_condition(v[0]); }),
    block("OR", 1, kAnyNumber, [](const Arguments& a) -> Operand { return combine_conditions(a, true); }),
    single("RIGHT", 1, 2, right_part),
    single("ROUND", 1, 2, rounded<Rounding::kHalf>),
    single("ROUNDDOWN", 1, 2, rounded<Rounding::kDown>),
    single("ROUNDUP", 1, 2, rounded<Rounding::kUp>),
    single("SUBSTITUTE", 3, 4, substituted),
    block("SUM", 1, kAnyNumber, [](const Arguments& a) -> Operand { return Value{summed(a).sum}; }),
    lookup("SUMIF", 2, 3, sum_if, is_second),
    block("SUMIFS", 3, kAnyNumber, sum_ifs),
    single("TEXT", 2, 2, formatted),
    single("TRIM", 1, 1, trimmed_text),
    single("TRUE", 0, 0, [](const Values&) -> Value { return true; }),
    single("UPPER", 1, 1, [](const Values& v) -> Value { return raise_case(to_text(v[0])); }),
    single("VALUE", 1, 1, number_value),
    lookup("VLOOKUP", 3, 4, vertical_lookup, is_first),
    lookup("XLOOKUP", 3, 6, exact_lookup, is_first),
    single("YEAR", 1, 1, date_part<&CivilTime::year>),
};

}  // namespace

bool Arguments::written_out(std::size_t index) const {
  if (!given(index)) return false;
  const auto& node = expressions_[index]->node;
  return !std::holds_alternative<Reference>(node) && !std::holds_alternative<NamedReference>(node) &&
         !std::holds_alternative<FunctionCall>(node);
}

const SheetFunction* find_function(std::string_view name) {
  const auto* found = std::find_if(std::begin(kFunctions), std::end(kFunctions),
                                   [&](const SheetFunction& entry) { return entry.name == name; });
  return found == std::end(kFunctions) ? nullptr : found;
}

}  // namespace sheets::emulator
