#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/sync/found_in.h"
#include "core/sync/row_pairs.h"
#include "core/sync/written_cell.h"

namespace roadmap {

// One written column of a tab whose columns stand where they were read: what its cells held, were to get, and
// show now. Pure; one thread.
class WrittenColumn {
 public:
  // Of rows without an identity: those that held a value, and those that show it.
  struct Nameless {
    const Cell* cell = nullptr;  // one that held it
    int held = 0;
    int written = 0;  // of these, which the write is to change
    std::vector<int> shown{};
  };

  // Cells by what was written to them.
  using ByValue = std::map<std::string, WrittenIndex::Cells>;

  // `index` in IntentTab::written; `cells` are those of the write that stand in the column, and `shown` what
  // it shows. All outlive it.
  WrittenColumn(const IntentTab& tab, std::size_t index, WrittenIndex::Cells cells,
                const std::vector<SeenCell>& shown, const RowPairs& rows);

  int at() const { return column().column; }  // 0-based
  const IntentColumn& column() const { return tab_.written[index_]; }
  const WrittenIndex::Cells& cells() const { return cells_; }
  ByValue applied() const;  // of these
  const SeenCell& shown(int row) const { return cell_of(shown_, row); }
  bool shows(int row, const std::string& value) const { return row > 0 && comparable(shown(row)) == value; }

  // What a row should show: what was planned for it, else what it held. Of a row that came since with an
  // identity that was there what each of that identity should; empty: nobody knows.
  std::vector<SeenCell> expected_in(int row) const;
  // Whether the row held the value before: then nothing of ours landed on it, and what was planned for it is
  // missing there.
  bool held_before(int row, const std::string& value) const;
  bool is_planned(int row) const;
  // What stood in a written cell, as it reads where its row stands now.
  SeenCell before_of(const WrittenCell& written) const;
  // The row that a written cell belongs to, as it stands now; 0: it is gone, or came with the write.
  int own_row(const WrittenCell& written) const;
  // Whether that row shows what was written.
  bool stands(const WrittenCell& written) const;

  const Nameless& nameless_with(const std::string& value) const { return found_or_empty(nameless(), value); }
  // Whether the value was meant for the row without an identity that was written there, and no other such row
  // shows what that one held.
  bool is_written_to_nameless(int row, const std::string& value) const;
  // Whether no more rows without an identity show that value than held it: prefilled boxes stand there by the
  // thousand, and what a row was told while it had a key.
  bool is_as_before(const std::string& value) const;
  // Whether all that rows without an identity held is still seen in such rows, and none of it is a value that
  // was written: then one that shows such a value held nothing.
  bool nameless_held_nothing(const ByValue& written) const;
  // What rows without an identity held and fewer show now: one of these stood where a value of ours stands in
  // such a row. More than a sentence can name tell nothing, and are left out.
  std::vector<SeenCell> vanished() const;
  // Whether a clear may have landed where nobody can see it: on a cell that was blank, or in a row that is
  // gone.
  bool may_clear_unseen() const;

 private:
  bool was_changed(const WrittenCell& written) const;
  SeenCell held_in(const IntentRow& then) const;
  const std::map<std::string, Nameless>& nameless() const;  // by value

  const IntentTab& tab_;
  std::size_t index_;
  WrittenIndex::Cells cells_;
  const std::vector<SeenCell>& shown_;
  const RowPairs& rows_;
  std::unordered_multimap<std::string, const WrittenCell*> planned_;  // by identity
  // Worked out when it is first asked for: of most writes nothing landed astray, and such rows stand there by
  // the thousand.
  mutable std::optional<std::map<std::string, Nameless>> nameless_;
};

}  // namespace roadmap
