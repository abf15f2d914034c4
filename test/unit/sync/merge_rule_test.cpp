#include "core/sync/merge_rule.h"

#include <rapidcheck.h>

#include <catch2/catch.hpp>

#include "core/fields/cell_value.h"

using namespace roadmap;

namespace {

constexpr FieldType kText = FieldType::kText;

Cell text(const char* value) { return Cell(std::string(value)); }

// Few different values, so that equal ones meet often.
Cell any_cell() {
  const int choice = *rc::gen::inRange(0, 4);
  return choice == 0 ? Cell{} : Cell(std::string(1, static_cast<char>('a' + choice)));
}

std::optional<BaseCell> any_base() {
  if (*rc::gen::inRange(0, 4) == 0) return std::nullopt;
  BaseCell base{any_cell(), any_cell(), std::nullopt};
  if (*rc::gen::arbitrary<bool>()) base.pending = any_cell();
  return base;
}

const BaseCell* pointer(const std::optional<BaseCell>& base) { return base ? &*base : nullptr; }

}  // namespace

TEST_CASE("an intake change is taken where nobody saved another value") {
  const BaseCell base{text("old"), text("old"), std::nullopt};
  const IntakeMerge merge = merge_intake(kText, text("new"), text("old"), &base);
  CHECK(merge.take);
  CHECK(merge.base == BaseCell{text("new"), text("new"), std::nullopt});
}

TEST_CASE("a PM's saved value holds against every later edit of the team, and each run says so") {
  const BaseCell base{text("old"), text("old"), std::nullopt};
  const IntakeMerge merge = merge_intake(kText, text("team"), text("pm"), &base);
  CHECK_FALSE(merge.take);
  CHECK(merge.kept_pm);
  REQUIRE(merge.base);
  const IntakeMerge again = merge_intake(kText, text("team"), text("pm"), &*merge.base);
  CHECK_FALSE(again.take);
  CHECK(again.kept_pm);
  CHECK_FALSE(again.base);
  const IntakeMerge second = merge_intake(kText, text("team again"), text("pm"), &*merge.base);
  CHECK_FALSE(second.take);
  CHECK(second.kept_pm);
}

TEST_CASE("where both say the same, the team's next edit is taken") {
  const BaseCell kept{text("team"), text("team"), std::nullopt, true};
  SECTION("the PM took the team's value over, and the team has edited since") {
    CHECK(merge_intake(kText, text("next"), text("team"), &kept).take);
  }
  SECTION("the team typed the PM's") {
    const IntakeMerge merge = merge_intake(kText, text("pm"), text("pm"), &kept);
    CHECK(merge.base == BaseCell{text("pm"), text("pm"), std::nullopt});
    CHECK(merge_intake(kText, text("next"), text("pm"), &*merge.base).take);
  }
}

TEST_CASE("an untouched cell of a PM takes what is new") {
  const BaseCell base{text("old"), text("old"), std::nullopt};
  const PmMerge merge = merge_pm(kText, text("old"), text("new"), &base);
  CHECK(merge.write);
  REQUIRE(merge.base);
  CHECK(merge.base->pending == text("new"));
}

TEST_CASE("an unsaved edit stays") {
  const BaseCell base{text("old"), text("old"), std::nullopt};
  const PmMerge merge = merge_pm(kText, text("typed"), text("new"), &base);
  CHECK_FALSE(merge.write);
  CHECK(merge.unsaved_edit);
}

TEST_CASE("what nobody is known to have typed stays, and a Save takes it only after it has said so") {
  BaseCell base{text("old"), text("old"), std::nullopt};
  base.undecided = text("astray");
  CHECK(merge_pm(kText, text("astray"), text("new"), &base).unsaved_edit);
  CHECK(merge_title(text("astray"), text("ours"), &base).write);
  const SaveMerge told = merge_save(kText, text("astray"), text("old"), &base);
  CHECK(told.undecided);
  CHECK_FALSE(told.take);
  CHECK_FALSE(told.write);
  REQUIRE(told.base);
  CHECK(merge_save(kText, text("astray"), text("old"), &*told.base).take);
  // A person corrected it.
  CHECK(merge_save(kText, text("typed"), text("old"), &base).take);
  CHECK(merge_save(kText, text("old"), text("old"), &base).base ==
        BaseCell{text("old"), text("old"), std::nullopt});
}

TEST_CASE("at first sight a blank cell or an unticked box is filled") {
  CHECK(merge_pm(kText, Cell{}, text("ours"), nullptr).write);
  CHECK(merge_pm(FieldType::kBool, Cell(false), Cell(true), nullptr).write);
  CHECK(merge_pm(FieldType::kBool, Cell(false), Cell(true), nullptr).base->pending == Cell(true));
  CHECK_FALSE(merge_save(kText, Cell{}, text("ours"), nullptr).take);
  CHECK(merge_save(kText, Cell{}, text("ours"), nullptr).write);
}

