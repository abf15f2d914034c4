#include "sheets_client/picture_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>
#include <set>

#include "sheets_client/a1.h"
#include "sheets_client/api_error.h"

namespace sheets {
namespace {

using nlohmann::json;

// How a cell shows an ErrorValue of that type
// (https://developers.google.com/workspace/sheets/api/reference/rest/v4/spreadsheets/other#errortype).
std::string shown_error(std::string_view type) {
  if (type == "LOADING") return "Loading...";
  if (type == "NULL_VALUE") return "#NULL!";
  if (type == "DIVIDE_BY_ZERO") return "#DIV/0!";
  if (type == "N_A") return "#N/A";
  if (type == "NAME") return "#NAME?";
  if (type == "VALUE" || type == "REF" || type == "NUM") return fmt::format("#{}!", type);
  return "#ERROR!";
}

// {"developerMetadata": [{"metadataKey", "metadataValue"}], "sheets": [{"properties": {"title"}, "data":
// [{"startRow", "startColumn", "rowData": [{"values": [CellData, …]}, …]}]}]}, itself or as
// "updatedSpreadsheet"; everything else is passed over.
class SpreadsheetReader : public nlohmann::json_sax<json> {
 public:
  SeenSpreadsheet take() {
    if (!seen_) throw MalformedAnswer("no spreadsheet in it");
    return std::move(spreadsheet_);
  }

  bool null() override { return true; }
  bool boolean(bool v) override { return value("boolValue", v); }
  bool number_integer(number_integer_t v) override { return number(static_cast<double>(v)); }
  bool number_unsigned(number_unsigned_t v) override { return number(static_cast<double>(v)); }
  bool number_float(number_float_t v, const string_t&) override { return number(v); }
  bool binary(binary_t&) override { return false; }

  bool string(string_t& v) override {
    switch (at()) {
      case Place::kRoot:
        seen_ = seen_ || key_ == "spreadsheetId";
        break;
      case Place::kProperties:
        if (key_ == "title") spreadsheet_.tabs.back().title = v;
        break;
      case Place::kMetadataItem:
        if (key_ == "metadataKey") metadata_key_ = v;
        if (key_ == "metadataValue") metadata_value_ = v;
        break;
      case Place::kCell:
        if (key_ == "formattedValue") cell_.displayed = v;
        break;
      case Place::kEntered:
        if (key_ == "formulaValue") cell_.formula = v;
        break;
      case Place::kError:
        if (key_ == "type") cell_.shown = shown_error(v);
        break;
      default:
        break;
    }
    return value("stringValue", std::move(v));
  }

  bool key(string_t& name) override {
    key_ = name;
    return true;
  }

  bool start_object(std::size_t) override {
    switch (at()) {
      case Place::kNowhere:
        return enter(Place::kRoot);
      case Place::kRoot:
        return enter(key_ == "updatedSpreadsheet" ? Place::kRoot : Place::kElsewhere);
      case Place::kMetadata:
        metadata_key_.clear();
        metadata_value_.clear();
        return enter(Place::kMetadataItem);
      case Place::kSheets:
        spreadsheet_.tabs.emplace_back();
        return enter(Place::kSheet);
      case Place::kSheet:
        return enter(key_ == "properties" ? Place::kProperties : Place::kElsewhere);
      case Place::kBlocks:
        spreadsheet_.tabs.back().blocks.emplace_back();
        return enter(Place::kBlock);
      case Place::kRows:
        block().rows.emplace_back();
        return enter(Place::kRow);
      case Place::kCells:
        cell_ = {};
        has_entered_ = has_effective_ = false;
        return enter(Place::kCell);
      case Place::kCell:
        return enter_value();
      case Place::kEffective:
        return enter(key_ == "errorValue" ? Place::kError : Place::kElsewhere);
      default:
        return enter(Place::kElsewhere);
    }
  }

  bool start_array(std::size_t) override {
    if (places_.empty()) throw MalformedAnswer("a list instead of an object");
    if (at() == Place::kRoot && key_ == "sheets") {
      seen_ = true;
      return enter(Place::kSheets);
    }
    if (at() == Place::kRoot && key_ == "developerMetadata") return enter(Place::kMetadata);
    if (at() == Place::kSheet && key_ == "data") return enter(Place::kBlocks);
    if (at() == Place::kBlock && key_ == "rowData") return enter(Place::kRows);
    if (at() == Place::kRow && key_ == "values") return enter(Place::kCells);
    return enter(Place::kElsewhere);
  }

  bool end_object() override {
    if (at() == Place::kCell) {
      if (has_effective_ && !has_entered_ && cell_.formula.empty()) cell_.formula = roadmap::kSpilled;
      block().rows.back().push_back(std::move(cell_));
    }
    if (at() == Place::kMetadataItem && metadata_key_ == kMarkerKey) spreadsheet_.marker = metadata_value_;
    return leave();
  }
  bool end_array() override { return leave(); }

  bool parse_error(std::size_t position, const std::string&, const json::exception&) override {
    throw MalformedAnswer("cut or no JSON, at byte " + std::to_string(position));
  }

