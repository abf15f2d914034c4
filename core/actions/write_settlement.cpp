#include "core/actions/write_settlement.h"

#include <fmt/format.h>

#include <algorithm>
#include <random>

#include "core/fields/header_match.h"
#include "core/sync/intent_tab.h"
#include "core/sync/moved_columns.h"
#include "core/sync/settlement.h"
#include "core/sync/tab_address.h"

namespace roadmap {
namespace {

// How often a write is looked at and put right. Rows that move faster than that are left to the next run.
constexpr int kMaxRounds = 5;
constexpr std::size_t kEveryItem = static_cast<std::size_t>(-1);

std::vector<LookAt> looks_of(const WriteIntent& intent) {
  std::vector<LookAt> looks;
  for (const IntentTab& tab : intent.tabs)
    looks.push_back(look_of(tab));
  return looks;
}

// One tab of an intent, looked at.
struct LookedAt {
  std::size_t applied = 0;  // items
  LookAt look;
  TabPicture picture;  // parallel to it
  Settlement settlement;
  bool wants_whole = false;  // the written columns alone do not tell: look at the whole tab
};

}  // namespace

// Settles one intent after the other until a look is clean, or kMaxRounds were sent.
class WriteSettler {
 public:
  WriteSettler(JobContext& job, WriteIntent intent, AddedHeaders headers = {})
      : job_(job), intent_(std::move(intent)), headers_(std::move(headers)) {}

  SettledWrite run() {
    send();
    if (!keys_gone_.empty() && !settled_.lost)
      throw Error("sheet_unreadable", keys_gone_ + " Put the column back and run again.", place());
    return std::move(settled_);
  }

  static void settle_open(JobContext& job, const std::string& spreadsheet_id) {
    for (int attempt = 0;; ++attempt) {
      std::optional<WriteIntent> intent = job.store_.open_intent(spreadsheet_id);
      if (!intent) return;
      if (!job.settings.verify_rows) return job.end_intent(spreadsheet_id, {});
      if (attempt == 0) job.note("settling what an earlier write left open");
      const SettledWrite settled = WriteSettler(job, std::move(*intent)).go_on();
      for (const RefusedRow& row : settled.refused)
        job.news_.push_back(sentence_of(row));
      if (!settled.lost) return;
      job.wait_for_another(attempt, *settled.lost, spreadsheet_id,
                           "Rows moved while they were written, and Google did not confirm that they were "
                           "put right. Run it again.");
    }
  }

 private:
  // Settles an intent whose answer nobody saw.
  SettledWrite go_on() {
    Picture picture = look_again();
    if (intent_.marker.empty()) {
      picture.items_applied = kEveryItem;  // judged by the picture alone
    } else if (picture.marker != intent_.marker) {
      // Nothing of it was applied. What it was to put right is astray all the same.
      if (intent_.round == 0) {
        end_unseen(0);
        return {};
      }
      picture.items_applied = 0;
    }
    if (look(std::move(picture), Taken::kLater)) send();
    return std::move(settled_);
  }

  // Sends the intent, and what puts right what it left astray, until nothing is or an answer is lost.
  void send() {
    for (;;) {
      WriteReport report = put();
      note_refused(report.refused);
      if (report.state == WriteState::kUnknown) {
        job_.note("a write is not known to stand: " + report.lost_reason);
        settled_.lost = report.retry_after;
        return;
      }
      if (!job_.settings.verify_rows) return end_unseen(kEveryItem);
      // The last part has no answer where all of it was refused; of several parts it shows the earlier ones
      // only as people left them.
      const Taken taken = report.picture && report.at_once ? Taken::kWithTheWrite : Taken::kLater;
      Picture picture = report.picture ? std::move(*report.picture) : look_again();
      picture.items_applied = kEveryItem;
      if (!look(std::move(picture), taken)) return;
    }
  }

  Picture look_again() const {
    return job_.sheets_.look(intent_.spreadsheet_id, looks_of(intent_), job_.control);
  }

  // Its cells are made here, a second set of them, which storing the intent does not have to bear.
  WriteReport put() {
    SheetWrite write;
    for (const IntentTab& tab : intent_.tabs)
      write.tabs.push_back({tab.title, {}, tab.cells, tab.insert});
    for (std::size_t i = 0; i < headers_.size(); ++i)
      write.tabs[i].headers = std::move(headers_[i]);
    headers_.clear();  // what puts right adds none
    write.marker = intent_.marker;
    write.about_to_go_without_marker = [this] {
      intent_.marker.clear();
      job_.store_.amend_intent(intent_);
    };
    if (job_.settings.verify_rows) write.look = looks_of(intent_);
    return job_.sheets_.write(intent_.spreadsheet_id, std::move(write), job_.control);
  }

