#include "sheets_client/value_reader.h"

#include <nlohmann/json.hpp>

#include "sheets_client/api_error.h"

namespace sheets {
namespace {

using nlohmann::json;

// {"valueRanges": [{"range": "…", "values": [[cell, …], …]}]}; everything else is passed over.
class ValueRangesReader : public nlohmann::json_sax<json> {
 public:
  std::vector<ValueRange> take() {
    if (!seen_) throw MalformedAnswer("no valueRanges in it");
    return std::move(ranges_);
  }

  bool null() override { return value(roadmap::Cell{}); }
  bool boolean(bool v) override { return value(v); }
  bool number_integer(number_integer_t v) override { return value(static_cast<double>(v)); }
  bool number_unsigned(number_unsigned_t v) override { return value(static_cast<double>(v)); }
  bool number_float(number_float_t v, const string_t&) override { return value(v); }
  bool binary(binary_t&) override { return false; }

  bool string(string_t& v) override {
    if (at() == Place::kRange && key_ == "range") ranges_.back().range = v;
    return value(v.empty() ? roadmap::Cell{} : roadmap::Cell{std::move(v)});
  }

  bool key(string_t& name) override {
    key_ = name;
    return true;
  }

  bool start_object(std::size_t) override {
    if (places_.empty()) return enter(Place::kRoot);
    if (at() == Place::kRows || at() == Place::kRow) throw MalformedAnswer("a cell that is an object");
    if (at() != Place::kRanges) return enter(Place::kElsewhere);
    ranges_.emplace_back();
    return enter(Place::kRange);
  }

  bool start_array(std::size_t) override {
    if (places_.empty()) throw MalformedAnswer("a list instead of an object");
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

  bool end_object() override { return leave(); }
  bool end_array() override { return leave(); }

  bool parse_error(std::size_t position, const std::string&, const json::exception&) override {
    throw MalformedAnswer("cut or no JSON, at byte " + std::to_string(position));
  }

 private:
  enum class Place : std::uint8_t { kRoot, kRanges, kRange, kRows, kRow, kElsewhere };

  Place at() const { return places_.empty() ? Place::kElsewhere : places_.back(); }
  bool enter(Place place) {
    places_.push_back(place);
    return true;
  }
  bool leave() {
    places_.pop_back();
    return true;
  }
  bool value(roadmap::Cell cell) {
    if (at() == Place::kRows) throw MalformedAnswer("a row that is no list");
    if (at() == Place::kRanges) throw MalformedAnswer("a value range that is no object");
    if (at() == Place::kRow) ranges_.back().rows.back().push_back(std::move(cell));
    return true;
  }

  std::vector<Place> places_;
  std::string key_;
  std::vector<ValueRange> ranges_;
  bool seen_ = false;
};

}  // namespace

std::vector<ValueRange> read_value_ranges(std::string_view answer) {
  ValueRangesReader reader;
  json::sax_parse(answer, &reader);
  return reader.take();
}

}  // namespace sheets
