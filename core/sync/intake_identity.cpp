#include "core/sync/intake_identity.h"

#include <algorithm>
#include <set>
#include <tuple>
#include <unordered_map>
#include <unordered_set>

#include "core/fields/registry.h"
#include "core/fields/text.h"
#include "core/sync/found_in.h"
#include "core/sync/keyed_rows.h"
#include "core/sync/pm_cells.h"
#include "core/sync/tab_address.h"

namespace roadmap {
namespace {

using Fingerprint =
    std::tuple<std::string, std::string, std::string>;  // title, requester e-mail, requesting team

std::string shown_text(const SheetTable& table, const TableRow& row, FieldId id) {
  return std::string(trim(to_text(table.raw(row, id))));
}

Fingerprint fingerprint_of(const SheetTable& table, const TableRow& row) {
  return {shown_text(table, row, fields::title()), shown_text(table, row, fields::requester_email()),
          shown_text(table, row, fields::requesting_team())};
}

Fingerprint fingerprint_of(const PendingKeyWrite& pending) {
  return {pending.title, pending.requester_email, pending.requesting_team};
}

// What was last seen of an initiative's row.
Fingerprint fingerprint_of(const RowBase& base) {
  const auto text = [&](FieldId id) {
    const BaseCell* cell = find_base(&base, id);
    return cell == nullptr ? std::string() : std::string(trim(to_text(cell->sheet)));
  };
  return {text(fields::title()), text(fields::requester_email()), text(fields::requesting_team())};
}

bool is_withdrawn_wish(const InitiativeRecord& record) {
  return lower(to_text(record.value(fields::status()))) == "withdrawn";
}

// A row of which every cell that a team fills is blank or FALSE is no row.
bool has_team_content(const SheetTable& table, const TableRow& row) {
  for (const auto& [id, column] : table.columns().columns) {
    if (owner_on(id, Tab::kIntake) != Owner::kTeam) continue;
    const Cell& cell = table.raw(row.row, column);
    const auto* flag = std::get_if<bool>(&cell);
    if (!is_blank(cell) && (flag == nullptr || *flag)) return true;
  }
  return false;
}

class Identifier {
 public:
  Identifier(const std::vector<IntakeSource>& sources, const InitiativeIndex& stored,
             const std::map<std::string, RowBase>& bases, const std::vector<PendingKeyWrite>& pending,
             std::int64_t next_key_number)
      : sources_(sources), stored_(stored), bases_(bases), pending_(pending) {
    identity_.next_key_number = next_key_number;
  }

  IntakeIdentity run() {
    collect_rows();
    release_misplaced_keys();
    settle_keyed_rows();
    adopt_keys();
    match_pending();
    give_back_lost_keys();
    return std::move(identity_);
  }

 private:
  const SheetTable& table_of(const IntakeRow& row) const { return sources_[row.source].table; }
  Fingerprint fingerprint(const IntakeRow& row) const { return fingerprint_of(table_of(row), *row.row); }

  void collect_rows() {
    for (std::size_t s = 0; s < sources_.size(); ++s) {
      const SheetTable& table = sources_[s].table;
      for (const TableRow& row : table.rows()) {
        if (!has_team_content(table, row)) {
          if (stored_.find(row.key) != nullptr) identity_.strays.push_back({s, &row});
          continue;
        }
        IntakeRow entry;
        entry.source = s;
        entry.row = &row;
        if (!is_error(table.raw(row, fields::title()))) entry.title = shown_text(table, row, fields::title());
        // A key there is one of ours that landed on a title.
        if (parse_initiative_key(entry.title)) entry.title.clear();
        entry.key = row.key;
        identity_.rows.push_back(std::move(entry));
      }
    }
  }

  // A run may have died after its key write and before it saw that rows had moved: its keys then stand in
  // other rows than the ones they were issued for. Where a row waits for such a key (it has none, or one that
  // waits elsewhere), the key is taken off the wrong row.
  void release_misplaced_keys() {
    std::unordered_map<std::string, const PendingKeyWrite*> pending_of;
    for (const PendingKeyWrite& pending : pending_)
      pending_of.emplace(pending.key, &pending);
    std::set<Fingerprint> waiting;
    std::unordered_multimap<std::string, IntakeRow*> holders;
    for (IntakeRow& row : identity_.rows) {
      if (row.row->key_unreadable) continue;
      const PendingKeyWrite* pending = found_or_empty(pending_of, row.key);
      const bool suspicious = pending != nullptr && pending->title != row.title;
      if (row.key.empty() || suspicious) waiting.insert(fingerprint(row));
      if (suspicious) holders.emplace(row.key, &row);
    }
    for (const auto& entry : holders) {
      IntakeRow& holder = *entry.second;
      const bool missed = waiting.contains(fingerprint_of(*pending_of.at(entry.first)));
      if (missed && !agrees_in_title(holder)) holder.key.clear();
    }
  }

