#include "core/fields/text.h"

namespace roadmap {

std::string spoken_list(const std::vector<std::string_view>& names) {
  if (names.empty()) return "nothing";
  std::string list(names.front());
  for (std::size_t i = 1; i < names.size(); ++i) {
    list += i + 1 == names.size() ? " and " : ", ";
    list += names[i];
  }
  return list;
}

}  // namespace roadmap