  void note_refused(const std::vector<RefusedRow>& refused) {
    if (refused.empty()) return;
    // Whoever settles it later has to know that nothing of them was written.
    for (const RefusedRow& row : refused) {
      intent_.refused[row.tab].insert(row.key);
      settled_.refused.push_back(row);
    }
    job_.store_.amend_intent(intent_);
  }

  const std::set<std::string>& refused_in(const IntentTab& tab) const {
    static const std::set<std::string> kNone;
    const auto found = intent_.refused.find(tab.title);
    return found == intent_.refused.end() ? kNone : found->second;
  }

  // Settles each tab by the picture, and by one of the whole tab where the written columns do not tell.
  std::vector<LookedAt> settle_tabs(Picture picture, Taken taken) {
    const std::size_t items = picture.items_applied;
    std::vector<LookedAt> tabs = settle_rows(std::move(picture.tabs), items, taken);
    const auto wants_whole = [](const LookedAt& tab) { return tab.wants_whole; };
    if (std::none_of(tabs.begin(), tabs.end(), wants_whole)) return tabs;
    // All tabs are seen at one moment: a column of another one may have moved by now.
    std::vector<LookAt> looks;
    for (std::size_t i = 0; i < tabs.size(); ++i)
      looks.push_back(whole_look_of(intent_.tabs[i], tabs[i].picture));
    Picture again = job_.sheets_.look(intent_.spreadsheet_id, looks, job_.control);
    std::vector<std::optional<MovedTab>> moved(tabs.size());
    for (std::size_t i = 0; i < tabs.size(); ++i) {
      if (!again.tabs[i].there) continue;
      moved[i] = find_columns(intent_.tabs[i], again.tabs[i]);
      again.tabs[i] = moved[i]->picture;
    }
    std::vector<LookedAt> seen = settle_rows(std::move(again.tabs), items, Taken::kLater);
    for (std::size_t i = 0; i < seen.size(); ++i) {
      if (moved[i] && (tabs[i].wants_whole || seen[i].wants_whole))
        settle_columns(intent_.tabs[i], *moved[i], seen[i]);
    }
    return seen;
  }

  // By identities, where columns stand as they stood. `items` of the write are applied.
  std::vector<LookedAt> settle_rows(std::vector<TabPicture> pictures, std::size_t items, Taken taken) const {
    std::vector<LookedAt> tabs;
    for (std::size_t i = 0; i < intent_.tabs.size(); ++i) {
      const IntentTab& tab = intent_.tabs[i];
      LookedAt& looked_at = tabs.emplace_back();
      looked_at.applied = std::min(items, item_count(tab));
      items -= looked_at.applied;
      looked_at.look = look_of(tab);
      looked_at.picture = std::move(pictures[i]);
      if (!looked_at.picture.there) continue;
      looked_at.wants_whole = needs_whole_look(tab, looked_at.picture);
      if (looked_at.wants_whole) continue;
      looked_at.settlement = settle(tab, looked_at.applied, refused_in(tab), looked_at.picture, taken);
      // The write's own answer shows the columns as they stood when its values landed.
      looked_at.wants_whole = taken == Taken::kLater && looked_at.settlement.stands_nowhere;
    }
    return tabs;
  }

  void settle_columns(const IntentTab& tab, const MovedTab& moved, LookedAt& looked_at) const {
    if (!moved.unusable.empty()) {
      looked_at.settlement.unusable = moved.unusable;
      return;
    }
    Settlement settlement = settle_moved_columns(tab, looked_at.applied, refused_in(tab), moved);
    // Nothing stands in another column: what stands nowhere, a person took away.
    const bool moved_at_all =
        needs_whole_look(tab, moved.picture) || moved.looked_at.header_row != tab.header_row;
    if (!moved_at_all && !settlement.stands_elsewhere) return;
    looked_at.look = moved.looked_at;
    looked_at.picture.header = settlement.header;
    looked_at.settlement = std::move(settlement);
  }

