#include "core/store/cell_text.h"

#include <array>
#include <charconv>
#include <system_error>

#include "core/errors.h"

namespace roadmap {
namespace {

[[noreturn]] void throw_unreadable(std::string_view part) {
  throw StorageError("A cell is stored in a form that this program does not know.",
                     std::string(part.substr(0, 80)));
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

}  // namespace roadmap
