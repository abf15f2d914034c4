#include "core/sync/row_pairs.h"

#include <algorithm>
#include <tuple>

#include "core/sync/found_in.h"

namespace roadmap {
namespace {

// More pairs of copies than that are not compared: nobody tells them apart.
constexpr std::size_t kMaxComparedPairs = 10'000;

}  // namespace

RowPairs::RowPairs(const IntentTab& tab, const WrittenIndex& written, std::vector<std::string> identities,
                   const SeenColumns& shown)
    : tab_(tab), written_(written), shown_(shown), identities_(std::move(identities)) {
  for (std::size_t row = 0; row < identities_.size(); ++row) {
    if (!identities_[row].empty()) now_with_[identities_[row]].push_back(static_cast<int>(row));
  }
  for (const IntentRow& row : tab.rows)
    then_with_[row.identity].push_back(&row);
  then_.reserve(now_with_.size());
  now_.reserve(now_with_.size());
  for (const auto& [identity, then] : then_with_) {
    const std::vector<int>& now = rows_with(identity);
    if (then.size() == 1 && now.size() == 1) {
      pair(*then.front(), now.front());
    } else if (!now.empty()) {
      pair_copies(then, now);
    }
  }
  if (tab.tab == Tab::kIntake && now_.size() < tab.rows.size()) pair_best(retyped_rows());
}

std::span<const IntentRow* const> RowPairs::any_of_then(int row) const {
  if (const IntentRow* const* own = found_in(then_, row)) return {own, 1};
  return found_or_empty(then_with_, identity(row));
}

void RowPairs::pair(const IntentRow& then, int row) {
  then_.emplace(row, &then);
  now_.emplace(then.row, row);
}

void RowPairs::pair_copies(const std::vector<const IntentRow*>& then, const std::vector<int>& now) {
  std::vector<Pair> pairs;
  if (then.size() * now.size() <= kMaxComparedPairs) {
    for (const IntentRow* each : then) {
      for (const int row : now)
        pairs.push_back({agreement(*each, row), each, row});
    }
  } else {
    for (const IntentRow* each : then)
      pairs.push_back({{}, each, each->row});
    std::erase_if(pairs,
                  [&](const Pair& each) { return !std::binary_search(now.begin(), now.end(), each.row); });
  }
  pair_best(std::move(pairs));
}

void RowPairs::pair_best(std::vector<Pair> pairs) {
  std::stable_sort(pairs.begin(), pairs.end(), [](const Pair& a, const Pair& b) {
    return std::tuple(b.votes, a.then->row != a.row) < std::tuple(a.votes, b.then->row != b.row);
  });
  for (const Pair& each : pairs) {
    if (then_.contains(each.row) || now_.contains(each.then->row)) continue;
    know_by(each.then->identity, each.row);
    pair(*each.then, each.row);
  }
}

// Title and e-mail come first in intake's identities, without an e-mail column title and team. Who shows no
// title may be loading.
std::vector<RowPairs::Pair> RowPairs::retyped_rows() const {
  constexpr std::size_t kTitle = 0, kTelling = 2;
  using Part = std::pair<std::size_t, std::string>;
  std::map<Part, std::vector<const IntentRow*>> missing;
  for (const IntentRow& then : tab_.rows) {
    if (now_.contains(then.row)) continue;
    const std::vector<std::string> parts = identity_parts(then.identity);
    for (std::size_t i = 0; i < std::min(parts.size(), kTelling); ++i) {
      if (!parts[i].empty()) missing[Part(i, parts[i])].push_back(&then);
    }
  }
  std::map<Part, std::vector<int>> strangers;
  for (const auto& [identity, rows] : now_with_) {
    const std::vector<std::string> parts = identity_parts(identity);
    if (then_with_.contains(identity) || parts[kTitle].empty()) continue;
    for (std::size_t i = 0; i < std::min(parts.size(), kTelling); ++i) {
      const Part part(i, parts[i]);
      if (part.second.empty() || !missing.contains(part)) continue;
      std::vector<int>& alike = strangers[part];
      alike.insert(alike.end(), rows.begin(), rows.end());
    }
  }
  std::vector<Pair> pairs;
  for (const auto& [part, rows] : strangers) {
    const std::vector<const IntentRow*>& thens = missing.at(part);
    const bool is_compared = thens.size() * rows.size() <= kMaxComparedPairs;
    for (const IntentRow* then : thens) {
      for (const int row : rows) {
        if ((is_compared || then->row == row) && is_retyped(*then, row))
          pairs.push_back({agreement(*then, row), then, row});
      }
    }
  }
  return pairs;
}

// Most of the cells that are not typed over every day, else the key, else the place.
bool RowPairs::is_retyped(const IntentRow& then, int row) const {
  const std::vector<Cell> held = unpacked_cells(then.bystanders);
  int filled = 0, alike = 0;
  for (std::size_t i = 0; i < tab_.bystanders.size(); ++i) {
    const int column = tab_.bystanders[i].column;
    const SeenCell* seen = cell_of(shown_, column, row);
    if (place_in(tab_.identity, column) || seen == nullptr) continue;
    const Cell& before = i < held.size() ? held[i] : Cell{};
    if (is_blank(before) && is_blank(seen->shown)) continue;
    ++filled;
    alike += comparable(seen->shown) == comparable(before) ? 1 : 0;
  }
  if (filled > 0) return 2 * alike > filled;
  return then.row == row || shows_key_of(then, row);
}

bool RowPairs::shows_key_of(const IntentRow& then, int row) const {
  const std::string blank = comparable(Cell{});
  for (std::size_t i = 0; i < tab_.written.size(); ++i) {
    const int column = tab_.written[i].column;
    const SeenCell* seen = cell_of(shown_, column, row);
    const std::string value = seen == nullptr ? blank : comparable(*seen);
    if (value == blank || written_.has(row, column, value)) continue;
    if (value == comparable(then.cells[i]) || written_.has(then.row, column, value)) return true;
  }
  return false;
}

void RowPairs::know_by(const std::string& identity, int row) {
  std::string& shown = identities_[static_cast<std::size_t>(row)];
  if (shown == identity) return;
  std::vector<int> alike = std::move(now_with_.at(shown));
  now_with_.erase(shown);
  std::erase(alike, row);
  if (!alike.empty()) {
    const std::string& of_others = identities_[static_cast<std::size_t>(alike.front())];
    now_with_.emplace(of_others, std::move(alike));
  }
  shown = identity;
  std::vector<int>& rows = now_with_[identity];
  rows.insert(std::upper_bound(rows.begin(), rows.end(), row), row);
}

RowPairs::Votes RowPairs::agreement(const IntentRow& then, int row) const {
  const auto agrees = [&](int column, const std::string& held) {
    const SeenCell* seen = cell_of(shown_, column, row);
    if (seen == nullptr) return false;
    const std::string value = comparable(*seen);
    // What was written at that very address says nothing of which row stands there.
    if (written_.has(row, column, value)) return false;
    return value == held || (seen->is_formula() && comparable(seen->shown) == held) ||
           written_.has(then.row, column, value);
  };
  Votes votes;
  for (std::size_t i = 0; i < tab_.written.size(); ++i)
    votes.second += agrees(tab_.written[i].column, comparable(then.cells[i])) ? 1 : 0;
  if (then.bystanders.empty()) return votes;
  const std::vector<Cell> bystanders = unpacked_cells(then.bystanders);
  for (std::size_t i = 0; i < tab_.bystanders.size(); ++i) {
    const Cell& held = i < bystanders.size() ? bystanders[i] : Cell{};
    votes.first += agrees(tab_.bystanders[i].column, comparable(held)) ? 1 : 0;
  }
  return votes;
}

}  // namespace roadmap
