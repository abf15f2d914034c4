#pragma once

#include <map>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/sync/found_in.h"
#include "core/sync/moved_columns.h"
#include "core/sync/written_cell.h"

namespace roadmap {

// Which of the rows that were read, or that came with the write, each row of a tab is whose columns moved:
// the one with its identity. A row that lost its identity, since a value of ours landed on it, is known by
// what else it shows. Pure.
class MovedRows {
 public:
  // All outlive it.
  MovedRows(const IntentTab& tab, const MovedTab& moved, const std::vector<WrittenCell>& written,
            const WrittenIndex& index);
  MovedRows(const MovedRows&) = delete;
  MovedRows& operator=(const MovedRows&) = delete;

  int first() const { return first_; }
  int last() const { return static_cast<int>(identities_.size()) - 1; }
  // What the row was; nullptr: nobody knows it. Of a row that came with the write IntentRow::row is negative,
  // as WrittenCell has it, and all cells are blank.
  const IntentRow* then(int row) const { return then_[static_cast<std::size_t>(row)]; }
  int now(int row_then) const { return found_or_empty(now_, row_then); }      // likewise; 0: nowhere
  const std::vector<std::string>& identities() const { return identities_; }  // by row now
  // Rows that were read, and that no row now is.
  const std::vector<const IntentRow*>& lost() const { return lost_; }
  // Whether nobody knows the row, and it may be one of these: it shows all that such a row held, but where
  // values of ours stand.
  bool may_be_lost(int row) const;
  // Whether rows that were written cannot be told from those whose keys show errors now.
  bool are_hidden_by_errors(const std::vector<WrittenCell>& written) const;

 private:
  using Holders = std::map<std::pair<int, std::string>, std::vector<const IntentRow*>>;

  // A row now, and the lost one that it shows most of.
  struct Holder {
    int row = 0;
    int votes = 0;
    const IntentRow* then = nullptr;
  };

  void note_new_rows(const std::vector<WrittenCell>& written);
  // Whether a cell shows what was written at that very address.
  bool has_landed(int row, int column) const {
    return index_.has(row, column, comparable(moved_.shown(row, column)));
  }
  bool is_overwritten(int row) const;
  bool shows_error_of_key(int row) const;
  void find_by_content(const std::vector<int>& strangers);
  Holders holders() const;
  Holder best_holder(const Holders& holders, int row) const;
  const IntentRow* standing_as_written(int row) const;
  bool is_like(const IntentRow& then, int row) const;
  void know(int row, const IntentRow& then);

  const IntentTab& tab_;
  const MovedTab& moved_;
  const WrittenIndex& index_;
  const int first_;
  std::vector<IntentRow> new_rows_;
  std::vector<std::string> identities_;
  std::vector<const IntentRow*> then_;  // by row now
  std::unordered_map<int, int> now_;
  std::vector<const IntentRow*> lost_;
};

}  // namespace roadmap
