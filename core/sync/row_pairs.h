#pragma once

#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/sync/found_in.h"
#include "core/sync/intent_tab.h"
#include "core/sync/written_cell.h"

namespace roadmap {

// Which of the rows that were read each row of a tab is now: the one with its identity. Where an identity
// stands on several rows ("copies"), those go together first that show most of what they held beside the
// written columns, then of what they held there or were to get; what is alike in all of them goes by where it
// stands. In intake people type titles, too: a row that nothing else is known of is the missing one with the
// same title or e-mail, if its other cells, its key or its place say so.
class RowPairs {
 public:
  // `identities` by row now, empty for none; `shown` is what columns show now, by where they stood when the
  // tab was read. All others outlive it.
  RowPairs(const IntentTab& tab, const WrittenIndex& written, std::vector<std::string> identities,
           const SeenColumns& shown);
  RowPairs(const RowPairs&) = delete;
  RowPairs& operator=(const RowPairs&) = delete;

  int last_row() const { return static_cast<int>(identities_.size()) - 1; }
  // What rows are known by now: one that is known again, by the identity that it had.
  const std::vector<std::string>& identities() const { return identities_; }
  const std::string& identity(int row) const { return identities_[static_cast<std::size_t>(row)]; }
  const IntentRow* then(int row) const { return found_or_empty(then_, row); }  // nullptr: none
  // Of the row that was read there; 0: it is gone.
  int now(int address) const { return found_or_empty(now_, address); }
  // The one that the row was; of a row that came since with an identity that was there each of that identity.
  std::span<const IntentRow* const> any_of_then(int row) const;
  const std::vector<int>& rows_with(std::string_view identity) const {  // ascending
    return found_or_empty(now_with_, identity);
  }

 private:
  // Of the cells beside the written columns, and of these.
  using Votes = std::pair<int, int>;

  struct Pair {
    Votes votes;
    const IntentRow* then = nullptr;
    int row = 0;
  };

  void pair(const IntentRow& then, int row);
  // Pairs that show most come first, and of these those that stand where they stood.
  void pair_best(std::vector<Pair> pairs);
  void pair_copies(const std::vector<const IntentRow*>& then, const std::vector<int>& now);
  std::vector<Pair> retyped_rows() const;
  bool is_retyped(const IntentRow& then, int row) const;
  bool shows_key_of(const IntentRow& then, int row) const;
  // `identity` is a row's that was read.
  void know_by(const std::string& identity, int row);
  Votes agreement(const IntentRow& then, int row) const;

  const IntentTab& tab_;
  const WrittenIndex& written_;
  const SeenColumns& shown_;
  std::vector<std::string> identities_;
  std::unordered_map<std::string_view, std::vector<const IntentRow*>> then_with_;  // by identity
  std::unordered_map<std::string_view, std::vector<int>> now_with_;
  std::unordered_map<int, const IntentRow*> then_;
  std::unordered_map<int, int> now_;
};

}  // namespace roadmap
