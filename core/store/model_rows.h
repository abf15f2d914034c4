#pragma once

#include <string>
#include <vector>

#include "core/store/records.h"
#include "core/store/sql.h"

namespace roadmap {

struct MathModelChange;
struct ParamChange;

// The tables `math_models` and `params`. Their columns of fields come from the registry. Functions that write
// throw std::logic_error for a value that is not of its field's type, and StorageError for an initiative that
// is not stored.

std::vector<MathModelRecord> select_math_models(SqlConnection& database,
                                                const std::vector<std::string>& initiative_keys);
// In the order of the keys, then by framework and name.
std::vector<ParamRecord> select_params(SqlConnection& database,
                                       const std::vector<std::string>& initiative_keys);

// Both change the named values of a row and make the row where there is none.
void put_math_model(SqlConnection& database, const MathModelChange& change);
void put_param(SqlConnection& database, const ParamChange& change);
void delete_param(SqlConnection& database, const ParamKey& key);

}  // namespace roadmap
