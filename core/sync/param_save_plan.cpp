#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <unordered_map>

#include "core/fields/cell_value.h"
#include "core/fields/registry.h"
#include "core/fields/text.h"
#include "core/formula/formula.h"
#include "core/formula/program.h"
#include "core/sync/found_in.h"
#include "core/sync/save_plan.h"

namespace roadmap {
namespace {

constexpr const char* kSyncParamsToken = "flow4.sync_params";

// One row of the tab, as converted.
struct ParamRow {
  const TableRow* row = nullptr;
  ParamKey key;
  FieldValues values{Table::kParams};  // of the columns that the tab has
  std::vector<FieldId> present;
  std::string problem;  // why it cannot be saved; empty: it can
};

std::string range_problem(const FieldValues& values) {
  const auto number = [&](FieldId id) { return std::get_if<double>(&values.value(id)); };
  const double* min = number(fields::param_min());
  const double* max = number(fields::param_max());
  const double* value = number(fields::param_value());
  if (min != nullptr && max != nullptr && *min > *max) {
    return fmt::format("min {} is above max {}", to_text(*min), to_text(*max));
  }
  if (value != nullptr && min != nullptr && *value < *min)
    return fmt::format("value {} is below min {}", to_text(*value), to_text(*min));
  if (value != nullptr && max != nullptr && *value > *max)
    return fmt::format("value {} is above max {}", to_text(*value), to_text(*max));
  return {};
}

class ParamSaver {
 public:
  explicit ParamSaver(const SaveInput& input) : input_(input), table_(input.table) {
    plan_.tab.table = &table_;
    for (const ParamRecord& param : input.params)
      stored_.emplace(param.key, &param);
    for (const SelectedRow& row : input.selection.rows)
      selected_rows_[row.initiative_key].push_back(row.row);
    for (const std::string& key : input.selection.keys)
      rows_of_[key];
    for (const TableRow& row : table_.rows()) {
      if (auto* rows = found_in(rows_of_, row.key)) rows->push_back(read_row(row));
    }
  }

  SavePlan run() {
    plan_.report.warnings = table_.warnings();
    for (const std::string& key : input_.selection.keys)
      plan_initiative(key, rows_of_[key]);
    return std::move(plan_);
  }

 private:
  ParamRow read_row(const TableRow& row) const {
    ParamRow read;
    read.row = &row;
    for (const auto& [id, column] : table_.columns().columns) {
      if (field(id).table != Table::kParams || owner_on(id, Tab::kParams) != Owner::kPm) continue;
      ParsedCell parsed = table_.parsed(row, id);
      if (const auto* bad = std::get_if<BadCell>(&parsed)) {
        add_detail(read.problem, fmt::format("{}: {}", table_.header_of(id), bad->reason));
        continue;
      }
      read.values.set(id, std::get<Cell>(std::move(parsed)));
      read.present.push_back(id);
    }
    if (is_blank(read.values.value(fields::param_framework())))
      read.values.set(fields::param_framework(), Cell(std::string(kMathModelFramework)));
    read.key = {row.key, to_text(read.values.value(fields::param_framework())),
                to_text(read.values.value(fields::param_name()))};
    if (read.problem.empty()) read.problem = name_problem(read.key);
    if (read.problem.empty()) read.problem = range_problem(read.values);
    return read;
  }

  std::string name_problem(const ParamKey& key) const {
    const std::string header = table_.header_of(fields::param_name());
    if (key.name.empty()) return header + ": the parameter has no name";
    if (key.framework != kMathModelFramework) return {};
    const ParsedFormula use = parse_formula("value = " + key.name);
    const auto* formula = std::get_if<Formula>(&use);
    const bool is_name = formula != nullptr && formula->inputs() == std::vector<std::string>{key.name};
    if (is_name) return {};
    const bool is_word =
        std::ranges::all_of(key.name, [](char c) { return is_letter(c) || is_digit(c) || c == '_'; });
    const std::string_view rule = !is_word ? "letters, digits and _ only"
                                  : key.name.size() > formula_limits::kMaxNameLength ? "64 characters at most"
                                  : is_digit(key.name.front()) ? "it begins with a digit"
                                                               : "it is a function's";
    return fmt::format("{}: '{}' is no name that a formula can use: {}", header,
                       shortened(key.name, kQuotedBytes), rule);
  }

  void plan_initiative(const std::string& key, std::vector<ParamRow>& rows) {
    if (rows.empty()) {
      if (input_.missing_params == MissingParams::kDrop) drop_missing(key, rows);
      plan_.report.add_outcome({key, 0, RowStatus::kFailed, "not on this tab"});
      return;
    }
    mark_duplicates(rows);
    if (input_.stored.find(key) == nullptr) {
      for (ParamRow& row : rows)
        row.problem = "unknown key";
    } else if (input_.missing_params == MissingParams::kDrop) {
      drop_missing(key, rows);
    }
    const std::set<int> wanted = wanted_rows(key, rows);
    RowOutcome outcome{key, 0, RowStatus::kOk, {}};
    for (ParamRow& row : rows) {
      const bool is_wanted = wanted.empty() || wanted.contains(row.row->row);
      if (is_wanted && row.problem.empty()) row.problem = blank_problem(row);
      if (!row.problem.empty()) note_score_problem(row);
      if (!is_wanted) continue;
      if (outcome.row == 0) outcome.row = row.row->row;
      save(row);
      if (row.problem.empty() || outcome.status == RowStatus::kFailed) continue;
      outcome.status = RowStatus::kFailed;
      outcome.message =
          row.row->row == outcome.row ? row.problem : fmt::format("row {}: {}", row.row->row, row.problem);
    }
    plan_.report.add_outcome(std::move(outcome));
  }

