#pragma once

#include <string>
#include <vector>

#include "core/store/records.h"
#include "core/store/sql.h"

namespace roadmap {

// The table `initiative_scores`: rows are only ever added.

void append_score(SqlConnection& database, const ScoreRecord& record);

// The newest of each framework, in the order of the keys, then RICE, WSJF, MATH_MODEL.
std::vector<ScoreRecord> select_current_scores(SqlConnection& database,
                                               const std::vector<std::string>& initiative_keys);
// All of one initiative, newest first, at most `limit`.
std::vector<ScoreRecord> select_score_history(SqlConnection& database, const std::string& initiative_key,
                                              int limit);

}  // namespace roadmap
