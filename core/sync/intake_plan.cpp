#include "core/sync/intake_plan.h"

#include <fmt/format.h>

#include "core/errors.h"
#include "core/fields/registry.h"
#include "core/fields/text.h"
#include "core/sync/found_in.h"
#include "core/sync/merge_rule.h"
#include "core/sync/pm_cells.h"
#include "core/sync/row_report.h"
#include "core/sync/tab_address.h"

namespace roadmap {
namespace {

constexpr const char* kSourceToken = "flow0.intake_sync";
constexpr std::string_view kNew = "new";
constexpr std::string_view kWithdrawn = "withdrawn";

using TeamCells = std::vector<std::pair<FieldId, ReadCell>>;

// Of all well-formed keys of a tab.
std::set<std::int64_t> key_numbers(const SheetTable& table) {
  std::set<std::int64_t> numbers;
  for (const TableRow& row : table.rows()) {
    if (const auto number = parse_initiative_key(row.key)) numbers.insert(*number);
  }
  return numbers;
}

class IntakePlanner {
 public:
  explicit IntakePlanner(const IntakeInput& input) : input_(input), seen_(input.seen_numbers) {
    seen_.insert(input.numbers_elsewhere.begin(), input.numbers_elsewhere.end());
  }

  IntakePlan run() {
    IntakeIdentity identity = identify_intake_rows(input_.sources, input_.stored, input_.bases,
                                                   input_.pending, input_.next_key_number);
    next_number_ = identity.next_key_number;
    plan_.tabs.resize(input_.sources.size());
    for (std::size_t i = 0; i < input_.sources.size(); ++i) {
      const SheetTable& table = input_.sources[i].table;
      plan_.tabs[i].table = &table;
      for (std::string& warning : table.warnings())
        warn(std::move(warning));
      seen_.merge(key_numbers(table));
    }
    for (IntakeRow& row : identity.rows)
      plan_row(row);
    for (const StrayKey& stray : identity.strays)
      write_key(stray.source, *stray.row, stray.row->key, Cell{});
    plan_.changes.confirmed_keys = std::move(identity.confirmed_keys);
    if (next_number_ != input_.next_key_number) plan_.changes.next_key_number = next_number_;
    remember_seen_numbers();
    for (TabPlan& tab : plan_.tabs)
      sort_cells(tab);
    std::erase_if(plan_.tabs, [](const TabPlan& tab) { return tab.empty(); });
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
      case IntakeRowKind::kNoTitle: {
        ++plan_.no_title;
        const std::string text = place(row) + ": " + title_trouble(row);
        warn(text + ", skipped");
        return outcome(row, RowStatus::kSkipped, text);
      }
      case IntakeRowKind::kDuplicate: {
        ++plan_.duplicates;
        const std::string text = fmt::format("{}: duplicate key {}, see {}", place(row), row.key,
                                             place(row.duplicate_source, row.duplicate_of_row));
        warn(text);
        return outcome(row, RowStatus::kSkipped, text);
      }
      case IntakeRowKind::kUnreadable:
        return leave_alone(row, fmt::format("{}: the key cell shows {}", place(row),
                                            trimmed_text(table_of(row).raw(*row.row, fields::key()))));
      case IntakeRowKind::kForeignKey:
        return leave_alone(
            row, fmt::format("{}: unknown key '{}', clear the cell to get a new one", place(row), row.key));
      case IntakeRowKind::kFarKey:
        return leave_alone(
            row,
            fmt::format("{}: the number of key {} is far above all others, not taken over; clear the cell "
                        "to get a new one",
                        place(row), row.key));
      case IntakeRowKind::kAdopt:
      case IntakeRowKind::kNew:
        return create(row);
      case IntakeRowKind::kKnown:
        return update(row);
    }
  }

  static std::string trimmed_text(const Cell& cell) { return std::string(trim(to_text(cell))); }

  std::string title_trouble(const IntakeRow& row) const {
    const Cell& title = table_of(row).raw(*row.row, fields::title());
    const std::string text = trimmed_text(title);
    if (is_error(title)) return "Title shows " + text;
    return text.empty() ? "no Title" : fmt::format("Title '{}' is a key: type the title anew", text);
  }

  void leave_alone(const IntakeRow& row, const std::string& text) {
    ++plan_.left_alone;
    warn(text);
    outcome(row, RowStatus::kSkipped, text);
  }

