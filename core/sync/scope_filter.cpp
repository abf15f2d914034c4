#include "core/sync/scope_filter.h"

#include <unordered_map>

#include "core/fields/cell_value.h"
#include "core/fields/registry.h"
#include "core/sync/found_in.h"

namespace roadmap {
namespace {

std::vector<std::string> all_keys(const InitiativeIndex& stored) {
  std::vector<std::string> keys;
  for (const InitiativeRecord& record : stored.all())
    keys.push_back(record.key);
  return keys;
}

// Values of the predicate's column by key, where it is a column of math models.
using ModelValues = std::unordered_map<std::string, Cell>;

ModelValues model_values(FieldId id, const InitiativeIndex& stored, const Planning& planning) {
  ModelValues values;
  for (const MathModelRecord& model : planning.math_models(all_keys(stored)))
    values.emplace(model.initiative_key, model.values.value(id));
  return values;
}

void filter(const Predicate& predicate, const InitiativeIndex& stored, const Planning& planning,
            StoredSelection& selection) {
  const auto own = find_field(Table::kInitiatives, predicate.column);
  const FieldId id = own ? *own : field_id(Table::kMathModels, predicate.column);
  const ModelValues of_models = own ? ModelValues{} : model_values(id, stored, planning);
  for (const InitiativeRecord& record : stored.all()) {
    const Cell& value = own ? record.value(id) : found_or_empty(of_models, record.key);
    const bool equal = same_value(field(id).type, value, predicate.value);
    if (equal == (predicate.op == PredicateOp::kEqual)) selection.initiatives.push_back(&record);
  }
}

}  // namespace

StoredSelection select_stored(const Scope& scope, const InitiativeIndex& stored, const Planning& planning) {
  StoredSelection selection;
  if (scope.type == ScopeType::kFilter && scope.predicate) {
    filter(*scope.predicate, stored, planning, selection);
  } else if (scope.type == ScopeType::kSelection) {
    const Selection selected = select_keys(scope);
    selection.skipped_no_key = selected.skipped_no_key;
    for (const std::string& key : selected.keys) {
      if (const InitiativeRecord* record = stored.find(key)) {
        selection.initiatives.push_back(record);
      } else {
        selection.unknown.push_back({key, 0, RowStatus::kFailed, "unknown key"});
      }
    }
  } else {
    for (const InitiativeRecord& record : stored.all())
      selection.initiatives.push_back(&record);
  }
  return selection;
}

}  // namespace roadmap
