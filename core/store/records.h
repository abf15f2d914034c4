#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/clock.h"
#include "core/fields/cell.h"
#include "core/fields/field.h"
#include "core/scoring/score.h"

namespace roadmap {

// The SQL name of a table; empty for Table::kNone. Its first letter is part of what is stored (cell_text.h):
// it never changes.
constexpr std::string_view table_name(Table table) {
  constexpr std::array<std::string_view, 4> kNames = {// in the order of Table
                                                      "initiatives", "math_models", "params", ""};
  return kNames[static_cast<std::size_t>(table)];
}

// "INIT-000042". Keys are opaque text everywhere but in the counter; these two are the only places that know
// their form. Numbers above 999999 get longer, up to nine digits.
inline constexpr std::int64_t kLastKeyNumber = 999'999'999;
std::string format_initiative_key(std::int64_t number);
std::optional<std::int64_t> parse_initiative_key(const std::string& text);  // nullopt: not well-formed

// The values of one row of a table, by field. A value has the field's type or is empty.
// Functions throw std::logic_error for a field of another table.
class FieldValues {
 public:
  explicit FieldValues(Table table);  // all empty
  FieldValues(Table table, std::vector<Cell> cells);

  const Cell& value(FieldId id) const;
  void set(FieldId id, Cell cell);
  const std::vector<Cell>& cells() const { return cells_; }  // in the order of fields_of(table)

 private:
  Table table_;
  std::vector<Cell> cells_;
};

// An initiative as stored.
struct InitiativeRecord {
  std::string key;
  FieldValues values{Table::kInitiatives};
  std::string product_org;  // whose backlog it belongs to; empty: the first
  // The configured key of the intake tab it was last seen on; empty: created elsewhere.
  std::string intake_tab_key;
  UtcTime created_at{};
  UtcTime updated_at{};                       // of the last stored change of a value
  std::string updated_source;                 // provenance token: "flow0.intake_sync"
  std::optional<UtcTime> scoring_updated_at;  // of the last stored change of a score
  std::string scoring_updated_source;

  const Cell& value(FieldId id) const { return values.value(id); }
  void set(FieldId id, Cell cell) { values.set(id, std::move(cell)); }
};

// Makes a record with every value empty.
inline InitiativeRecord make_initiative(std::string key) {
  InitiativeRecord record;
  record.key = std::move(key);
  return record;
}

// The math model of an initiative, as stored.
struct MathModelRecord {
  std::string initiative_key;
  FieldValues values{Table::kMathModels};
  UtcTime updated_at{};
};

// What a parameter is known by (sheets.md: one row per key, framework and name).
struct ParamKey {
  std::string initiative_key;
  std::string framework;  // "MATH_MODEL"
  std::string name;
  friend bool operator==(const ParamKey&, const ParamKey&) = default;
  friend auto operator<=>(const ParamKey&, const ParamKey&) = default;
};

struct ParamRecord {
  ParamKey key;
  FieldValues values{Table::kParams};
  UtcTime updated_at{};
};

// One computation of one framework's score of an initiative, kept so that any score can be explained later.
struct ScoreRecord {
  std::string initiative_key;
  UtcTime computed_at{};
  std::string formula;  // of a math model
  Score score;
};

// A cell that is mostly not there: what is not takes the place of a pointer, where std::optional takes a
// whole cell's. Plans hold a million of them.
class RareCell {
 public:
  RareCell() = default;
  RareCell(std::nullopt_t) {}
  RareCell(Cell cell) : cell_(std::make_unique<Cell>(std::move(cell))) {}
  RareCell(const RareCell& other) : cell_(other ? std::make_unique<Cell>(*other) : nullptr) {}
  RareCell(RareCell&& other) noexcept = default;
  RareCell& operator=(RareCell other) noexcept {
    cell_ = std::move(other.cell_);
    return *this;
  }
  ~RareCell() = default;

  bool has_value() const { return cell_ != nullptr; }
  explicit operator bool() const { return has_value(); }
  const Cell& operator*() const { return *cell_; }
  void reset() { cell_.reset(); }
  friend bool operator==(const RareCell& a, const RareCell& b) {
    return a.has_value() == b.has_value() && (!a || *a == *b);
  }

 private:
  std::unique_ptr<Cell> cell_;
};

// What a sheet's cell and the stored value were when they last met (sync.md, "What changed since we last
// looked").
// At most one of pending, kept and undecided says something.
struct BaseCell {
  Cell sheet;        // what the sheet showed, as converted to the field's type
  Cell stored;       // what the database held
  RareCell pending;  // about to be written there; base once the write is known to have succeeded
  // In intake: the team's value in `sheet` was not taken over, since a PM had saved another one.
  bool kept = false;
  // A value of another row that a run could not put right, since it was not certain what stood there: nobody
  // is known to have typed it.
  RareCell undecided{};
  friend bool operator==(const BaseCell&, const BaseCell&) = default;
};

// The bases of one row by field, as a sorted vector: every plan reads ten thousand rows of them, and as a map
// they cost three times that.
class BaseCells {
 public:
  using Entry = std::pair<FieldId, BaseCell>;
  using iterator = std::vector<Entry>::iterator;
  using const_iterator = std::vector<Entry>::const_iterator;

  BaseCells() = default;
  BaseCells(std::initializer_list<Entry> entries);

  const_iterator find(FieldId id) const;  // end() when there is none
  const BaseCell& at(FieldId id) const;   // throws std::out_of_range
  const_iterator begin() const { return entries_.begin(); }
  const_iterator end() const { return entries_.end(); }
  iterator begin() { return entries_.begin(); }
  iterator end() { return entries_.end(); }
  std::size_t size() const { return entries_.size(); }
  bool empty() const { return entries_.empty(); }

  void reserve(std::size_t size) { entries_.reserve(size); }
  void insert_or_assign(FieldId id, BaseCell base);
  friend bool operator==(const BaseCells&, const BaseCells&) = default;

 private:
  std::vector<Entry> entries_;
};

// The bases of one initiative's row on one tab.
struct RowBase {
  std::string key;
  int row = 0;  // where it stood then, 1-based
  BaseCells cells;
};

// A spreadsheet's tab, as bases and pending keys are filed under. The tab name is stored in lower case.
struct TabAddress {
  std::string spreadsheet_id;
  std::string tab;
  friend auto operator<=>(const TabAddress&, const TabAddress&) = default;
};

// A key that was issued for an intake row and is not known to stand in the sheet yet.
struct PendingKeyWrite {
  std::string key;
  TabAddress tab;
  int row = 0;  // 1-based, when the key was issued
  std::string title;
  std::string requester_email;
  std::string requesting_team;
};

}  // namespace roadmap
