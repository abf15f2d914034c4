#include "core/store/write_intent.h"

#include <charconv>
#include <cstdint>
#include <string>
#include <type_traits>

#include "core/errors.h"
#include "core/store/cell_text.h"

namespace roadmap {
namespace {

[[noreturn]] void throw_unknown(std::string_view line) {
  throw StorageError(
      "What was about to be written to a sheet is stored in a form that this program does not know.",
      std::string(line.substr(0, 80)));
}

template <typename Number>
concept StoredNumber = std::is_integral_v<Number> || std::is_enum_v<Number>;

// Takes off the part that `rest` begins with, and the tab before it.
std::string_view take_part(std::string_view& rest) {
  rest.remove_prefix(1);
  const std::string_view part = rest.substr(0, rest.find('\t'));
  rest.remove_prefix(part.size());
  return part;
}

// A line is a letter and its parts, each with a tab before it; texts are escaped as in cell_text.h. Writer
// and reader are told the parts of a line by the same functions below, so that both agree on them.
class IntentWriter {
 public:
  std::string text;

  template <typename Item, typename Parts>
  void line(char kind, const Item& item, const Parts& parts) {
    text += kind;
    parts(*this, item);
    text += '\n';
  }
  template <typename Item, typename Parts>
  void lines(char kind, const std::vector<Item>& items, const Parts& parts) {
    for (const Item& item : items)
      line(kind, item, parts);
  }

  template <typename... Parts>
  void operator()(const Parts&... parts) {
    (put(parts), ...);
  }
  template <typename Part>
  void maybe(const Part& part) {
    put(part);
  }
  void all(const std::vector<Cell>& cells) {
    for (const Cell& cell : cells)
      put(cell);
  }
  void rest(const std::string& parts) { text += parts; }

 private:
  template <StoredNumber Number>
  void put(Number number) {
    text += '\t';
    text += std::to_string(static_cast<std::int64_t>(number));
  }
  void put(const std::string& part) {
    text += '\t';
    append_escaped(text, part);
  }
  void put(const Cell& cell) {
    text += '\t';
    append_cell(text, cell);
  }
  void put(const SeenCell& cell) { cell.is_formula() ? put(cell.formula) : put(cell.shown); }
};

class IntentLine {
 public:
  explicit IntentLine(std::string_view line) : line_(line), rest_(line) {
    if (rest_.empty()) throw_unknown(line);
    rest_.remove_prefix(1);
  }

  char kind() const { return line_.front(); }

  template <typename... Parts>
  void operator()(Parts&... parts) {
    (take(parts), ...);
  }
  // A part that 0.1.0 did not write.
  template <typename Part>
  void maybe(Part& part) {
    if (!rest_.empty()) take(part);
  }
  void all(std::vector<Cell>& cells) {
    while (!rest_.empty())
      take(cells.emplace_back());
  }
  void rest(std::string& parts) { parts = rest_; }

 private:
  std::string_view part() {
    if (!rest_.starts_with('\t')) throw_unknown(line_);
    return take_part(rest_);
  }
  template <StoredNumber Number>
  void take(Number& number) {
    const std::string_view digits = part();
    std::int64_t value = 0;
    const auto [stop, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error != std::errc{} || stop != digits.data() + digits.size()) throw_unknown(line_);
    number = static_cast<Number>(value);
  }
  void take(std::string& text) { text = unescaped(part()); }
  void take(Cell& cell) { cell = read_cell(part()); }
  void take(SeenCell& cell) {
    const std::string_view text = part();
    if (text.starts_with('=')) {
      cell.formula = unescaped(text);
    } else {
      cell.shown = read_cell(text);
    }
  }

