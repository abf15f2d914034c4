#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "core/store/records.h"

namespace roadmap {

// Stored initiatives by key. A value; reading from many threads is safe.
class InitiativeIndex {
 public:
  explicit InitiativeIndex(std::vector<InitiativeRecord> records);

  const InitiativeRecord* find(const std::string& key) const;  // nullptr: not stored
  const std::vector<InitiativeRecord>& all() const { return records_; }

 private:
  std::vector<InitiativeRecord> records_;
  std::unordered_map<std::string, std::size_t> by_key_;
};

}  // namespace roadmap
