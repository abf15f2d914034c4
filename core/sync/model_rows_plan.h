#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/llm/assistant.h"
#include "core/run/sheets_gateway.h"
#include "core/store/records.h"
#include "core/sync/sheet_table.h"

namespace roadmap {

// A row of MathModels as the assistant's jobs read it. Points to its table; a value otherwise.
class ModelRow {
 public:
  ModelRow(const SheetTable& table, const TableRow& row) : table_(&table), row_(&row) {}

  const TableRow& row() const { return *row_; }
  // What a cell of the math model shows, trimmed; "" where the tab lacks the column.
  std::string text(std::string_view field_name) const;
  bool approved() const;
  // A sentence naming each of these cells that shows an error or cannot be read; "" when all are fine.
  std::string problems(const std::vector<std::string_view>& field_names) const;

 private:
  const SheetTable* table_;
  const TableRow* row_;
};

// The stored fields that say what an initiative is about, as a question carries them. People's names,
// addresses and scores are not among them.
std::vector<NamedText> initiative_context(const InitiativeRecord& record);

// New rows of MathModels, below its last keyed row: key and title, for each of the initiatives that is marked
// Use Math Model and has no row there. nullopt: none. Pure.
std::optional<RowsInsert> plan_model_rows(const SheetTable& math_models,
                                          const std::vector<const InitiativeRecord*>& initiatives);

}  // namespace roadmap
