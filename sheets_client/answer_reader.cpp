#include "sheets_client/answer_reader.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

namespace sheets {
namespace {

using nlohmann::json;

// Where in an answer the parser stands.
enum class Place : std::uint8_t {
  kNowhere,  // before the answer's own object
  kRoot,
  kRanges,
  kRange,
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

// What reading both answers has in common.
class AnswerReader : public nlohmann::json_sax<json> {
 public:
  virtual bool number(double v) = 0;
  bool number_integer(number_integer_t v) final { return number(static_cast<double>(v)); }
  bool number_unsigned(number_unsigned_t v) final { return number(static_cast<double>(v)); }
  bool number_float(number_float_t v, const string_t&) final { return number(v); }
  bool binary(binary_t&) final { return false; }

  bool key(string_t& name) final {
    key_ = name;
    return true;
  }

  bool end_object() override { return leave(); }
  bool end_array() final { return leave(); }

  bool parse_error(std::size_t position, const std::string&, const json::exception&) final {
    throw MalformedAnswer("cut or no JSON, at byte " + std::to_string(position));
  }

 protected:
  Place at() const { return places_.empty() ? Place::kNowhere : places_.back(); }
  bool enter(Place place) {
    places_.push_back(place);
    return true;
  }
  bool leave() {
    places_.pop_back();
    return true;
  }

  std::string key_;

 private:
  std::vector<Place> places_;
};

// {"valueRanges": [{"range": "…", "values": [[cell, …], …]}]}; everything else is passed over.
class ValueRangesReader final : public AnswerReader {
 public:
  std::vector<ValueRange> take() {
    if (!seen_) throw MalformedAnswer("no valueRanges in it");
    return std::move(ranges_);
  }

  bool null() override { return value(roadmap::Cell{}); }
  bool boolean(bool v) override { return value(v); }
  bool number(double v) override { return value(v); }

  bool string(string_t& v) override {
    if (at() == Place::kRange && key_ == "range") ranges_.back().range = v;
    return value(v.empty() ? roadmap::Cell{} : roadmap::Cell{std::move(v)});
  }

  bool start_object(std::size_t) override {
    if (at() == Place::kNowhere) return enter(Place::kRoot);
    if (at() == Place::kRows || at() == Place::kRow) throw MalformedAnswer("a cell that is an object");
    if (at() != Place::kRanges) return enter(Place::kElsewhere);
    ranges_.emplace_back();
    return enter(Place::kRange);
  }

  bool start_array(std::size_t) override {
    if (at() == Place::kNowhere) throw MalformedAnswer("a list instead of an object");
    if (at() == Place::kRoot && key_ == "valueRanges") {
      seen_ = true;
      return enter(Place::kRanges);
    }
    if (at() == Place::kRange && key_ == "values") return enter(Place::kRows);
    if (at() == Place::kRow) throw MalformedAnswer("a cell that is a list");
    if (at() != Place::kRows) return enter(Place::kElsewhere);
    ranges_.back().rows.emplace_back();
    return enter(Place::kRow);
  }

 private:
  bool value(roadmap::Cell cell) {
    if (at() == Place::kRows) throw MalformedAnswer("a row that is no list");
    if (at() == Place::kRanges) throw MalformedAnswer("a value range that is no object");
    if (at() == Place::kRow) ranges_.back().rows.back().push_back(std::move(cell));
    return true;
  }

  std::vector<ValueRange> ranges_;
  bool seen_ = false;
};

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
class SpreadsheetReader final : public AnswerReader {
 public:
  SeenSpreadsheet take() {
    if (!seen_) throw MalformedAnswer("no spreadsheet in it");
    return std::move(spreadsheet_);
  }

  bool null() override { return true; }
  bool boolean(bool v) override { return value("boolValue", v); }
  bool number(double v) override {
    if (at() == Place::kBlock && key_ == "startRow") block().start_row = static_cast<int>(v);
    if (at() == Place::kBlock && key_ == "startColumn") block().start_column = static_cast<int>(v);
    return value("numberValue", v);
  }

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
    if (at() == Place::kNowhere) throw MalformedAnswer("a list instead of an object");
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

 private:
  SeenBlock& block() { return spreadsheet_.tabs.back().blocks.back(); }
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
  bool value(std::string_view kind, roadmap::Cell v) {
    if (at() == Place::kEffective && key_ == kind) cell_.shown = std::move(v);
    return true;
  }

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

template <typename Reader>
auto read_answer(std::string_view answer) {
  Reader reader;
  json::sax_parse(answer, &reader);
  return reader.take();
}

}  // namespace

std::vector<ValueRange> read_value_ranges(std::string_view answer) {
  return read_answer<ValueRangesReader>(answer);
}

SeenSpreadsheet read_seen_spreadsheet(std::string_view answer) {
  return read_answer<SpreadsheetReader>(answer);
}

}  // namespace sheets
