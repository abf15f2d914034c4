#pragma once

#include <functional>
#include <string>

#include "core/store/records.h"
#include "core/store/sql.h"

namespace roadmap {

struct InitiativeChange;

// The table `initiatives`, whose columns of fields come from the registry.

// Calls `take` for each row of the SELECT over all columns that ends in `tail` ("WHERE … ORDER BY …"), with
// with its parameters bound in order.
void select_initiatives(SqlConnection& database, const std::string& tail, const std::vector<Cell>& parameters,
                        const std::function<void(InitiativeRecord)>& take);

// Both throw std::logic_error for a value that is not of its field's type, and StorageError for a key that is
// taken (insert) or not there (update).
void insert_initiative(SqlConnection& database, const InitiativeRecord& record);
void update_initiative(SqlConnection& database, const InitiativeChange& change);

}  // namespace roadmap
