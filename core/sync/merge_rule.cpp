#include "core/sync/merge_rule.h"

#include "core/fields/cell_value.h"

namespace roadmap {
namespace {

const BaseCell kNeverMet{};

// Sets the base to (sheet, stored) if it is not that already.
std::optional<BaseCell> moved(FieldType type, const BaseCell* base, const Cell& sheet, const Cell& stored) {
  const bool there = base != nullptr && !base->pending && same_value(type, base->sheet, sheet) &&
                     same_value(type, base->stored, stored);
  if (there) return std::nullopt;
  return BaseCell{sheet, stored, std::nullopt};
}

// Blank, or a checkbox that nobody ticked: it says nothing at first sight.
bool says_nothing(FieldType type, const Cell& shown) { return same_value(type, shown, Cell{}); }

bool is_pending(FieldType type, const Cell& shown, const BaseCell& base) {
  return base.pending && same_value(type, shown, *base.pending);
}

}  // namespace

IntakeMerge merge_intake(FieldType type, const Cell& shown, const Cell& stored, const BaseCell* base) {
  const BaseCell& last = base != nullptr ? *base : kNeverMet;
  IntakeMerge merge;
  if (base != nullptr && same_value(type, shown, last.sheet)) return merge;
  if (same_value(type, shown, stored)) {
    merge.base = moved(type, base, shown, stored);
  } else if (base == nullptr && says_nothing(type, shown)) {
    merge.base = BaseCell{shown, stored, std::nullopt};  // a column that this tab never filled says nothing
  } else if (same_value(type, stored, last.stored)) {
    merge.take = true;
    merge.base = BaseCell{shown, shown, std::nullopt};
  } else {
    merge.kept_pm = true;
    merge.base = BaseCell{shown, stored, std::nullopt};
  }
  return merge;
}

BacklogMerge merge_backlog(FieldType type, const Cell& shown, const Cell& stored, const BaseCell* base) {
  BacklogMerge merge;
  if (base == nullptr || same_value(type, shown, stored)) {
    merge.base = moved(type, base, shown, stored);
    return merge;
  }
  const bool is_ours = is_pending(type, shown, *base);  // a run died between its write and the note of it
  if (!is_ours && !same_value(type, shown, base->sheet)) {
    merge.unsaved_edit = true;
    return merge;
  }
  const Cell& last_stored = is_ours ? *base->pending : base->stored;
  if (same_value(type, stored, last_stored)) {
    if (is_ours) merge.base = BaseCell{shown, last_stored, std::nullopt};
    return merge;
  }
  merge.write = true;
  merge.base = BaseCell{is_ours ? shown : base->sheet, last_stored, stored};
  return merge;
}

SaveMerge merge_save(FieldType type, SaveRule rule, const Cell& shown, const Cell& stored,
                     const BaseCell* base) {
  SaveMerge merge;
  const bool first_sight = base == nullptr;
  const bool edited = first_sight ? !says_nothing(type, shown)
                                  : !same_value(type, shown, base->sheet) && !is_pending(type, shown, *base);
  if (rule == SaveRule::kEditsOnly && !edited) {
    if (first_sight) merge.base = BaseCell{shown, stored, std::nullopt};
    return merge;
  }
  merge.take = !same_value(type, shown, stored);
  merge.base = moved(type, base, shown, shown);
  return merge;
}

bool agrees_with_base(FieldType type, const Cell& shown, const BaseCell* base) {
  if (base == nullptr || is_blank(shown)) return false;
  return same_value(type, shown, base->sheet) || is_pending(type, shown, *base);
}

}  // namespace roadmap