  // The row's team cells that are values of their fields, but for those of a stored initiative that nothing
  // happened to; a sentence for each cell that is no value.
  std::string read_cells(const IntakeRow& row, TeamCells& cells, const InitiativeRecord* known = nullptr) {
    std::string problems;
    const SheetTable& table = table_of(row);
    const RowBase* seen = found_in(input_.bases, row.key);
    for (const auto& [id, column] : table.columns().columns) {
      if (owner_on(id, Tab::kIntake) != Owner::kTeam) continue;
      const bool may_rest = known != nullptr && seen != nullptr && id != fields::status();
      if (may_rest && nothing_moved(table.raw(row.row->row, column), known->value(id), find_base(seen, id)))
        continue;
      const ParsedCell parsed = table.parsed(*row.row, id);
      if (id == fields::title() && parse_initiative_key(trimmed_text(table.raw(row.row->row, column)))) {
        add_detail(problems, title_trouble(row));
        continue;
      }
      if (const auto* bad = std::get_if<BadCell>(&parsed)) {
        add_detail(problems, fmt::format("{}: {}", table.header_of(id), bad->reason));
      } else {
        cells.emplace_back(id, table.read(*row.row, id));
      }
    }
    if (!problems.empty()) warn(place(row) + ": " + problems);
    return problems;
  }

  void create(IntakeRow& row) {
    TeamCells cells;
    const std::string problems = read_cells(row, cells);
    if (row.kind == IntakeRowKind::kAdopt) {
      warn(fmt::format("{}: key {} was not known and is taken over", place(row), row.key));
    } else {
      row.key = format_initiative_key(issue_number());
      row.write_key = true;
    }
    const IntakeTabSettings& tab = *input_.sources[row.source].settings;
    InitiativeRecord record = make_initiative(row.key);
    record.product_org = tab.product_org;
    record.intake_tab_key = tab.key;
    record.created_at = record.updated_at = input_.now;
    record.updated_source = kSourceToken;
    BaseChange base{intake_address(), row.key, row.row->row, {}};
    base.cells.reserve(cells.size());
    record.set(fields::status(), Cell(std::string(kNew)));
    for (auto& [id, cell] : cells) {
      take_as_displayed(plan_.tabs[row.source], *row.row, id);
      Cell stored = id == fields::status() ? initial_status(row, cell.value) : cell.value;
      // A blank Status is `new`: a team that types it later changes nothing.
      const bool is_blank_status = id == fields::status() && is_blank(cell.shown);
      base.cells.emplace_back(id, BaseCell{is_blank_status ? stored : cell.shown, stored, std::nullopt});
      record.set(id, std::move(stored));
    }
    if (row.write_key) add_pending(row, record);
    write_key_of(row);
    plan_.changes.new_initiatives.push_back(std::move(record));
    plan_.changes.bases.push_back(std::move(base));
    plan_.created.insert(row.key);
    std::string message = "new from " + place(row);
    add_detail(message, problems);
    outcome(row, RowStatus::kOk, std::move(message));
  }

  // The next number that no sheet shows and no initiative has.
  std::int64_t issue_number() {
    while (seen_.contains(next_number_) || input_.stored.find(format_initiative_key(next_number_)) != nullptr)
      ++next_number_;
    if (next_number_ > kLastKeyNumber)
      throw Error("keys_used_up", fmt::format("All keys up to {} are issued. Nothing was changed.",
                                              format_initiative_key(kLastKeyNumber)));
    return next_number_++;
  }

  // A number that stands in a sheet beside nobody's initiative is never issued, also when it is gone there.
  void remember_seen_numbers() {
    for (const std::int64_t number : seen_) {
      const bool is_known = number < next_number_ || input_.seen_numbers.contains(number) ||
                            input_.stored.find(format_initiative_key(number)) != nullptr;
      if (!is_known) plan_.changes.seen_key_numbers.push_back(number);
    }
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
    const auto text = [&](FieldId id) { return trimmed_text(table_of(row).raw(*row.row, id)); };
    plan_.changes.pending_keys.push_back({record.key, address_of(table_of(row).layout()), row.row->row,
                                          row.title, text(fields::requester_email()),
                                          text(fields::requesting_team())});
  }

  void write_key_of(const IntakeRow& row) {
    if (row.write_key) write_key(row.source, *row.row, row.key, Cell(row.key));
  }

  void write_key(std::size_t source, const TableRow& row, const std::string& key, const Cell& after) {
    const SheetTable& table = input_.sources[source].table;
    const int column = *table.columns().column_of(fields::key());
    plan_.tabs[source].cells.push_back(
        {key, row.row, column, fields::key(), table.raw(row.row, column), after});
  }