  // The row's title is what was last seen for the key that it shows.
  bool agrees_in_title(const IntakeRow& row) const {
    const BaseCell* title = find_base(found_in(bases_, row.key), fields::title());
    return title != nullptr && trim(to_text(title->sheet)) == row.title;
  }

  void settle_keyed_rows() {
    std::map<std::string, std::vector<IntakeRow*>> by_key;
    for (IntakeRow& row : identity_.rows) {
      if (row.row->key_unreadable) {
        row.kind = IntakeRowKind::kUnreadable;
      } else if (row.key.empty()) {
        row.kind = row.title.empty() ? IntakeRowKind::kNoTitle : IntakeRowKind::kNew;
      } else {
        by_key[row.key].push_back(&row);
      }
    }
    for (auto& [key, rows] : by_key)
      settle_key(key, rows);
    for (const PendingKeyWrite& pending : pending_) {
      const std::vector<IntakeRow*>& holders = found_or_empty(by_key, pending.key);
      const bool stands =
          std::any_of(holders.begin(), holders.end(), [](const IntakeRow* row) { return !row->write_key; });
      if (stands) identity_.confirmed_keys.push_back(pending.key);
    }
  }

  void settle_key(const std::string& key, const std::vector<IntakeRow*>& rows) {
    const bool known = stored_.find(key) != nullptr;
    const bool well_formed = parse_initiative_key(key).has_value();
    IntakeRow* original = rows.front();
    if (rows.size() > 1) original = most_agreeing(key, rows);
    for (IntakeRow* row : rows) {
      const bool usable = known || (well_formed && !row->title.empty());
      if (!usable) {
        row->kind = IntakeRowKind::kForeignKey;
      } else if (row->title.empty()) {
        row->kind = IntakeRowKind::kNoTitle;
      } else if (row == original) {
        row->kind = known ? IntakeRowKind::kKnown : IntakeRowKind::kAdopt;
      } else if (row->title != original->title) {
        row->kind = IntakeRowKind::kNew;
        row->key.clear();
      } else {
        row->kind = IntakeRowKind::kDuplicate;
        row->duplicate_of_row = original->row->row;
        row->duplicate_source = original->source;
      }
    }
  }

