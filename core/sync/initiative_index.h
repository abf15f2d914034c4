#pragma once

#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/store/records.h"
#include "core/sync/found_in.h"

namespace roadmap {

// Stored initiatives by key. A value; reading from many threads is safe.
class InitiativeIndex {
 public:
  explicit InitiativeIndex(std::vector<InitiativeRecord> records) : records_(std::move(records)) {
    by_key_.reserve(records_.size());
    for (std::size_t i = 0; i < records_.size(); ++i)
      by_key_.emplace(records_[i].key, i);
  }

  const InitiativeRecord* find(const std::string& key) const {  // nullptr: not stored
    const std::size_t* found = found_in(by_key_, key);
    return found == nullptr ? nullptr : &records_[*found];
  }
  const std::vector<InitiativeRecord>& all() const { return records_; }

 private:
  std::vector<InitiativeRecord> records_;
  std::unordered_map<std::string, std::size_t> by_key_;
};

}  // namespace roadmap
