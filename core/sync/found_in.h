#pragma once

namespace roadmap {

// What a map holds of a key; nullptr: nothing. Valid as long as it stands there.
template <typename Map>
auto* found_in(Map& map, const typename Map::key_type& key) {
  const auto found = map.find(key);
  return found == map.end() ? nullptr : &found->second;
}

// The same where an empty value says as much as none.
template <typename Map>
const auto& found_or_empty(const Map& map, const typename Map::key_type& key) {
  static const typename Map::mapped_type kEmpty{};
  const auto* found = found_in(map, key);
  return found == nullptr ? kEmpty : *found;
}

}  // namespace roadmap