  // From the smallest number on: each adopted one moves the counter.
  void adopt_keys() {
    std::vector<std::pair<std::int64_t, IntakeRow*>> unknown;
    for (IntakeRow& row : identity_.rows) {
      if (row.kind == IntakeRowKind::kAdopt) unknown.emplace_back(*parse_initiative_key(row.key), &row);
    }
    std::sort(unknown.begin(), unknown.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    for (const auto& [number, row] : unknown) {
      if (number > identity_.next_key_number + kFarAbove) {
        row->kind = IntakeRowKind::kFarKey;
      } else {
        identity_.next_key_number = std::max(identity_.next_key_number, number + 1);
      }
    }
  }

  IntakeRow* most_agreeing(const std::string& key, const std::vector<IntakeRow*>& rows) const {
    const RowBase& base = found_or_empty(bases_, key);
    IntakeRow* best = nullptr;
    Agreement best_agreement;
    for (IntakeRow* row : rows) {
      if (row->title.empty()) continue;
      const Agreement agreement = agreement_with(table_of(*row), *row->row, base);
      if (best == nullptr || agreement > best_agreement) {
        best = row;
        best_agreement = agreement;
      }
    }
    return best != nullptr ? best : rows.front();
  }

  // Rows without a key that wait for one of the keys issued earlier: by fingerprint, nearest row first;
  // failing that the row at the pending address that shares the title or the requester.
  void match_pending() {
    std::map<std::pair<Fingerprint, TabAddress>, std::map<int, IntakeRow*>> waiting;
    std::map<std::pair<TabAddress, int>, IntakeRow*> by_address;
    for (IntakeRow& row : identity_.rows) {
      if (row.kind != IntakeRowKind::kNew || !row.key.empty()) continue;
      const TabAddress address = address_of(table_of(row).layout());
      waiting[{fingerprint(row), address}][row.row->row] = &row;
      by_address[{address, row.row->row}] = &row;
    }
    std::set<std::string> settled(identity_.confirmed_keys.begin(), identity_.confirmed_keys.end());
    for (const IntakeRow& row : identity_.rows) {
      if (row.kind == IntakeRowKind::kKnown) settled.insert(row.key);
    }
    std::vector<const PendingKeyWrite*> open;
    for (const PendingKeyWrite& pending : pending_) {
      if (!settled.contains(pending.key)) open.push_back(&pending);
    }
    std::erase_if(
        open, [&](const PendingKeyWrite* pending) { return take_nearest(*pending, waiting, pending->tab); });
    std::erase_if(open, [&](const PendingKeyWrite* pending) {
      return std::any_of(sources_.begin(), sources_.end(), [&](const IntakeSource& source) {
        return take_nearest(*pending, waiting, address_of(source.table.layout()));
      });
    });
    for (const PendingKeyWrite* pending : open) {
      IntakeRow* row = found_or_empty(by_address, {pending->tab, pending->row});
      if (row == nullptr || !row->key.empty()) continue;
      const auto [title, email, team] = fingerprint(*row);
      if (title == pending->title || (!email.empty() && email == pending->requester_email))
        give(*row, *pending);
    }
  }

  // A key can be written over, by a run that died while rows moved or by a person. A row that shows what was
  // last seen of an initiative whose key stands nowhere is that initiative; unless it is withdrawn: then the
  // wish is a new one. A key that was last seen on a tab that is not read now may well stand there.
  void give_back_lost_keys() {
    std::unordered_set<std::string> present;
    for (const IntakeSource& source : sources_) {
      for (const TableRow& row : source.table.rows())
        present.insert(row.key);
    }
    for (const IntakeRow& row : identity_.rows)
      present.insert(row.key);
    std::multimap<Fingerprint, const std::string*> lost;
    for (const auto& entry : bases_) {
      const InitiativeRecord* record = stored_.find(entry.first);
      if (record == nullptr || present.contains(entry.first) || is_withdrawn_wish(*record)) continue;
      if (was_read(record->intake_tab_key)) lost.emplace(fingerprint_of(entry.second), &entry.first);
    }
    for (IntakeRow& row : identity_.rows) {
      if (row.kind != IntakeRowKind::kNew || !row.key.empty()) continue;
      const auto found = lost.find(fingerprint(row));
      if (found == lost.end()) continue;
      row.key = *found->second;
      row.kind = IntakeRowKind::kKnown;
      row.write_key = true;
      lost.erase(found);
    }
  }

  bool was_read(const std::string& tab_key) const {
    return std::any_of(sources_.begin(), sources_.end(),
                       [&](const IntakeSource& source) { return source.settings->key == tab_key; });
  }

  template <typename Waiting>
  bool take_nearest(const PendingKeyWrite& pending, Waiting& waiting, const TabAddress& tab) {
    auto* group = found_in(waiting, {fingerprint_of(pending), tab});
    if (group == nullptr || group->empty()) return false;
    auto below = group->lower_bound(pending.row);
    if (below == group->end() ||
        (below != group->begin() && pending.row - std::prev(below)->first <= below->first - pending.row)) {
      --below;
    }
    give(*below->second, pending);
    group->erase(below);
    return true;
  }

  void give(IntakeRow& row, const PendingKeyWrite& pending) {
    row.key = pending.key;
    row.kind = stored_.find(pending.key) != nullptr ? IntakeRowKind::kKnown : IntakeRowKind::kAdopt;
    row.write_key = true;
  }

  const std::vector<IntakeSource>& sources_;
  const InitiativeIndex& stored_;
  const std::map<std::string, RowBase>& bases_;
  const std::vector<PendingKeyWrite>& pending_;
  IntakeIdentity identity_;
};

}  // namespace

IntakeIdentity identify_intake_rows(const std::vector<IntakeSource>& sources, const InitiativeIndex& stored,
                                    const std::map<std::string, RowBase>& bases,
                                    const std::vector<PendingKeyWrite>& pending,
                                    std::int64_t next_key_number) {
  return Identifier(sources, stored, bases, pending, next_key_number).run();
}

}  // namespace roadmap
