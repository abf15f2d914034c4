#include "core/sync/merge_rule.h"

#include "core/fields/cell_value.h"

namespace roadmap {
namespace {

// Whether a cell shows what was seen of it before. A number in a column of text was once seen as its text.
bool is_as_seen(FieldType type, const Cell& shown, const Cell& seen) {
  const bool is_number_in_text = type == FieldType::kText && std::holds_alternative<double>(shown);
  return same_value(type, shown, seen) || (is_number_in_text && same_value(type, Cell(to_text(shown)), seen));
}

// Sets the base to (sheet, stored) if it is not that already.
std::optional<BaseCell> moved(FieldType type, const BaseCell* base, const Cell& sheet, const Cell& stored) {
  const bool there = base != nullptr && !base->pending && !base->kept && !base->undecided &&
                     is_as_seen(type, sheet, base->sheet) && same_value(type, base->stored, stored);
  if (there) return std::nullopt;
  return BaseCell{sheet, stored, std::nullopt};
}

bool is_pending(FieldType type, const Cell& shown, const BaseCell& base) {
  return base.pending && same_value(type, shown, *base.pending);
}

bool is_undecided(FieldType type, const Cell& shown, const BaseCell* base) {
  return base != nullptr && base->undecided && same_value(type, shown, *base->undecided);
}

// The team's value was seen and not taken. From here on the two meet at it: only that value frees the cell.
BaseCell kept_out(const ReadCell& cell) { return BaseCell{cell.shown, cell.value, std::nullopt, true}; }

PmMerge merge_first_sight(FieldType type, const Cell& shown, const Cell& stored) {
  PmMerge merge;
  if (says_nothing(type, shown)) {
    merge.write = true;
    merge.base = BaseCell{shown, Cell{}, stored};
  } else {
    merge.unsaved_edit = true;
    // As if the cell had shown the stored value before: it stays an edit, also when it is cleared.
    merge.base = BaseCell{stored, stored, std::nullopt};
  }
  return merge;
}

}  // namespace

bool says_nothing(FieldType type, const Cell& shown) { return same_value(type, shown, Cell{}); }

bool nothing_moved(const Cell& raw, const Cell& stored, const BaseCell* base) {
  return base != nullptr && !base->pending && !base->kept && !base->undecided && raw == base->sheet &&
         stored == base->stored;
}

IntakeMerge merge_intake(FieldType type, const ReadCell& cell, const Cell& stored, const BaseCell* base) {
  IntakeMerge merge;
  if (same_value(type, cell.value, stored)) {
    merge.base = moved(type, base, cell.shown, stored);
    return merge;
  }
  if (base == nullptr && says_nothing(type, cell.shown)) {  // a column that the team never filled
    merge.base = BaseCell{cell.shown, cell.shown, std::nullopt};
    return merge;
  }
  const bool held = base == nullptr ? !says_nothing(type, stored) : !same_value(type, stored, base->stored);
  if (base != nullptr && is_as_seen(type, cell.shown, base->sheet)) {
    merge.kept_pm = base->kept && held;
    return merge;
  }
  merge.take = !held;
  merge.kept_pm = held;
  merge.base = held ? kept_out(cell) : BaseCell{cell.shown, cell.value, std::nullopt};
  return merge;
}

PmMerge merge_pm(FieldType type, const ReadCell& cell, const Cell& stored, const BaseCell* base) {
  const Cell& shown = cell.shown;
  PmMerge merge;
  if (same_value(type, cell.value, stored)) {
    merge.base = moved(type, base, shown, stored);
    return merge;
  }
  if (base == nullptr) return merge_first_sight(type, shown, stored);
  if (is_undecided(type, shown, base)) {
    merge.unsaved_edit = true;
    return merge;
  }
  const bool is_ours = is_pending(type, shown, *base);  // a run died between its write and the note of it
  if (!is_ours && !is_as_seen(type, shown, base->sheet)) {
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

SaveMerge merge_save(FieldType type, const ReadCell& cell, const Cell& stored, const BaseCell* base) {
  PmMerge merge = merge_pm(type, cell, stored, base);
  if (!merge.unsaved_edit) return {false, merge.write, false, std::move(merge.base)};
  if (is_undecided(type, cell.shown, base))
    return {false, false, true, BaseCell{base->sheet, base->stored, std::nullopt}};
  return {true, false, false, moved(type, base, cell.shown, cell.value)};
}

PmMerge merge_title(const Cell& shown, const Cell& stored, const BaseCell* base) {
  const bool blank = says_nothing(FieldType::kText, shown);
  if (base == nullptr && !blank) return {};  // typed, or a formula: not ours
  PmMerge merge;
  if (same_value(FieldType::kText, shown, stored)) {
    merge.base = moved(FieldType::kText, base, shown, stored);
  } else if (blank || agrees_with_base(FieldType::kText, shown, *base) ||
             is_undecided(FieldType::kText, shown, base)) {
    merge.write = true;
    merge.base = BaseCell{shown, Cell{}, stored};
  }
  return merge;
}

BaseCell base_of_new_cell(const Cell& value) {
  if (is_blank(value)) return BaseCell{Cell{}, value, std::nullopt};  // no cell is written
  return BaseCell{Cell{}, Cell{}, value};
}

bool agrees_with_base(FieldType type, const Cell& shown, const BaseCell& base) {
  return is_as_seen(type, shown, base.sheet) || is_pending(type, shown, base);
}

}  // namespace roadmap
