#pragma once

#include <nlohmann/json_fwd.hpp>

#include "core/actions/action_registry.h"

namespace roadmap::app {

// The component schemas of the OpenAPI document, by name.
nlohmann::ordered_json openapi_schemas();

// A request that the action accepts as it stands.
nlohmann::ordered_json example_request(const ActionSpec& action);

}  // namespace roadmap::app