  // Ends the intent by what it left in the sheet. True: something is astray, and the intent is now that of
  // putting it right.
  bool look(Picture picture, Taken taken) {
    std::vector<LookedAt> tabs = settle_tabs(std::move(picture), taken);
    if (was_never_applied(tabs, taken)) {
      end_unseen(0);
      return false;
    }
    WriteIntent next{intent_.spreadsheet_id, new_marker(), {}, intent_.round + 1};
    IntentOutcome outcome;
    for (std::size_t i = 0; i < tabs.size(); ++i)
      take_over(i, std::move(tabs[i]), outcome, next);
    if (next.tabs.empty()) {
      job_.end_intent(intent_.spreadsheet_id, outcome);
      return false;
    }
    if (job_.dry_run()) {
      throw Error("write_unsettled",
                  "Rows moved while an earlier run wrote to this workbook, and some cells stand in the wrong "
                  "row. The next run there that is not a dry run puts them right; try the dry run after it.",
                  place());
    }
    if (++rounds_ > kMaxRounds) {
      throw Error("rows_keep_moving",
                  "Rows kept moving while they were written; what is astray is put right by the next run.",
                  place());
    }
    job_.note("rows moved while they were written; putting them right");
    outcome.next = next;
    job_.end_intent(intent_.spreadsheet_id, outcome);
    intent_ = std::move(next);
    return true;
  }

  // Of a write without a marker, whose answer nobody saw: no value of it is seen anywhere.
  bool was_never_applied(const std::vector<LookedAt>& tabs, Taken taken) const {
    return intent_.marker.empty() && taken == Taken::kLater && intent_.round == 0 &&
           std::none_of(tabs.begin(), tabs.end(), [](const LookedAt& tab) {
             return !tab.picture.there || !tab.settlement.unusable.empty() || tab.settlement.any_seen;
           });
  }

  void take_over(std::size_t index, LookedAt looked_at, IntentOutcome& outcome, WriteIntent& next) {
    const IntentTab& tab = intent_.tabs[index];
    const TabPicture& picture = looked_at.picture;
    Settlement& settled = looked_at.settlement;
    if (!picture.there) {
      outcome.news.push_back(fmt::format("tab '{}' is gone, and what was written there", tab.title));
      for (const std::string& key : tab.confirms)
        settled_.unwritten.emplace(tab.title, key);
      return;
    }
    if (!settled.unusable.empty()) {
      // The intent waits, and when the tab was repaired all of it is looked at: people may have moved columns
      // away and back.
      if (!job_.dry_run()) {
        intent_.tabs[index].was_unusable = true;
        job_.store_.amend_intent(intent_);
      }
      throw Error(
          "sheet_unreadable",
          fmt::format("What was written to tab '{}' cannot be looked at: {}. Repair the tab and run again.",
                      tab.title, settled.unusable),
          place());
    }
    for (const UnsureCell& cell : settled.unsure)
      outcome.news.push_back(fmt::format("{} row {}: {}", tab.title, cell.row, sentence_of(cell)));
    for (const auto& [header, count] : settled.values_back)
      outcome.news.push_back(
          fmt::format("Tab '{}': columns moved while it was written, and {} cells of '{}' get back what they "
                      "showed. Where a formula stood, type it anew.",
                      tab.title, count, header));
    note_undecided(tab, settled.unsure, picture, outcome);
    if (intent_.round == 0) job_.rows_moved_ += static_cast<std::int64_t>(settled.moved.size());
    for (const std::string& key : settled.unwritten)
      settled_.unwritten.emplace(tab.title, key);
    note_gone(tab, settled.gone, outcome);
    confirm(tab, looked_at.applied, settled, picture, outcome);
    leave_refused(tab, picture, settled, outcome);
    if (settled.put_right.empty()) return;
    IntentTab repair =
        intent_to_put_right(tab, looked_at.look, picture, settled.rows_then, std::move(settled.put_right));
    // Where its own row is gone, taking a key out of another one confirms nothing.
    std::erase_if(repair.confirms, [&](const std::string& key) {
      return !settled.moved.contains(key) || settled.unwritten.contains(key) || refused_in(tab).contains(key);
    });
    next.tabs.push_back(std::move(repair));
  }

  // What Google did not let us put right is named and left: another try would end alike.
  void leave_refused(const IntentTab& tab, const TabPicture& picture, Settlement& settled,
                     IntentOutcome& outcome) const {
    if (!tab.puts_right) return;
    std::erase_if(settled.put_right, [&](const PlannedCell& cell) {
      if (!refused_in(tab).contains(cell.key)) return false;
      outcome.news.push_back(
          fmt::format("{} row {}: rows moved while {} was written, and Google refuses to put it right: it "
                      "shows {} now, and {} belongs there",
                      tab.title, cell.row, shown_header(picture.header, cell.column),
                      quoted(cell.before, kMaxQuotedCharacters), quoted(cell.after, kMaxQuotedCharacters)));
      return true;
    });
  }

