#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/fields/cell.h"

namespace roadmap::app {

// One row of an intake tab as its team typed it: cells by the canonical names of their fields; what is not
// there is blank.
using DemoRow = std::map<std::string, Cell, std::less<>>;

// The files of app/demo/data, embedded in the executable, in the order of the sheet.
std::string_view marketing_emea_file();
std::string_view sales_emea_file();
std::string_view growth_apac_file();   // deadlines are typed day first, as in Singapore
std::string_view fresh_wishes_file();  // each row also names its "tab"

// Reads such a file: an array of objects whose members are texts, numbers, true or false. Throws
// std::logic_error that names row and member where the file is anything else: it is part of the program.
std::vector<DemoRow> read_demo_rows(std::string_view file);

}  // namespace roadmap::app
