#include "core/store/write_intent.h"

#include <charconv>

#include "core/errors.h"
#include "core/store/cell_text.h"

namespace roadmap {
namespace {

// A line is a letter and its parts, each with a tab before it; texts are escaped as in cell_text.h.
class IntentWriter {
 public:
  std::string text;

  void begin(char kind) { text += kind; }
  void put(std::int64_t number) {
    text += '\t';
    text += std::to_string(number);
  }
  void put(std::string_view part) {
    text += '\t';
    append_escaped(text, part);
  }
  void put(const Cell& cell) {
    text += '\t';
    append_cell(text, cell);
  }
  void put(const SeenCell& cell) {
    text += '\t';
    if (cell.is_formula()) {
      append_escaped(text, cell.formula);  // begins with '='
    } else {
      append_cell(text, cell.shown);
    }
  }
  void end() { text += '\n'; }
};

[[noreturn]] void throw_unknown(std::string_view line) {
  throw StorageError(
      "What was about to be written to a sheet is stored in a form that this program does not know.",
      std::string(line.substr(0, 80)));
}

class IntentLine {
 public:
  explicit IntentLine(std::string_view line) : line_(line), rest_(line) {
    if (rest_.empty()) throw_unknown(line);
    rest_.remove_prefix(1);
  }

  char kind() const { return line_.front(); }
  bool more() const { return !rest_.empty(); }
  std::string_view rest() const { return rest_; }

  std::string_view part() {
    if (rest_.empty() || rest_.front() != '\t') throw_unknown(line_);
    rest_.remove_prefix(1);
    const std::string_view part = rest_.substr(0, rest_.find('\t'));
    rest_.remove_prefix(part.size());
    return part;
  }
  std::string text() { return unescaped(part()); }
  int number() {
    const std::string_view digits = part();
    int value = 0;
    const auto [stop, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error != std::errc{} || stop != digits.data() + digits.size()) throw_unknown(line_);
    return value;
  }
  Cell cell() { return read_cell(part()); }
  SeenCell seen() {
    const std::string_view text = part();
    if (text.starts_with('=')) return {{}, unescaped(text)};
    return {read_cell(text), {}};
  }

