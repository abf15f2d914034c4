#include "sheets_client/emulator/formula/calculation.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

#include "sheets_client/emulator/formula/functions.h"
#include "sheets_client/emulator/formula/operand.h"
#include "sheets_client/emulator/formula/parser.h"
#include "sheets_client/emulator/workbook/a1_range.h"

namespace sheets::emulator {
namespace {

// Expressions inside expressions, over all formulas that ask for formulas; deeper gives #REF!.
constexpr int kMaxDepth = 1500;

Value arithmetic(char symbol, double left, double right) {
  double result = 0;
  switch (symbol) {
    case '+':
      result = left + right;
      break;
    case '-':
      result = left - right;
      break;
    case '*':
      result = left * right;
      break;
    case '/':
      if (right == 0) return CellError::kDivideByZero;
      result = left / right;
      break;
    default:
      result = std::pow(left, right);
      break;
  }
  return std::isfinite(result) ? Value{result} : Value{CellError::kNum};
}

bool holds(std::string_view symbol, int order) {
  if (symbol == "=") return order == 0;
  if (symbol == "<>") return order != 0;
  if (symbol == "<") return order < 0;
  if (symbol == "<=") return order <= 0;
  if (symbol == ">") return order > 0;
  return order >= 0;
}

Value operate(std::string_view symbol, const Value& left, const Value& right) {
  if (const auto error = error_of(left)) return *error;
  if (const auto error = error_of(right)) return *error;
  if (symbol == "&") return to_text(left) + to_text(right);
  if (symbol == "=" || symbol.front() == '<' || symbol.front() == '>')
    return holds(symbol, compare(left, right));
  const auto a = to_number(left), b = to_number(right);
  if (const auto* error = std::get_if<CellError>(&a)) return *error;
  if (const auto* error = std::get_if<CellError>(&b)) return *error;
  return arithmetic(symbol.front(), std::get<double>(a), std::get<double>(b));
}

// Applies `combine` to values that stand in the same place of blocks; a single value stands in every place.
template <typename Combine>
Operand map_elements(const std::vector<Operand>& operands, Combine&& combine) {
  Array result{1, 1, {}};
  bool blocks = false;
  for (const Operand& operand : operands) {
    const auto* array = std::get_if<std::shared_ptr<const Array>>(&operand);
    if (!array) continue;
    blocks = true;
    result.rows = std::max(result.rows, (*array)->rows);
    result.columns = std::max(result.columns, (*array)->columns);
  }
  const auto element = [](const Operand& operand, int r, int c) -> Value {
    const auto* array = std::get_if<std::shared_ptr<const Array>>(&operand);
    if (!array) return std::get<Value>(operand);
    const int row = (*array)->rows == 1 ? 0 : r, column = (*array)->columns == 1 ? 0 : c;
    if (row >= (*array)->rows || column >= (*array)->columns) return CellError::kNotAvailable;
    return (*array)->at(row, column);
  };
  std::vector<Value> values(operands.size());
  for (int r = 0; r < result.rows; ++r) {
    for (int c = 0; c < result.columns; ++c) {
      for (std::size_t i = 0; i < operands.size(); ++i)
        values[i] = element(operands[i], r, c);
      result.values.push_back(combine(values));
    }
  }
  if (!blocks) return result.values.front();
  return std::make_shared<const Array>(std::move(result));
}

// Only these give blocks that spill over the cells beside them; a plain range takes the cell in its row.
bool spills(const Expression& expression) {
  const auto* call = std::get_if<FunctionCall>(&expression.node);
  if (!call) return false;
  if (call->name == "IMPORTRANGE" || call->name == "ARRAYFORMULA") return true;
  const bool guard = call->name == "IFERROR" || call->name == "IFNA";
  return guard && !call->arguments.empty() && call->arguments[0] && spills(*call->arguments[0]);
}

// Whether a formula may be one that spills, told from its text: most are not, and need not be read for that.
bool may_spill(std::string_view formula) {
  const auto names = [&](std::string_view function) {
    return std::search(formula.begin(), formula.end(), function.begin(), function.end(),
                       [](char typed, char wanted) { return upper_case(typed) == wanted; }) != formula.end();
  };
  return names("ARRAYFORMULA") || names("IMPORTRANGE");
}

double serial_now(std::chrono::system_clock::time_point time) {
  constexpr double kSecondsADay = 86400.0, kUnixEpoch = 25569.0;  // 1970-01-01
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(time.time_since_epoch()).count();
  return kUnixEpoch + static_cast<double>(seconds) / kSecondsADay;
}

// A spreadsheet's id, out of its address where that was given.
std::string_view spreadsheet_id(std::string_view text) {
  constexpr std::string_view kBefore = "/spreadsheets/d/";
  const std::size_t at = text.find(kBefore);
  if (at == std::string_view::npos) return text;
  text.remove_prefix(at + kBefore.size());
  return text.substr(0, text.find_first_of("/?#"));
}

}  // namespace

class Calculation::Impl {
 public:
  struct CellKey {
    const Sheet* sheet;
    int row;
    int column;
    friend auto operator<=>(const CellKey&, const CellKey&) = default;
  };

