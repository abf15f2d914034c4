#include "core/sync/intent_tab.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <unordered_map>
#include <unordered_set>

#include "core/fields/cell_value.h"
#include "core/fields/header_match.h"
#include "core/fields/registry.h"
#include "core/fields/text.h"
#include "core/sync/found_in.h"

namespace roadmap {
namespace {

constexpr char kIdentitySeparator = '\x1f';  // ends each part

// Adds a row as it was seen, where it has an identity; cell_at(i) is its cell in the i-th column, counted as
// look_of does.
template <typename CellAt>
bool add_row(IntentTab& intent, int row, const CellAt& cell_at) {
  const std::size_t identifying = intent.identity.size();
  std::vector<std::string> parts;
  for (std::size_t i = 0; i < identifying; ++i)
    parts.push_back(part_of(cell_at(i).shown));
  std::string identity = identity_of(intent.tab, std::move(parts));
  IntentRow read{row, std::move(identity), {}};
  if (!read.identity.empty()) read.cells.reserve(intent.written.size());
  for (std::size_t i = 0; i < intent.written.size(); ++i) {
    SeenCell cell = cell_at(identifying + i);
    if (!read.identity.empty()) {
      read.cells.push_back(std::move(cell));
    } else if (!is_blank(cell.shown)) {
      intent.written[i].without_identity.push_back(std::move(cell.shown));
    }
  }
  if (read.identity.empty()) return false;
  intent.rows.push_back(std::move(read));
  return true;
}

std::size_t row_count(const TabPicture& picture) {
  std::size_t rows = 0;
  for (const std::vector<SeenCell>& column : picture.columns)
    rows = std::max(rows, column.size());
  return rows;
}

// Whether rows are to be told apart that share an identity.
bool has_copies(const IntentTab& tab) {
  std::unordered_set<std::string_view> identities;
  return !std::all_of(tab.rows.begin(), tab.rows.end(),
                      [&](const IntentRow& row) { return identities.insert(row.identity).second; });
}

// What a row of the next intent holds beside what that writes: as it was looked at now, else as it was read.
class BystanderCells {
 public:
  // `rows_then` as in Settlement.
  BystanderCells(const IntentTab& tab, const LookAt& looked_at, const TabPicture& picture,
                 const std::unordered_map<int, int>& rows_then, IntentTab& next)
      : picture_(picture) {
    std::map<int, std::size_t> seen;  // column → where it is in the picture
    for (std::size_t i = 0; i < looked_at.columns.size(); ++i)
      seen.emplace(looked_at.columns[i], i);
    const auto add = [&](int column, std::string header, Source source) {
      if (place_in(next.written, column)) return;
      next.bystanders.push_back(
          {column, std::move(header), !source.seen && tab.bystanders[source.at].is_filled_without_identity});
      sources_.push_back(source);
    };
    for (const auto& [column, at] : seen) {
      const std::vector<SeenCell>& cells = picture.columns[at];
      const bool is_used = std::any_of(cells.begin(), cells.end(), [](const SeenCell& cell) {
        return cell.is_formula() || !is_blank(cell.shown);
      });
      if (is_used) add(column, shown_header(picture.header, column), {true, at});
    }
    for (std::size_t i = 0; i < tab.bystanders.size(); ++i) {
      const BystanderColumn& column = tab.bystanders[i];
      if (!seen.contains(column.column)) add(column.column, column.header, {false, i});
    }
    std::unordered_map<int, const IntentRow*> read;
    for (const IntentRow& row : tab.rows)
      read.emplace(row.row, &row);
    for (const auto& [row, then] : rows_then)
      rows_then_.emplace(row, read.at(then));
  }

  void note_without_identity(int row, IntentTab& next) const {
    for (std::size_t i = 0; i < sources_.size(); ++i) {
      if (sources_[i].seen && !is_blank(cell_of(picture_.columns[sources_[i].at], row).shown))
        next.bystanders[i].is_filled_without_identity = true;
    }
  }

