#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "core/store/records.h"
#include "core/store/write_intent.h"

namespace roadmap {

class Database;
class SqlConnection;

// Changed values of one stored initiative.
struct InitiativeChange {
  std::string key;
  std::vector<std::pair<FieldId, Cell>> values;
  std::optional<std::string> product_org;
  std::optional<std::string> intake_tab_key;
  UtcTime updated_at{};
  std::string updated_source;
  // False for bookkeeping (intake_tab_key alone): updated_at and updated_source stay.
  bool touches_values = true;
  // True where scores or the active framework change: also scoring_updated_at and scoring_updated_source.
  bool touches_scores = false;
};

// Changed values of a math model; the model is made where there is none.
struct MathModelChange {
  std::string initiative_key;
  std::vector<std::pair<FieldId, Cell>> values;
  UtcTime updated_at{};
  std::string updated_source;
};

// Changed values of a parameter; the parameter is made where there is none.
struct ParamChange {
  ParamKey key;
  std::vector<std::pair<FieldId, Cell>> values;
  UtcTime updated_at{};
  std::string updated_source;
};

// Replaces the named cells of a row's base; others stay.
struct BaseChange {
  TabAddress tab;
  std::string key;
  int row = 0;
  std::vector<std::pair<FieldId, BaseCell>> cells;
};

// All that one plan stores: applied in one transaction, or not at all.
struct StoreChanges {
  std::vector<InitiativeRecord> new_initiatives;
  std::vector<InitiativeChange> changed_initiatives;
  std::vector<MathModelChange> math_models;
  std::vector<ParamChange> params;
  std::vector<ParamKey> dropped_params;  // deleted, before `params` are put
  std::vector<ScoreRecord> scores;       // added to the history
  std::vector<BaseChange> bases;
  std::vector<PendingKeyWrite> pending_keys;    // added, or put in the place of the same key's older one
  std::vector<std::string> confirmed_keys;      // their pending writes are done
  std::optional<std::int64_t> next_key_number;  // the counter's new value; never lowered
  std::vector<WriteIntent> intents;             // about to be written; one a spreadsheet
  std::vector<std::int64_t> seen_key_numbers;   // stand in a sheet and are nobody's: never issued
  bool empty() const;
  // Appends what `more` changes; its counter takes the place of ours where it has one.
  void add(StoreChanges more);
  // Takes out all that concerns these initiatives: a row that failed stores nothing, on no tab.
  void drop(const std::set<std::string>& initiative_keys);
};

// What a commit asks first and tells afterwards. A run must not commit once it was told to stop, and must not
// be stopped once it has committed: a commit without a gate cannot be written.
class CommitGate {
 public:
  virtual ~CommitGate() = default;
  virtual void about_to_commit() = 0;  // may throw: then nothing is stored
  virtual void committed() = 0;
};

// What is known once a write was looked at.
struct IntentOutcome {
  // Cells of one tab: fields, by their row's key.
  struct Cells {
    TabAddress tab;
    std::map<std::string, std::set<FieldId>> fields;
  };
  std::vector<Cells> standing;   // were written and looked at: their pending values become their bases
  std::vector<Cells> unapplied;  // were certainly never written: their pending values are forgotten
  std::vector<std::string> standing_keys;  // keys that stand in intake: their pending writes are done
  // Cells that were left as they are since it is not certain what belongs there: of a row's key, what they
  // show. Of the Backlog and Scoring_Inputs: other tabs have no bases by key that say whose value a cell is.
  struct Undecided {
    TabAddress tab;
    std::string key;
    FieldId field;
    Cell shown;
  };
  std::vector<Undecided> undecided;
  std::optional<WriteIntent> next;  // what puts the rest right takes the place of the intent
  std::vector<std::string> news;    // sentences that a run on that spreadsheet has to tell: see take_news
};

// What a dry run counts as stored without storing it: a plan's changes, and what they write as standing in
// the sheets; or what became of a write that another run left open.
struct EndedIntent {
  std::string spreadsheet_id;
  IntentOutcome outcome;
};
using Assumed = std::variant<StoreChanges, EndedIntent>;

// The planning lock and what may be done under it. Movable; the lock ends with the object, on the thread that
// took it. Never hold one across a call to Google: other runs wait for it. Functions throw StorageError.
class Planning {
 public:
  // `assumed`: what counts as stored already, one after the other; nullptr: nothing.
  // `version`: of the initiatives, which a commit moves on.
  Planning(std::unique_lock<std::mutex> lock, Database& database, std::uint64_t& version,
           const std::vector<Assumed>* assumed = nullptr);

