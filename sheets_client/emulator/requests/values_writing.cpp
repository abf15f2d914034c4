#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <tuple>
#include <utility>

#include "sheets_client/emulator/formula/reference.h"
#include "sheets_client/emulator/requests/api_call.h"
#include "sheets_client/emulator/requests/batch_update.h"
#include "sheets_client/emulator/requests/value_writer.h"
#include "sheets_client/emulator/requests/values_reading.h"
#include "sheets_client/emulator/rest/request_message.h"
#include "sheets_client/emulator/workbook/a1_range.h"
#include "sheets_client/emulator/workbook/api_error.h"
#include "sheets_client/emulator/workbook/workbook.h"

namespace sheets::emulator {
namespace {

// How a write reports what it wrote.
struct Echo {
  bool values = false;
  RenderOptions options;
};

Echo query_echo(const ApiCall& call, Dimension major) {
  return {call.flag("includeValuesInResponse"),
          render_options(call.param("responseValueRenderOption"), call.param("responseDateTimeRenderOption"),
                         major)};
}

Echo body_echo(const RequestMessage& body) {
  return {body.flag("includeValuesInResponse"),
          render_options(body.text("responseValueRenderOption"), body.text("responseDateTimeRenderOption"),
                         Dimension::kRows)};
}

void positive(JsonWriter& writer, std::string_view name, long long number) {
  if (number != 0) writer.member(name, number);
}

void write_update(JsonWriter& writer, const ApiCall& call, const Workbook& workbook,
                  const WriteCounts& counts, const Echo& echo) {
  writer.begin_object();
  writer.member("spreadsheetId", workbook.id);
  writer.member("updatedRange", counts.updated_range);
  positive(writer, "updatedRows", counts.row_count());
  positive(writer, "updatedColumns", counts.column_count());
  positive(writer, "updatedCells", counts.cells);
  if (echo.values && writer.key("updatedData")) {
    Calculation calculation(call.store, &call.results);
    writer.begin_object();
    write_value_range(writer, calculation, workbook, *workbook.find(counts.sheet_id), counts.rect,
                      echo.options);
    writer.end_object();
  }
  writer.end_object();
}

// What a change gave, and the workbook right after it: others may have changed it again since.
template <typename Result>
struct Changed {
  Result result;
  std::shared_ptr<const Workbook> workbook;
};

// Changes the workbook of the call, access checked.
template <typename Change>
auto changed(const ApiCall& call, Change&& change) {
  Changed<decltype(change(std::declval<Workbook&>()))> made;
  made.workbook = call.store.change(call.route.spreadsheet_id, [&](Workbook& workbook) {
    call.check_access(workbook);
    made.result = change(workbook);
  });
  return made;
}

std::string clear_range(Workbook& workbook, std::string_view text, const Caller& caller) {
  const SheetRange range = resolve_range(workbook, text);
  check_editable(workbook, *range.sheet, range.rect, caller);
  const GridRect rect = range.rect;
  std::string cleared = range_text(*range.sheet, rect);
  workbook.edit(range.sheet->properties.id).clear_content(rect);
  return cleared;
}

struct Span {
  int row, start, end;  // filled cells of one row, beside each other
};

std::vector<Span> spans_of_row(const Sheet& sheet, int row) {
  std::vector<Span> spans;
  const Row* cells = sheet.row(row);
  for (int c = 0; cells && c < static_cast<int>(cells->size()); ++c) {
    if (!(*cells)[static_cast<std::size_t>(c)].has_content()) continue;
    if (!spans.empty() && spans.back().end == c) {
      ++spans.back().end;
    } else {
      spans.push_back({row, c, c + 1});
    }
  }
  return spans;
}

// Touching by a side or a corner.
bool adjacent(const GridRect& a, const GridRect& b) {
  const GridRect grown{a.start_row - 1, a.end_row + 1, a.start_column - 1, a.end_column + 1};
  return grown.intersects(b);
}

GridRect united(const GridRect& a, const GridRect& b) {
  return {std::min(a.start_row, b.start_row), std::max(a.end_row, b.end_row),
          std::min(a.start_column, b.start_column), std::max(a.end_column, b.end_column)};
}

// Adds a block, joining it with those it touches; the joined block may touch more of them.
void add_block(std::vector<GridRect>& blocks, GridRect block) {
  for (auto touching = blocks.begin(); touching != blocks.end();) {
    if (adjacent(*touching, block)) {
      block = united(*touching, block);
      blocks.erase(touching);
      touching = blocks.begin();
    } else {
      ++touching;
    }
  }
  blocks.push_back(block);
}

// The table that values.append goes on: the last one that `rect` touches. A table is a block of filled cells
// with nothing but empty cells, or the grid's edge, around it. nullopt: the range touches none
// (developers.google.com/sheets/api/guides/values#append_values).
std::optional<GridRect> find_table(const Sheet& sheet, const GridRect& rect) {
  std::vector<GridRect> blocks;
  for (int r = 0; r < sheet.stored_rows(); ++r) {
    for (const Span& span : spans_of_row(sheet, r))
      add_block(blocks, {r, r + 1, span.start, span.end});
  }
  std::optional<GridRect> last;
  for (const GridRect& block : blocks) {
    const auto order = [](const GridRect& b) { return std::make_tuple(b.start_row, b.start_column); };
    if (block.intersects(rect) && (!last || order(*last) < order(block))) last = block;
  }
  return last;
}

struct Append {
  std::string table_range;  // empty: no table
  WriteCounts counts;
};

void make_room(Workbook& workbook, int sheet_id, int row, const ValueTable& table, bool insert_rows,
               int end_column) {
  Sheet& sheet = workbook.edit(sheet_id);
  const bool inside = row < sheet.properties.row_count;
  if (insert_rows && inside && table.rows() > 0) {
    sheet.insert(Dimension::kRows, row, table.rows());
    if (row > 0) sheet.inherit(Dimension::kRows, row - 1, row, table.rows());
    shift_formulas(workbook, sheet_id, {GridChange::kInsert, Dimension::kRows, row, table.rows()});
  }
  Sheet& grown = workbook.edit(sheet_id);
  grown.resize(std::max(grown.properties.row_count, row + table.rows()),
               std::max(grown.properties.column_count, end_column));
  check_cell_limit(workbook);
}

Append append_table(Workbook& workbook, std::string_view text, const ValueTable& table, ValueInput input,
                    bool insert_rows, const Caller& caller) {
  const SheetRange range = resolve_range(workbook, text);
  const int sheet_id = range.sheet->properties.id;
  Append append;
  int row = range.rect.start_row, column = range.rect.start_column;
  if (const auto found = find_table(*range.sheet, range.rect)) {
    append.table_range = range_text(*range.sheet, *found);
    row = found->end_row;
    column = found->start_column;
  }
  make_room(workbook, sheet_id, row, table, insert_rows, column + table.columns());
  append.counts = write_values_at(workbook, sheet_id, row, column, table, input, caller);
  return append;
}

// The body may repeat the range of the path; it must not name another.
void check_same_range(const ApiCall& call, const Json& body) {
  const std::string named = RequestMessage(&body, "data").text("range");
  if (named.empty()) return;
  const auto workbook = call.workbook();
  const SheetRange path = resolve_range(*workbook, call.route.item), again = resolve_range(*workbook, named);
  if (path.sheet != again.sheet || !(path.rect == again.rect)) {
    throw invalid_argument(fmt::format("Requested writing within range [{}], but the body names range [{}]",
                                       call.route.item, named));
  }
}

// Rows, columns and cells over several writes; a row written twice counts once.
struct Totals {
  std::set<std::pair<int, int>> rows, columns;
  std::set<int> sheets;
  int cells = 0;

