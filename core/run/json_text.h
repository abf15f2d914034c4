#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

#include "core/fields/cell.h"

namespace roadmap {

// How deep a JSON document of a client may nest. What is deeper is refused before it is parsed.
inline constexpr int kMaxJsonDepth = 32;

// What keeps a text from being taken as a JSON document: nested too deeply, a member given twice, or bad
// syntax with line and column. Empty when it is fine.
std::string json_trouble(std::string_view text);

// A cell's value; null for an empty one. Whole numbers are written as such: a sheet knows one kind of number,
// and people expect 3, not 3.0.
nlohmann::ordered_json cell_to_json(const Cell& cell);

}  // namespace roadmap