 private:
  std::string_view line_;
  std::string_view rest_;
};

void put_columns(IntentWriter& out, char kind, const std::vector<IntentColumn>& columns) {
  for (const IntentColumn& column : columns) {
    out.begin(kind);
    out.put(std::int64_t{column.column});
    out.put(std::string_view(column.header));
    out.put(std::int64_t{column.restorable});
    out.put(std::int64_t{column.system});
    for (const Cell& cell : column.without_identity)
      out.put(cell);
    out.end();
  }
}

void put_cells(IntentWriter& out, char kind, const std::vector<PlannedCell>& cells) {
  for (const PlannedCell& cell : cells) {
    out.begin(kind);
    out.put(std::string_view(cell.key));
    out.put(std::int64_t{cell.row});
    out.put(std::int64_t{cell.column});
    out.put(cell.before);
    out.put(cell.after);
    out.put(std::int64_t{cell.is_formula});
    out.end();
  }
}

void put_tab(IntentWriter& out, const IntentTab& tab) {
  out.begin('T');
  out.put(static_cast<std::int64_t>(tab.tab));
  out.put(std::string_view(tab.title));
  out.put(std::int64_t{tab.header_row});
  out.put(std::int64_t{tab.first_data_row});
  out.put(std::int64_t{tab.puts_right});
  out.put(static_cast<std::int64_t>(tab.headers));
  out.put(std::int64_t{tab.was_unusable});
  out.end();
  put_columns(out, 'I', tab.identity);
  put_columns(out, 'C', tab.written);
  for (const BystanderColumn& column : tab.bystanders) {
    out.begin('B');
    out.put(std::int64_t{column.column});
    out.put(std::string_view(column.header));
    out.put(std::int64_t{column.is_filled_without_identity});
    out.end();
  }
  for (const IntentRow& row : tab.rows) {
    out.begin('R');
    out.put(std::int64_t{row.row});
    out.put(std::string_view(row.identity));
    for (const SeenCell& cell : row.cells)
      out.put(cell);
    out.text += row.bystanders;
    out.end();
  }
  put_cells(out, 'W', tab.cells);
  for (const std::string& key : tab.confirms) {
    out.begin('K');
    out.put(std::string_view(key));
    out.end();
  }
  if (!tab.insert) return;
  out.begin('N');
  out.put(std::int64_t{tab.insert->after_row});
  out.end();
  put_cells(out, '+', tab.insert->cells);
}

PlannedCell read_planned(IntentLine& line) {
  PlannedCell cell;
  cell.key = line.text();
  cell.row = line.number();
  cell.column = line.number();
  cell.before = line.cell();
  cell.after = line.cell();
  cell.is_formula = line.number() != 0;
  return cell;
}

IntentColumn read_column(IntentLine& line) {
  IntentColumn column;
  column.column = line.number();
  column.header = line.text();
  column.restorable = line.number() != 0;
  column.system = line.number() != 0;
  while (line.more())
    column.without_identity.push_back(line.cell());
  return column;
}

IntentTab read_tab_line(IntentLine& line) {
  IntentTab tab;
  tab.tab = static_cast<Tab>(line.number());
  tab.title = line.text();
  tab.header_row = line.number();
  tab.first_data_row = line.number();
  tab.puts_right = line.number() != 0;
  tab.headers = static_cast<std::size_t>(line.number());
  tab.was_unusable = line.more() && line.number() != 0;  // 0.1.0 did not write it
  return tab;
}

void read_tab_part(IntentLine& line, IntentTab& tab) {
  switch (line.kind()) {
    case 'I':
      return tab.identity.push_back(read_column(line));
    case 'C':
      return tab.written.push_back(read_column(line));
    case 'B': {
      BystanderColumn column{line.number(), {}};
      column.header = line.text();
      column.is_filled_without_identity = line.number() != 0;
      return tab.bystanders.push_back(std::move(column));
    }
    case 'R': {
      IntentRow row;
      row.row = line.number();
      row.identity = line.text();
      while (row.cells.size() < tab.written.size())
        row.cells.push_back(line.seen());
      row.bystanders = line.rest();
      return tab.rows.push_back(std::move(row));
    }
    case 'W':
      return tab.cells.push_back(read_planned(line));
    case 'K':
      return tab.confirms.push_back(line.text());
    case 'N':
      tab.insert.emplace().after_row = line.number();
      return;
    case '+':
      if (tab.insert) return tab.insert->cells.push_back(read_planned(line));
      [[fallthrough]];
    default:
      throw_unknown(std::string_view("an unknown line"));
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
  while (!packed.empty()) {
    packed.remove_prefix(1);
    const std::string_view part = packed.substr(0, packed.find('\t'));
    cells.push_back(read_cell(part));
    packed.remove_prefix(part.size());
  }
  return cells;
}

std::string intent_text(const WriteIntent& intent) {
  IntentWriter out;
  out.begin('S');
  out.put(std::string_view(intent.spreadsheet_id));
  out.put(std::string_view(intent.marker));
  out.put(std::int64_t{intent.round});
  out.end();
  for (const auto& [tab, keys] : intent.refused) {
    for (const std::string& key : keys) {
      out.begin('X');
      out.put(std::string_view(key));
      out.put(std::string_view(tab));
      out.end();
    }
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
      intent.spreadsheet_id = line.text();
      intent.marker = line.text();
      intent.round = line.number();
    } else if (line.kind() == 'X') {
      std::string key = line.text();
      const std::string tab = line.more() ? line.text() : std::string();  // 0.1.0 did not write it
      intent.refused[tab].insert(std::move(key));
    } else if (line.kind() == 'T') {
      intent.tabs.push_back(read_tab_line(line));
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
