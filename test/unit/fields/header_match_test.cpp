#include "core/fields/header_match.h"

#include <catch2/catch.hpp>

#include "core/fields/registry.h"

using namespace roadmap;

TEST_CASE("spellings of one header have one normal form") {
  CHECK(normalise_header(" RICE: Reach ") == "rice_reach");
  CHECK(normalise_header("rice_reach") == "rice_reach");
  CHECK(normalise_header("Rice - Reach") == "rice_reach");
  CHECK(normalise_header("__Rice::  Reach--") == "rice_reach");
  CHECK(normalise_header("RICE:\xC2\xA0Reach\xC2\xA0-") == "rice_reach");  // no-break spaces, as pasted
  CHECK(normalise_header("") == "");
}

TEST_CASE("every header and alias of every tab finds its field") {
  for (int t = 0; t < kTabCount; ++t) {
    const auto tab = static_cast<Tab>(t);
    for (const FieldId id : fields_on(tab)) {
      const TabColumn& column = *field(id).on(tab);
      INFO(tab_name(tab) << " " << column.header);
      CHECK(match_headers(tab, {Cell(std::string(column.header))}).column_of(id) == 0);
      for (const std::string_view alias : column.aliases) {
        if (!alias.empty()) CHECK(match_headers(tab, {Cell(std::string(alias))}).column_of(id) == 0);
      }
    }
  }
}

TEST_CASE("Status is the lifecycle on the Backlog and the run's outcome on Scoring_Inputs") {
  const ColumnMap backlog = match_headers(Tab::kBacklog, {Cell("Status"), Cell("Sync Status")});
  CHECK(backlog.column_of(fields::status()) == 0);
  CHECK(backlog.column_of(fields::run_status()) == 1);
  const ColumnMap scoring = match_headers(Tab::kScoringInputs, {Cell("Status")});
  CHECK(scoring.column_of(fields::run_status()) == 0);
  CHECK_FALSE(scoring.column_of(fields::status()));
}

TEST_CASE("the first of two columns for one field counts, with a warning that names both by letter") {
  const ColumnMap map = match_headers(Tab::kBacklog, {Cell("Title"), Cell("Notes of mine"), Cell("TITLE")});
  CHECK(map.column_of(fields::title()) == 0);
  CHECK(map.columns.size() == 1);
  CHECK(map.warnings == std::vector<std::string>{"columns A and C are both Title: A counts"});
}

TEST_CASE("a field's own header beats an alias, wherever the two stand") {
  const ColumnMap map = match_headers(Tab::kIntake, {Cell("Key"), Cell("Title"), Cell("initiative-key")});
  CHECK(map.column_of(fields::key()) == 2);
  CHECK(map.warnings == std::vector<std::string>{"columns A and C are both Initiative Key: C counts"});
  CHECK(match_headers(Tab::kIntake, {Cell("Key"), Cell("Title")}).column_of(fields::key()) == 0);
  std::vector<Cell> wide(30);
  wide[27] = Cell("Initiative Key");
  wide[3] = Cell("key");
  CHECK(match_headers(Tab::kIntake, wide).warnings ==
        std::vector<std::string>{"columns D and AB are both Initiative Key: AB counts"});
}

TEST_CASE("unknown and blank headers match nothing") {
  CHECK(match_headers(Tab::kBacklog, {Cell("PM Notes"), Cell{}, Cell(""), Cell(4.0)}).columns.empty());
}
