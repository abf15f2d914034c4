#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/store/sql.h"
#include "core/store/store.h"

namespace roadmap {

// The tables `sheet_rows`, `pending_key_writes`, `write_intents` and `untold_news`: what is remembered of
// sheets.

// `with`: only rows whose cells' text (row_base_text.h) holds it.
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