  // What nobody is known to have typed is no edit of anybody's.
  void note_undecided(const IntentTab& tab, const std::vector<UnsureCell>& unsure, const TabPicture& picture,
                      IntentOutcome& outcome) const {
    const ColumnMap columns = match_headers(tab.tab, picture.header);
    for (const UnsureCell& cell : unsure) {
      const auto id = columns.field_at(cell.at);
      if (id && !cell.row_key.empty() && cell.landed)
        outcome.undecided.push_back({address(tab), cell.row_key, *id, cell.shown});
    }
  }

  void note_gone(const IntentTab& tab, const std::vector<std::string>& headers, IntentOutcome& outcome) {
    for (const std::string& header : headers) {
      std::string& sentence = tab.tab == Tab::kIntake ? keys_gone_ : outcome.news.emplace_back();
      sentence = fmt::format(
          "Tab '{}' lost its column '{}' while it was written. What was written over beside it is put right.",
          tab.title, header);
    }
  }

  // What stands of the tab's cells once it was looked at, and what was never applied or Google refused. Cells
  // that are still to be put right, or that stand nowhere, are neither.
  void confirm(const IntentTab& tab, std::size_t applied, const Settlement& settled,
               const TabPicture& picture, IntentOutcome& outcome) const {
    if (tab.tab == Tab::kIntake) return confirm_keys(tab, applied, settled, outcome);
    WrittenFields fields = written_fields(tab, applied);
    if (!tab.puts_right) {
      for (const std::string& key : refused_in(tab)) {
        if (auto row = fields.applied.extract(key)) fields.unapplied.insert(std::move(row));
      }
      if (!fields.unapplied.empty()) outcome.unapplied.push_back({address(tab), std::move(fields.unapplied)});
    }
    std::erase_if(fields.applied, [&](const auto& row) {
      const bool is_ours = std::binary_search(tab.confirms.begin(), tab.confirms.end(), row.first);
      return !is_ours || refused_in(tab).contains(row.first) || settled.unwritten.contains(row.first);
    });
    const ColumnMap columns = match_headers(tab.tab, picture.header);
    for (const PlannedCell& cell : settled.put_right) {
      const auto row = fields.applied.find(cell.key);
      const auto id = columns.field_at(cell.column);
      if (row != fields.applied.end() && id) row->second.erase(*id);
    }
    outcome.standing.push_back({address(tab), std::move(fields.applied)});
  }

  // Keys in intake: done when they stand.
  void confirm_keys(const IntentTab& tab, std::size_t applied, const Settlement& settled,
                    IntentOutcome& outcome) const {
    if (applied < item_count(tab)) return;  // a part is missing: the next run completes it
    std::copy_if(tab.confirms.begin(), tab.confirms.end(), std::back_inserter(outcome.standing_keys),
                 [&](const std::string& key) {
                   return !settled.unwritten.contains(key) && !settled.moved.contains(key) &&
                          !refused_in(tab).contains(key);
                 });
  }

  // By what is known without a picture: its first `items` are applied, and no others. All of them are what
  // was answered where sheets.verify_rows is false.
  void end_unseen(std::size_t items) {
    IntentOutcome outcome;
    for (const IntentTab& tab : intent_.tabs)
      confirm(tab, std::min(items, item_count(tab)), {}, {}, outcome);
    job_.end_intent(intent_.spreadsheet_id, outcome);
  }

  TabAddress address(const IntentTab& tab) const { return address_of({intent_.spreadsheet_id, tab.title}); }
  std::string place() const { return "spreadsheet " + intent_.spreadsheet_id; }

  JobContext& job_;
  WriteIntent intent_;
  AddedHeaders headers_;  // of its tabs, until it is sent
  SettledWrite settled_;
  int rounds_ = 0;         // of this run
  std::string keys_gone_;  // a sentence: an intake tab lost its column of keys
};

std::string sentence_of(const RefusedRow& row) {
  return fmt::format("{}: Google refused {}: {}", row.tab, row.key, row.reason);
}

std::string new_marker() {
  std::random_device random;
  return fmt::format("{:08x}{:08x}{:08x}{:08x}", random(), random(), random(), random());
}

SettledWrite write_and_settle(JobContext& job, WriteIntent intent, AddedHeaders headers) {
  return WriteSettler(job, std::move(intent), std::move(headers)).run();
}

void settle_open_write(JobContext& job, const std::string& spreadsheet_id) {
  WriteSettler::settle_open(job, spreadsheet_id);
}

}  // namespace roadmap