  struct CellKeyHash {
    std::size_t operator()(const CellKey& key) const {
      const auto position = static_cast<std::size_t>(key.row) * 32768U + static_cast<std::size_t>(key.column);
      return std::hash<const void*>{}(key.sheet) ^ (position * 0x9E3779B97F4A7C15ULL);
    }
  };

  // Where an expression stands.
  struct Place {
    const Workbook& workbook;
    const Sheet& sheet;
    int row;
    int column;
  };

  explicit Impl(const WorkbookLookup& workbooks) : workbooks_(workbooks), now_(serial_now(workbooks.now())) {}

  const Value& value(const Place& place) {
    const Cell& cell = place.sheet.cell(place.row, place.column);
    if (cell.has_formula()) return formula_value(place, cell);
    if (!is_empty(cell.value)) return cell.value;
    const auto& spilled = spills_of(place.workbook, place.sheet);
    const auto found = spilled.find({&place.sheet, place.row, place.column});
    return found == spilled.end() ? cell.value : found->second;
  }

  Extent extent(const Workbook& workbook, const Sheet& sheet) {
    if (const auto known = extents_.find(&sheet); known != extents_.end()) return known->second;
    Extent extent;
    for (int r = 0; r < sheet.stored_rows(); ++r) {
      const Row* row = sheet.row(r);
      int used = row ? static_cast<int>(row->size()) : 0;
      while (used > extent.columns && !(*row)[static_cast<std::size_t>(used) - 1].has_content())
        --used;
      extent.columns = std::max(extent.columns, used);
      while (used > 0 && !(*row)[static_cast<std::size_t>(used) - 1].has_content())
        --used;
      if (used > 0) extent.rows = r + 1;
    }
    for (const auto& [key, value] : spills_of(workbook, sheet)) {
      extent.rows = std::max(extent.rows, key.row + 1);
      extent.columns = std::max(extent.columns, key.column + 1);
    }
    return extents_[&sheet] = extent;
  }

 private:
  using Spilled = std::unordered_map<CellKey, Value, CellKeyHash>;

  const Value& formula_value(const Place& place, const Cell& cell) {
    const CellKey key{&place.sheet, place.row, place.column};
    if (const auto known = values_.find(key); known != values_.end()) return known->second;
    if (running_.count(key) != 0) {
      static const Value kCycle = CellError::kRef;
      return kCycle;
    }
    running_.insert(key);
    Value result = evaluated(place, cell);
    running_.erase(key);
    return values_[key] = std::move(result);
  }

  Value evaluated(const Place& place, const Cell& cell) {
    const ExpressionPtr expression = parse_formula(cell.details().formula);
    if (!expression) return CellError::kError;
    const int arrays = std::exchange(array_formulas_, 0);
    const Operand result = evaluate(*expression, place);
    array_formulas_ = arrays;
    return spills(*expression) ? spill(place, result) : narrowed(place, result);
  }

  // A range where one value is wanted gives the cell in the formula's own row or column.
  static Value narrowed(const Place& place, const Operand& result) {
    const auto* array = std::get_if<std::shared_ptr<const Array>>(&result);
    if (!array || !(*array)->origin || ((*array)->rows == 1 && (*array)->columns == 1))
      return first_value(result);
    const int row = place.row - (*array)->origin->first;
    const int column = place.column - (*array)->origin->second;
    if ((*array)->columns == 1 && row >= 0 && row < (*array)->rows) return (*array)->at(row, 0);
    if ((*array)->rows == 1 && column >= 0 && column < (*array)->columns) return (*array)->at(0, column);
    return CellError::kValue;
  }

