#pragma once

#include <nlohmann/json_fwd.hpp>

#include "core/actions/action_registry.h"
#include "core/fields/field.h"
#include "core/store/records.h"

namespace roadmap::app {

// An action as GET /actions lists it.
nlohmann::ordered_json action_json(const ActionSpec& action);

// A field as GET /fields lists it, with its header on each tab.
nlohmann::ordered_json field_json(const Field& field);

// A stored initiative with all its fields by their canonical names; null where there is no value.
nlohmann::ordered_json initiative_json(const InitiativeRecord& initiative);

}  // namespace roadmap::app
