#include "sheets_client/cell_json.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <nlohmann/json.hpp>

#include "core/fields/text.h"

namespace sheets {
namespace {

constexpr std::string_view kEllipsis = "…";  // one UTF-16 code unit

// UTF-16 code units of the character that starts with this byte: beyond U+FFFF, in UTF-8 four bytes, two.
std::size_t units_of(char first) { return static_cast<unsigned char>(first) >= 0xF0 ? 2 : 1; }

// The bytes of the longest start of `text` that has at most so many units; all of it when that fits.
std::size_t bytes_within(std::string_view text, std::size_t units) {
  std::size_t used = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (roadmap::continues_character(text[i])) continue;
    used += units_of(text[i]);
    if (used > units) return i;
  }
  return text.size();
}

// What is not valid UTF-8 becomes U+FFFD.
void append_text(std::string& into, const std::string& text) {
  const bool stands_for_itself =
      std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c != '"' && c != '\\'; });
  if (stands_for_itself) {
    into.append("\"").append(text).append("\"");
  } else {
    into += nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  }
}

struct AppendValue {
  std::string& json;

  void operator()(std::monostate) const { json += "{}"; }
  void operator()(bool value) const {
    json +=
        value ? R"({"userEnteredValue":{"boolValue":true}})" : R"({"userEnteredValue":{"boolValue":false}})";
  }
  void operator()(double value) const {
    fmt::format_to(std::back_inserter(json), R"({{"userEnteredValue":{{"numberValue":{}}}}})", value);
  }
  void operator()(const std::string& value) const {
    json += R"({"userEnteredValue":{"stringValue":)";
    append_text(json, fitting_text(value));
    json += "}}";
  }
};

// A formula that stood in a cell, put back.
void append_formula_data(std::string& text, const std::string& formula) {
  text += R"({"userEnteredValue":{"formulaValue":)";
  append_text(text, formula);
  text += "}}";
}

}  // namespace

std::string fitting_text(std::string_view text) {
  // No text has more units than bytes.
  if (text.size() <= kMaxCellUnits || bytes_within(text, kMaxCellUnits) == text.size())
    return std::string(text);
  std::string cut(text.substr(0, bytes_within(text, kMaxCellUnits - 1)));
  return cut += kEllipsis;
}

void append_cell_data(std::string& json, const roadmap::Cell& cell) { std::visit(AppendValue{json}, cell); }

void append_update_start(std::string& json, std::int64_t sheet_id, int row_index, int column) {
  fmt::format_to(std::back_inserter(json),
                 R"({{"updateCells":{{"start":{{"sheetId":{},"rowIndex":{},"columnIndex":{}}},"rows":[)",
                 sheet_id, row_index, column);
}

void append_row_data(std::string& json, std::span<const roadmap::PlannedCell> cells) {
  json += R"({"values":[)";
  const char* separator = "";
  for (const roadmap::PlannedCell& cell : cells) {
    json += separator;
    if (cell.is_formula) {
      append_formula_data(json, roadmap::to_text(cell.after));
    } else {
      append_cell_data(json, cell.after);
    }
    separator = ",";
  }
  json += "]}";
}

void append_update_end(std::string& json) { json += R"(],"fields":"userEnteredValue"}})"; }

}  // namespace sheets
