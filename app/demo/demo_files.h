#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/fields/cell.h"

namespace roadmap::app {

// One row of a tab as people typed it: cells by the canonical names of their fields, or by the header of a
// column that people added; what is not there is blank. The example assistant's tables have members of their
// own, which are all there.
using DemoRow = std::map<std::string, Cell, std::less<>>;

// The files of app/demo/data, embedded in the executable, in the order of the sheet.
std::string_view marketing_emea_file();
std::string_view sales_emea_file();
std::string_view growth_apac_file();   // deadlines are typed day first, as in Singapore
std::string_view fresh_wishes_file();  // each row also names its "tab"
std::string_view backlog_file();       // what the PMs keep beside what the teams told; sorted by quarter
std::string_view scoring_inputs_file();
std::string_view math_models_file();
std::string_view params_file();
std::string_view example_formulas_file();  // the first whose "word" is spoken of; the last has none
std::string_view example_parameters_file();

// Reads such a file: an array of objects whose members are texts, numbers, true or false. Throws
// std::logic_error that names row and member where the file is anything else: it is part of the program.
std::vector<DemoRow> read_demo_rows(std::string_view file);

}  // namespace roadmap::app
