#pragma once

#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "core/actions/action_registry.h"
#include "core/run/action_request.h"

namespace roadmap {

// Reads and checks a request body: known action and members, right types, scope and options that the action
// takes, at most 32 levels of nesting. All problems are reported at once.
std::variant<ActionRequest, RequestProblems> parse_action_request(
    std::string_view body, std::span<const ActionSpec> actions = all_actions());

// The canonical JSON of a request: members in fixed order, defaults written out. Two requests that mean the
// same give the same text, which the ledger stores and hashes. parse_action_request reads it back.
std::string to_canonical_json(const ActionRequest& request);

}  // namespace roadmap