  // Lays a block over the cells right of and below the formula. A cell that holds something is in its way.
  Value spill(const Place& place, const Operand& result) {
    const auto* array = std::get_if<std::shared_ptr<const Array>>(&result);
    if (!array) return first_value(result);
    const int rows = std::min((*array)->rows, place.sheet.properties.row_count - place.row);
    const int columns = std::min((*array)->columns, place.sheet.properties.column_count - place.column);
    for (int r = 0; r < rows; ++r) {
      for (int c = 0; c < columns; ++c) {
        const bool own = r == 0 && c == 0;
        if (!own && place.sheet.cell(place.row + r, place.column + c).has_content()) return CellError::kRef;
      }
    }
    auto& spilled = spilled_[&place.sheet];
    for (int r = 0; r < rows; ++r) {
      for (int c = 0; c < columns; ++c) {
        const Value& value = (*array)->at(r, c);
        if ((r != 0 || c != 0) && !is_empty(value))
          spilled.emplace(CellKey{&place.sheet, place.row + r, place.column + c}, value);
      }
    }
    return first_value(result);
  }

  // Evaluates the spilling formulas of a sheet, the first time.
  const Spilled& spills_of(const Workbook& workbook, const Sheet& sheet) {
    Spilled& spilled = spilled_[&sheet];
    if (!spills_known_.insert(&sheet).second) return spilled;
    for (int r = 0; r < sheet.stored_rows(); ++r) {
      const Row* row = sheet.row(r);
      for (std::size_t c = 0; row && c < row->size(); ++c) {
        const Cell& cell = (*row)[c];
        if (!cell.has_formula() || !may_spill(cell.details().formula)) continue;
        const ExpressionPtr expression = parse_formula(cell.details().formula);
        if (expression && spills(*expression)) formula_value({workbook, sheet, r, static_cast<int>(c)}, cell);
      }
    }
    return spilled;
  }

  Operand evaluate(const Expression& expression, const Place& place) {
    if (depth_ >= kMaxDepth) return Value{CellError::kRef};
    ++depth_;
    Operand result = evaluate_node(expression, place);
    --depth_;
    return result;
  }

  Operand evaluate_node(const Expression& expression, const Place& place) {
    if (const auto* constant = std::get_if<Value>(&expression.node)) return *constant;
    if (const auto* reference = std::get_if<Reference>(&expression.node)) return refer(*reference, place);
    if (const auto* named = std::get_if<NamedReference>(&expression.node)) return refer(*named, place);
    if (const auto* negation = std::get_if<Negation>(&expression.node))
      return applied({Value{0.0}, evaluate(*negation->operand, place)}, place,
                     [](const std::vector<Value>& v) { return operate("-", v[0], v[1]); });
    if (const auto* percentage = std::get_if<Percentage>(&expression.node))
      return applied({evaluate(*percentage->operand, place), Value{100.0}}, place,
                     [](const std::vector<Value>& v) { return operate("/", v[0], v[1]); });
    if (const auto* operation = std::get_if<Operation>(&expression.node)) {
      return applied({evaluate(*operation->left, place), evaluate(*operation->right, place)}, place,
                     [&](const std::vector<Value>& v) { return operate(operation->symbol, v[0], v[1]); });
    }
    return call(std::get<FunctionCall>(expression.node), place);
  }

  // Inside ARRAYFORMULA element by element, else on the values of the formula's own row or column.
  template <typename Combine>
  Operand applied(std::vector<Operand> operands, const Place& place, Combine&& combine) {
    if (array_formulas_ == 0) {
      for (Operand& operand : operands)
        operand = narrowed(place, operand);
    }
    return map_elements(operands, combine);
  }

  Operand call(const FunctionCall& call, const Place& place) {
    const Arguments arguments(
        call.arguments, [&](const Expression& argument) { return evaluate(argument, place); },
        [&](const Operand& operand) { return narrowed(place, operand); });
    if (call.name == "IMPORTRANGE") return import_range(arguments);
    if (call.name == "ROW" && call.arguments.empty()) return Value{static_cast<double>(place.row + 1)};
    if (call.name == "TODAY" || call.name == "NOW") {
      if (!call.arguments.empty()) return Value{CellError::kNotAvailable};
      return Value{call.name == "NOW" ? now_ : std::floor(now_)};
    }
    const SheetFunction* function = find_function(call.name);
    if (!function) return Value{CellError::kName};
    if (arguments.size() < function->least || arguments.size() > function->most)
      return Value{CellError::kNotAvailable};
    const bool by_element = function->single && (array_formulas_ > 0 || !function->block);
    if (by_element) return call_single(*function, arguments, place);
    const bool arrays = call.name == "ARRAYFORMULA";
    array_formulas_ += arrays ? 1 : 0;
    Operand result = function->block(arguments);
    array_formulas_ -= arrays ? 1 : 0;
    return result;
  }

