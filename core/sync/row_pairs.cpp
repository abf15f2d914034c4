#include "core/sync/row_pairs.h"

#include <algorithm>
#include <tuple>

#include "core/sync/intent_tab.h"

namespace roadmap {
namespace {

// More pairs of copies than that are not compared: nobody tells them apart.
constexpr std::size_t kMaxComparedPairs = 10'000;

}  // namespace

RowPairs::RowPairs(const IntentTab& tab, const std::vector<WrittenCell>& written,
                   std::vector<std::string>& identities, const Shown& shown)
    : tab_(tab), identities_(identities) {
  for (std::size_t row = 0; row < identities.size(); ++row) {
    if (!identities[row].empty()) now_with_[identities[row]].push_back(static_cast<int>(row));
  }
  for (const IntentRow& row : tab.rows)
    then_with_[row.identity].push_back(&row);
  then_.reserve(now_with_.size());
  now_.reserve(now_with_.size());
  for (const auto& [identity, then] : then_with_) {
    const auto now = now_with_.find(identity);
    if (now == now_with_.end()) continue;
    if (then.size() == 1 && now->second.size() == 1) {
      pair(*then.front(), now->second.front());
      continue;
    }
    if (planned_.empty()) {
      for (const WrittenCell& cell : written)
        planned_.emplace(std::pair(cell.address, cell.cell->column), cell.value());
    }
    pair_copies(then, now->second, shown);
  }
  if (tab.tab == Tab::kIntake) pair_retyped();
}

const IntentRow* RowPairs::then(int row) const {
  const auto found = then_.find(row);
  return found == then_.end() ? nullptr : found->second;
}

int RowPairs::now(int address) const {
  const auto found = now_.find(address);
  return found == now_.end() ? 0 : found->second;
}

std::span<const IntentRow* const> RowPairs::any_of_then(int row) const {
  const auto own = then_.find(row);
  if (own != then_.end()) return {&own->second, 1};
  const auto same = then_with_.find(identities_[static_cast<std::size_t>(row)]);
  if (same == then_with_.end()) return {};
  return same->second;
}

const std::vector<int>& RowPairs::rows_with(const std::string& identity) const {
  static const std::vector<int> kNone;
  const auto found = now_with_.find(identity);
  return found == now_with_.end() ? kNone : found->second;
}

void RowPairs::pair(const IntentRow& then, int row) {
  then_.emplace(row, &then);
  now_.emplace(then.row, row);
}

void RowPairs::pair_copies(const std::vector<const IntentRow*>& then, const std::vector<int>& now,
                           const Shown& shown) {
  struct Pair {
    Votes votes;
    const IntentRow* then = nullptr;
    int row = 0;
  };
  std::vector<Pair> pairs;
  if (then.size() * now.size() <= kMaxComparedPairs) {
    for (const IntentRow* each : then) {
      for (const int row : now)
        pairs.push_back({agreement(*each, row, shown), each, row});
    }
  } else {
    for (const IntentRow* each : then)
      pairs.push_back({{}, each, each->row});
    std::erase_if(pairs,
                  [&](const Pair& each) { return !std::binary_search(now.begin(), now.end(), each.row); });
  }
  std::stable_sort(pairs.begin(), pairs.end(), [](const Pair& a, const Pair& b) {
    return std::tuple(b.votes, a.then->row != a.row) < std::tuple(a.votes, b.then->row != b.row);
  });
  for (const Pair& each : pairs) {
    if (!then_.contains(each.row) && !now_.contains(each.then->row)) pair(*each.then, each.row);
  }
}

void RowPairs::pair_retyped() {
  using Texts = std::pair<std::size_t, std::string>;  // which part is left out, and the identity without it
  const auto for_each_rest = [](const std::string& identity, const auto& use) {
    const std::vector<std::string> parts = identity_parts(identity);
    for (std::size_t out = 0; out < parts.size(); ++out) {
      std::vector<std::string> rest = parts;
      rest[out].clear();
      std::string known = identity_of(Tab::kIntake, std::move(rest));
      if (!known.empty()) use(Texts{out, std::move(known)});
    }
  };
  std::map<Texts, std::vector<const IntentRow*>> missing;
  for (const IntentRow& then : tab_.rows) {
    if (now_.contains(then.row)) continue;
    for_each_rest(then.identity, [&](Texts texts) { missing[std::move(texts)].push_back(&then); });
  }
  if (missing.empty()) return;
  std::map<int, std::vector<const IntentRow*>> candidates;  // by row now
  std::unordered_map<const IntentRow*, int> rows_of;        // how many rows one may be
  for (const auto& [identity, rows] : now_with_) {
    if (then_with_.contains(identity)) continue;
    for (const int row : rows) {
      for_each_rest(identities_[static_cast<std::size_t>(row)], [&](const Texts& texts) {
        const auto found = missing.find(texts);
        if (found == missing.end()) return;
        for (const IntentRow* then : found->second) {
          candidates[row].push_back(then);
          ++rows_of[then];
        }
      });
    }
  }
  for (const auto& [row, then] : candidates) {
    if (then.size() == 1 && rows_of.at(then.front()) == 1) know_again(*then.front(), row);
  }
  // Of several the one that stands where it stood.
  for (const auto& [row, then] : candidates) {
    for (const IntentRow* each : then) {
      if (each->row == row && !then_.contains(row) && !now_.contains(row)) know_again(*each, row);
    }
  }
}

void RowPairs::know_again(const IntentRow& then, int row) {
  std::string& identity = identities_[static_cast<std::size_t>(row)];
  std::vector<int> alike = std::move(now_with_.at(identity));
  now_with_.erase(identity);
  std::erase(alike, row);
  if (!alike.empty()) {
    const std::string& of_others = identities_[static_cast<std::size_t>(alike.front())];
    now_with_.emplace(of_others, std::move(alike));
  }
  identity = then.identity;
  std::vector<int>& rows = now_with_[then.identity];
  rows.insert(std::upper_bound(rows.begin(), rows.end(), row), row);
  pair(then, row);
}

RowPairs::Votes RowPairs::agreement(const IntentRow& then, int row, const Shown& shown) const {
  const auto agrees = [&](int column, const std::string& held) {
    const SeenCell* seen = shown(column, row);
    if (seen == nullptr) return false;
    const std::string value = comparable(*seen);
    // What was written at that very address says nothing of which row stands there.
    const auto landed = planned_.find({row, column});
    if (landed != planned_.end() && landed->second == value) return false;
    const auto planned = planned_.find({then.row, column});
    return value == held || (seen->is_formula() && comparable(seen->shown) == held) ||
           (planned != planned_.end() && planned->second == value);
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
