#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace roadmap {

// How a cell of a field is read, compared and stored (sheets.md, "Reading a cell").
enum class FieldType : std::uint8_t {
  kText,
  kNumber,
  kBool,
  kDate,       // stored as "YYYY-MM-DD"
  kFramework,  // RICE, WSJF or MATH_MODEL
  kKeyList,    // initiative keys, stored as "INIT-000001, INIT-000002"
  kKey,        // one initiative key
  kTimestamp,  // ISO 8601 UTC text, written only
};

enum class Tab : std::uint8_t { kIntake, kBacklog, kScoringInputs, kMathModels, kParams };
inline constexpr int kTabCount = 5;

// Who may write a column on a tab (sheets.md, "One field registry").
enum class Owner : std::uint8_t {
  kTeam,    // typed by teams; read only for us
  kPm,      // typed by PMs; read by Save, written under the merge rule
  kSystem,  // written by us, never read back as input
  kLlm,     // written by the suggest job only
};

// Where a field's value lives.
enum class Table : std::uint8_t {
  kInitiatives,
  kMathModels,
  kParams,
  kNone,  // only in sheets: the run's Status
};

// A field's column on one tab.
struct TabColumn {
  Tab tab{};
  Owner owner{};
  std::string_view header{};                  // as we write it; empty: unused entry
  std::array<std::string_view, 3> aliases{};  // further headers that are accepted
};

// One field of the system: the only place where its name, type, column and headers stand.
struct Field {
  std::string_view name;  // canonical; also the database column
  FieldType type;
  Table table;
  std::string_view note;  // one sentence for people: column notes and the reference
  std::array<TabColumn, 5> columns{};

  // This field's column on that tab; nullptr where it has none.
  constexpr const TabColumn* on(Tab tab) const {
    for (const TabColumn& column : columns) {
      if (!column.header.empty() && column.tab == tab) return &column;
    }
    return nullptr;
  }
};

// A field's place in the registry. Compares and hashes as its index.
class FieldId {
 public:
  constexpr explicit FieldId(std::uint16_t index) : index_(index) {}
  constexpr std::uint16_t index() const { return index_; }
  friend constexpr bool operator==(FieldId, FieldId) = default;
  friend constexpr auto operator<=>(FieldId, FieldId) = default;

 private:
  std::uint16_t index_;
};

}  // namespace roadmap