  std::string of(int row) const {
    const IntentRow* then = found_or_empty(rows_then_, row);
    const bool is_known = then != nullptr && !then->bystanders.empty();
    const std::vector<Cell> read = is_known ? unpacked_cells(then->bystanders) : std::vector<Cell>{};
    const Cell blank;
    std::vector<const Cell*> cells;
    for (const Source& source : sources_) {
      if (source.seen) {
        cells.push_back(&cell_of(picture_.columns[source.at], row).shown);
      } else if (!is_known) {
        return {};
      } else {
        cells.push_back(source.at < read.size() ? &read[source.at] : &blank);
      }
    }
    return packed_cells(cells);
  }

 private:
  struct Source {
    bool seen = false;
    std::size_t at = 0;  // in the picture's columns, or in IntentTab::bystanders
  };

  const TabPicture& picture_;
  std::vector<Source> sources_;  // parallel to the next intent's bystanders
  std::unordered_map<int, const IntentRow*> rows_then_;
};

}  // namespace

std::string shown_header(const CellRow& header, int column) {
  const auto at = static_cast<std::size_t>(column);
  return at < header.size() ? std::string(trim(to_text(header[at]))) : std::string();
}

std::string header_text(const SheetTable& table, const std::vector<HeaderAdd>& added, int column) {
  for (const HeaderAdd& header : added) {
    if (header.column == column) return header.text;
  }
  return shown_header(table.header(), column);
}

std::string header_at(const CellRow& header, int column) {
  return normalise_header(shown_header(header, column));
}

std::string identity_of(Tab tab, std::vector<std::string> parts) {
  if (parts.empty()) return {};
  // In intake any of them tells a row: one that shows an error says nothing, and the others still do.
  if (tab == Tab::kIntake) {
    for (std::string& part : parts) {
      if (is_error_text(part)) part.clear();
    }
  }
  const bool all_blank =
      std::all_of(parts.begin(), parts.end(), [](const std::string& part) { return part.empty(); });
  if (all_blank || (tab != Tab::kIntake && parts.front().empty())) return {};
  if (std::any_of(parts.begin(), parts.end(), [](const std::string& part) { return is_error_text(part); }))
    return {};
  if (tab == Tab::kParams && parts.size() > 1 && parts[1].empty()) parts[1] = kMathModelFramework;
  std::string identity;
  for (const std::string& part : parts) {
    identity += part;
    identity += kIdentitySeparator;
  }
  return identity;
}

std::vector<std::string> identity_parts(std::string_view identity) {
  std::vector<std::string> parts;
  for (std::size_t end = 0; (end = identity.find(kIdentitySeparator)) != std::string_view::npos;) {
    parts.emplace_back(identity.substr(0, end));
    identity.remove_prefix(end + 1);
  }
  return parts;
}

std::string part_of(const Cell& cell) { return std::string(trim(to_text(cell))); }

const SeenCell& cell_of(const std::vector<SeenCell>& column, int row) {
  static const SeenCell kBlank;
  const auto at = static_cast<std::size_t>(row - 1);
  return at < column.size() ? column[at] : kBlank;
}

SeenColumns seen_columns(const std::vector<int>& at, const TabPicture& picture) {
  SeenColumns columns;
  for (std::size_t i = 0; i < at.size(); ++i)
    columns.emplace(at[i], &picture.columns[i]);
  return columns;
}

const SeenCell* cell_of(const SeenColumns& columns, int column, int row) {
  const std::vector<SeenCell>* cells = found_or_empty(columns, column);
  return cells == nullptr ? nullptr : &cell_of(*cells, row);
}

std::vector<std::string> identities_in(const IntentTab& tab, const TabPicture& picture, int first_row) {
  const std::size_t rows = row_count(picture);
  std::vector<std::string> identities(rows + 1);
  for (std::size_t row = static_cast<std::size_t>(first_row); row <= rows; ++row) {
    std::vector<std::string> parts;
    for (std::size_t i = 0; i < tab.identity.size(); ++i)
      parts.push_back(part_of(cell_of(picture.columns[i], static_cast<int>(row)).shown));
    identities[row] = identity_of(tab.tab, std::move(parts));
  }
  return identities;
}

bool shows_error(const TabPicture& picture, int row) {
  return is_error_text(part_of(cell_of(picture.columns.front(), row).shown));
}

const std::vector<FieldId>& identifying_fields(Tab tab) {
  static const std::vector<FieldId> kKey{fields::key()};
  static const std::vector<FieldId> kIntake{fields::title(), fields::requester_email(),
                                            fields::requesting_team()};
  static const std::vector<FieldId> kParam{fields::key(), fields::param_framework(), fields::param_name()};
  if (tab == Tab::kIntake) return kIntake;
  return tab == Tab::kParams ? kParam : kKey;
}

std::vector<int> identity_columns(const SheetTable& table) {
  std::vector<int> columns;
  for (const FieldId id : identifying_fields(table.tab())) {
    if (const auto column = table.columns().column_of(id)) columns.push_back(*column);
  }
  return columns;
}

IntentTab intent_of(const SheetTable& table, const std::vector<HeaderAdd>& headers,
                    std::vector<PlannedCell> cells, std::optional<RowsInsert> insert) {
  IntentTab intent;
  intent.tab = table.tab();
  intent.title = table.layout().tab;
  intent.header_row = table.layout().header_row;
  intent.first_data_row = table.layout().first_data_row;
  intent.headers = headers.size();
  for (const int column : identity_columns(table))
    intent.identity.push_back({column, shown_header(table.header(), column), true, false, {}});
  std::set<int> written;
  std::set<std::string> keys;
  for (const PlannedCell& cell : cells) {
    written.insert(cell.column);
    keys.insert(cell.key);
  }
  if (insert) {
    for (const PlannedCell& cell : insert->cells) {
      written.insert(cell.column);
      keys.insert(cell.key);
    }
  }
  intent.confirms.assign(keys.begin(), keys.end());
  for (const int column : written) {
    const auto id = table.columns().field_at(column);
    const bool system = !id || owner_on(*id, table.tab()) != Owner::kPm;
    intent.written.push_back(
        {column, header_text(table, headers, column), system || table.knows_formulas(column), system, {}});
  }
  for (int column = 0; column < table.used_width(); ++column) {
    if (!written.contains(column))
      intent.bystanders.push_back({column, shown_header(table.header(), column)});
  }
  const std::vector<int> columns = look_of(intent).columns;
  intent.rows.reserve(table.rows().size());
  for (const TableRow& row : table.rows()) {
    const auto cell_at = [&](std::size_t i) {
      return SeenCell{table.raw(row.row, columns[i]), table.formula_at(row.row, columns[i])};
    };
    const bool has_identity = add_row(intent, row.row, cell_at);
    std::vector<const Cell*> bystanders;
    for (BystanderColumn& column : intent.bystanders) {
      const Cell& cell = table.raw(row.row, column.column);
      if (!has_identity && !is_blank(cell)) column.is_filled_without_identity = true;
      bystanders.push_back(&cell);
    }
    if (has_identity) intent.rows.back().bystanders = packed_cells(bystanders);
  }
  intent.cells = std::move(cells);
  intent.insert = std::move(insert);
  return intent;
}

LookAt look_of(const IntentTab& tab) {
  LookAt look{tab.title, tab.header_row, {}};
  for (const IntentColumn& column : tab.identity)
    look.columns.push_back(column.column);
  for (const IntentColumn& column : tab.written)
    look.columns.push_back(column.column);
  if (tab.tab != Tab::kIntake && !has_copies(tab)) return look;
  for (const BystanderColumn& column : tab.bystanders)
    look.columns.push_back(column.column);
  return look;
}

bool needs_whole_look(const IntentTab& tab, const TabPicture& picture) {
  const auto stands_elsewhere = [&](const IntentColumn& column) {
    return header_at(picture.header, column.column) != normalise_header(column.header);
  };
  const auto is_written = [&](const IntentColumn& column) {
    return place_in(tab.cells, column.column).has_value();
  };
  return tab.was_unusable || std::any_of(tab.written.begin(), tab.written.end(), stands_elsewhere) ||
         std::any_of(tab.identity.begin(), tab.identity.end(), stands_elsewhere) ||
         std::any_of(tab.identity.begin(), tab.identity.end(), is_written);
}

IntentTab intent_to_put_right(const IntentTab& tab, const LookAt& looked_at, const TabPicture& picture,
                              const std::unordered_map<int, int>& rows_then,
                              std::vector<PlannedCell> put_right) {
  IntentTab intent;
  intent.tab = tab.tab;
  intent.title = tab.title;
  intent.header_row = looked_at.header_row;
  intent.first_data_row = tab.first_data_row + looked_at.header_row - tab.header_row;
  intent.puts_right = true;
  intent.confirms = tab.confirms;
  for (std::size_t i = 0; i < tab.identity.size(); ++i)
    intent.identity.push_back({looked_at.columns[i], tab.identity[i].header, true, false, {}});
  // A row whose identity is put back is known by what it gets, and so is a column whose header is.
  std::map<std::pair<int, int>, const PlannedCell*> given;
  for (const PlannedCell& cell : put_right)
    given.emplace(std::pair(cell.row, cell.column), &cell);
  std::map<int, std::size_t> written;  // where the columns to be written stand in the picture
  for (const PlannedCell& cell : put_right) {
    for (std::size_t i = tab.identity.size(); i < looked_at.columns.size(); ++i) {
      if (looked_at.columns[i] == cell.column) written.emplace(cell.column, i);
    }
  }
  std::vector<std::size_t> seen(tab.identity.size());  // parallel to the intent's columns
  std::iota(seen.begin(), seen.end(), std::size_t{0});
  for (const auto& [column, at] : written) {
    const std::size_t then = at - tab.identity.size();
    const PlannedCell* header = found_or_empty(given, {looked_at.header_row, column});
    intent.written.push_back(
        {column,
         header != nullptr ? to_text(header->after) : shown_header(picture.header, column),
         true,
         then < tab.written.size() && tab.written[then].system,
         {}});
    seen.push_back(at);
  }
  const std::size_t rows = row_count(picture);
  const BystanderCells bystanders(tab, looked_at, picture, rows_then, intent);
  for (int row = intent.first_data_row; row <= static_cast<int>(rows); ++row) {
    const auto cell_at = [&](std::size_t i) {
      const PlannedCell* back =
          i < tab.identity.size() ? found_or_empty(given, {row, looked_at.columns[i]}) : nullptr;
      return back != nullptr ? SeenCell{back->after, {}} : cell_of(picture.columns[seen[i]], row);
    };
    if (add_row(intent, row, cell_at)) {
      intent.rows.back().bystanders = bystanders.of(row);
    } else {
      bystanders.note_without_identity(row, intent);
    }
  }
  intent.cells = std::move(put_right);
  return intent;
}

WrittenFields written_fields(const IntentTab& tab, std::size_t items_applied) {
  CellRow header;
  for (const std::vector<IntentColumn>* columns : {&tab.identity, &tab.written}) {
    for (const IntentColumn& column : *columns) {
      const auto at = static_cast<std::size_t>(column.column);
      header.resize(std::max(header.size(), at + 1));
      header[at] = Cell(column.header);
    }
  }
  const ColumnMap columns = match_headers(tab.tab, header);
  WrittenFields written;
  for_each_item_cell(tab, [&](const PlannedCell& cell, std::size_t item, bool) {
    const auto id = columns.field_at(cell.column);
    if (!id) return;
    std::set<FieldId>& of_row = (item < items_applied ? written.applied : written.unapplied)[cell.key];
    of_row.insert(*id);
    // Switch leaves the cell of a choice that was cleared as it is; its Status goes with it.
    if (*id == fields::run_status()) of_row.insert(fields::active_framework());
  });
  return written;
}

std::size_t item_count(const IntentTab& tab) {
  std::size_t count = tab.headers;
  for_each_item_cell(tab, [&](const PlannedCell&, std::size_t item, bool) { count = item + 1; });
  return count;
}

}  // namespace roadmap