  std::vector<InitiativeRecord> initiatives() const;  // by key
  // While it stays, initiatives() stays, but for what is assumed. Of this process.
  std::uint64_t initiatives_version() const { return *initiatives_version_; }
  std::vector<MathModelRecord> math_models(const std::vector<std::string>& keys) const;  // in their order
  std::vector<ParamRecord> params(const std::vector<std::string>& keys) const;
  // The newest computation of each framework.
  std::vector<ScoreRecord> current_scores(const std::vector<std::string>& keys) const;
  std::map<std::string, RowBase> bases(const TabAddress& tab) const;
  // Of the rows alone in which a team's value is kept out (BaseCell::kept).
  std::map<std::string, RowBase> bases_with_kept(const TabAddress& tab) const;
  std::vector<PendingKeyWrite> pending_keys() const;  // oldest first
  std::int64_t next_key_number() const;
  std::set<std::int64_t> seen_key_numbers() const;
  // The keys of which any of these tabs ever showed a row.
  std::set<std::string> keys_shown_on(const std::vector<TabAddress>& tabs) const;

  // Applies the changes in one IMMEDIATE transaction and makes them durable; without changes it does nothing.
  // On failure nothing is changed: StorageError, std::logic_error for a value that is not of its field's
  // type, or what the gate throws.
  void commit(const StoreChanges& changes, CommitGate& gate);

 private:
  template <typename Work>
  auto ask(const Work& work) const;  // what `work` returns of the database, with all that is assumed

  std::unique_lock<std::mutex> lock_;
  Database* database_;
  std::uint64_t* initiatives_version_;
  const std::vector<Assumed>* assumed_;
};

// The product's stored state beside the ledger: initiatives, bases, pending keys, counters. Thread-safe.
// Functions throw StorageError.
class Store {
 public:
  explicit Store(Database& database);  // the database outlives the store

  // Waits for the process-wide planning lock. `assumed` outlives the planning.
  Planning begin_planning(const std::vector<Assumed>* assumed = nullptr);

  // What is about to be written to that spreadsheet, or was and nobody knows what became of it.
  std::optional<WriteIntent> open_intent(const std::string& spreadsheet_id);
  // Takes the place of the open intent of its spreadsheet: the write goes without its marker, Google refused
  // rows, or nothing could be told. Waits for the planning lock, as end_intent does.
  void amend_intent(const WriteIntent& intent);
  // Ends an intent in one transaction. Waits for the planning lock: never call it while this thread holds a
  // Planning.
  void end_intent(const std::string& spreadsheet_id, const IntentOutcome& outcome);
  // What settling writes of these spreadsheets found and no stored result has told yet, oldest first, at most
  // kMaxNewsAtOnce. Once the ledger has that run's success on disk they count as told; until then another run
  // is given them too. Without a `run_id` they are only looked at.
  std::vector<std::string> take_news(const std::set<std::string>& spreadsheet_ids, const std::string& run_id);

  // For readers (HTTP): through a read-only connection, without the planning lock. `limit`: at least 1, at
  // most kMaxInitiativePage.
  struct InitiativePage {
    std::vector<InitiativeRecord> initiatives;
    std::string next_after;  // the key to pass as `after` for the next page; empty: this was the last
  };
  InitiativePage list_initiatives(const std::string& after, int limit) const;
  std::optional<InitiativeRecord> find_initiative(const std::string& key) const;

  // What explains an initiative's scores, read at one moment.
  struct Scoring {
    std::vector<MathModelRecord> models;
    std::vector<ParamRecord> params;
    std::vector<ScoreRecord> current;
  };
  Scoring scoring_of(const std::vector<std::string>& keys) const;
  // Newest first, at most kMaxScoreHistory.
  std::vector<ScoreRecord> score_history(const std::string& key) const;

 private:
  Database* database_;
  std::mutex planning_;
  std::uint64_t initiatives_version_ = 0;  // behind planning_
};

inline constexpr int kMaxInitiativePage = 500;
inline constexpr int kMaxScoreHistory = 300;
inline constexpr int kMaxNewsAtOnce = 1000;

}  // namespace roadmap
