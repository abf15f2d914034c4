#include "sheets_client/picture_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>
#include <set>
#include <utility>

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
        row_ = -1;
        return enter(Place::kBlock);
      case Place::kRows:
        ++row_;
        column_ = 0;
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
      add_cell();
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
  void add_cell() {
    std::vector<std::vector<roadmap::SeenCell>>& columns = block().columns;
    if (column_ == columns.size()) columns.emplace_back();
    std::vector<roadmap::SeenCell>& cells = columns[column_++];
    cells.resize(static_cast<std::size_t>(row_));
    cells.push_back(std::move(cell_));
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
  int row_ = -1;            // of the block
  std::size_t column_ = 0;  // of the block: where the row's next cell stands
  roadmap::SeenCell cell_;
  bool has_entered_ = false;
  bool has_effective_ = false;
  bool seen_ = false;
  SeenSpreadsheet spreadsheet_;
};

roadmap::CellRow header_in(const SeenTab& tab, int header_row) {
  roadmap::CellRow header;
  for (const SeenBlock& block : tab.blocks) {
    if (header_row <= block.start_row) continue;
    const auto row = static_cast<std::size_t>(header_row - 1 - block.start_row);
    for (std::size_t c = 0; c < block.columns.size(); ++c) {
      const std::vector<roadmap::SeenCell>& cells = block.columns[c];
      if (row >= cells.size()) continue;
      // Above a column's last cell a blank one may be none at all, which does not make the header wider.
      if (row + 1 < cells.size() && cells[row].shown == roadmap::Cell{}) continue;
      const std::size_t column = static_cast<std::size_t>(block.start_column) + c;
      if (header.size() <= column) header.resize(column + 1);
      header[column] = cells[row].shown;
    }
  }
  return header;
}

// Takes the cells out of the blocks.
std::vector<roadmap::SeenCell> take_column(SeenTab& tab, int column) {
  std::vector<roadmap::SeenCell> cells;
  for (SeenBlock& block : tab.blocks) {
    const int c = column - block.start_column;
    if (c < 0 || c >= static_cast<int>(block.columns.size())) continue;
    std::vector<roadmap::SeenCell> seen = std::exchange(block.columns[static_cast<std::size_t>(c)], {});
    const auto first = static_cast<std::size_t>(block.start_row);
    if (first == 0 && seen.size() >= cells.size()) {
      cells = std::move(seen);
      continue;
    }
    if (cells.size() < first + seen.size()) cells.resize(first + seen.size());
    std::move(seen.begin(), seen.end(), cells.begin() + block.start_row);
  }
  return cells;
}

void take_columns(const std::vector<int>& columns, SeenTab& tab,
                  std::vector<std::vector<roadmap::SeenCell>>& taken) {
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const auto end = columns.begin() + static_cast<std::ptrdiff_t>(i);
    const auto same = std::find(columns.begin(), end, columns[i]);
    taken[i] =
        same == end ? take_column(tab, columns[i]) : taken[static_cast<std::size_t>(same - columns.begin())];
  }
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
  for (auto look = looks.begin(); look != looks.end(); ++look) {
    const auto found = std::find_if(seen.tabs.begin(), seen.tabs.end(),
                                    [&](const SeenTab& one) { return same_title(one.title, look->tab); });
    roadmap::TabPicture& picture_of_tab = picture.tabs.emplace_back();
    picture_of_tab.there = found != seen.tabs.end();
    picture_of_tab.columns.resize(look->columns.size());
    if (!picture_of_tab.there) continue;
    picture_of_tab.header = header_in(*found, look->header_row);
    const bool is_last = std::none_of(look + 1, looks.end(), [&](const roadmap::LookAt& later) {
      return same_title(later.tab, look->tab);
    });
    SeenTab tab = is_last ? std::move(*found) : *found;
    take_columns(look->columns, tab, picture_of_tab.columns);
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
