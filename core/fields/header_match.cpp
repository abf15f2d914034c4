#include "core/fields/header_match.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
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
  ColumnMap map;
  const HeaderIndex& index = header_index(tab);
  for (std::size_t column = 0; column < header_row.size(); ++column) {
    const std::string text = to_text(header_row[column]);
    const auto found = index.find(normalise_header(text));
    if (found == index.end()) continue;
    if (const auto earlier = map.column_of(found->second)) {
      map.warnings.push_back(
          fmt::format("Two columns are headed like '{}': the first counts, '{}' is ignored",
                      field(found->second).on(tab)->header, text));
      continue;
    }
    map.columns.emplace_back(found->second, static_cast<int>(column));
  }
  return map;
}

}  // namespace roadmap
