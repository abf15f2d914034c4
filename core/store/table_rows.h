#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/store/sql.h"
#include "core/store/store.h"

namespace roadmap {

// The store's tables.

// --- `initiatives`, `math_models` and `params`, whose columns of fields come from the registry
// Functions that write throw std::logic_error for a value that is not of its field's type, and StorageError
// for a key that is taken (insert) or not there (update, models, parameters).

// The rows of the SELECT over all columns that ends in `tail` ("WHERE … ORDER BY …"), with its parameters
// bound in order.
std::vector<InitiativeRecord> select_initiatives(SqlConnection& database, const std::string& tail,
                                                 const std::vector<Cell>& parameters);
void insert_initiative(SqlConnection& database, const InitiativeRecord& record);
void update_initiative(SqlConnection& database, const InitiativeChange& change);

// In the order of the keys; parameters of one key by framework and name.
std::vector<MathModelRecord> select_math_models(SqlConnection& database,
                                                const std::vector<std::string>& initiative_keys);
std::vector<ParamRecord> select_params(SqlConnection& database,
                                       const std::vector<std::string>& initiative_keys);
// Both change the named values of a row and make the row where there is none.
void put_math_model(SqlConnection& database, const MathModelChange& change);
void put_param(SqlConnection& database, const ParamChange& change);
void delete_param(SqlConnection& database, const ParamKey& key);

// --- `initiative_scores`: rows are only ever added
void append_score(SqlConnection& database, const ScoreRecord& record);
// The newest of each framework, in the order of the keys, then RICE, WSJF, MATH_MODEL.
std::vector<ScoreRecord> select_current_scores(SqlConnection& database,
                                               const std::vector<std::string>& initiative_keys);
// All of one initiative, newest first, at most `limit`.
std::vector<ScoreRecord> select_score_history(SqlConnection& database, const std::string& initiative_key,
                                              int limit);

// --- `sheet_rows`, `pending_key_writes`, `write_intents` and `untold_news`: what is remembered of sheets
// `with`: only rows whose cells' text (cell_text.h) holds it.
std::map<std::string, RowBase> read_bases(SqlConnection& database, const TabAddress& tab,
                                          const char* with = "");
std::vector<std::string> read_base_keys(SqlConnection& database, const TabAddress& tab);
// Replaces the named cells of that row's base; makes the row where there is none.
void apply_base_change(SqlConnection& database, const BaseChange& change);
// The pending values of these cells are known to stand in the sheet, or to have stood there.
void confirm_base(SqlConnection& database, const TabAddress& tab, const std::string& key,
                  const std::set<FieldId>& fields);
// They are known not to have been written.
void forget_pending(SqlConnection& database, const TabAddress& tab, const std::string& key,
                    const std::set<FieldId>& fields);
// That cell shows a value which nobody is known to have typed.
void leave_undecided(SqlConnection& database, const TabAddress& tab, const std::string& key, FieldId field,
                     const Cell& shown);

std::vector<PendingKeyWrite> read_pending_keys(SqlConnection& database);  // oldest first
// Takes the place of an older pending write of the same key.
void put_pending_key(SqlConnection& database, const PendingKeyWrite& pending);
void delete_pending_key(SqlConnection& database, const std::string& key);

std::optional<WriteIntent> read_open_intent(SqlConnection& database, const std::string& spreadsheet_id);
void put_intent(SqlConnection& database, const WriteIntent& intent);  // in the place of an older one
void delete_intent(SqlConnection& database, const std::string& spreadsheet_id);

void put_news(SqlConnection& database, const std::string& spreadsheet_id, const std::string& sentence);
// Marks the oldest sentences of these spreadsheets, at most `limit`, as told by that run's success.
std::vector<std::string> news_told_by(SqlConnection& database, const std::set<std::string>& spreadsheet_ids,
                                      const std::string& run_id, int limit);

}  // namespace roadmap
