#include "core/actions/planned_values.h"

#include "core/fields/registry.h"

namespace roadmap {

void list_planned_values(const StoreChanges& changes, const InitiativeIndex& stored, RunResult& result) {
  for (const InitiativeChange& change : changes.changed_initiatives) {
    const InitiativeRecord* before = stored.find(change.key);
    for (const auto& [id, value] : change.values) {
      result.plan.push_back({"", "", 0, change.key, std::string(field(id).name),
                             before == nullptr ? Cell{} : before->value(id), value});
    }
  }
}

}  // namespace roadmap
