#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/store/write_intent.h"
#include "core/sync/sheet_table.h"

namespace roadmap {

// What became of a write while rows moved (sync.md, "Rows that move while a run writes", steps 3 and 4).
// Pure.
//
// A row's identity is the text of its identifying columns: the key; on Params key, framework and name; in
// intake title, requester's e-mail and team, since the key is what is written there. A row in which the key
// (in intake all of them) is blank has no identity.

// The fields whose columns tell a row of that tab from all others.
const std::vector<FieldId>& identifying_fields(Tab tab);

// What is known of a tab before it is written: identities, and what the written columns hold in every row.
// `cells` and `insert` are what will be written. `table` is the tab as it was read.
IntentTab intent_of(const SheetTable& table, std::vector<HeaderAdd> headers, std::vector<PlannedCell> cells,
                    std::optional<RowsInsert> insert);

// What to look at: header row, identifying and written columns, where they stood when the tab was read.
LookAt look_of(const IntentTab& tab);
// The same where the picture's header says that they stand elsewhere now: the columns to look at instead, in
// the order of `look_of`'s. nullopt: all stand where they stood, or one is gone.
std::optional<LookAt> moved_look_of(const IntentTab& tab, const LookAt& looked_at, const TabPicture& picture);

// A cell that was left as it is since it is not certain what belongs there.
struct UnsureCell {
  std::string key;     // whose value it is
  int row = 0;         // where it is now, 1-based; 0: nowhere
  std::string column;  // its header, as the tab shows it
  Cell ours;
  Cell shown;
  std::vector<Cell> before;  // what stood there, or one of these; empty: not known
};

// "rows moved while Title was written: it shows 'x' of INIT-000007 now, 'y' stood there before". Long values
// are cut.
std::string sentence_of(const UnsureCell& cell);

struct Settlement {
  // Why nothing can be told: no usable header, or no identities. The intent waits.
  std::string unusable;
  // What puts the cells astray right: pre-images to the rows that hold our value, our value to its own row.
  // With it goes what the Status of a row says of a cell that is unsure. Empty: all is as it should be.
  std::vector<PlannedCell> put_right;
  std::set<std::string> moved;      // keys of rows that had moved and are put right
  std::set<std::string> unwritten;  // keys whose row is gone, or whose column is: their cells stand nowhere
  std::vector<UnsureCell> unsure;
};

// When a picture was taken: with the write itself, so that nobody acted between the two, or later.
enum class Taken : std::uint8_t { kWithTheWrite, kLater };

// `items_applied`: how many of the tab's items (headers, rows, new rows, in order) the write applied. Of a
// write that puts right the others are still to be put right.
// `refused` are keys of rows that Google refused: nothing of them was written. `looked_at` as moved_look_of
// found it, or look_of's.
Settlement settle(const IntentTab& tab, std::size_t items_applied, const std::set<std::string>& refused,
                  const LookAt& looked_at, const TabPicture& picture, Taken taken);

// The intent of the write that puts a tab right, made of what was seen.
IntentTab intent_to_put_right(const IntentTab& tab, const LookAt& looked_at, const TabPicture& picture,
                              std::vector<PlannedCell> put_right);

// How many items of a write are this tab's.
std::size_t item_count(const IntentTab& tab);

}  // namespace roadmap
