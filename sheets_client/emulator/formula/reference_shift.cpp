#include "sheets_client/emulator/formula/reference_shift.h"

#include <optional>
#include <vector>

#include "sheets_client/emulator/formula/reference.h"

namespace sheets::emulator {
namespace {

struct Shift {
  Dimension dimension;
  int at;
  int count;
  GridChange change;
};

std::optional<int>& coordinate(ReferenceCorner& corner, Dimension dimension) {
  return dimension == Dimension::kRows ? corner.row : corner.column;
}

bool removed(const std::optional<int>& position, const Shift& shift) {
  return position && *position >= shift.at && *position < shift.at + shift.count;
}

std::optional<Reference> shifted(Reference reference, const Shift& shift) {
  auto& first = coordinate(reference.first, shift.dimension);
  std::optional<int> no_last;
  auto& last = reference.last ? coordinate(*reference.last, shift.dimension) : no_last;
  if (shift.change == GridChange::kInsert) {
    for (auto* position : {&first, &last}) {
      if (*position && **position >= shift.at) **position += shift.count;
    }
    return reference;
  }
  const bool first_gone = removed(first, shift), last_gone = removed(last, shift);
  if (first_gone && (!reference.last || last_gone)) return std::nullopt;
  const auto after = [&](std::optional<int>& position, bool gone, int replacement) {
    if (gone) {
      position = replacement;
    } else if (position && *position >= shift.at + shift.count) {
      *position -= shift.count;
    }
  };
  after(first, first_gone, shift.at);
  after(last, last_gone, shift.at - 1);
  return reference;
}

// Calls `change` with every formula of the sheet and stores what it returns where that differs.
template <typename Change>
void change_formulas(Workbook& workbook, int sheet_id, Change&& change) {
  struct Changed {
    int row, column;
    std::string formula;
  };
  std::vector<Changed> changed;
  const Sheet& sheet = *workbook.find(sheet_id);
  for (int r = 0; r < sheet.stored_rows(); ++r) {
    const Row* row = sheet.row(r);
    for (std::size_t c = 0; row && c < row->size(); ++c) {
      if (!(*row)[c].has_formula()) continue;
      std::string formula = change((*row)[c].details().formula);
      if (formula != (*row)[c].details().formula)
        changed.push_back({r, static_cast<int>(c), std::move(formula)});
    }
  }
  if (changed.empty()) return;
  Sheet& editable = workbook.edit(sheet_id);
  for (auto& entry : changed)
    editable.edit(entry.row, entry.column).set_formula(std::move(entry.formula));
}

std::vector<int> sheet_ids(const Workbook& workbook) {
  std::vector<int> ids;
  for (std::size_t i = 0; i < workbook.size(); ++i)
    ids.push_back(workbook.sheet(i).properties.id);
  return ids;
}

std::optional<ReferenceCorner> moved(ReferenceCorner corner, int rows, int columns) {
  if (corner.row && !corner.row_fixed) *corner.row += rows;
  if (corner.column && !corner.column_fixed) *corner.column += columns;
  const bool outside = corner.row.value_or(0) < 0 || corner.column.value_or(0) < 0;
  return outside ? std::nullopt : std::optional(corner);
}

}  // namespace

void shift_formulas(Workbook& workbook, int sheet_id, Dimension dimension, int at, int count,
                    GridChange change) {
  const Shift shift{dimension, at, count, change};
  const std::string title = fold_case(workbook.find(sheet_id)->properties.title);
  for (const int id : sheet_ids(workbook)) {
    const bool own = id == sheet_id;
    change_formulas(workbook, id, [&](const std::string& formula) {
      return rewrite_references(formula, [&](const Reference& reference) -> std::optional<Reference> {
        const bool hit = reference.title ? fold_case(*reference.title) == title : own;
        return hit ? shifted(reference, shift) : std::optional(reference);
      });
    });
  }
}

void rename_in_formulas(Workbook& workbook, const std::string& old_title, const std::string& new_title) {
  const std::string folded = fold_case(old_title);
  for (const int id : sheet_ids(workbook)) {
    change_formulas(workbook, id, [&](const std::string& formula) {
      return rewrite_references(formula, [&](Reference reference) -> std::optional<Reference> {
        if (reference.title && fold_case(*reference.title) == folded) reference.title = new_title;
        return reference;
      });
    });
  }
}

std::string copied_formula(const std::string& formula, int rows, int columns) {
  return rewrite_references(formula, [&](Reference reference) -> std::optional<Reference> {
    const auto first = moved(reference.first, rows, columns);
    if (!first) return std::nullopt;
    reference.first = *first;
    if (reference.last) {
      const auto last = moved(*reference.last, rows, columns);
      if (!last) return std::nullopt;
      reference.last = *last;
    }
    return reference;
  });
}

std::string formula_moved_to_row(const std::string& formula, int from_row, int to_row) {
  return rewrite_references(formula, [&](Reference reference) -> std::optional<Reference> {
    if (reference.title) return reference;
    const auto follow = [&](ReferenceCorner& corner) {
      if (corner.row == from_row && !corner.row_fixed) corner.row = to_row;
    };
    follow(reference.first);
    if (reference.last) follow(*reference.last);
    return reference;
  });
}

}  // namespace sheets::emulator
