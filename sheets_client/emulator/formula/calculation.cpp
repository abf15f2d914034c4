#include "sheets_client/emulator/formula/calculation.h"

#include <algorithm>
#include <cmath>
#include <deque>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

#include "sheets_client/emulator/formula/evaluator.h"
#include "sheets_client/emulator/formula/parser.h"
#include "sheets_client/emulator/formula/sheet_outline.h"
#include "sheets_client/emulator/workbook/a1_range.h"

namespace sheets::emulator {
namespace {

// Of expressions inside expressions, over all formulas that ask for formulas: one that is asked for deeper is
// worked out on its own before whoever asks.
constexpr int kAskingDepth = 1000;
// Formulas that wait for one asked for too deep; a longer chain gives #REF!.
constexpr std::size_t kMostAskedTooDeep = 500;

double serial_now(std::chrono::system_clock::time_point time) {
  constexpr double kSecondsADay = 86400.0, kUnixEpoch = 25569.0;  // 1970-01-01
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(time.time_since_epoch()).count();
  return kUnixEpoch + static_cast<double>(seconds) / kSecondsADay;
}

}  // namespace

class Calculation::Impl final : private FormulaView {
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

  Impl(const WorkbookLookup& workbooks, KnownResults* results)
      : workbooks_(workbooks), results_(results), now_(serial_now(workbooks.now())) {}

  const Value& value(const FormulaPlace& place) {
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
    FormulaPlace place;
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
    FormulaPlace place;
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

  const Value& settled(const FormulaPlace& place) {
    if (!running_.empty()) return cell_value(place);
    std::vector<FormulaPlace> waiting{place};
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
    evaluator_.abandon();
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
        const FormulaPlace place{workbook, sheet, row, column};
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

  static CellKey key_of(const FormulaPlace& place) { return {&place.sheet, place.row, place.column}; }

  const Value& cell_value(const FormulaPlace& place) {
    const Cell& cell = place.sheet.cell(place.row, place.column);
    if (cell.has_formula()) return formula_value(place, cell);
    return is_empty(cell.value) ? spilled_value(place, cell.value) : cell.value;
  }

  const Value& spilled_value(const FormulaPlace& place, const Value& empty) {
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

  const Value& formula_value(const FormulaPlace& place, const Cell& cell) {
    const auto found = values_.find(key_of(place));
    Known* known = found == values_.end() ? recall(place, pages_.at(&place.sheet)) : &found->second;
    if (!known) {
      if (evaluator_.depth() > kAskingDepth) throw AskedTooDeep{place};
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
  Known* recall(const FormulaPlace& place, Page& page) {
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
  Known& work_out(const FormulaPlace& place, const Cell& cell) {
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

  void keep(const FormulaPlace& place, Kept kept) {
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

  FormulaResult evaluated(const FormulaPlace& place, const Cell& cell) {
    const ExpressionPtr expression = parse_formula(cell.details().formula);
    if (!expression) return {CellError::kError, nullptr, false};
    const Operand result = evaluator_.evaluate_formula(*expression, place);
    return spills(*expression) ? spill(place, result)
                               : FormulaResult{narrowed(place, result), nullptr, false};
  }

  static GridRect spill_rect(const FormulaPlace& place, const Array& block) {
    const int rows = std::min(block.rows, place.sheet.properties.row_count - place.row);
    const int columns = std::min(block.columns, place.sheet.properties.column_count - place.column);
    return {place.row, place.row + rows, place.column, place.column + columns};
  }

  // A block for the cells right of and below the formula. A cell that holds something is in its way, and so
  // is what another formula laid there.
  FormulaResult spill(const FormulaPlace& place, const Operand& result) {
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

  void lay(const FormulaPlace& place, Page& page, const std::shared_ptr<const Array>& block) {
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

  const Value& cell(const FormulaPlace& place) override {
    reads(place.sheet, {place.row, place.row + 1, place.column, place.column + 1});
    return cell_value(place);
  }

  Operand imported(const std::string& spreadsheet_id, const std::string& range) override {
    const Workbook* workbook = other_workbook(spreadsheet_id);
    if (!workbook) {
      does_not_last();
      return Value{CellError::kRef};
    }
    prepare(*workbook);
    reads(tabs_of(pages_.at(&workbook->sheet(0)).workbook));
    const auto located = locate(*workbook, range);
    return located ? block(*workbook, *located->sheet, located->bounds) : Operand{Value{CellError::kRef}};
  }

  double today() override {
    reads(kToday);
    return std::floor(now_);
  }

  double now() override {
    does_not_last();
    return now_;
  }

  void does_not_last() override { running_.back().lasts = false; }

  // Kept until the calculation ends: its sheets are keys here.
  const Workbook* other_workbook(const std::string& id) {
    auto [entry, is_new] = imported_.try_emplace(id);
    if (is_new) entry->second = workbooks_.find_workbook(id);
    return entry->second.get();
  }

  // The values of a range, as far as there are any.
  Operand block(const Workbook& workbook, const Sheet& sheet, const GridBounds& bounds) override {
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

  Evaluator evaluator_{*this};
  const WorkbookLookup& workbooks_;
  KnownResults* results_;  // nullptr: none
  std::optional<KnownResults::Moment> moment_;
  double now_;  // days since 1899-12-30
  std::unordered_map<CellKey, Known, CellKeyHash> values_;
  std::vector<Running> running_;
  std::vector<std::pair<FormulaPlace, Kept>> round_;  // worked out, and leading back to one that runs
  int led_back_ = 0;                                  // how often one of those was asked for
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