 private:
  enum class Place : std::uint8_t {
    kNowhere,
    kRoot,
    kMetadata,
    kMetadataItem,
    kSheets,
    kSheet,
    kProperties,
    kBlocks,
    kBlock,
    kRows,
    kRow,
    kCells,
    kCell,
    kEntered,
    kEffective,
    kError,
    kElsewhere,
  };

  Place at() const { return places_.empty() ? Place::kNowhere : places_.back(); }
  SeenBlock& block() { return spreadsheet_.tabs.back().blocks.back(); }
  bool enter(Place place) {
    places_.push_back(place);
    return true;
  }
  bool enter_value() {
    if (key_ == "userEnteredValue") {
      has_entered_ = true;
      return enter(Place::kEntered);
    }
    if (key_ != "effectiveValue") return enter(Place::kElsewhere);
    has_effective_ = true;
    return enter(Place::kEffective);
  }
  bool leave() {
    places_.pop_back();
    return true;
  }
  bool number(double v) {
    if (at() == Place::kBlock && key_ == "startRow") block().start_row = static_cast<int>(v);
    if (at() == Place::kBlock && key_ == "startColumn") block().start_column = static_cast<int>(v);
    return value("numberValue", v);
  }
  bool value(std::string_view kind, roadmap::Cell v) {
    if (at() == Place::kEffective && key_ == kind) cell_.shown = std::move(v);
    return true;
  }

  std::vector<Place> places_;
  std::string key_;
  std::string metadata_key_;
  std::string metadata_value_;
  roadmap::SeenCell cell_;
  bool has_entered_ = false;
  bool has_effective_ = false;
  bool seen_ = false;
  SeenSpreadsheet spreadsheet_;
};

const roadmap::SeenCell* cell_in(const SeenBlock& block, int row, int column) {
  const int r = row - block.start_row, c = column - block.start_column;
  if (r < 0 || c < 0 || r >= static_cast<int>(block.rows.size())) return nullptr;
  const auto& cells = block.rows[static_cast<std::size_t>(r)];
  return c < static_cast<int>(cells.size()) ? &cells[static_cast<std::size_t>(c)] : nullptr;
}

roadmap::CellRow header_in(const SeenTab& tab, int header_row) {
  roadmap::CellRow header;
  for (const SeenBlock& block : tab.blocks) {
    const int row = header_row - 1 - block.start_row;
    if (row < 0 || row >= static_cast<int>(block.rows.size())) continue;
    const auto& cells = block.rows[static_cast<std::size_t>(row)];
    const std::size_t width = static_cast<std::size_t>(block.start_column) + cells.size();
    if (header.size() < width) header.resize(width);
    for (std::size_t c = 0; c < cells.size(); ++c)
      header[static_cast<std::size_t>(block.start_column) + c] = cells[c].shown;
  }
  return header;
}

std::vector<roadmap::SeenCell> column_in(const SeenTab& tab, int column) {
  std::vector<roadmap::SeenCell> cells;
  for (const SeenBlock& block : tab.blocks) {
    for (int i = 0; i < static_cast<int>(block.rows.size()); ++i) {
      const int row = block.start_row + i;
      const roadmap::SeenCell* cell = cell_in(block, row, column);
      if (cell == nullptr) continue;
      if (static_cast<int>(cells.size()) <= row) cells.resize(static_cast<std::size_t>(row) + 1);
      cells[static_cast<std::size_t>(row)] = *cell;
    }
  }
  return cells;
}

// "<marker> <items applied>"
void read_marker(const std::string& value, roadmap::Picture& picture) {
  const std::size_t space = value.find(' ');
  picture.marker = value.substr(0, space);
  if (space == std::string::npos) return;
  std::from_chars(value.data() + space + 1, value.data() + value.size(), picture.items_applied);
}

}  // namespace

SeenSpreadsheet read_seen_spreadsheet(std::string_view answer) {
  SpreadsheetReader reader;
  json::sax_parse(answer, &reader);
  return reader.take();
}

roadmap::Picture picture_of(const std::vector<roadmap::LookAt>& looks, SeenSpreadsheet seen) {
  roadmap::Picture picture;
  read_marker(seen.marker, picture);
  for (const roadmap::LookAt& look : looks) {
    roadmap::TabPicture& tab = picture.tabs.emplace_back();
    const auto found = std::find_if(seen.tabs.begin(), seen.tabs.end(),
                                    [&](const SeenTab& one) { return same_title(one.title, look.tab); });
    tab.there = found != seen.tabs.end();
    tab.columns.resize(look.columns.size());
    if (!tab.there) continue;
    tab.header = header_in(*found, look.header_row);
    for (std::size_t i = 0; i < look.columns.size(); ++i)
      tab.columns[i] = column_in(*found, look.columns[i]);
  }
  return picture;
}

void append_ranges(const roadmap::LookAt& look, const std::string& title, int rows, int columns,
                   std::vector<std::string>& ranges) {
  const std::string quoted = always_quoted_tab(title);
  if (look.header_row <= rows) ranges.push_back(fmt::format("{0}!{1}:{1}", quoted, look.header_row));
  for (const int column : std::set<int>(look.columns.begin(), look.columns.end())) {
    if (column < columns) ranges.push_back(fmt::format("{0}!{1}1:{1}", quoted, column_letters(column)));
  }
}

}  // namespace sheets
