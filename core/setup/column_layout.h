#pragma once

#include <vector>

#include "core/fields/field.h"

namespace roadmap {

// How the cells of a new tab's column look: typed ones are tinted apart from written ones.
enum class ColumnLook : std::uint8_t {
  kTyped,
  kWritten,
  kScore,      // written, shown with two decimals
  kRunStatus,  // written, coloured by how it begins: OK, SKIPPED or FAILED
};

// The fields of a tab in the order in which a new tab gets their columns: the key, what names the row, how
// the last run went, what is decided, what is typed, then the rest. Each field of fields_on(tab) once.
const std::vector<FieldId>& columns_of_new_tab(Tab tab);

// The field must have a column on that tab.
ColumnLook look_of(FieldId id, Tab tab);

// The width that a new column gets, in pixels.
int pixels_of(FieldId id, Tab tab);

// Whether the column stays in view while people scroll to the right: the key, and what names the row.
bool stays_in_view(FieldId id, Tab tab);

}  // namespace roadmap
