#include "core/store/cell_text.h"

#include <rapidcheck.h>

#include <catch2/catch.hpp>

#include "core/errors.h"
#include "core/fields/registry.h"

namespace roadmap {
namespace {

rc::Gen<Cell> any_cell() {
  return rc::gen::oneOf(
      rc::gen::just(Cell()), rc::gen::map(rc::gen::arbitrary<bool>(), [](bool b) { return Cell(b); }),
      rc::gen::map(rc::gen::arbitrary<double>(), [](double d) { return Cell(d); }),
      rc::gen::map(rc::gen::arbitrary<std::string>(), [](std::string s) { return Cell(std::move(s)); }),
      rc::gen::map(rc::gen::container<std::string>(rc::gen::elementOf(std::string("\t\n\\tn=-#'TF"))),
                   [](std::string s) { return Cell(std::move(s)); }));
}

BaseCell any_base() {
  BaseCell base;
  base.sheet = *any_cell();
  base.stored = *rc::gen::arbitrary<bool>() ? base.sheet : *any_cell();
  if (*rc::gen::arbitrary<bool>()) base.pending = *any_cell();
  base.kept = !base.pending && *rc::gen::arbitrary<bool>();
  if (!base.pending && !base.kept && *rc::gen::arbitrary<bool>()) base.undecided = *any_cell();
  return base;
}

TEST_CASE("bases come back as they were stored, whatever the cells hold") {
  CHECK(rc::check("round trip", [] {
    BaseCells cells;
    const int count = *rc::gen::inRange(0, 8);
    for (int i = 0; i < count; ++i) {
      const auto index = *rc::gen::inRange<std::size_t>(0, all_fields().size());
      cells.insert_or_assign(FieldId(static_cast<std::uint16_t>(index)), any_base());
    }
    RC_ASSERT(from_base_text(to_base_text(cells)) == cells);
  }));
}

TEST_CASE("a cell that people left alone is stored once") {
  const FieldId title = fields::title();
  CHECK(to_base_text({{title, {Cell("Pay"), Cell("Pay"), std::nullopt}}}) == "i:title\t'Pay\n");
  CHECK(to_base_text({{title, {Cell("Pay"), Cell("Pay"), Cell("Paid")}}}) == "i:title\t'Pay\t=\t'Paid\n");
  CHECK(to_base_text({{title, {Cell("Pay"), Cell(), std::nullopt}}}) == "i:title\t'Pay\t-\n");
  CHECK(to_base_text({{title, {Cell("Pay"), Cell("Pay"), std::nullopt, true}}}) == "i:title\t'Pay\t=\t!\n");
}

TEST_CASE("fields are told apart by table and name, not by their place in the registry") {
  const auto cells = from_base_text("m:llm_notes\t'model\ni:llm_notes\t'backlog\n");
  REQUIRE(cells.size() == 2);
  CHECK(cells.at(field_id(Table::kMathModels, "llm_notes")).sheet == Cell("model"));
  CHECK(cells.at(field_id(Table::kInitiatives, "llm_notes")).sheet == Cell("backlog"));
}

TEST_CASE("a field that the registry no longer has is ignored") {
  const auto cells = from_base_text("i:gone\t'x\t'y\t#1\ni:title\t'Pay\n");
  REQUIRE(cells.size() == 1);
  CHECK(cells.at(fields::title()).stored == Cell("Pay"));
}

TEST_CASE("a damaged text is an error and no guess") {
  CHECK_THROWS_AS(from_base_text("i:title\n"), StorageError);
  CHECK_THROWS_AS(from_base_text("i:title\tPay\n"), StorageError);
  CHECK_THROWS_AS(from_base_text("i:rice_reach\t#12x\n"), StorageError);
}

}  // namespace
}  // namespace roadmap
