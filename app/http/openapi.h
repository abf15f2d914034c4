#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "core/actions/action_registry.h"

namespace roadmap::app {

// The OpenAPI 3.1 document as JSON text: the file openapi.json, with the paths from the table of routes, and
// actions, their options and the fields of initiatives from their registries.
std::string openapi_document();

// The JSON schema of an option's values, its default included.
nlohmann::ordered_json option_schema(const OptionSpec& option);

}  // namespace roadmap::app
