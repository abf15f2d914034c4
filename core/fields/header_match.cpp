#include "core/fields/header_match.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <unordered_map>

#include "core/fields/registry.h"
#include "core/fields/text.h"

namespace roadmap {
namespace {

using HeaderIndex = std::unordered_map<std::string, FieldId>;

// Every accepted normalised header of a tab. Headers and aliases win over canonical names, which another
// field of the tab may use as its header.
HeaderIndex index_of(Tab tab) {
  HeaderIndex index;
  for (const FieldId id : fields_on(tab)) {
    const TabColumn& column = *field(id).on(tab);
    index.emplace(normalise_header(column.header), id);
    for (const std::string_view alias : column.aliases) {
      if (!alias.empty()) index.emplace(normalise_header(alias), id);
    }
  }
  for (const FieldId id : fields_on(tab))
    index.emplace(normalise_header(field(id).name), id);
  return index;
}

const HeaderIndex& header_index(Tab tab) {
  static const auto kIndexes = [] {
    std::array<HeaderIndex, kTabCount> indexes;
    for (int t = 0; t < kTabCount; ++t)
      indexes[static_cast<std::size_t>(t)] = index_of(static_cast<Tab>(t));
    return indexes;
  }();
  return kIndexes[static_cast<std::size_t>(tab)];
}

struct MatchingColumn {
  int column = 0;
  bool is_own_header = false;
};

std::string two_columns(Tab tab, FieldId id, int counts, int other) {
  return fmt::format("columns {} and {} are both {}: {} counts", column_letters(std::min(counts, other)),
                     column_letters(std::max(counts, other)), field(id).on(tab)->header,
                     column_letters(counts));
}

// How many bytes of a separator the text begins with; 0: none.
std::size_t separator_length(std::string_view text) {
  constexpr std::string_view kMarks = "-:_";
  const bool is_mark = !text.empty() && kMarks.find(text.front()) != std::string_view::npos;
  return is_mark ? 1 : leading_space(text);
}

}  // namespace

std::string normalise_header(std::string_view header) {
  std::string form;
  while (!header.empty()) {
    if (const std::size_t length = separator_length(header); length > 0) {
      if (!form.empty() && form.back() != '_') form += '_';
      header.remove_prefix(length);
    } else {
      form += lower(header.front());
      header.remove_prefix(1);
    }
  }
  if (!form.empty() && form.back() == '_') form.pop_back();
  return form;
}

std::optional<int> ColumnMap::column_of(FieldId id) const {
  for (const auto& [mapped, column] : columns) {
    if (mapped == id) return column;
  }
  return std::nullopt;
}

std::optional<FieldId> ColumnMap::field_at(int column) const {
  for (const auto& [mapped, at] : columns) {
    if (at == column) return mapped;
  }
  return std::nullopt;
}

ColumnMap match_headers(Tab tab, const std::vector<Cell>& header_row) {
  std::map<FieldId, std::vector<MatchingColumn>> matching;
  const HeaderIndex& index = header_index(tab);
  for (std::size_t column = 0; column < header_row.size(); ++column) {
    const std::string form = normalise_header(to_text(header_row[column]));
    const auto found = index.find(form);
    if (found == index.end()) continue;
    const bool own = form == normalise_header(field(found->second).on(tab)->header);
    matching[found->second].push_back({static_cast<int>(column), own});
  }
  ColumnMap map;
  for (const auto& [id, columns] : matching) {
    const auto own = std::find_if(columns.begin(), columns.end(),
                                  [](const MatchingColumn& column) { return column.is_own_header; });
    const int counts = (own != columns.end() ? *own : columns.front()).column;
    map.columns.emplace_back(id, counts);
    for (const MatchingColumn& other : columns) {
      if (other.column != counts) map.warnings.push_back(two_columns(tab, id, counts, other.column));
    }
  }
  std::sort(map.columns.begin(), map.columns.end(),
            [](const auto& a, const auto& b) { return a.second < b.second; });
  return map;
}

}  // namespace roadmap