  void add(const WriteCounts& counts) {
    for (std::size_t r = 0; r < counts.rows.size(); ++r) {
      if (counts.rows[r]) rows.emplace(counts.sheet_id, counts.rect.start_row + static_cast<int>(r));
    }
    for (std::size_t c = 0; c < counts.columns.size(); ++c) {
      if (counts.columns[c]) columns.emplace(counts.sheet_id, counts.rect.start_column + static_cast<int>(c));
    }
    if (counts.cells > 0) sheets.insert(counts.sheet_id);
    cells += counts.cells;
  }
};

std::vector<WriteCounts> write_all(Workbook& workbook, const Json& data, ValueInput input,
                                   const Caller& caller) {
  std::vector<WriteCounts> all;
  for (std::size_t i = 0; i < data.size(); ++i) {
    const std::string place = fmt::format("data[{}]", i);
    const RequestMessage item(&data[i], place);
    const ValueTable table = read_value_table(data[i], place);
    try {
      all.push_back(write_values(workbook, item.text("range"), table, input, caller));
    } catch (const ApiError& error) {
      throw error.at(place);
    }
  }
  return all;
}

}  // namespace

std::string update_values(const ApiCall& call) {
  call.require_access();
  const ValueInput input = parse_value_input(call.param("valueInputOption"), call.store.now());
  const Json& body = *call.request.body;
  check_same_range(call, body);
  const ValueTable table = read_value_table(body, "data");
  const Echo echo = query_echo(call, table.major);
  JsonWriter writer = call.answer("UpdateValuesResponse");
  const auto made = changed(call, [&](Workbook& workbook) {
    return write_values(workbook, call.route.item, table, input, call.caller);
  });
  write_update(writer, call, *made.workbook, made.result, echo);
  return writer.take();
}

std::string batch_update_values(const ApiCall& call) {
  call.require_access();
  const Json& body = *call.request.body;
  const RequestMessage message(&body, "");
  const ValueInput input = parse_value_input(message.text("valueInputOption"), call.store.now());
  const Echo echo = body_echo(message);
  JsonWriter writer = call.answer("BatchUpdateValuesResponse");
  const auto made = changed(call, [&](Workbook& workbook) {
    return write_all(workbook, message.list("data"), input, call.caller);
  });
  Totals totals;
  for (const WriteCounts& counts : made.result)
    totals.add(counts);
  writer.begin_object();
  writer.member("spreadsheetId", call.route.spreadsheet_id);
  positive(writer, "totalUpdatedRows", static_cast<long long>(totals.rows.size()));
  positive(writer, "totalUpdatedColumns", static_cast<long long>(totals.columns.size()));
  positive(writer, "totalUpdatedCells", totals.cells);
  positive(writer, "totalUpdatedSheets", static_cast<long long>(totals.sheets.size()));
  if (!made.result.empty() && writer.key("responses")) {
    writer.begin_array();
    for (const WriteCounts& counts : made.result)
      write_update(writer, call, *made.workbook, counts, echo);
    writer.end_array();
  }
  writer.end_object();
  return writer.take();
}

std::string append_values(const ApiCall& call) {
  call.require_access();
  const ValueInput input = parse_value_input(call.param("valueInputOption"), call.store.now());
  const bool insert_rows = call.param("insertDataOption") == "INSERT_ROWS";
  const Json& body = *call.request.body;
  check_same_range(call, body);
  const ValueTable table = read_value_table(body, "data");
  const Echo echo = query_echo(call, table.major);
  JsonWriter writer = call.answer("AppendValuesResponse");
  const auto made = changed(call, [&](Workbook& workbook) {
    return append_table(workbook, call.route.item, table, input, insert_rows, call.caller);
  });
  const Append& append = made.result;
  writer.begin_object();
  writer.member("spreadsheetId", call.route.spreadsheet_id);
  if (!append.table_range.empty()) writer.member("tableRange", append.table_range);
  if (writer.key("updates")) write_update(writer, call, *made.workbook, append.counts, echo);
  writer.end_object();
  return writer.take();
}

std::string clear_values(const ApiCall& call) {
  call.require_access();
  JsonWriter writer = call.answer("ClearValuesResponse");
  const auto cleared =
      changed(call, [&](Workbook& workbook) { return clear_range(workbook, call.route.item, call.caller); });
  writer.begin_object();
  writer.member("spreadsheetId", call.route.spreadsheet_id);
  writer.member("clearedRange", cleared.result);
  writer.end_object();
  return writer.take();
}

std::string batch_clear_values(const ApiCall& call) {
  call.require_access();
  const Json& body = *call.request.body;
  const Json& ranges = RequestMessage(&body, "").list("ranges");
  JsonWriter writer = call.answer("BatchClearValuesResponse");
  const auto cleared = changed(call, [&](Workbook& workbook) {
    std::vector<std::string> all;
    for (std::size_t i = 0; i < ranges.size(); ++i) {
      try {
        all.push_back(clear_range(workbook, ranges[i].get_ref<const std::string&>(), call.caller));
      } catch (const ApiError& error) {
        throw error.at(fmt::format("range[{}]", i));
      }
    }
    return all;
  });
  writer.begin_object();
  writer.member("spreadsheetId", call.route.spreadsheet_id);
  if (!cleared.result.empty()) writer.member("clearedRanges", Json(cleared.result));
  writer.end_object();
  return writer.take();
}

}  // namespace sheets::emulator
