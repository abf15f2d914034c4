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

TEST_CASE("a PM's saved value stays when intake changes later, and is reported once") {
  const BaseCell base{text("old"), text("old"), std::nullopt};
  const IntakeMerge merge = merge_intake(kText, text("team"), text("pm"), &base);
  CHECK_FALSE(merge.take);
  CHECK(merge.kept_pm);
  REQUIRE(merge.base);
  const IntakeMerge again = merge_intake(kText, text("team"), text("pm"), &*merge.base);
  CHECK_FALSE(again.take);
  CHECK_FALSE(again.kept_pm);
  CHECK_FALSE(again.base);
}

TEST_CASE("an untouched backlog cell takes what is new") {
  const BaseCell base{text("old"), text("old"), std::nullopt};
  const BacklogMerge merge = merge_backlog(kText, text("old"), text("new"), &base);
  CHECK(merge.write);
  REQUIRE(merge.base);
  CHECK(merge.base->pending == text("new"));
}

TEST_CASE("an unsaved edit stays") {
  const BaseCell base{text("old"), text("old"), std::nullopt};
  const BacklogMerge merge = merge_backlog(kText, text("typed"), text("new"), &base);
  CHECK_FALSE(merge.write);
  CHECK(merge.unsaved_edit);
}

TEST_CASE("first sight of a backlog cell sets the base and overwrites nothing") {
  const BacklogMerge merge = merge_backlog(kText, text("theirs"), text("ours"), nullptr);
  CHECK_FALSE(merge.write);
  CHECK_FALSE(merge.unsaved_edit);
  CHECK(merge.base == BaseCell{text("theirs"), text("ours"), std::nullopt});
}

TEST_CASE("a crash between write and its note never makes our value look like an edit") {
  const BaseCell base{text("old"), text("old"), text("ours")};
  const BacklogMerge unchanged = merge_backlog(kText, text("ours"), text("ours"), &base);
  CHECK_FALSE(unchanged.write);
  CHECK_FALSE(unchanged.unsaved_edit);
  const BacklogMerge newer = merge_backlog(kText, text("ours"), text("newer"), &base);
  CHECK(newer.write);
  const BacklogMerge not_written = merge_backlog(kText, text("old"), text("ours"), &base);
  CHECK(not_written.write);
}

TEST_CASE("a stale copy on one tab never undoes what was saved on another") {
  const BaseCell base{text("old"), text("old"), std::nullopt};
  const SaveMerge merge =
      merge_save(kText, SaveRule::kEditsOnly, text("old"), text("saved elsewhere"), &base);
  CHECK_FALSE(merge.take);
  CHECK_FALSE(merge.base);
}

TEST_CASE("at first sight a blank cell of a shared field says nothing") {
  CHECK_FALSE(merge_save(kText, SaveRule::kEditsOnly, Cell{}, text("stored"), nullptr).take);
  CHECK(merge_save(kText, SaveRule::kEditsOnly, text("typed"), text("stored"), nullptr).take);
  CHECK(merge_save(kText, SaveRule::kRowAsItStands, Cell{}, text("stored"), nullptr).take);
}

TEST_CASE("property: planning a backlog cell again after its write changes nothing") {
  CHECK(rc::check("settled after one write", [] {
    const Cell shown = any_cell(), stored = any_cell();
    std::optional<BaseCell> base = any_base();
    const BacklogMerge first = merge_backlog(kText, shown, stored, pointer(base));
    if (first.base) base = first.base;
    Cell shown_after = shown;
    if (first.write) {
      RC_ASSERT(base.has_value() && base->pending.has_value());
      shown_after = *base->pending;
      const bool confirmed = *rc::gen::arbitrary<bool>();  // or the process died before it was noted
      if (confirmed) base = BaseCell{*base->pending, *base->pending, std::nullopt};
    }
    const BacklogMerge second = merge_backlog(kText, shown_after, stored, pointer(base));
    RC_ASSERT(!second.write);
    RC_ASSERT(second.unsaved_edit == first.unsaved_edit);
  }));
}

TEST_CASE("property: a cell is written only where it shows what we saw or wrote ourselves") {
  CHECK(rc::check("never over a person's value", [] {
    const Cell shown = any_cell(), stored = any_cell();
    const std::optional<BaseCell> base = any_base();
    const BacklogMerge merge = merge_backlog(kText, shown, stored, pointer(base));
    if (!merge.write) return;
    RC_ASSERT(base.has_value());
    const bool seen = same_value(kText, shown, base->sheet);
    const bool ours = base->pending && same_value(kText, shown, *base->pending);
    RC_ASSERT(seen || ours);
    RC_ASSERT(!same_value(kText, shown, stored));
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
