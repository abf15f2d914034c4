#include "core/store/cell_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <system_error>
#include <unordered_map>
#include <vector>

#include "core/errors.h"
#include "core/fields/registry.h"

namespace roadmap {
namespace {

[[noreturn]] void throw_unreadable(std::string_view part) {
  throw StorageError("A cell is stored in a form that this program does not know.",
                     std::string(part.substr(0, 80)));
}

constexpr char kUndecidedMark = '?';  // before the cell
constexpr std::string_view kKeptMark = std::string_view(kKeptCellText).substr(1, 1);

// Both ways between fields and their stored names, worked out once.
struct StoredNames {
  std::vector<std::string> by_index;
  std::unordered_map<std::string_view, FieldId> by_name;
};

const StoredNames& stored_names() {
  static const StoredNames kNames = [] {
    StoredNames names;
    names.by_index.reserve(all_fields().size());
    for (const Field& each : all_fields()) {
      const std::string_view table = each.table == Table::kNone ? "sheet" : table_name(each.table);
      names.by_index.push_back(fmt::format("{}:{}", table.front(), each.name));
    }
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

void append_escaped(std::string& out, std::string_view text) {
  std::size_t begin = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c != '\\' && c != '\t' && c != '\n') continue;
    out.append(text.substr(begin, i - begin));
    out += '\\';
    out += c == '\t' ? 't' : c == '\n' ? 'n' : c;
    begin = i + 1;
  }
  out.append(text.substr(begin));
}

std::string unescaped(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\' || i + 1 == text.size()) {
      out += text[i];
      continue;
    }
    const char escaped = text[++i];
    out += escaped == 't' ? '\t' : escaped == 'n' ? '\n' : escaped;
  }
  return out;
}

void append_cell(std::string& out, const Cell& cell) {
  if (const auto* flag = std::get_if<bool>(&cell)) {
    out += *flag ? 'T' : 'F';
  } else if (const auto* number = std::get_if<double>(&cell)) {
    std::array<char, 32> digits{};  // the shortest form of a double has at most 24 characters
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), *number).ptr;
    out += '#';
    out.append(digits.data(), end);
  } else if (const auto* text = std::get_if<std::string>(&cell)) {
    out += '\'';
    append_escaped(out, *text);
  } else {
    out += '-';
  }
}

Cell read_cell(std::string_view part) {
  if (part == "-") return {};
  if (part == "T") return true;
  if (part == "F") return false;
  if (!part.empty() && part[0] == '\'') {
    const std::string_view text = part.substr(1);
    return text.find('\\') == std::string_view::npos ? std::string(text) : unescaped(text);
  }
  double number = 0;
  const char* end = part.data() + part.size();
  if (part.empty() || part[0] != '#') throw_unreadable(part);
  const auto [stop, error] = std::from_chars(part.data() + 1, end, number);
  if (error != std::errc{} || stop != end) throw_unreadable(part);
  return number;
}

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
