#include "core/fields/text.h"

#include <fmt/format.h>

namespace roadmap {

std::string spoken_list(const std::vector<std::string_view>& names, std::string_view last) {
  if (names.empty()) return "nothing";
  if (names.size() == 1) return std::string(names.front());
  return fmt::format("{} {} {}", fmt::join(names.begin(), names.end() - 1, ", "), last, names.back());
}

std::string column_letters(int column) {
  constexpr int kLetters = 26;
  std::string letters;
  for (int rest = column; rest >= 0; rest = rest / kLetters - 1)
    letters.insert(letters.begin(), static_cast<char>('A' + rest % kLetters));
  return letters;
}

std::string_view start_within(std::string_view text, std::size_t limit) {
  if (text.size() <= limit) return text;
  while (limit > 0 && continues_character(text[limit]))
    --limit;
  return text.substr(0, limit);
}

std::string shortened(std::string_view text, std::size_t limit) {
  std::string start(start_within(text, limit));
  return start.size() < text.size() ? start + "…" : start;
}

std::string cut(const std::string& text, std::size_t limit) {
  std::size_t characters = 0;
  std::size_t end_of_cut = 0;  // where the first limit - 1 characters end
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (continues_character(text[i])) continue;
    if (characters == limit - 1) end_of_cut = i;
    if (++characters > limit) return text.substr(0, end_of_cut) + "…";
  }
  return text;
}

}  // namespace roadmap
