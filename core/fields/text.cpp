#include "core/fields/text.h"

namespace roadmap {

std::string spoken_list(const std::vector<std::string_view>& names, std::string_view last) {
  if (names.empty()) return "nothing";
  std::string list(names.front());
  for (std::size_t i = 1; i < names.size(); ++i) {
    if (i + 1 == names.size()) {
      list.append(" ").append(last).append(" ");
    } else {
      list += ", ";
    }
    list += names[i];
  }
  return list;
}

}  // namespace roadmap
