#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/fields/field.h"
#include "core/run/sheets_gateway.h"

namespace roadmap {

// What is about to be written to a spreadsheet, as sync.md ("Rows that move while a run writes") stores it in
// the transaction that plans it: enough to see, and to put right with certainty, what the write did, also
// after the process was killed. It is there until it is settled.

struct IntentColumn {
  int column = 0;      // 0-based, when the tab was read
  std::string header;  // as the tab spells it; a column that moved is found again by it
  // Whether `before` of its cells is the whole truth: formulas were looked at, or the column is the system's.
  bool restorable = true;
  bool system = false;  // nobody types there
  // What the column held in rows without an identity, blanks left out: while all of it is still seen there,
  // another such row held nothing.
  std::vector<Cell> without_identity;
};

// A column that the write does not touch, as long as columns stand where they were read.
struct BystanderColumn {
  int column = 0;                           // 0-based, when the tab was read
  std::string header;                       // as the tab spells it
  bool is_filled_without_identity = false;  // in some row
};

// One row as it was read.
struct IntentRow {
  int row = 0;                  // 1-based
  std::string identity;         // see identity_of in intent_tab.h: never empty
  std::vector<SeenCell> cells;  // parallel to IntentTab::written
  std::string bystanders{};     // packed_cells, parallel to IntentTab::bystanders; empty: not known
};

struct IntentTab {
  Tab tab{};
  std::string title;
  int header_row = 1;
  int first_data_row = 2;
  bool puts_right = false;             // what it writes over is what an earlier write left astray
  bool was_unusable = false;           // it was looked at before, and nothing could be told
  std::size_t headers = 0;             // column headers that the write adds
  std::vector<IntentColumn> identity;  // the columns whose texts tell a row from all others
  std::vector<IntentColumn> written;
  std::vector<BystanderColumn> bystanders;  // all that are not written
  std::vector<IntentRow> rows;              // every row with an identity
  std::vector<PlannedCell> cells;  // of existing rows, in the order of the write; FieldId is not kept
  std::optional<RowsInsert> insert;
  // Keys of which more is known once their cells are seen to stand: pending bases, in intake pending keys.
  // Ascending.
  std::vector<std::string> confirms;
};

struct WriteIntent {
  std::string spreadsheet_id;
  // Unique: what the write leaves behind in the spreadsheet. Empty: it went without, since Google refuses
  // markers there, and what became of it is judged by the picture alone.
  std::string marker;
  std::vector<IntentTab> tabs;
  // Putting right is an intent, too: how many came before it.
  int round = 0;
  // Keys of rows that Google refused, by the title of their tab: nothing of them is written.
  std::map<std::string, std::set<std::string>> refused{};
};

// Cells as one text that takes little memory: thousands of rows keep what is needed only where columns moved
// while a run wrote. Blank cells at the end are left out; of no cells it is empty, of blank ones it is not.
std::string packed_cells(const std::vector<const Cell*>& cells);
std::vector<Cell> unpacked_cells(std::string_view packed);  // throws StorageError

// A text without NUL from which read_intent makes an equal intent again.
std::string intent_text(const WriteIntent& intent);
// Throws StorageError for a text that this program did not write.
WriteIntent read_intent(std::string_view text);

}  // namespace roadmap
