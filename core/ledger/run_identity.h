#pragma once

#include <string>

namespace roadmap {

// SHA-256 of the canonical JSON, in hexadecimal: equal for requests that mean the same, `requested_by`
// included.
std::string request_hash(const std::string& canonical_json);

}  // namespace roadmap
