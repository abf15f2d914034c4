#pragma once

#include <string>

#include "sheets_client/emulator/formula/functions.h"
#include "sheets_client/emulator/formula/operand.h"
#include "sheets_client/emulator/formula/parser.h"
#include "sheets_client/emulator/formula/reference.h"
#include "sheets_client/emulator/workbook/workbook.h"

namespace sheets::emulator {

// Where a formula stands.
struct FormulaPlace {
  const Workbook& workbook;
  const Sheet& sheet;
  int row;
  int column;
};

// What a formula sees beside itself. Whoever implements it learns from the calls what the formula depends on.
class FormulaView {
 public:
  // The value of a cell inside its grid; the reference is good until the next call.
  virtual const Value& cell(const FormulaPlace& place) = 0;
  // The values of a range, as far as there are any.
  virtual Operand block(const Workbook& workbook, const Sheet& sheet, const GridBounds& bounds) = 0;
  // A range of another spreadsheet, #REF! where there is none.
  virtual Operand imported(const std::string& spreadsheet_id, const std::string& range) = 0;
  // Days since 1899-12-30, without and with the time of day.
  virtual double today() = 0;
  virtual double now() = 0;
  // What the formula gives is of this moment only: another may give something else though nothing changed.
  virtual void does_not_last() = 0;

 protected:
  ~FormulaView() = default;
};

// Works out the expressions of formulas, of several at once where `view` asks for other formulas meanwhile.
// `view` must outlive it. Thread safety: one thread.
class Evaluator {
 public:
  explicit Evaluator(FormulaView& view) : view_(view) {}

  // What the whole expression of a formula gives, as Google does: outside ARRAYFORMULA operators and
  // functions take the one value of a block that stands in the formula's own row or column; what is not known
  // here is #NAME?, and what lies too deep #REF!.
  Operand evaluate_formula(const Expression& expression, const FormulaPlace& place);
  // Expressions inside expressions that are being worked out, over all formulas.
  int depth() const { return depth_; }
  // Forgets formulas that an exception of `view` has broken off.
  void abandon();

 private:
  Operand evaluate(const Expression& expression, const FormulaPlace& place);
  Operand evaluate_node(const Expression& expression, const FormulaPlace& place);
  template <typename Combine>
  Operand applied(std::vector<Operand> operands, const FormulaPlace& place, Combine&& combine);
  Operand call(const FunctionCall& call, const FormulaPlace& place);
  Operand call_single(const SheetFunction& function, const Arguments& arguments, const FormulaPlace& place,
                      bool whole_blocks);
  Operand refer(const NamedReference& named, const FormulaPlace& place);
  Operand refer(const Reference& reference, const FormulaPlace& place);
  Operand import_range(const Arguments& arguments);

  FormulaView& view_;
  int depth_ = 0;
  int array_formulas_ = 0;  // inside how many ARRAYFORMULAs
};

// A range where one value is wanted gives the cell in the formula's own row or column.
Value narrowed(const FormulaPlace& place, const Operand& result);

}  // namespace sheets::emulator
