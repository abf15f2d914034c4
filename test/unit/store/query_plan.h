#pragma once

#include <string>
#include <vector>

#include "core/store/sql.h"

namespace roadmap::test {

// How SQLite means to carry out a statement, a line a step (https://sqlite.org/eqp.html).
inline std::vector<std::string> plan_of(SqlConnection& database, const std::string& statement) {
  std::vector<std::string> lines;
  SqlStatement explain = database.prepare("EXPLAIN QUERY PLAN " + statement);
  while (explain.step())
    lines.push_back(explain.text(3));
  return lines;
}

inline bool begins(const std::string& text, const std::string& with) {
  return text.substr(0, with.size()) == with;
}

}  // namespace roadmap::test
