#include "core/sync/intake_plan.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/fields/registry.h"
#include "core/fields/text.h"
#include "core/sync/merge_rule.h"
#include "core/sync/tab_address.h"

namespace roadmap {
namespace {

constexpr const char* kSourceToken = "flow0.intake_sync";
constexpr std::string_view kNew = "new";
constexpr std::string_view kWithdrawn = "withdrawn";

class IntakePlanner {
 public:
  explicit IntakePlanner(const IntakeInput& input) : input_(input) {}

  IntakePlan run() {
    IntakeIdentity identity =
        identify_intake_rows(input_.sources, input_.stored, input_.bases, input_.pending);
    const std::int64_t first_free = std::max(
        input_.next_key_number, std::max(identity.highest_number_seen, input_.highest_number_seen) + 1);
    next_number_ = first_free;
    for (const IntakeSource& source : input_.sources) {
      for (const std::string& warning : source.table.columns().warnings)
        warn(source.table.layout().tab + ": " + warning);
    }
    for (IntakeRow& row : identity.rows)
      plan_row(row);
    plan_.changes.confirmed_keys = std::move(identity.confirmed_keys);
    if (next_number_ != input_.next_key_number) plan_.changes.next_key_number = next_number_;
    return std::move(plan_);
  }

 private:
  const SheetTable& table_of(const IntakeRow& row) const { return input_.sources[row.source].table; }
  std::string place(std::size_t source, int row) const {
    return fmt::format("{} row {}", input_.sources[source].table.layout().tab, row);
  }
  std::string place(const IntakeRow& row) const { return place(row.source, row.row->row); }
  void warn(std::string warning) { plan_.warnings.push_back(std::move(warning)); }
  void outcome(const IntakeRow& row, RowStatus status, std::string message) {
    plan_.rows.push_back({row.key, row.row->row, status, std::move(message)});
  }

  void plan_row(IntakeRow& row) {
    switch (row.kind) {
      case IntakeRowKind::kNoTitle:
        ++plan_.no_title;
        warn(place(row) + ": no Title, skipped");
        return outcome(row, RowStatus::kSkipped, place(row) + ": no Title");
      case IntakeRowKind::kDuplicate: {
        ++plan_.duplicates;
        const std::string text = fmt::format("{}: duplicate key {}, see {}", place(row), row.key,
                                             place(row.duplicate_source, row.duplicate_of_row));
        warn(text);
        return outcome(row, RowStatus::kSkipped, text);
      }
      case IntakeRowKind::kUnreadable:
        return leave_alone(row, fmt::format("{}: the key cell shows {}", place(row),
                                            trim(to_text(table_of(row).raw(*row.row, fields::key())))));
      case IntakeRowKind::kForeignKey:
        return leave_alone(
            row, fmt::format("{}: unknown key '{}', clear the cell to get a new one", place(row), row.key));
      case IntakeRowKind::kAdopt:
      case IntakeRowKind::kNew:
        return create(row);
      case IntakeRowKind::kKnown:
        return update(row);
    }
  }

  void leave_alone(const IntakeRow& row, const std::string& text) {
    ++plan_.left_alone;
    warn(text);
    outcome(row, RowStatus::kSkipped, text);
  }

  // The row's team cells as values; false (and a failed outcome) when one of them is no value of its field.
  bool read_cells(const IntakeRow& row, std::vector<std::pair<FieldId, Cell>>& cells) {
    std::string problems;
    const SheetTable& table = table_of(row);
    for (const auto& [id, column] : table.columns().columns) {
      if (owner_on(id, Tab::kIntake) != Owner::kTeam) continue;
      ParsedCell parsed = table.parsed(*row.row, id);
      if (const auto* bad = std::get_if<BadCell>(&parsed)) {
        problems += fmt::format("{}{}: {}", problems.empty() ? "" : "; ", table.header_of(id), bad->reason);
      } else {
        cells.emplace_back(id, std::get<Cell>(std::move(parsed)));
      }
    }
    if (problems.empty()) return true;
    ++plan_.bad_rows;
    warn(place(row) + ": " + problems);
    outcome(row, RowStatus::kFailed, place(row) + ": " + problems);
    return false;
  }

