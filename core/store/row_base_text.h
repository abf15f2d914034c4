#pragma once

#include <string>
#include <string_view>

#include "core/store/records.h"

namespace roadmap {

// How the bases of one row are stored: one text, one line per field, parts separated by tabs:
//   i:title<TAB>'Payments<TAB>=<TAB>'Pay
// table letter and field name, what the sheet showed, what was stored ("=": the same), what is pending. The
// last two are left out where they say nothing new. A cell is "-" (empty), "T", "F", "#1.5" or "'text"; "!"
// in the place of what is pending: the team's value was not taken over; "?" and a cell: nobody is known to
// have typed what the sheet shows. Fields are named, so that a changed
// registry does not shift them; lines of unknown fields are ignored.
std::string to_base_text(const BaseCells& cells);
// Stands in the text of a row in which a team's value was not taken over, and in no other.
inline constexpr const char* kKeptCellText = "\t!\n";

// Throws StorageError for a text that to_base_text did not write.
BaseCells from_base_text(std::string_view text);

}  // namespace roadmap
