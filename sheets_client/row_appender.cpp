#include "sheets_client/row_appender.h"

#include <cmath>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <variant>

#include "sheets_client/a1.h"
#include "sheets_client/cell_json.h"
#include "sheets_client/text_body.h"

namespace sheets {
namespace {

using nlohmann::json;
using roadmap::Cell;

struct RawValue {
  json operator()(std::monostate) const { return nullptr; }
  json operator()(bool value) const { return value; }
  json operator()(double value) const { return value; }
  json operator()(const std::string& value) const { return fitting_text(value); }
};

// {"values": [[…], …]} for valueInputOption RAW: texts are texts, an empty cell is null.
std::string append_body(const std::vector<roadmap::CellRow>& rows) {
  json values = json::array();
  for (const roadmap::CellRow& row : rows) {
    json cells = json::array();
    for (const Cell& cell : row)
      cells.push_back(std::visit(RawValue{}, cell));
    values.push_back(std::move(cells));
  }
  return json{{"values", std::move(values)}}.dump(-1, ' ', false, json::error_handler_t::replace);
}

}  // namespace

roadmap::WriteReport RowAppender::append(const std::string& spreadsheet_id, const std::string& tab,
                                         int table_row, const std::vector<roadmap::CellRow>& rows,
                                         const roadmap::RunControl& control) {
  if (rows.size() > kMaxAppendedRows) throw std::logic_error("too many rows to append in one call");
  if (rows.empty()) return {};
  const std::string body = append_body(rows);
  ApiCall call;
  call.method = "values.append";
  call.kind = CallKind::kWrite;
  call.spreadsheet_id = spreadsheet_id;
  // One cell: a blank cell in a line would split what a wider range takes for the table.
  call.path =
      "/values/" + net::percent_encode(always_quoted_tab(tab) + "!A" + std::to_string(table_row)) + ":append";
  call.query = {{"valueInputOption", "RAW"}, {"insertDataOption", "INSERT_ROWS"}};
  call.body = [&body] { return text_body(body); };
  const CallResult result = api_.perform(call, control);
  const auto* failure = std::get_if<CallFailure>(&result);
  if (failure == nullptr) return {};
  if (failure->maybe_applied)
    return {roadmap::WriteState::kUnknown, {}, failure->message, failure->retry_after, std::nullopt};
  throw directory_.error(*failure, spreadsheet_id, CallKind::kWrite, "'" + tab + "'");
}

}  // namespace sheets
