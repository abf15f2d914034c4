#pragma once

#include <string>

namespace roadmap::app {

// The OpenAPI 3.1 document as JSON text, made from the table of routes and the registry of actions.
std::string openapi_document();

}  // namespace roadmap::app
