#pragma once

#include <string>
#include <string_view>

#include "core/fields/cell.h"

namespace roadmap {

// How cells stand in texts that the database keeps: one that holds neither tab nor line break, by whose first
// character its kind is told ('-' empty, 'T', 'F', '#' number, '\'' text).
void append_cell(std::string& out, const Cell& cell);
Cell read_cell(std::string_view part);  // throws StorageError

// Tabs, line breaks and backslashes escaped, so that a text is one part of a line.
void append_escaped(std::string& out, std::string_view text);
std::string unescaped(std::string_view text);

}  // namespace roadmap