  std::string_view line_;
  std::string_view rest_;
};

constexpr auto kIntentParts = [](auto& line, auto& intent) {
  line(intent.spreadsheet_id, intent.marker, intent.round);
};

// The key of a row that Google refused, and its tab.
constexpr auto kRefusedParts = [](auto& line, auto& refused) {
  line(refused.first);
  line.maybe(refused.second);
};

constexpr auto kTabParts = [](auto& line, auto& tab) {
  line(tab.tab, tab.title, tab.header_row, tab.first_data_row, tab.puts_right, tab.headers);
  line.maybe(tab.was_unusable);
};

constexpr auto kColumnParts = [](auto& line, auto& column) {
  line(column.column, column.header, column.restorable, column.system);
  line.all(column.without_identity);
};

constexpr auto kBystanderParts = [](auto& line, auto& column) {
  line(column.column, column.header, column.is_filled_without_identity);
};

// A row that is read has its cells already, empty: as many as the tab has written columns.
constexpr auto kRowParts = [](auto& line, auto& row) {
  line(row.row, row.identity);
  for (auto& cell : row.cells)
    line(cell);
  line.rest(row.bystanders);
};

constexpr auto kPlannedParts = [](auto& line, auto& cell) {
  line(cell.key, cell.row, cell.column, cell.before, cell.after, cell.is_formula);
};

constexpr auto kKeyParts = [](auto& line, auto& key) { line(key); };

constexpr auto kInsertParts = [](auto& line, auto& insert) { line(insert.after_row); };

void put_tab(IntentWriter& out, const IntentTab& tab) {
  out.line('T', tab, kTabParts);
  out.lines('I', tab.identity, kColumnParts);
  out.lines('C', tab.written, kColumnParts);
  out.lines('B', tab.bystanders, kBystanderParts);
  out.lines('R', tab.rows, kRowParts);
  out.lines('W', tab.cells, kPlannedParts);
  out.lines('K', tab.confirms, kKeyParts);
  if (!tab.insert) return;
  out.line('N', *tab.insert, kInsertParts);
  out.lines('+', tab.insert->cells, kPlannedParts);
}

void read_tab_part(IntentLine& line, IntentTab& tab) {
  switch (line.kind()) {
    case 'I':
      return kColumnParts(line, tab.identity.emplace_back());
    case 'C':
      return kColumnParts(line, tab.written.emplace_back());
    case 'B':
      return kBystanderParts(line, tab.bystanders.emplace_back());
    case 'R':
      tab.rows.emplace_back().cells.resize(tab.written.size());
      return kRowParts(line, tab.rows.back());
    case 'W':
      return kPlannedParts(line, tab.cells.emplace_back());
    case 'K':
      return kKeyParts(line, tab.confirms.emplace_back());
    case 'N':
      return kInsertParts(line, tab.insert.emplace());
    case '+':
      if (tab.insert) return kPlannedParts(line, tab.insert->cells.emplace_back());
      [[fallthrough]];
    default:
      throw_unknown("an unknown line");
  }
}

}  // namespace

std::string packed_cells(const std::vector<const Cell*>& cells) {
  std::size_t count = cells.size();
  while (count > 1 && is_blank(*cells[count - 1]))
    --count;
  std::string packed;
  for (std::size_t i = 0; i < count; ++i) {
    packed += '\t';
    append_cell(packed, is_blank(*cells[i]) ? Cell{} : *cells[i]);
  }
  return packed;
}

std::vector<Cell> unpacked_cells(std::string_view packed) {
  std::vector<Cell> cells;
  while (!packed.empty())
    cells.push_back(read_cell(take_part(packed)));
  return cells;
}

std::string intent_text(const WriteIntent& intent) {
  IntentWriter out;
  out.line('S', intent, kIntentParts);
  for (const auto& [tab, keys] : intent.refused) {
    for (const std::string& key : keys)
      out.line('X', std::pair(key, tab), kRefusedParts);
  }
  for (const IntentTab& tab : intent.tabs)
    put_tab(out, tab);
  return std::move(out.text);
}

WriteIntent read_intent(std::string_view text) {
  WriteIntent intent;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos) throw_unknown(text);
    IntentLine line(text.substr(0, end));
    text.remove_prefix(end + 1);
    if (line.kind() == 'S') {
      kIntentParts(line, intent);
    } else if (line.kind() == 'X') {
      std::pair<std::string, std::string> refused;
      kRefusedParts(line, refused);
      intent.refused[refused.second].insert(refused.first);
    } else if (line.kind() == 'T') {
      kTabParts(line, intent.tabs.emplace_back());
    } else if (intent.tabs.empty()) {
      throw_unknown("a row before its tab");
    } else {
      read_tab_part(line, intent.tabs.back());
    }
  }
  const auto anywhere = intent.refused.extract("");
  for (std::size_t i = 0; anywhere && i < intent.tabs.size(); ++i)
    intent.refused[intent.tabs[i].title].insert(anywhere.mapped().begin(), anywhere.mapped().end());
  return intent;
}

}  // namespace roadmap
