#include "core/fields/registry.h"

#include <catch2/catch.hpp>
#include <set>

#include "core/fields/header_match.h"

using namespace roadmap;

TEST_CASE("no two fields of a tab can be meant by one header") {
  for (int t = 0; t < kTabCount; ++t) {
    const auto tab = static_cast<Tab>(t);
    std::set<std::string> headers;
    for (const FieldId id : fields_on(tab)) {
      const TabColumn& column = *field(id).on(tab);
      INFO(tab_name(tab) << " " << column.header);
      CHECK(headers.insert(normalise_header(column.header)).second);
      for (const std::string_view alias : column.aliases) {
        if (!alias.empty()) CHECK(headers.insert(normalise_header(alias)).second);
      }
    }
  }
}

TEST_CASE("every tab has its key column and every tab that runs write to has its outcome column") {
  for (int t = 0; t < kTabCount; ++t) {
    CHECK(field(fields::key()).on(static_cast<Tab>(t)) != nullptr);
    if (static_cast<Tab>(t) != Tab::kIntake)
      CHECK(field(fields::run_status()).on(static_cast<Tab>(t)) != nullptr);
  }
}

TEST_CASE("slots number the fields of a table without gaps") {
  for (const Table table : {Table::kInitiatives, Table::kMathModels, Table::kParams}) {
    const auto& ids = fields_of(table);
    for (std::size_t i = 0; i < ids.size(); ++i)
      CHECK(slot(ids[i]) == i);
  }
}

TEST_CASE("the system never owns what a team types, and every field says what it means") {
  for (const Field& entry : all_fields()) {
    INFO(entry.name);
    CHECK_FALSE(entry.note.empty());
    const TabColumn* intake = entry.on(Tab::kIntake);
    if (intake != nullptr)
      CHECK(intake->owner == (entry.name == "initiative_key" ? Owner::kSystem : Owner::kTeam));
  }
}

TEST_CASE("a name that is no field is a mistake in the program") {
  CHECK_THROWS_AS(field_id(Table::kInitiatives, "no_such_field"), std::logic_error);
  CHECK_FALSE(find_field(Table::kParams, "title"));
}