  // A sentence about each cell whose blank cannot be trusted.
  std::string blank_problem(const ParamRow& row) {
    std::string problem;
    const ParamRecord* known = found_or_empty(stored_, row.key);
    if (known == nullptr) return problem;
    for (const FieldId id : row.present) {
      const Cell& before = known->values.value(id);
      if (is_identity(id) || table_.says(*row.row, id, before)) continue;
      add_detail(problem, still_calculating(table_, *row.row, id, before, plan_.doubted_blanks));
    }
    return problem;
  }

  void note_score_problem(const ParamRow& row) {
    if (row.key.framework != kMathModelFramework) return;
    plan_.score_problems.emplace(
        row.key.initiative_key, fmt::format("{} row {}: {}", table_.layout().tab, row.row->row, row.problem));
  }

  // The parameter is the row that agrees with what is stored in most cells, the upper one in a tie.
  void mark_duplicates(std::vector<ParamRow>& rows) const {
    std::map<ParamKey, ParamRow*> original;
    for (ParamRow& row : rows) {
      if (row.key.name.empty()) continue;
      ParamRow*& best = original[row.key];
      if (best == nullptr || agreement(row) > agreement(*best)) best = &row;
    }
    for (ParamRow& row : rows) {
      if (row.key.name.empty() || original[row.key] == &row) continue;
      row.problem = fmt::format("duplicate parameter, see row {}", original[row.key]->row->row);
    }
  }

  int agreement(const ParamRow& row) const {
    const ParamRecord* stored = found_or_empty(stored_, row.key);
    if (stored == nullptr) return 0;
    return static_cast<int>(std::count_if(row.present.begin(), row.present.end(), [&](FieldId id) {
      const Cell& value = stored->values.value(id);
      return !is_blank(value) && same_value(field(id).type, row.values.value(id), value);
    }));
  }

  void drop_missing(const std::string& key, const std::vector<ParamRow>& rows) {
    for (const auto& stored : stored_) {
      const ParamKey& stored_key = stored.first;
      if (stored_key.initiative_key != key) continue;
      const bool there =
          std::any_of(rows.begin(), rows.end(), [&](const ParamRow& row) { return row.key == stored_key; });
      if (!there) plan_.changes.dropped_params.push_back(stored_key);
    }
  }

  // Row numbers; empty: all of the key's rows.
  std::set<int> wanted_rows(const std::string& key, const std::vector<ParamRow>& rows) const {
    std::set<int> wanted;
    for (const int number : found_or_empty(selected_rows_, key)) {
      const bool is_its =
          std::any_of(rows.begin(), rows.end(), [&](const ParamRow& row) { return row.row->row == number; });
      // The row moved: which of the key's rows it was is not known any more.
      if (!is_its) return {};
      wanted.insert(number);
    }
    return wanted;
  }

  void save(const ParamRow& row) {
    RowReport report{row.row->row, row.row->key, RowStatus::kFailed, row.problem, false, std::nullopt};
    if (row.problem.empty()) {
      const ParamRecord* known = found_or_empty(stored_, row.key);
      ParamChange change{row.key, {}, input_.now, kSyncParamsToken};
      for (const FieldId id : row.present) {
        const Cell& value = row.values.value(id);
        const bool is_same = known != nullptr && table_.says(*row.row, id, known->values.value(id));
        if (is_same || is_identity(id)) continue;
        take_as_displayed(plan_.tab, *row.row, id);
        change.values.emplace_back(id, value);
      }
      const bool is_new = known == nullptr;
      report.status = RowStatus::kOk;
      report.changed = is_new || !change.values.empty();
      report.updated_at = report.changed ? input_.now : known->updated_at;
      if (report.changed) plan_.changes.params.push_back(std::move(change));
      ++plan_.upserts;
      plan_.created += is_new ? 1 : 0;
    }
    plan_.report.add_row(std::move(report));
  }

  static bool is_identity(FieldId id) {
    return id == fields::param_framework() || id == fields::param_name();
  }

  const SaveInput& input_;
  const SheetTable& table_;
  std::map<ParamKey, const ParamRecord*> stored_;
  std::unordered_map<std::string, std::vector<int>> selected_rows_;
  std::unordered_map<std::string, std::vector<ParamRow>> rows_of_;
  SavePlan plan_;
};

}  // namespace

SavePlan plan_param_save(const SaveInput& input) { return ParamSaver(input).run(); }

}  // namespace roadmap