  void create(IntakeRow& row) {
    std::vector<std::pair<FieldId, Cell>> cells;
    if (!read_cells(row, cells)) return;
    if (row.kind == IntakeRowKind::kAdopt) {
      warn(fmt::format("{}: key {} was not known and is taken over", place(row), row.key));
    } else {
      row.key = format_initiative_key(next_number_++);
      row.write_key = true;
    }
    const IntakeTabSettings& tab = *input_.sources[row.source].settings;
    InitiativeRecord record = make_initiative(row.key);
    record.product_org = tab.product_org;
    record.intake_tab_key = tab.key;
    record.created_at = record.updated_at = input_.now;
    record.updated_source = kSourceToken;
    BaseChange base{intake_address(), row.key, row.row->row, {}};
    bool has_status = false;
    for (auto& [id, cell] : cells) {
      Cell stored = id == fields::status() ? initial_status(row, cell) : cell;
      has_status = has_status || id == fields::status();
      base.cells.emplace_back(id, BaseCell{cell, stored, std::nullopt});
      record.set(id, std::move(stored));
    }
    if (!has_status) record.set(fields::status(), Cell(std::string(kNew)));
    if (row.write_key) add_pending(row, record);
    write_key_of(row);
    plan_.changes.new_initiatives.push_back(std::move(record));
    plan_.changes.bases.push_back(std::move(base));
    plan_.created.insert(row.key);
    outcome(row, RowStatus::kOk, "new from " + place(row));
  }

  Cell initial_status(const IntakeRow& row, const Cell& cell) {
    const std::string word = lower(to_text(cell));
    if (word == kWithdrawn) return Cell(std::string(kWithdrawn));
    if (!word.empty() && word != kNew) warn_status(row, cell);
    return Cell(std::string(kNew));
  }

  void warn_status(const IntakeRow& row, const Cell& cell) {
    warn(fmt::format("{}: Status '{}' is neither new nor withdrawn, ignored", place(row), to_text(cell)));
  }

  void add_pending(const IntakeRow& row, const InitiativeRecord& record) {
    const auto text = [&](FieldId id) { return std::string(trim(to_text(table_of(row).raw(*row.row, id)))); };
    plan_.changes.pending_keys.push_back({record.key, address_of(table_of(row).layout()), row.row->row,
                                          row.title, text(fields::requester_email()),
                                          text(fields::requesting_team())});
  }

  void write_key_of(const IntakeRow& row) {
    if (row.write_key) plan_.key_writes.push_back({row.key, row.source, row.row->row, row.title});
  }

  void update(const IntakeRow& row) {
    write_key_of(row);
    std::vector<std::pair<FieldId, Cell>> cells;
    if (!read_cells(row, cells)) return;
    const InitiativeRecord& record = *input_.stored.find(row.key);
    const auto found = input_.bases.find(row.key);
    const RowBase* last = found == input_.bases.end() ? nullptr : &found->second;
    InitiativeChange change{row.key, {}, std::nullopt, std::nullopt, input_.now, kSourceToken, true};
    BaseChange base{intake_address(), row.key, row.row->row, {}};
    for (const auto& [id, cell] : cells) {
      const BaseCell* cell_base = nullptr;
      if (last != nullptr) {
        const auto at = last->cells.find(id);
        if (at != last->cells.end()) cell_base = &at->second;
      }
      Cell value = cell;
      if (id == fields::status() && !usable_status(row, record, value)) continue;
      merge_cell(row, record, id, value, cell_base, change, base);
    }
    const std::string& tab_key = input_.sources[row.source].settings->key;
    if (record.intake_tab_key != tab_key) change.intake_tab_key = tab_key;
    const bool took = !change.values.empty();
    change.touches_values = took;
    if (took || change.intake_tab_key) plan_.changes.changed_initiatives.push_back(std::move(change));
    if (!base.cells.empty()) plan_.changes.bases.push_back(std::move(base));
    if (!took) {
      ++plan_.unchanged;
      return;
    }
    plan_.updated.insert(row.key);
    outcome(row, RowStatus::kOk, "updated from " + place(row));
  }

  // Normalises an intake status; false where the cell has nothing to say.
  bool usable_status(const IntakeRow& row, const InitiativeRecord& record, Cell& status) {
    const std::string word = lower(to_text(status));
    if (word.empty()) return false;
    if (word != kNew && word != kWithdrawn) {
      warn_status(row, status);
      return false;
    }
    status = Cell(word);
    const bool reopens = word == kNew && lower(to_text(record.value(fields::status()))) == kWithdrawn;
    const bool may_reopen = input_.status_override == StatusOverride::kAllowed ||
                            input_.sources[row.source].settings->allow_status_override;
    return !reopens || may_reopen;
  }

  void merge_cell(const IntakeRow& row, const InitiativeRecord& record, FieldId id, const Cell& cell,
                  const BaseCell* cell_base, InitiativeChange& change, BaseChange& base) {
    const Cell& stored = record.value(id);
    IntakeMerge merge = merge_intake(field(id).type, cell, stored, cell_base);
    if (merge.take) change.values.emplace_back(id, cell);
    if (merge.kept_pm) {
      plan_.kept_pm_values.push_back({row.key, table_of(row).header_of(id), stored, cell});
    }
    if (merge.base) base.cells.emplace_back(id, std::move(*merge.base));
  }

  const IntakeInput& input_;
  IntakePlan plan_;
  std::int64_t next_number_ = 1;
};

}  // namespace

IntakePlan plan_intake(const IntakeInput& input) { return IntakePlanner(input).run(); }

}  // namespace roadmap
