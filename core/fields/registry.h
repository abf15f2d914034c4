#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "core/fields/field.h"

namespace roadmap {

// Every field. Schema, readers, writers, set-up, protection and the reference of columns are derived from it;
// in which order new tabs have them is columns_of_new_tab's. What a new one touches: ARCHITECTURE.md, "Adding
// things".
std::span<const Field> all_fields();

const Field& field(FieldId id);

// The field of that canonical name in that table. Throws std::logic_error for a name that does not exist:
// names in code are constants.
FieldId field_id(Table table, std::string_view name);
std::optional<FieldId> find_field(Table table, std::string_view name);

// The fields with a column on that tab, in registry order.
const std::vector<FieldId>& fields_on(Tab tab);

// The fields that have a column in that database table, in registry order.
const std::vector<FieldId>& fields_of(Table table);

// A field's position in fields_of(its table); what record values are indexed by.
std::size_t slot(FieldId id);

// The owner of the field's column on that tab. The field must have one there.
Owner owner_on(FieldId id, Tab tab);

std::string_view tab_name(Tab tab);  // "Backlog": for messages and the reference

// Fields that rules speak of by name.
namespace fields {
FieldId key();  // initiative_key, on every tab
FieldId title();
FieldId requesting_team();
FieldId requester_email();
FieldId status();  // lifecycle: new, withdrawn, or what the PM made of it
FieldId active_framework();
FieldId value_score();  // the active three
FieldId effort_score();
FieldId overall_score();
FieldId use_math_model();
FieldId effort_engineering_days();
FieldId model_name();  // of a math model
FieldId formula_text();
FieldId approved_by_user();
FieldId suggested_formula();
FieldId param_framework();  // of a parameter
FieldId param_name();
FieldId param_value();
FieldId param_min();
FieldId param_max();
FieldId param_approved();
FieldId run_status();  // the outcome column of a tab: Status, or Last Run Status on the Backlog
FieldId updated_at();
FieldId updated_source();
}  // namespace fields

}  // namespace roadmap
