#include "core/store/records.h"

#include <catch2/catch.hpp>

#include "core/fields/registry.h"

namespace roadmap {
namespace {

TEST_CASE("keys are numbered with six digits and get longer, up to nine") {
  CHECK(parse_initiative_key("INIT-999999999") == kLastKeyNumber);
  CHECK(format_initiative_key(42) == "INIT-000042");
  CHECK(format_initiative_key(1234567) == "INIT-1234567");
  CHECK(parse_initiative_key("INIT-000042") == 42);
  CHECK(parse_initiative_key("INIT-1234567") == 1234567);
}

TEST_CASE("only what a key can be is one") {
  for (const char* text :
       {"", "INIT-", "INIT-42", "INIT-00042", "init-000042", "INIT-000042 ", " INIT-000042", "INIT-00004a",
        "INIT-0000042", "INIT-000000", "INIT--00042", "INIT-+00042", "INIT-1000000000",
        "INIT-9223372036854775806", "INIT-99999999999999999999", "000042"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_initiative_key(text));
  }
}

TEST_CASE("a new record has every value, all empty") {
  InitiativeRecord record = make_initiative("INIT-000001");
  CHECK(record.values.cells().size() == fields_of(Table::kInitiatives).size());
  CHECK(record.value(fields::title()) == Cell());
  record.set(fields::title(), std::string("Payments"));
  CHECK(record.value(fields::title()) == Cell("Payments"));
}

TEST_CASE("a field of another table is no value of an initiative") {
  const InitiativeRecord record = make_initiative("INIT-000001");
  CHECK_THROWS_AS(record.value(fields::updated_at()), std::logic_error);
  CHECK_THROWS_AS(record.value(field_id(Table::kParams, "unit")), std::logic_error);
}

}  // namespace
}  // namespace roadmap
