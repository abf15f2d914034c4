#pragma once

#include <span>
#include <string_view>
#include <variant>

#include "core/actions/action_registry.h"
#include "core/actions/action_request.h"

namespace roadmap {

// parse_action_request for another set of actions than the program's.
std::variant<ActionRequest, RequestProblems> parse_action_request(std::string_view body,
                                                                  std::span<const ActionSpec> actions);

}  // namespace roadmap