  Operand call_single(const SheetFunction& function, const Arguments& arguments, const Place& place) {
    std::vector<Operand> operands;
    for (std::size_t i = 0; i < arguments.size(); ++i)
      operands.push_back(arguments.operand(i));
    return applied(std::move(operands), place, [&](const std::vector<Value>& values) -> Value {
      if (function.on_error == OnError::kGiveBack) {
        for (const Value& value : values) {
          if (const auto error = error_of(value)) return *error;
        }
      }
      return function.single(values);
    });
  }

  Operand refer(const NamedReference& named, const Place& place) {
    const auto [sheet, range] = place.workbook.find_named_range(named.name);
    if (!range) return Value{CellError::kName};
    return block(place.workbook, *sheet, range->bounds);
  }

  Operand refer(const Reference& reference, const Place& place) {
    const Sheet* sheet = reference.title ? place.workbook.find(*reference.title) : &place.sheet;
    if (!sheet) return Value{CellError::kRef};
    const GridBounds bounds = reference.bounds();
    if (reference.one_cell()) {
      if (!sheet->whole().contains(*bounds.start_row, *bounds.start_column)) return Value{CellError::kRef};
      return value({place.workbook, *sheet, *bounds.start_row, *bounds.start_column});
    }
    return block(place.workbook, *sheet, bounds);
  }

  Operand import_range(const Arguments& arguments) {
    const Value address = arguments.value(0), range = arguments.value(1);
    const auto* id = std::get_if<std::string>(&address);
    const auto* text = std::get_if<std::string>(&range);
    if (!id || !text) return Value{error_of(address).value_or(CellError::kValue)};
    const Workbook* workbook = other_workbook(std::string(spreadsheet_id(*id)));
    const auto parsed = parse_a1(*text);
    if (!workbook || !parsed) return Value{CellError::kRef};
    const Sheet* sheet = parsed->title ? workbook->find(*parsed->title) : workbook->first_visible();
    if (!sheet) return Value{CellError::kRef};
    return block(*workbook, *sheet, parsed->bounds);
  }

  // Kept until the calculation ends: its sheets are keys here.
  const Workbook* other_workbook(const std::string& id) {
    auto [entry, is_new] = imported_.try_emplace(id);
    if (is_new) entry->second = workbooks_.find_workbook(id);
    return entry->second.get();
  }

  // The values of a range, as far as there are any.
  Operand block(const Workbook& workbook, const Sheet& sheet, const GridBounds& bounds) {
    GridRect rect = bounds.within(sheet.properties.row_count, sheet.properties.column_count);
    if (!bounds.end_row)
      rect.end_row = std::clamp(extent(workbook, sheet).rows, rect.start_row, rect.end_row);
    if (!bounds.end_column)
      rect.end_column = std::clamp(extent(workbook, sheet).columns, rect.start_column, rect.end_column);
    if (rect.empty()) return Value{};
    const auto key =
        std::make_tuple(&sheet, rect.start_row, rect.end_row, rect.start_column, rect.end_column);
    if (const auto known = blocks_.find(key); known != blocks_.end()) return known->second;
    Array array{rect.rows(), rect.columns(), {}, std::pair(rect.start_row, rect.start_column)};
    array.values.reserve(static_cast<std::size_t>(array.rows) * static_cast<std::size_t>(array.columns));
    for (int r = rect.start_row; r < rect.end_row; ++r) {
      for (int c = rect.start_column; c < rect.end_column; ++c)
        array.values.push_back(value({workbook, sheet, r, c}));
    }
    return blocks_[key] = std::make_shared<const Array>(std::move(array));
  }

  const WorkbookLookup& workbooks_;
  std::unordered_map<CellKey, Value, CellKeyHash> values_;
  std::set<CellKey> running_;
  int depth_ = 0;
  int array_formulas_ = 0;  // inside how many ARRAYFORMULAs
  double now_;              // days since 1899-12-30
  std::map<const Sheet*, Spilled> spilled_;
  std::set<const Sheet*> spills_known_;
  std::map<const Sheet*, Extent> extents_;
  std::map<std::string, std::shared_ptr<const Workbook>, std::less<>> imported_;
  std::map<std::tuple<const Sheet*, int, int, int, int>, std::shared_ptr<const Array>> blocks_;
};

Calculation::Calculation(const WorkbookLookup& workbooks) : impl_(std::make_unique<Impl>(workbooks)) {}
Calculation::~Calculation() = default;

const Value& Calculation::value(const Workbook& workbook, const Sheet& sheet, int row, int column) {
  return impl_->value({workbook, sheet, row, column});
}

Calculation::Extent Calculation::extent(const Workbook& workbook, const Sheet& sheet) {
  return impl_->extent(workbook, sheet);
}

}  // namespace sheets::emulator
