#include "core/store/row_base_text.h"

#include <algorithm>
#include <unordered_map>
#include <vector>

#include "core/errors.h"
#include "core/fields/registry.h"
#include "core/store/cell_text.h"

namespace roadmap {
namespace {

constexpr char kUndecidedMark = '?';  // before the cell
constexpr std::string_view kKeptMark = std::string_view(kKeptCellText).substr(1, 1);

constexpr char table_letter(Table table) {
  switch (table) {
    case Table::kInitiatives:
      return 'i';
    case Table::kMathModels:
      return 'm';
    case Table::kParams:
      return 'p';
    case Table::kNone:
      break;
  }
  return 's';  // in sheets only
}

std::string stored_name(const Field& named) {
  return std::string(1, table_letter(named.table)) + ':' + std::string(named.name);
}

// Both ways between fields and their stored names, worked out once.
struct StoredNames {
  std::vector<std::string> by_index;
  std::unordered_map<std::string_view, FieldId> by_name;
};

const StoredNames& stored_names() {
  static const StoredNames kNames = [] {
    StoredNames names;
    names.by_index.reserve(all_fields().size());
    for (const Field& each : all_fields())
      names.by_index.push_back(stored_name(each));
    for (std::size_t i = 0; i < names.by_index.size(); ++i) {
      names.by_name.emplace(names.by_index[i], FieldId(static_cast<std::uint16_t>(i)));
    }
    return names;
  }();
  return kNames;
}

[[noreturn]] void throw_damaged(std::string_view line) {
  throw StorageError("What was last seen in a sheet is stored in a form that this program does not know.",
                     std::string(line.substr(0, 80)));
}

// Splits off what stands before the next separator.
std::string_view take_until(std::string_view& rest, char separator) {
  const std::size_t at = rest.find(separator);
  const std::string_view part = rest.substr(0, at);
  rest = at == std::string_view::npos ? std::string_view{} : rest.substr(at + 1);
  return part;
}

BaseCell read_base(std::string_view parts) {
  BaseCell base;
  base.sheet = read_cell(take_until(parts, '\t'));
  const std::string_view stored = take_until(parts, '\t');
  base.stored = stored.empty() || stored == "=" ? base.sheet : read_cell(stored);
  if (parts == kKeptMark) {
    base.kept = true;
  } else if (parts.starts_with(kUndecidedMark)) {
    base.undecided = read_cell(parts.substr(1));
  } else if (!parts.empty()) {
    base.pending = read_cell(parts);
  }
  return base;
}

}  // namespace

std::string to_base_text(const BaseCells& cells) {
  std::string out;
  for (const auto& [id, base] : cells) {
    out += stored_names().by_index[id.index()];
    out += '\t';
    append_cell(out, base.sheet);
    const bool differs = base.stored != base.sheet;
    const bool says_more = base.pending || base.kept || base.undecided;
    if (differs || says_more) out += '\t';
    if (differs) append_cell(out, base.stored);
    if (!differs && says_more) out += '=';
    if (says_more) out += '\t';
    if (base.undecided) {
      out += kUndecidedMark;
      append_cell(out, *base.undecided);
    } else if (base.pending) {
      append_cell(out, *base.pending);
    } else if (base.kept) {
      out += kKeptMark;
    }
    out += '\n';
  }
  return out;
}

BaseCells from_base_text(std::string_view text) {
  BaseCells cells;
  cells.reserve(static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')));
  while (!text.empty()) {
    std::string_view line = take_until(text, '\n');
    const auto known = stored_names().by_name.find(take_until(line, '\t'));
    if (line.empty()) throw_damaged(line);
    if (known == stored_names().by_name.end()) continue;
    cells.insert_or_assign(known->second, read_base(line));
  }
  return cells;
}

}  // namespace roadmap