  void update(const IntakeRow& row) {
    write_key_of(row);
    TeamCells cells;
    const InitiativeRecord& record = *input_.stored.find(row.key);
    std::string problems = read_cells(row, cells, &record);
    InitiativeChange change{row.key, {}, std::nullopt, std::nullopt, input_.now, kSourceToken, true};
    BaseChange base{intake_address(), row.key, row.row->row, {}};
    const RowBase* seen = found_in(input_.bases, row.key);
    for (auto& [id, cell] : cells) {
      const BaseCell* last = find_base(seen, id);
      if (id == fields::status() && !usable_status(row, record, last, cell)) continue;
      add_detail(problems, merge_cell(row, record, id, cell, last, change, base));
    }
    note_place(row, record, change);
    const bool took = !change.values.empty() || change.product_org.has_value();
    change.touches_values = took;
    if (took || change.intake_tab_key) plan_.changes.changed_initiatives.push_back(std::move(change));
    if (!base.cells.empty()) plan_.changes.bases.push_back(std::move(base));
    finish_update(row, took, problems);
  }

  // A row that moved to another tab is the same initiative; a tab of another product_org takes it there.
  void note_place(const IntakeRow& row, const InitiativeRecord& record, InitiativeChange& change) const {
    const IntakeTabSettings& tab = *input_.sources[row.source].settings;
    if (record.intake_tab_key != tab.key) change.intake_tab_key = tab.key;
    if (record.product_org != tab.product_org) change.product_org = tab.product_org;
  }

  void finish_update(const IntakeRow& row, bool took, const std::string& problems) {
    std::string message = took ? "updated from " + place(row) : std::string();
    add_detail(message, problems.empty() || took ? problems : place(row) + ": " + problems);
    if (took) {
      plan_.updated.insert(row.key);
    } else {
      ++plan_.unchanged;
    }
    if (!message.empty()) outcome(row, RowStatus::kOk, std::move(message));
  }

  // Normalises an intake status; false where the cell has nothing to say.
  bool usable_status(const IntakeRow& row, const InitiativeRecord& record, const BaseCell* last,
                     ReadCell& status) {
    const std::string word = lower(to_text(status.value));
    if (word.empty()) return false;
    if (word != kNew && word != kWithdrawn) {
      warn_status(row, status.value);
      return false;
    }
    status = ReadCell(Cell(word));
    const bool was_withdrawn = lower(to_text(record.value(fields::status()))) == kWithdrawn;
    const bool by_the_team = last != nullptr && lower(to_text(last->sheet)) == kWithdrawn;
    if (word != kNew || !was_withdrawn || !by_the_team || may_come_back(row)) return true;
    warn(fmt::format("{}: {} stays withdrawn: this tab does not allow to set it to new again", place(row),
                     row.key));
    return false;
  }

  bool may_come_back(const IntakeRow& row) const {
    return input_.status_override == StatusOverride::kAllowed ||
           input_.sources[row.source].settings->allow_status_override || !input_.shown_keys.contains(row.key);
  }

  // Why the cell is left out, as one that cannot be read is; empty where it is merged.
  std::string merge_cell(const IntakeRow& row, const InitiativeRecord& record, FieldId id,
                         const ReadCell& cell, const BaseCell* last, InitiativeChange& change,
                         BaseChange& base) {
    const Cell& stored = record.value(id);
    IntakeMerge merge = merge_intake(field(id).type, cell, stored, last);
    if (last != nullptr && (merge.take || merge.kept_pm)) {
      std::string suspect =
          still_calculating(table_of(row), *row.row, id, last->sheet, plan_.tabs[row.source].wants_formulas);
      if (!suspect.empty()) {
        warn(place(row) + ": " + suspect);
        return suspect;
      }
    }
    if (merge.base) take_as_displayed(plan_.tabs[row.source], *row.row, id);
    if (merge.take) change.values.emplace_back(id, cell.value);
    if (merge.kept_pm) {
      const Cell& kept = merge.base ? merge.base->stored : last->stored;
      plan_.kept_pm_values.push_back({row.key, table_of(row).header_of(id), stored, kept});
    }
    if (merge.base) base.cells.emplace_back(id, std::move(*merge.base));
    return {};
  }

  const IntakeInput& input_;
  IntakePlan plan_;
  std::set<std::int64_t> seen_;
  std::int64_t next_number_ = 1;
};

}  // namespace

IntakePlan plan_intake(const IntakeInput& input) { return IntakePlanner(input).run(); }

}  // namespace roadmap