TEST_CASE("at first sight a value that differs is an unsaved edit: it stays one, and a Save takes it") {
  const PmMerge merge = merge_pm(kText, text("theirs"), text("ours"), nullptr);
  CHECK_FALSE(merge.write);
  CHECK(merge.unsaved_edit);
  REQUIRE(merge.base);
  CHECK(merge_pm(kText, text("theirs"), text("ours"), &*merge.base).unsaved_edit);
  CHECK(merge_pm(kText, Cell{}, text("ours"), &*merge.base)
            .unsaved_edit);  // cleared since: that is an edit, too
  CHECK(merge_save(kText, text("theirs"), text("ours"), &*merge.base).take);
  CHECK(merge_save(kText, text("theirs"), text("ours"), nullptr).take);
}

TEST_CASE("a crash between write and its note never makes our value look like an edit") {
  const BaseCell base{text("old"), text("old"), text("ours")};
  const PmMerge unchanged = merge_pm(kText, text("ours"), text("ours"), &base);
  CHECK_FALSE(unchanged.write);
  CHECK_FALSE(unchanged.unsaved_edit);
  const PmMerge newer = merge_pm(kText, text("ours"), text("newer"), &base);
  CHECK(newer.write);
  const PmMerge not_written = merge_pm(kText, text("old"), text("ours"), &base);
  CHECK(not_written.write);
}

TEST_CASE("a stale copy on one tab never undoes what was saved on another: it is refreshed") {
  const BaseCell base{text("old"), text("old"), std::nullopt};
  const SaveMerge merge = merge_save(kText, text("old"), text("saved elsewhere"), &base);
  CHECK_FALSE(merge.take);
  CHECK(merge.write);
  CHECK(merge.base->pending == text("saved elsewhere"));
}

TEST_CASE("a title is the system's where it is blank or shows what was written; a person's text stays") {
  CHECK(merge_title(Cell{}, text("ours"), nullptr).write);
  CHECK_FALSE(merge_title(text("typed"), text("ours"), nullptr).write);
  const BaseCell base{text("before"), text("before"), std::nullopt};
  CHECK(merge_title(text("before"), text("ours"), &base).write);
  CHECK(merge_title(Cell{}, text("ours"), &base).write);
  CHECK_FALSE(merge_title(text("typed"), text("ours"), &base).write);
  CHECK_FALSE(merge_title(text("ours"), text("ours"), &base).write);
}

TEST_CASE("property: planning a PM's cell again after its write changes nothing") {
  CHECK(rc::check("settled after one write", [] {
    const Cell shown = any_cell(), stored = any_cell();
    std::optional<BaseCell> base = any_base();
    const PmMerge first = merge_pm(kText, shown, stored, pointer(base));
    if (first.base) base = first.base;
    Cell shown_after = shown;
    if (first.write) {
      RC_ASSERT(base.has_value() && base->pending.has_value());
      shown_after = *base->pending;
      const bool confirmed = *rc::gen::arbitrary<bool>();  // or the process died before it was noted
      if (confirmed) base = BaseCell{*base->pending, *base->pending, std::nullopt};
    }
    const PmMerge second = merge_pm(kText, shown_after, stored, pointer(base));
    RC_ASSERT(!second.write);
    RC_ASSERT(second.unsaved_edit == first.unsaved_edit);
  }));
}

TEST_CASE("property: a cell is written only where it is blank or shows what we saw or wrote ourselves") {
  CHECK(rc::check("never over a person's value", [] {
    const Cell shown = any_cell(), stored = any_cell();
    const std::optional<BaseCell> base = any_base();
    const PmMerge merge = merge_pm(kText, shown, stored, pointer(base));
    if (!merge.write) return;
    const bool ours = base ? agrees_with_base(kText, shown, *base) : says_nothing(kText, shown);
    RC_ASSERT(ours);
    RC_ASSERT(!same_value(kText, shown, stored));
  }));
}

TEST_CASE("property: after a Save the database holds what the cell shows, or the cell is written") {
  CHECK(rc::check("no OK for another value", [] {
    const Cell shown = any_cell(), stored = any_cell();
    std::optional<BaseCell> base = any_base();
    if (base && !base->pending) base->stored = base->sheet;  // as they are filed
    const SaveMerge merge = merge_save(kText, shown, stored, pointer(base));
    if (base && base->pending) return;  // see the crash above
    RC_ASSERT(merge.take || merge.write || same_value(kText, shown, stored));
    RC_ASSERT(!(merge.take && merge.write));
  }));
}

TEST_CASE("property: intake never replaces a value that a PM saved") {
  CHECK(rc::check("taken only over the base", [] {
    const Cell shown = any_cell(), stored = any_cell();
    const std::optional<BaseCell> base = any_base();
    const IntakeMerge merge = merge_intake(kText, shown, stored, pointer(base));
    if (merge.take) RC_ASSERT(same_value(kText, stored, base ? base->stored : Cell{}));
    RC_ASSERT(!(merge.take && merge.kept_pm));
  }));
}
