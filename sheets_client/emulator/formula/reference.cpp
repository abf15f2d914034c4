#include "sheets_client/emulator/formula/reference.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "sheets_client/emulator/workbook/text.h"

namespace sheets::emulator {
namespace {

std::optional<int>& coordinate(ReferenceCorner& corner, Dimension dimension) {
  return dimension == Dimension::kRows ? corner.row : corner.column;
}

bool inside_band(const Reference& reference, const LineChange& change) {
  if (!change.band) return true;
  GridBounds bounds = reference.bounds();
  const auto start = bounds.start(other(change.dimension)), end = bounds.end(other(change.dimension));
  return start && end && *start >= change.band->first && *end <= change.band->second;
}

std::optional<Reference> shifted(Reference reference, const LineChange& change) {
  if (!inside_band(reference, change)) return reference;
  const Dimension dimension = change.dimension;
  GridBounds span = reference.bounds();
  if (change.kind == GridChange::kInsert) {
    span.insert(dimension, change.at, change.count);
  } else if (change.kind == GridChange::kMove) {
    span.move(dimension, change.at, change.at + change.count, change.destination);
  } else if (!span.remove(dimension, change.at, change.count)) {
    return std::nullopt;
  }
  const auto start = span.start(dimension), end = span.end(dimension);
  auto& first = coordinate(reference.first, dimension);
  if (!reference.last) {
    first = start;
    return reference;
  }
  auto& last = coordinate(*reference.last, dimension);
  if (first && last) {
    first = start;
    last = *end - 1;
  } else if (start) {  // one side is open
    (first ? first : last) = start;
  }
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

constexpr std::size_t kMaxTitleBytes = 400;  // 100 characters; all of them may be quotes, doubled

// Of an unquoted tab title or a name.
bool is_word(char c) {
  return is_letter(c) || is_digit(c) || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}

std::size_t past_blanks(std::string_view text, std::size_t at) {
  return std::min(text.find_first_not_of(' ', at), text.size());
}

// "Tab!" or "'My tab'!" before a reference.
std::optional<std::string> read_title(std::string_view text, std::size_t& at) {
  std::string title;
  std::string_view rest = text;
  if (text.starts_with('\'')) {
    title = unquote(text.substr(0, 2 * kMaxTitleBytes + 3), rest).value_or("");
    rest = text.substr(static_cast<std::size_t>(rest.data() - text.data()));
  } else {
    rest.remove_prefix(
        static_cast<std::size_t>(std::find_if_not(text.begin(), text.end(), is_word) - text.begin()));
    title = text.substr(0, text.size() - rest.size());
  }
  if (title.empty() || title.size() > kMaxTitleBytes || !rest.starts_with('!')) return std::nullopt;
  at = text.size() - rest.size() + 1;
  return title;
}

void append_corner(std::string& text, const ReferenceCorner& corner) {
  if (corner.column) {
    if (corner.column_fixed) text += '$';
    text += column_letters(*corner.column);
  }
  if (corner.row) {
    if (corner.row_fixed) text += '$';
    text += std::to_string(*corner.row + 1);
  }
}

}  // namespace

void shift_formulas(Workbook& workbook, int sheet_id, const LineChange& change) {
  const std::string title = fold_case(workbook.find(sheet_id)->properties.title);
  for (const int id : sheet_ids(workbook)) {
    const bool own = id == sheet_id;
    change_formulas(workbook, id, [&](const std::string& formula) {
      return rewrite_references(formula, [&](const Reference& reference) -> std::optional<Reference> {
        const bool hit = reference.title ? fold_case(*reference.title) == title : own;
        return hit ? shifted(reference, change) : std::optional(reference);
      });
    });
  }
}

void follow_block(Workbook& workbook, int from_sheet_id, const GridRect& from, int to_sheet_id, int rows,
                  int columns) {
  const std::string title = fold_case(workbook.find(from_sheet_id)->properties.title);
  const std::string to_title = workbook.find(to_sheet_id)->properties.title;
  for (const int id : sheet_ids(workbook)) {
    change_formulas(workbook, id, [&](const std::string& formula) {
      return rewrite_references(formula, [&](Reference reference) -> std::optional<Reference> {
        const bool hit = reference.title ? fold_case(*reference.title) == title : id == from_sheet_id;
        const GridBounds bounds = reference.bounds();
        const bool closed = bounds.start_row && bounds.start_column &&
                            (reference.one_cell() || (bounds.end_row && bounds.end_column));
        if (!hit || !closed) return reference;
        const GridRect rect{*bounds.start_row, bounds.end_row.value_or(*bounds.start_row + 1),
                            *bounds.start_column, bounds.end_column.value_or(*bounds.start_column + 1)};
        if (!from.contains(rect)) return reference;
        for (ReferenceCorner* corner : {&reference.first, reference.last ? &*reference.last : nullptr}) {
          if (!corner) continue;
          *corner->row += rows;
          *corner->column += columns;
        }
        if (to_sheet_id != from_sheet_id)
          reference.title = id == to_sheet_id ? std::nullopt : std::optional(to_title);
        return reference;
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

std::optional<Reference> read_reference(std::string_view text, std::size_t& length) {
  Reference reference;
  std::size_t at = 0;
  reference.title = read_title(text, at);
  const auto first = read_corner(text, at);
  if (!first) return std::nullopt;
  reference.first = *first;
  if (const std::size_t colon = past_blanks(text, at); colon < text.size() && text[colon] == ':') {
    std::size_t after = past_blanks(text, colon + 1);
    const auto last = read_corner(text, after);
    const bool shape = last && ((first->row && last->row) || (first->column && last->column));
    if (shape) {
      reference.last = *last;
      at = after;
    }
  }
  const bool whole_cell = first->row && first->column;
  if (!reference.last && !whole_cell) return std::nullopt;
  if (at < text.size() && (is_word(text[at]) || text[at] == '(' || text[at] == '!')) return std::nullopt;
  length = at;
  return reference;
}

std::string reference_text(const Reference& reference) {
  std::string text;
  if (reference.title) {
    text += quoted_title(*reference.title);
    text += '!';
  }
  append_corner(text, reference.first);
  if (reference.last) {
    text += ':';
    append_corner(text, *reference.last);
  }
  return text;
}

std::vector<FoundReference> find_references(std::string_view formula) {
  std::vector<FoundReference> found;
  for (std::size_t i = 0; i < formula.size();) {
    std::size_t length = 0;
    if (formula[i] == '"') {
      i = std::min(formula.find('"', i + 1), formula.size() - 1) + 1;
    } else if (auto reference = read_reference(formula.substr(i), length)) {
      found.push_back({i, length, std::move(*reference)});
      i += length;
    } else if (is_word(formula[i])) {
      while (i < formula.size() && is_word(formula[i]))
        ++i;
    } else {
      ++i;
    }
  }
  return found;
}

}  // namespace sheets::emulator
