#pragma once

#include <string>
#include <string_view>

#include "core/store/records.h"

namespace roadmap {

// How cells stand in texts that the database keeps: one that holds neither tab nor line break, by whose first
// character its kind is told ('-' empty, 'T', 'F', '#' number, '\'' text).
void append_cell(std::string& out, const Cell& cell);
Cell read_cell(std::string_view part);  // throws StorageError

// Tabs, line breaks and backslashes escaped, so that a text is one part of a line.
void append_escaped(std::string& out, std::string_view text);
std::string unescaped(std::string_view text);

// How the bases of one row are stored: one text, one line per field, parts separated by tabs:
//   i:title<TAB>'Payments<TAB>=<TAB>'Pay
// first letter of the table ("s": in sheets only) and field name, what the sheet showed, what was stored
// ("=": the same), what is pending. The last two are left out where they say nothing new. "!" in the place of
// what is pending: the team's value was not taken over; "?" and a cell: nobody is known to have typed what
// the sheet shows. Fields are named, so that a changed registry does not shift them; lines of unknown fields
// are ignored.
std::string to_base_text(const BaseCells& cells);
// Stands in the text of a row in which a team's value was not taken over, and in no other.
inline constexpr const char* kKeptCellText = "\t!\n";

// Throws StorageError for a text that to_base_text did not write.
BaseCells from_base_text(std::string_view text);

}  // namespace roadmap
