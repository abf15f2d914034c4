#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace sheets {

// Column letters: 0 is "A", 26 is "AA" (Google's A1 notation).
std::string column_letters(int column);
// The inverse, either case; nullopt for anything but letters, or beyond "ZZZ".
std::optional<int> column_from_letters(std::string_view letters);

// A tab title as A1 notation wants it: bare where Google writes it bare, else in single quotes with quotes
// doubled.
std::string quote_tab(std::string_view title);

}  // namespace sheets
