#include "sheets_client/emulator/formula/sheet_outline.h"

#include <algorithm>
#include <string_view>

#include "sheets_client/emulator/workbook/text.h"

namespace sheets::emulator {
namespace {

// Told from its text: most formulas do not spill, and need not be read for that.
bool may_spill(std::string_view formula) {
  const auto names = [&](std::string_view function) {
    return std::search(formula.begin(), formula.end(), function.begin(), function.end(),
                       [](char typed, char wanted) { return upper_case(typed) == wanted; }) != formula.end();
  };
  return names("ARRAYFORMULA") || names("IMPORTRANGE") || names("INDEX") || names("XLOOKUP");
}

// Whether it refers to a single row or column.
bool is_one_line(const ExpressionPtr& expression) {
  const auto* reference = expression ? std::get_if<Reference>(&expression->node) : nullptr;
  if (!reference) return false;
  const GridBounds bounds = reference->bounds();
  return (bounds.start_row && bounds.end_row == *bounds.start_row + 1) ||
         (bounds.start_column && bounds.end_column == *bounds.start_column + 1);
}

// Whether it is left out, or the 0 that asks for a whole row or column.
bool asks_for_all(const FunctionCall& call, std::size_t index) {
  if (index >= call.arguments.size() || !call.arguments[index]) return true;
  const auto* value = std::get_if<Value>(&call.arguments[index]->node);
  return value && *value == Value{0.0};
}

// INDEX and XLOOKUP give several cells only if they look into several rows and columns and are not told
// which.
bool gives_line(const FunctionCall& call) {
  if (call.arguments.empty()) return false;
  const bool one_line = is_one_line(call.arguments[0]);
  if (call.name == "INDEX") return asks_for_all(call, 1) || (asks_for_all(call, 2) && !one_line);
  return call.name == "XLOOKUP" && call.arguments.size() > 2 && !is_one_line(call.arguments[2]);
}

}  // namespace

bool spills(const Expression& expression) {
  const auto* call = std::get_if<FunctionCall>(&expression.node);
  if (!call) return false;
  if (call->name == "IMPORTRANGE" || call->name == "ARRAYFORMULA" || gives_line(*call)) return true;
  if (call->name == "IF" || call->name == "IFS") {
    const std::size_t condition = call->arguments.empty() ? 0 : 1;
    return std::any_of(call->arguments.begin() + static_cast<std::ptrdiff_t>(condition),
                       call->arguments.end(),
                       [](const ExpressionPtr& branch) { return branch && spills(*branch); });
  }
  return guards_block(*call);
}

bool guards_block(const FunctionCall& call) {
  const bool guard = call.name == "IFERROR" || call.name == "IFNA";
  return guard && !call.arguments.empty() && call.arguments[0] && spills(*call.arguments[0]);
}

bool spills(const Cell& cell) {
  if (!cell.has_formula() || !may_spill(cell.details().formula)) return false;
  const ExpressionPtr expression = parse_formula(cell.details().formula);
  return expression && spills(*expression);
}

SheetOutline::SheetOutline(const Sheet& sheet) {
  for (int r = 0; r < sheet.stored_rows(); ++r)
    look(sheet, r);
}

void SheetOutline::look(const Sheet& sheet, int row) {
  const Row* cells = sheet.row(row);
  std::size_t used = cells ? cells->size() : 0;
  while (used > 0 && !(*cells)[used - 1].has_content())
    --used;
  if (static_cast<std::size_t>(row) >= used_.size()) used_.resize(static_cast<std::size_t>(row) + 1);
  used_[static_cast<std::size_t>(row)] = static_cast<int>(used);
  const auto first = std::lower_bound(spilling_.begin(), spilling_.end(), std::pair(row, 0));
  const auto last = std::lower_bound(first, spilling_.end(), std::pair(row + 1, 0));
  auto place = spilling_.erase(first, last);
  for (std::size_t c = 0; c < used; ++c) {
    if (spills((*cells)[c])) place = std::next(spilling_.insert(place, {row, static_cast<int>(c)}));
  }
}

int SheetOutline::rows() const {
  const auto last = std::find_if(used_.rbegin(), used_.rend(), [](int used) { return used > 0; });
  return static_cast<int>(used_.rend() - last);
}

int SheetOutline::columns() const {
  return used_.empty() ? 0 : *std::max_element(used_.begin(), used_.end());
}

}  // namespace sheets::emulator
