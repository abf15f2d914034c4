#include "sheets_client/entered_reader.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "sheets_client/malformed_answer.h"

namespace sheets {
namespace {

using nlohmann::json;

// {"sheets": [{"data": [{"startRow", "startColumn", "rowData": [{"values": [CellData, …]}, …]}]}]};
// everything else is passed over.
class EnteredReader : public nlohmann::json_sax<json> {
 public:
  std::vector<CellEntry> take() {
    if (!seen_) throw MalformedAnswer("no sheets in it");
    std::sort(entries_.begin(), entries_.end(),
              [](const CellEntry& a, const CellEntry& b) { return a.address < b.address; });
    return std::move(entries_);
  }

  bool null() override { return true; }
  bool boolean(bool v) override { return value("boolValue", v); }
  bool number_integer(number_integer_t v) override { return number(static_cast<double>(v)); }
  bool number_unsigned(number_unsigned_t v) override { return number(static_cast<double>(v)); }
  bool number_float(number_float_t v, const string_t&) override { return number(v); }
  bool binary(binary_t&) override { return false; }

  bool string(string_t& v) override {
    if (at() == Place::kEntered && key_ == "formulaValue") cell_.is_formula = true;
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
      case Place::kSheets:
        return enter(Place::kSheet);
      case Place::kBlocks:
        start_row_ = start_column_ = 0;
        row_ = -1;
        block_begin_ = entries_.size();
        return enter(Place::kBlock);
      case Place::kRows:
        ++row_;
        column_ = -1;
        return enter(Place::kRow);
      case Place::kCells:
        ++column_;
        cell_ = {};
        has_entered_ = has_effective_ = false;
        return enter(Place::kCell);
      case Place::kCell:
        if (key_ == "userEnteredValue") {
          has_entered_ = true;
          return enter(Place::kEntered);
        }
        if (key_ == "effectiveValue") has_effective_ = true;
        return enter(Place::kElsewhere);
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
    if (at() == Place::kSheet && key_ == "data") return enter(Place::kBlocks);
    if (at() == Place::kBlock && key_ == "rowData") return enter(Place::kRows);
    if (at() == Place::kRow && key_ == "values") return enter(Place::kCells);
    return enter(Place::kElsewhere);
  }

  bool end_object() override {
    if (at() == Place::kCell) end_cell();
    if (at() == Place::kBlock) end_block();
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
    kSheets,
    kSheet,
    kBlocks,
    kBlock,
    kRows,
    kRow,
    kCells,
    kCell,
    kEntered,
    kElsewhere,
  };

  Place at() const { return places_.empty() ? Place::kNowhere : places_.back(); }
  bool enter(Place place) {
    places_.push_back(place);
    return true;
  }
  bool leave() {
    places_.pop_back();
    return true;
  }
  bool number(double v) {
    if (at() == Place::kBlock && key_ == "startRow") start_row_ = static_cast<int>(v);
    if (at() == Place::kBlock && key_ == "startColumn") start_column_ = static_cast<int>(v);
    return value("numberValue", v);
  }
  bool value(std::string_view kind, roadmap::Cell v) {
    if (at() == Place::kEntered && key_ == kind) cell_.value = std::move(v);
    return true;
  }
  void end_cell() {
    if (has_effective_ && !has_entered_) cell_.is_formula = true;
    if (has_entered_ || has_effective_) entries_.push_back({{row_, column_}, std::move(cell_)});
  }
  // Only now: startRow and startColumn may come after the rows.
  void end_block() {
    for (std::size_t i = block_begin_; i < entries_.size(); ++i) {
      entries_[i].address.row += start_row_ + 1;
      entries_[i].address.column += start_column_;
    }
  }

  std::vector<Place> places_;
  std::string key_;
  int start_row_ = 0;
  int start_column_ = 0;
  int row_ = -1;                 // of rowData, in this block
  int column_ = -1;              // of values, in this row
  std::size_t block_begin_ = 0;  // in entries_; from there on addresses are relative to the block, 0-based
  roadmap::EnteredCell cell_;
  bool has_entered_ = false;
  bool has_effective_ = false;
  bool seen_ = false;
  std::vector<CellEntry> entries_;
};

}  // namespace

std::vector<CellEntry> read_entered_cells(std::string_view answer) {
  EnteredReader reader;
  json::sax_parse(answer, &reader);
  return reader.take();
}

}  // namespace sheets
