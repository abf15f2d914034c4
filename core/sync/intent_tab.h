#pragma once

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/store/write_intent.h"
#include "core/sync/sheet_table.h"

namespace roadmap {

// One tab of a write's intent (sync.md, "Rows that move while a run writes", step 1), made of what was read
// or seen; and what to look at afterwards. Pure.
//
// A row's identity is the text of its identifying columns: the key; on Params key, framework and name; in
// intake title, requester's e-mail and team, since the key is what is written there. A row in which the key
// (in intake all of them) is blank has no identity, nor has one whose key shows an error; in intake an error
// counts as blank.

// The fields whose columns tell a row of that tab from all others.
const std::vector<FieldId>& identifying_fields(Tab tab);
// Where those stand in a table, as far as it has them.
std::vector<int> identity_columns(const SheetTable& table);
// What a row is known by, from the texts of its identifying columns. Empty: it has no identity.
std::string identity_of(Tab tab, std::vector<std::string> parts);
// The texts that identity_of made it of, as they count there; of one that is not empty at least one.
std::vector<std::string> identity_parts(std::string_view identity);
// A cell's part of an identity.
std::string part_of(const Cell& cell);

// What each row of a picture is known by, empty for none: by row, from `first_row` on. The picture begins
// with the identifying columns.
std::vector<std::string> identities_in(const IntentTab& tab, const TabPicture& picture, int first_row);
// Whether the first of these cells of a row shows an error, or is loading.
bool shows_error(const TabPicture& picture, int row);

// What is known of a tab before it is written: identities, and what the written columns hold in every row.
// `cells` and `insert` are what will be written. `table` is the tab as it was read.
IntentTab intent_of(const SheetTable& table, const std::vector<HeaderAdd>& headers,
                    std::vector<PlannedCell> cells, std::optional<RowsInsert> insert);

// What to look at: header row, identifying and written columns, where they stood when the tab was read; the
// others, too, where rows share an identity, and in intake, where people type what identifies a row.
LookAt look_of(const IntentTab& tab);
// Whether the picture of `look_of` does not do to tell what became of the write, and moved_columns.h has to:
// a column stands elsewhere than it was read, nothing could be told before, or what rows are known by is
// written.
bool needs_whole_look(const IntentTab& tab, const TabPicture& picture);

// The intent of the write that puts a tab right, made of what was seen. `looked_at` begins with the
// identifying and the written columns, in their order, and its header row is where the header stands now.
// `rows_then` are its Settlement's.
IntentTab intent_to_put_right(const IntentTab& tab, const LookAt& looked_at, const TabPicture& picture,
                              const std::unordered_map<int, int>& rows_then,
                              std::vector<PlannedCell> put_right);

// The fields of the cells that a tab's first `items_applied` items hold, and of those that the others hold,
// by key.
struct WrittenFields {
  std::map<std::string, std::set<FieldId>> applied;
  std::map<std::string, std::set<FieldId>> unapplied;
};
WrittenFields written_fields(const IntentTab& tab, std::size_t items_applied);

// Calls use(cell, item, is_new_row) for each cell that the write sets, in its order; `item` counts from 0.
template <typename Use>
void for_each_item_cell(const IntentTab& tab, const Use& use) {
  std::size_t item = tab.headers;
  int row = 0;
  for (const PlannedCell& cell : tab.cells) {
    if (row != 0 && cell.row != row) ++item;
    row = cell.row;
    use(cell, item, false);
  }
  if (!tab.insert) return;
  if (row != 0) ++item;
  for (const PlannedCell& cell : tab.insert->cells)
    use(cell, item + static_cast<std::size_t>(cell.row - 1), true);
}

// Where a column, by where it stood when the tab was read, is in one of an intent's lists; nullopt: nowhere.
template <typename Columns>
std::optional<std::size_t> place_in(const Columns& columns, int column_then) {
  const auto found = std::find_if(columns.begin(), columns.end(),
                                  [&](const auto& each) { return each.column == column_then; });
  return found == columns.end() ? std::nullopt : std::optional<std::size_t>(found - columns.begin());
}

// How many items of a write are this tab's.
std::size_t item_count(const IntentTab& tab);

// A header as the tab shows it; empty where there is none.
std::string shown_header(const CellRow& header, int column);
// The same of a table that gets headers.
std::string header_text(const SheetTable& table, const std::vector<HeaderAdd>& added, int column);
// A header as the tab shows it, normalised.
std::string header_at(const CellRow& header, int column);
// The cell of a 1-based row in a picture's column; blank below what was seen.
const SeenCell& cell_of(const std::vector<SeenCell>& column, int row);

// Columns of a picture by where they stand, or stood.
using SeenColumns = std::unordered_map<int, const std::vector<SeenCell>*>;
SeenColumns seen_columns(const std::vector<int>& at, const TabPicture& picture);  // parallel to each other
const SeenCell* cell_of(const SeenColumns& columns, int column, int row);  // nullptr: it was not looked at

}  // namespace roadmap
