#include "sheets_client/emulator/formula/calculation.h"

#include <algorithm>
#include <cmath>
#include <deque>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

#include "sheets_client/emulator/formula/functions.h"
#include "sheets_client/emulator/formula/operand.h"
#include "sheets_client/emulator/formula/parser.h"
#include "sheets_client/emulator/formula/sheet_outline.h"
#include "sheets_client/emulator/workbook/a1_range.h"

namespace sheets::emulator {
namespace {

// Expressions inside expressions, over all formulas that ask for formulas. A formula that is asked for deeper
// than the first is worked out on its own before whoever asks; what is still deeper gives #REF!.
constexpr int kAskingDepth = 1000;
constexpr int kMaxDepth = 1500;
// Formulas that wait for one asked for too deep; a longer chain gives #REF!.
constexpr std::size_t kMostAskedTooDeep = 500;

Value finite(const Value& value) {
  const auto* number = std::get_if<double>(&value);
  return number && !std::isfinite(*number) ? Value{CellError::kNum} : value;
}

Value arithmetic(char symbol, double left, double right) {
  if (symbol == '+') return finite(left + right);
  if (symbol == '-') return finite(left - right);
  if (symbol == '*') return finite(left * right);
  if (symbol == '^') return finite(std::pow(left, right));
  return right == 0 ? Value{CellError::kDivideByZero} : finite(left / right);
}

Value operate(std::string_view symbol, const Value& left, const Value& right) {
  if (const auto error = error_of(left)) return *error;
  if (const auto error = error_of(right)) return *error;
  if (symbol == "&") return to_text(left) + to_text(right);
  if (symbol == "=" || symbol.front() == '<' || symbol.front() == '>')
    return holds(symbol, compare(left, right));
  return caught([&] { return arithmetic(symbol.front(), to_number(left), to_number(right)); });
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

  Impl(const WorkbookLookup& workbooks, KnownResults* results)
      : workbooks_(workbooks), results_(results), now_(serial_now(workbooks.now())) {}

  const Value& value(const Place& place) {
    prepare(place.workbook);
    return settled(place);
  }

  Extent extent(const Workbook& workbook, const Sheet& sheet) {
    prepare(workbook);
    return extent_of(pages_.at(&sheet));
  }

 private:
  // A block that lies over the cells beside its formula.
  struct Laid {
    int row;
    int column;
    std::shared_ptr<const Array> block;
  };

  // What is known of a sheet beside its cells.
  struct Page {
    int workbook;  // its number in known ranges; kUnknown: results are neither known nor kept
    SheetOutline outline;
    RangeIndex<Laid> spilled{};
    std::vector<GridRect> laid{};  // as far as there is something in them
    std::optional<Extent> extent{};
    // While there are formulas that spill and are not worked out yet: those, and what was looked at too
    // early.
    std::deque<std::pair<int, int>> waiting{};
    std::vector<std::pair<int, int>> seen_empty{};
    std::optional<Extent> seen_extent{};
  };
  static constexpr int kUnknown = -1;

  // A formula's result in this calculation, or while it is worked out what is seen of it: #REF!.
  struct Known {
    Value value = CellError::kRef;
    bool lasts = true;  // false: the next calculation may see another
    // The lowest place in running_ that it leads back to, while that one runs; kClosed: none.
    std::size_t leads_to = kClosed;
  };
  static constexpr std::size_t kClosed = static_cast<std::size_t>(-1);

  struct Running {
    Place place;
    std::size_t leads_to = kClosed;
    bool lasts = true;
    std::vector<KnownRange> reads{};
  };

  struct Kept {
    FormulaResult result;
    std::vector<KnownRange> reads;
  };

  struct Block {
    std::shared_ptr<const Array> array;
    bool lasts;
  };

  // A formula that has to be worked out first.
  struct AskedTooDeep {
    Place place;
  };

  static Extent extent_of(Page& page) {
    if (page.extent) return *page.extent;
    Extent extent{page.outline.rows(), page.outline.columns()};
    for (const GridRect& rect : page.laid) {
      extent.rows = std::max(extent.rows, rect.end_row);
      extent.columns = std::max(extent.columns, rect.end_column);
    }
    if (page.waiting.empty()) {
      page.extent = extent;
    } else if (!page.seen_extent) {
      page.seen_extent = extent;
    }
    return extent;
  }

  const Value& settled(const Place& place) {
    if (!running_.empty()) return cell_value(place);
    std::vector<Place> waiting{place};
    while (true) {
      try {
        const Value& value = cell_value(waiting.back());
        if (waiting.size() == 1) return value;
        waiting.pop_back();
      } catch (const AskedTooDeep& asked) {
        abandon_running();
        if (waiting.size() < kMostAskedTooDeep) {
          waiting.push_back(asked.place);
        } else {
          values_[key_of(asked.place)].lasts = false;
        }
      }
    }
  }

  void abandon_running() {
    for (const Running& running : running_)
      values_.erase(key_of(running.place));
    for (const auto& [place, kept] : round_)
      values_.erase(key_of(place));
    running_.clear();
    round_.clear();
    depth_ = 0;
    array_formulas_ = 0;
  }

  // Lays what spills in a workbook over its cells, the first time, before any of them is looked at.
  void prepare(const Workbook& workbook) {
    if (!prepared_.insert(&workbook).second) return;
    open_pages(workbook);
    ++preparing_;
    try {
      for (std::size_t i = 0; i < workbook.size(); ++i)
        lay_waiting(workbook, workbook.sheet(i));
    } catch (const AskedTooDeep&) {
      --preparing_;
      prepared_.erase(&workbook);
      throw;
    }
    if (--preparing_ > 0) return;
    const bool too_early = std::any_of(pages_.begin(), pages_.end(), [this](auto& entry) {
      return was_seen_too_early(*entry.first, entry.second);
    });
    for (auto& [range, kept] : std::exchange(to_keep_, {})) {
      if (!too_early) results_->keep(range, kept.result, kept.reads, *moment_);
    }
  }

  void open_pages(const Workbook& workbook) {
    const auto followed = results_ ? results_->follow(workbooks_, workbook, std::floor(now_)) : std::nullopt;
    if (followed && !moment_) moment_ = followed->moment;
    const int number = followed ? followed->workbook : kUnknown;
    for (std::size_t i = 0; i < workbook.size(); ++i) {
      const Sheet& sheet = workbook.sheet(i);
      auto known = followed ? results_->outline(number, sheet.properties.id, *moment_) : std::nullopt;
      SheetOutline outline = known ? std::move(*known) : SheetOutline(sheet);
      Page& page = pages_.emplace(&sheet, Page{number, std::move(outline)}).first->second;
      page.waiting.clear();
      for (const auto& [row, column] : page.outline.spilling()) {
        const Place place{workbook, sheet, row, column};
        if (values_.count(key_of(place)) == 0 && !recall(place, page)) page.waiting.emplace_back(row, column);
      }
    }
  }

  void lay_waiting(const Workbook& workbook, const Sheet& sheet) {
    Page& page = pages_.at(&sheet);
    while (!page.waiting.empty()) {
      const auto [row, column] = page.waiting.front();
      page.waiting.pop_front();
      settled({workbook, sheet, row, column});
    }
  }

  // Whether something looked at this sheet before what spills was laid, and would see something else now.
  bool was_seen_too_early(const Sheet& sheet, Page& page) {
    const auto seen = std::exchange(page.seen_extent, std::nullopt);
    const auto cells = std::exchange(page.seen_empty, {});
    if (seen) {
      const Extent now = extent_of(page);
      if (now.rows != seen->rows || now.columns != seen->columns) return true;
    }
    return std::any_of(cells.begin(), cells.end(), [&](const auto& cell) {
      return !is_empty(laid_value(page, cell.first, cell.second, sheet.cell(cell.first, cell.second).value));
    });
  }

  static CellKey key_of(const Place& place) { return {&place.sheet, place.row, place.column}; }

  const Value& cell_value(const Place& place) {
    const Cell& cell = place.sheet.cell(place.row, place.column);
    if (cell.has_formula()) return formula_value(place, cell);
    return is_empty(cell.value) ? spilled_value(place, cell.value) : cell.value;
  }

  const Value& spilled_value(const Place& place, const Value& empty) {
    Page& page = pages_.at(&place.sheet);
    for (const auto& [row, column] : page.waiting) {
      if (row > place.row) break;
      if (column > place.column) continue;
      page.seen_empty.emplace_back(place.row, place.column);
      break;
    }
    return laid_value(page, place.row, place.column, empty);
  }

  static const Value& laid_value(Page& page, int row, int column, const Value& empty) {
    const Value* value = &empty;
    if (page.spilled.size() == 0) return empty;
    page.spilled.visit({row, row + 1, column, column + 1}, [&](const GridRect&, const Laid& laid) {
      value = &laid.block->at(row - laid.row, column - laid.column);
      return true;
    });
    return *value;
  }

  const Value& formula_value(const Place& place, const Cell& cell) {
    const auto found = values_.find(key_of(place));
    Known* known = found == values_.end() ? recall(place, pages_.at(&place.sheet)) : &found->second;
    if (!known) {
      if (depth_ > kAskingDepth) throw AskedTooDeep{place};
      known = &work_out(place, cell);
    }
    if (!running_.empty()) {
      Running& asking = running_.back();
      asking.lasts = asking.lasts && known->lasts;
      if (known->leads_to != kClosed) {
        asking.leads_to = std::min(asking.leads_to, known->leads_to);
        ++led_back_;
      }
    }
    return known->value;
  }

  // What an earlier calculation found; nullptr when it is not known any more.
  Known* recall(const Place& place, Page& page) {
    if (page.workbook == kUnknown) return nullptr;
    auto result = results_->find(page.workbook, place.sheet.properties.id, place.row, place.column, *moment_);
    if (!result) return nullptr;
    if (result->spilled) lay(place, page, result->spilled);
    Known& known = values_[key_of(place)];
    known.value = std::move(result->value);
    return &known;
  }

  // Formulas that lead back to themselves all give #REF!, whichever was asked for and whatever they would
  // make of the error: the strongly connected parts of what reads what, as Tarjan finds them.
  Known& work_out(const Place& place, const Cell& cell) {
    const std::size_t own = running_.size(), first = round_.size();
    Known& known = values_[key_of(place)];
    known.leads_to = own;
    running_.push_back({place});
    FormulaResult result = evaluated(place, cell);
    Running done = std::move(running_.back());
    running_.pop_back();
    if (done.leads_to <= own) {
      result.value = CellError::kRef;
      result.spilled = nullptr;
    }
    known.value = result.value;
    known.lasts = done.lasts;
    known.leads_to = done.leads_to < own ? done.leads_to : kClosed;
    if (result.spilled) lay(place, pages_.at(&place.sheet), result.spilled);
    round_.push_back({place, {std::move(result), std::move(done.reads)}});
    if (known.leads_to == kClosed) close_round(first);
    return known;
  }

  // Those of a round are kept together or not at all: one of them alone would show that it leads nowhere.
  void close_round(std::size_t first) {
    const auto begin = round_.begin() + static_cast<std::ptrdiff_t>(first);
    const bool last = std::all_of(
        begin, round_.end(), [this](const auto& entry) { return values_.at(key_of(entry.first)).lasts; });
    for (auto entry = begin; entry != round_.end(); ++entry) {
      Known& known = values_.at(key_of(entry->first));
      known.leads_to = kClosed;
      known.lasts = last;
      if (last) keep(entry->first, std::move(entry->second));
    }
    while (round_.size() > first)
      round_.pop_back();
  }

  void keep(const Place& place, Kept kept) {
    const int workbook = pages_.at(&place.sheet).workbook;
    if (workbook == kUnknown) return;
    const auto order = [](const KnownRange& range) {
      const GridRect& rect = range.rect;
      return std::tuple(range.workbook, range.sheet, rect.start_row, rect.end_row, rect.start_column,
                        rect.end_column);
    };
    auto& reads = kept.reads;
    std::sort(reads.begin(), reads.end(),
              [&](const KnownRange& a, const KnownRange& b) { return order(a) < order(b); });
    reads.erase(std::unique(reads.begin(), reads.end()), reads.end());
    const KnownRange own{
        workbook, place.sheet.properties.id, {place.row, place.row + 1, place.column, place.column + 1}};
    if (preparing_ > 0) {
      to_keep_.emplace_back(own, std::move(kept));
    } else {
      results_->keep(own, kept.result, kept.reads, *moment_);
    }
  }

  // Notes that the running formula reads these cells.
  void reads(const Sheet& sheet, const GridRect& rect) {
    const int workbook = pages_.at(&sheet).workbook;
    reads(KnownRange{workbook, sheet.properties.id, rect});
  }
  void reads(const KnownRange& range) {
    Running& running = running_.back();
    if (range.workbook == kUnknown) {
      running.lasts = false;
    } else {
      running.reads.push_back(range);
    }
  }

  FormulaResult evaluated(const Place& place, const Cell& cell) {
    const ExpressionPtr expression = parse_formula(cell.details().formula);
    if (!expression) return {CellError::kError, nullptr, false};
    const int arrays = std::exchange(array_formulas_, 0);
    const Operand result = evaluate(*expression, place);
    array_formulas_ = arrays;
    return spills(*expression) ? spill(place, result)
                               : FormulaResult{narrowed(place, result), nullptr, false};
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

  static GridRect spill_rect(const Place& place, const Array& block) {
    const int rows = std::min(block.rows, place.sheet.properties.row_count - place.row);
    const int columns = std::min(block.columns, place.sheet.properties.column_count - place.column);
    return {place.row, place.row + rows, place.column, place.column + columns};
  }

  // A block for the cells right of and below the formula. A cell that holds something is in its way, and so
  // is what another formula laid there.
  FormulaResult spill(const Place& place, const Operand& result) {
    const auto* array = std::get_if<std::shared_ptr<const Array>>(&result);
    if (!array) return {first_value(result), nullptr, true};
    const GridRect rect = spill_rect(place, **array);
    if (rect.single_cell()) return {first_value(result), nullptr, true};
    reads(place.sheet, rect);
    bool is_free = true;
    pages_.at(&place.sheet).spilled.visit(rect, [&](const GridRect&, const Laid&) {
      is_free = false;
      return true;
    });
    place.sheet.for_each_stored(rect, [&](int row, int column, const Cell& cell) {
      const bool own = row == place.row && column == place.column;
      is_free = is_free && (own || !cell.has_content());
    });
    if (!is_free) return {CellError::kRef, nullptr, true};
    return {first_value(result), *array, true};
  }

  void lay(const Place& place, Page& page, const std::shared_ptr<const Array>& block) {
    const GridRect rect = spill_rect(place, *block);
    page.spilled.add(rect, {place.row, place.column, block});
    GridRect filled{place.row, place.row, place.column, place.column};
    rect.for_each([&](int row, int column) {
      if (is_empty(block->at(row - place.row, column - place.column))) return;
      filled.end_row = row + 1;
      filled.end_column = std::max(filled.end_column, column + 1);
    });
    page.laid.push_back(filled);
    page.extent.reset();
  }

  Operand evaluate(const Expression& expression, const Place& place) {
    if (depth_ >= kMaxDepth) {
      running_.back().lasts = false;
      return Value{CellError::kRef};
    }
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
    const auto narrow = [&](const Operand& operand) { return narrowed(place, operand); };
    const Arguments arguments(
        call.arguments, [&](std::size_t i) { return evaluate(*call.arguments[i], place); }, narrow);
    if (call.name == "IMPORTRANGE") return import_range(arguments);
    if (call.name == "ROW" && call.arguments.empty()) return Value{static_cast<double>(place.row + 1)};
    if (call.name == "TODAY" || call.name == "NOW") {
      if (!call.arguments.empty()) return Value{CellError::kNotAvailable};
      if (call.name == "TODAY") {
        reads(kToday);
        return Value{std::floor(now_)};
      }
      running_.back().lasts = false;
      return Value{now_};
    }
    const SheetFunction* function = find_function(call.name);
    if (!function) return Value{CellError::kName};
    if (arguments.size() < function->least || arguments.size() > function->most)
      return Value{CellError::kNotAvailable};
    if (function->single) return call_single(*function, arguments, place, guards_block(call));
    if (array_formulas_ > 0 && function->takes_one) return call_each(*function, call, arguments, narrow);
    const bool arrays = call.name == "ARRAYFORMULA";
    array_formulas_ += arrays ? 1 : 0;
    Operand result = given_by(*function, arguments);
    array_formulas_ -= arrays ? 1 : 0;
    return result;
  }

  static Operand given_by(const SheetFunction& function, const Arguments& arguments) {
    return caught([&] { return function.block(arguments); });
  }

  Operand call_single(const SheetFunction& function, const Arguments& arguments, const Place& place,
                      bool whole_blocks) {
    std::vector<Operand> operands;
    for (std::size_t i = 0; i < arguments.size(); ++i)
      operands.push_back(arguments.operand(i));
    const auto combine = [&](const std::vector<Value>& values) {
      return caught([&] {
        if (function.on_error == OnError::kGiveBack)
          std::for_each(values.begin(), values.end(), without_error);
        return finite(function.single(values));
      });
    };
    return whole_blocks ? map_elements(operands, combine) : applied(std::move(operands), place, combine);
  }

  // Once for every value of the blocks that stand where the function takes one value.
  static Operand call_each(const SheetFunction& function, const FunctionCall& call,
                           const Arguments& arguments, const Arguments::Narrow& narrow) {
    std::vector<Operand> all, ones;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
      all.push_back(arguments.operand(i));
      if (function.takes_one(i)) ones.push_back(all.back());
    }
    const Arguments given(
        call.arguments, [&](std::size_t i) { return all[i]; }, narrow);
    const bool blocks = std::any_of(ones.begin(), ones.end(),
                                    [](const Operand& one) { return !std::holds_alternative<Value>(one); });
    if (!blocks) return given_by(function, given);
    return map_elements(ones, [&](const std::vector<Value>& values) {
      for (std::size_t i = 0, next = 0; i < all.size(); ++i) {
        if (function.takes_one(i)) all[i] = values[next++];
      }
      return first_value(given_by(function, given));
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
      const int row = *bounds.start_row, column = *bounds.start_column;
      reads(*sheet, {row, row + 1, column, column + 1});
      return cell_value({place.workbook, *sheet, row, column});
    }
    return block(place.workbook, *sheet, bounds);
  }

  Operand import_range(const Arguments& arguments) {
    const Value address = arguments.value(0), range = arguments.value(1);
    const auto* id = std::get_if<std::string>(&address);
    const auto* text = std::get_if<std::string>(&range);
    if (!id || !text) return Value{error_of(address).value_or(CellError::kValue)};
    const Workbook* workbook = other_workbook(std::string(spreadsheet_id(*id)));
    if (!workbook) {
      running_.back().lasts = false;
      return Value{CellError::kRef};
    }
    prepare(*workbook);
    reads(tabs_of(pages_.at(&workbook->sheet(0)).workbook));
    const auto located = locate(*workbook, *text);
    return located ? block(*workbook, *located->sheet, located->bounds) : Operand{Value{CellError::kRef}};
  }

  // Kept until the calculation ends: its sheets are keys here.
  const Workbook* other_workbook(const std::string& id) {
    auto [entry, is_new] = imported_.try_emplace(id);
    if (is_new) entry->second = workbooks_.find_workbook(id);
    return entry->second.get();
  }

  // The values of a range, as far as there are any.
  Operand block(const Workbook& workbook, const Sheet& sheet, const GridBounds& bounds) {
    reads(sheet, bounds.within(kBeyondGrid, kBeyondGrid));
    GridRect rect = sheet.cut(bounds);
    if (!bounds.end_row)
      rect.end_row = std::clamp(extent(workbook, sheet).rows, rect.start_row, rect.end_row);
    if (!bounds.end_column)
      rect.end_column = std::clamp(extent(workbook, sheet).columns, rect.start_column, rect.end_column);
    if (rect.empty()) return Value{};
    const auto key =
        std::make_tuple(&sheet, rect.start_row, rect.end_row, rect.start_column, rect.end_column);
    const auto known = blocks_.find(key);
    const Block block = known == blocks_.end() ? work_out_block(workbook, sheet, rect) : known->second;
    running_.back().lasts = running_.back().lasts && block.lasts;
    return block.array;
  }

  Block work_out_block(const Workbook& workbook, const Sheet& sheet, const GridRect& rect) {
    const int led_back = led_back_;
    const bool lasted = std::exchange(running_.back().lasts, true);
    Array array{rect.rows(), rect.columns(), {}, std::pair(rect.start_row, rect.start_column)};
    array.values.reserve(static_cast<std::size_t>(array.rows) * static_cast<std::size_t>(array.columns));
    rect.for_each([&](int row, int column) {
      array.values.push_back(cell_value({workbook, sheet, row, column}));
    });
    Block block{std::make_shared<const Array>(std::move(array)), running_.back().lasts};
    running_.back().lasts = lasted;
    // One that leads back is for the formulas of that round only.
    if (led_back == led_back_)
      blocks_[{&sheet, rect.start_row, rect.end_row, rect.start_column, rect.end_column}] = block;
    return block;
  }

  const WorkbookLookup& workbooks_;
  KnownResults* results_;  // nullptr: none
  std::optional<KnownResults::Moment> moment_;
  double now_;  // days since 1899-12-30
  std::unordered_map<CellKey, Known, CellKeyHash> values_;
  std::vector<Running> running_;
  std::vector<std::pair<Place, Kept>> round_;  // worked out, and leading back to one that runs
  int led_back_ = 0;                           // how often one of those was asked for
  int depth_ = 0;
  int array_formulas_ = 0;  // inside how many ARRAYFORMULAs
  std::set<const Workbook*> prepared_;
  int preparing_ = 0;
  std::vector<std::pair<KnownRange, Kept>> to_keep_;  // when all that spills is laid
  std::map<const Sheet*, Page> pages_;
  std::map<std::string, std::shared_ptr<const Workbook>, std::less<>> imported_;
  std::map<std::tuple<const Sheet*, int, int, int, int>, Block> blocks_;
};

Calculation::Calculation(const WorkbookLookup& workbooks, KnownResults* results)
    : impl_(std::make_unique<Impl>(workbooks, results)) {}
Calculation::~Calculation() = default;

const Value& Calculation::value(const Workbook& workbook, const Sheet& sheet, int row, int column) {
  return impl_->value({workbook, sheet, row, column});
}

Calculation::Extent Calculation::extent(const Workbook& workbook, const Sheet& sheet) {
  return impl_->extent(workbook, sheet);
}

}  // namespace sheets::emulator
