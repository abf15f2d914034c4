#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "core/store/records.h"
#include "core/sync/initiative_index.h"
#include "core/sync/sheet_table.h"

namespace roadmap {

// A tab of an intake sheet as read, with its settings (not owned).
struct IntakeSource {
  const IntakeTabSettings* settings = nullptr;
  SheetTable table;
};

// What becomes of one intake row that has content.
enum class IntakeRowKind : std::uint8_t {
  kKnown,       // the row of a stored initiative
  kAdopt,       // a well-formed key that the database does not know, with a title: taken over as it is
  kNew,         // no key, or a copy that became something else: gets a key
  kNoTitle,     // left alone
  kDuplicate,   // a copy with the same title: left alone
  kUnreadable,  // the key cell shows an error
  kForeignKey,  // a key that is not well-formed, or unknown without a title: left alone
  kFarKey,      // an unknown key whose number is far above all others: not adopted
};

// How far above the counter a number may be to be adopted: one typed key must not use the numbers up.
inline constexpr std::int64_t kFarAbove = 100'000;

struct IntakeRow {
  std::size_t source = 0;         // index into the sources
  const TableRow* row = nullptr;  // in that source's table
  std::string title;
  IntakeRowKind kind = IntakeRowKind::kNew;
  std::string key;                   // with kKnown and kAdopt; with kNew once it has been issued
  bool write_key = false;            // the key does not stand in the sheet yet
  int duplicate_of_row = 0;          // with kDuplicate
  std::size_t duplicate_source = 0;  // the tab where that row stands
};

// A key of ours in a row without any team cell: it is taken out again.
struct StrayKey {
  std::size_t source = 0;
  const TableRow* row = nullptr;
};

struct IntakeIdentity {
  std::vector<IntakeRow> rows;  // top to bottom, source by source; rows without content are left out
  std::vector<StrayKey> strays;
  std::vector<std::string> confirmed_keys;  // pending key writes that stand in a sheet now
  std::int64_t next_key_number = 1;         // the counter, above all numbers that are adopted
};

// Decides whose row each intake row is (identity by key, pending key writes, copies). Pure. `bases` are those
// of all intake tabs together; `next_key_number` is the counter.
IntakeIdentity identify_intake_rows(const std::vector<IntakeSource>& sources, const InitiativeIndex& stored,
                                    const std::map<std::string, RowBase>& bases,
                                    const std::vector<PendingKeyWrite>& pending,
                                    std::int64_t next_key_number);

}  // namespace roadmap
