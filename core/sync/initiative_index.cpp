#include "core/sync/initiative_index.h"

namespace roadmap {

InitiativeIndex::InitiativeIndex(std::vector<InitiativeRecord> records) : records_(std::move(records)) {
  by_key_.reserve(records_.size());
  for (std::size_t i = 0; i < records_.size(); ++i)
    by_key_.emplace(records_[i].key, i);
}

const InitiativeRecord* InitiativeIndex::find(const std::string& key) const {
  const auto found = by_key_.find(key);
  return found == by_key_.end() ? nullptr : &records_[found->second];
}

}  // namespace roadmap
