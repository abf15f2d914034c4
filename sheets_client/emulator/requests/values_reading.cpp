#include "sheets_client/emulator/requests/values_reading.h"

#include <algorithm>

#include "sheets_client/emulator/formula/operand.h"
#include "sheets_client/emulator/requests/api_call.h"
#include "sheets_client/emulator/workbook/a1_range.h"
#include "sheets_client/emulator/workbook/api_error.h"
#include "sheets_client/emulator/workbook/number_format.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace sheets::emulator {
namespace {

void write_number(JsonWriter& writer, const Cell& cell, double number, const RenderOptions& options) {
  const bool as_text =
      options.value == ValueRender::kFormatted ||
      (options.value == ValueRender::kUnformatted && options.date_time == DateTimeRender::kFormattedString &&
       is_date_time(cell.number_format()));
  if (as_text) {
    writer.string(format_number(number, cell.number_format()));
  } else {
    writer.number(number);
  }
}

void write_cell(JsonWriter& writer, const Cell& cell, const Value& effective, const RenderOptions& options) {
  if (options.value == ValueRender::kFormula && cell.has_formula()) {
    writer.string(cell.details().formula);
  } else if (const auto* number = std::get_if<double>(&effective)) {
    write_number(writer, cell, *number, options);
  } else if (const auto* text = std::get_if<std::string>(&effective)) {
    writer.string(*text);
  } else if (const auto* flag = std::get_if<bool>(&effective);
             flag && options.value != ValueRender::kFormatted) {
    writer.boolean(*flag);
  } else {
    writer.string(formatted_text(cell, effective));
  }
}

// Walks a rectangle by its major dimension.
class MajorOrder {
 public:
  MajorOrder(Calculation& calculation, const Workbook& workbook, const Sheet& sheet, const GridRect& rect,
             Dimension major)
      : calculation_(calculation), workbook_(workbook), sheet_(sheet), rect_(rect), major_(major) {
    const auto extent = calculation.extent(workbook, sheet);
    rect_.end_row = std::clamp(extent.rows, rect.start_row, rect.end_row);
    rect_.end_column = std::clamp(extent.columns, rect.start_column, rect.end_column);
  }

  int lines() const { return major_ == Dimension::kRows ? rect_.rows() : rect_.columns(); }
  int line_length() const { return major_ == Dimension::kRows ? rect_.columns() : rect_.rows(); }
  const Cell& cell(int line, int at) const { return sheet_.cell(row(line, at), column(line, at)); }
  const Value& effective(int line, int at) {
    return calculation_.value(workbook_, sheet_, row(line, at), column(line, at));
  }

  // Cells of the line up to its last one with content.
  int used(int line) {
    int length = line_length();
    while (length > 0 && !cell(line, length - 1).has_formula() && is_empty(effective(line, length - 1)))
      --length;
    return length;
  }

 private:
  int row(int line, int at) const { return rect_.start_row + (major_ == Dimension::kRows ? line : at); }
  int column(int line, int at) const { return rect_.start_column + (major_ == Dimension::kRows ? at : line); }

  Calculation& calculation_;
  const Workbook& workbook_;
  const Sheet& sheet_;
  GridRect rect_;
  Dimension major_;
};

RenderOptions asked_options(const ApiCall& call) {
  return render_options(call.param("valueRenderOption"), call.param("dateTimeRenderOption"),
                        dimension_named(call.param("majorDimension")));
}

}  // namespace

RenderOptions render_options(std::string_view value, std::string_view date_time, Dimension major) {
  return {value == "FORMULA"             ? ValueRender::kFormula
          : value == "UNFORMATTED_VALUE" ? ValueRender::kUnformatted
                                         : ValueRender::kFormatted,
          date_time == "FORMATTED_STRING" ? DateTimeRender::kFormattedString : DateTimeRender::kSerialNumber,
          major};
}

Dimension dimension_named(std::string_view text) {
  return text == "COLUMNS" ? Dimension::kColumns : Dimension::kRows;
}

std::string formatted_text(const Cell& cell, const Value& effective) {
  if (const auto* number = std::get_if<double>(&effective))
    return format_number(*number, cell.number_format());
  return to_text(effective);
}

void write_value_range(JsonWriter& writer, Calculation& calculation, const Workbook& workbook,
                       const Sheet& sheet, const GridRect& rect, const RenderOptions& options) {
  writer.member("range", range_text(sheet, rect));
  writer.member("majorDimension", options.major == Dimension::kRows ? "ROWS" : "COLUMNS");
  MajorOrder order(calculation, workbook, sheet, rect, options.major);
  int lines = order.lines();
  while (lines > 0 && order.used(lines - 1) == 0)
    --lines;
  if (lines == 0 || !writer.key("values")) return;
  writer.begin_array();
  for (int line = 0; line < lines; ++line) {
    writer.begin_array();
    const int used = order.used(line);
    for (int at = 0; at < used; ++at)
      write_cell(writer, order.cell(line, at), order.effective(line, at), options);
    writer.end_array();
  }
  writer.end_array();
}

std::string get_values(const ApiCall& call) {
  const auto workbook = call.workbook();
  const RenderOptions options = asked_options(call);
  JsonWriter writer = call.answer("ValueRange");
  Calculation calculation(call.store, &call.results);
  const SheetRange range = resolve_range(*workbook, call.route.item);
  writer.begin_object();
  write_value_range(writer, calculation, *workbook, *range.sheet, range.rect, options);
  writer.end_object();
  return writer.take();
}

std::string batch_get_values(const ApiCall& call) {
  const auto workbook = call.workbook();
  const RenderOptions options = asked_options(call);
  JsonWriter writer = call.answer("BatchGetValuesResponse");
  Calculation calculation(call.store, &call.results);
  std::vector<SheetRange> ranges;
  for (const auto& [name, text] : call.request.query) {
    if (name == "ranges") ranges.push_back(resolve_range(*workbook, text));
  }
  writer.begin_object();
  writer.member("spreadsheetId", workbook->id);
  if (!ranges.empty() && writer.key("valueRanges")) {
    writer.begin_array();
    for (const SheetRange& range : ranges) {
      writer.begin_object();
      write_value_range(writer, calculation, *workbook, *range.sheet, range.rect, options);
      writer.end_object();
    }
    writer.end_array();
  }
  writer.end_object();
  return writer.take();
}

}  // namespace sheets::emulator
