#include "core/store/records.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <stdexcept>
#include <string_view>
#include <utility>

#include "core/fields/registry.h"

namespace roadmap {
namespace {

constexpr std::string_view kKeyPrefix = "INIT-";
constexpr std::size_t kKeyDigits = 6;
constexpr std::size_t kMostKeyDigits = 9;

std::size_t slot_in(Table table, FieldId id) {
  if (field(id).table != table) {
    throw std::logic_error("field '" + std::string(field(id).name) + "' stands in another table");
  }
  return slot(id);
}

// The first entry that is not before the field's.
template <typename Entries>
auto first_from(Entries& entries, FieldId id) {
  return std::lower_bound(entries.begin(), entries.end(), id,
                          [](const auto& entry, FieldId wanted) { return entry.first < wanted; });
}

}  // namespace

std::string format_initiative_key(std::int64_t number) { return fmt::format("{}{:06}", kKeyPrefix, number); }

std::optional<std::int64_t> parse_initiative_key(const std::string& text) {
  const std::string_view key = text;
  if (key.substr(0, kKeyPrefix.size()) != kKeyPrefix) return std::nullopt;
  const std::string_view digits = key.substr(kKeyPrefix.size());
  const bool padded_further = digits.size() > kKeyDigits && digits[0] == '0';
  if (digits.size() < kKeyDigits || digits.size() > kMostKeyDigits || padded_further || digits[0] == '-')
    return std::nullopt;
  std::int64_t number = 0;
  const char* end = digits.data() + digits.size();
  const auto [stop, error] = std::from_chars(digits.data(), end, number);
  if (error != std::errc{} || stop != end || number == 0) return std::nullopt;
  return number;
}

FieldValues::FieldValues(Table table) : table_(table), cells_(fields_of(table).size()) {}

FieldValues::FieldValues(Table table, std::vector<Cell> cells) : table_(table), cells_(std::move(cells)) {
  if (cells_.size() != fields_of(table).size()) throw std::logic_error("a row has not all its values");
}

const Cell& FieldValues::value(FieldId id) const { return cells_.at(slot_in(table_, id)); }

void FieldValues::set(FieldId id, Cell cell) { cells_.at(slot_in(table_, id)) = std::move(cell); }

BaseCells::BaseCells(std::initializer_list<Entry> entries) {
  for (const auto& [id, base] : entries)
    insert_or_assign(id, base);
}

BaseCells::const_iterator BaseCells::find(FieldId id) const {
  const auto at = first_from(entries_, id);
  return at != entries_.end() && at->first == id ? at : entries_.end();
}

const BaseCell& BaseCells::at(FieldId id) const {
  const auto found = find(id);
  if (found == end()) throw std::out_of_range("no base of the field " + std::string(field(id).name));
  return found->second;
}

void BaseCells::insert_or_assign(FieldId id, BaseCell base) {
  // Mostly at the end: they are stored in order.
  if (entries_.empty() || entries_.back().first < id) {
    entries_.emplace_back(id, std::move(base));
    return;
  }
  const auto at = first_from(entries_, id);
  if (at->first == id) {
    at->second = std::move(base);
  } else {
    entries_.emplace(at, id, std::move(base));
  }
}

}  // namespace roadmap
