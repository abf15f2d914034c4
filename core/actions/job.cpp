#include "core/actions/job.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "core/actions/write_settlement.h"
#include "core/fields/registry.h"
#include "core/sync/intent_tab.h"
#include "core/sync/tab_address.h"

namespace roadmap {
namespace {

// Looks at columns until formulas are known never take more than this: each look adds a column.
constexpr int kMaxLooks = 8;

// Adds the intents of a plan's writes, a spreadsheet each, to its changes. Answers with the headers that they
// add, parallel to them.
std::vector<AddedHeaders> plan_intents(JobPlan& plan) {
  std::map<std::string, std::size_t> index;
  std::vector<AddedHeaders> headers;
  std::vector<WriteIntent>& intents = plan.changes.intents;
  for (TabPlan& tab : plan.tabs) {
    if (tab.empty()) continue;
    const std::string& spreadsheet = tab.table->layout().spreadsheet_id;
    const auto [found, is_new] = index.emplace(spreadsheet, intents.size());
    if (is_new) {
      headers.emplace_back();
      intents.push_back({spreadsheet, new_marker(), {}, 0});
    }
    intents[found->second].tabs.push_back(
        intent_of(*tab.table, tab.headers, std::move(tab.cells), std::move(tab.insert)));
    headers[found->second].push_back(std::move(tab.headers));
  }
  return headers;
}

// Whether the column says how a run went, and nothing of the initiative.
bool is_provenance(FieldId id) {
  return id == fields::run_status() || id == fields::updated_at() || id == fields::updated_source();
}

std::string lost_sentence(const JobWords& words) {
  return fmt::format("{}Google did not confirm {}. {}", words.stored.empty() ? "" : words.stored + ", but ",
                     words.written, words.again);
}

}  // namespace

class JobCarrier {
 public:
  JobCarrier(JobContext& job, const Job& what) : job_(job), what_(what) {}

  Carried run() {
    if (what_.tables().empty()) {
      job_.step(what_.words.read);
      what_.read();
    }
    for (int attempt = 0;; ++attempt) {
      const auto lost = plan_and_write();
      if (!lost) return std::move(carried_);
      job_.wait_for_another(attempt, *lost, spreadsheet_, lost_sentence(what_.words));
      read_again();
    }
  }

 private:
  void read_again() {
    job_.step({what_.words.read.name, what_.words.read.label + " again"});
    what_.read();
  }

  // How long to wait before all of it is read and planned again; nullopt: every write is known to stand.
  std::optional<std::chrono::milliseconds> plan_and_write() {
    job_.step(what_.words.plan);
    std::vector<AddedHeaders> headers;
    std::vector<WriteIntent> intents;  // parallel
    for (int look = 0;; ++look) {
      Planning planning = job_.begin_planning();
      JobPlan plan = what_.plan(planning);
      if (!plan.is_complete()) {
        { const Planning ended = std::move(planning); }
        if (look == kMaxLooks) {
          throw Error(
              "rows_keep_moving",
              "Rows kept moving while cells were looked at before writing them. Nothing was written; run "
              "it again.",
              "spreadsheet " + plan.tabs.front().table->layout().spreadsheet_id);
        }
        look_at_cells(plan);
        continue;
      }
      remember(plan);
      if (job_.dry_run()) {
        assume_keys_stand(plan);
      } else {
        headers = plan_intents(plan);
      }
      job_.commit(planning, plan.changes);
      intents = std::move(plan.changes.intents);
      break;
    }
    return write_all(std::move(intents), std::move(headers));
  }

  // Keys that a run wrote into intake are confirmed, those of an earlier run that died before it did, too.
  static void assume_keys_stand(JobPlan& plan) {
    for (const TabPlan& tab : plan.tabs) {
      if (tab.table->tab() != Tab::kIntake) continue;
      for (const PlannedCell& cell : tab.cells) {
        if (!is_blank(cell.after)) plan.changes.confirmed_keys.push_back(cell.key);
      }
    }
  }

  // Formulas and newest values of the columns in which people's cells are about to be overwritten, and how
  // the numbers are displayed that are to be stored as text. Rows that moved since the tab was read are read
  // anew.
  void look_at_cells(JobPlan& plan) {
    job_.step({"look_at_cells", "Looking at cells before writing them"});
    for (TabPlan& tab : plan.tabs) {
      if (tab.is_complete()) continue;
      const std::vector<SheetTable*> tables = what_.tables();
      SheetTable* table = *std::find_if(tables.begin(), tables.end(), [&](const SheetTable* read) {
        return address_of(read->layout()) == address_of(tab.table->layout());
      });
      if (look_at(tab, *table)) continue;
      read_again();
      return;
    }
  }

  // False: the tab is not any more as it was read.
  bool look_at(const TabPlan& tab, SheetTable& table) {
    LookAt look{table.layout().tab, table.layout().header_row, {}};
    look.displayed = !tab.wants_displayed.empty();
    for (const std::set<int>* wanted : {&tab.wants_displayed, &tab.wants_formulas})
      look.columns.insert(look.columns.end(), wanted->begin(), wanted->end());
    std::vector<int> telling = identity_columns(table);
    const int key = *table.columns().column_of(fields::key());
    if (table.tab() == Tab::kIntake) telling.insert(telling.begin(), key);
    look.columns.insert(look.columns.end(), telling.begin(), telling.end());
    const Picture picture = job_.sheets_.look(table.layout().spreadsheet_id, {look}, job_.control);
    const TabPicture& seen = picture.tabs.front();
    if (!seen.there || !is_as_read(table, telling, seen)) return false;
    std::size_t i = 0;
    for (const int column : tab.wants_displayed) {
      if (!table.see_displayed(column, seen.columns[i++])) return false;
    }
    for (const int column : tab.wants_formulas)
      table.see_column(column, seen.columns[i++]);
    return true;
  }

  // `telling` stand last in the picture.
  static bool is_as_read(const SheetTable& table, const std::vector<int>& telling, const TabPicture& seen) {
    CellRow header = seen.header, then = table.header();
    header.resize(std::max(header.size(), then.size()));
    then.resize(header.size());
    if (header != then) return false;
    for (std::size_t i = 0; i < telling.size(); ++i) {
      const std::vector<SeenCell>& cells = seen.columns[seen.columns.size() - telling.size() + i];
      for (const TableRow& row : table.rows()) {
        const Cell& now = cell_of(cells, row.row).shown;
        if (trim(to_text(now)) != trim(to_text(table.raw(row.row, telling[i])))) return false;
      }
    }
    return true;
  }

  // The first plan is what the run did: later ones find it done.
  void remember(const JobPlan& plan) {
    if (remembered_) return;
    remembered_ = true;
    for (const TabPlan& tab : plan.tabs) {
      if (spreadsheet_.empty()) spreadsheet_ = tab.table->layout().spreadsheet_id;
      remember(tab, tab.cells, false);
      if (tab.insert) remember(tab, tab.insert->cells, true);
    }
  }

  void remember(const TabPlan& tab, const std::vector<PlannedCell>& cells, bool are_new_rows) {
    const TabLayout& layout = tab.table->layout();
    for (auto cell = cells.begin(); cell != cells.end();) {
      const std::string& key = cell->key;
      std::int64_t& count = cells_by_key_[key];
      bool has_content = false;
      for (; cell != cells.end() && cell->key == key; ++cell) {
        ++count;
        has_content = has_content || !is_provenance(cell->id);
        if (!job_.dry_run()) continue;
        carried_.planned.push_back({layout.spreadsheet_id, layout.tab, are_new_rows ? 0 : cell->row, key,
                                    header_text(*tab.table, tab.headers, cell->column), cell->before,
                                    cell->after});
      }
      if (has_content) has_content_.emplace(layout.tab, key);
    }
  }

  std::optional<std::chrono::milliseconds> write_all(std::vector<WriteIntent> intents,
                                                     std::vector<AddedHeaders> headers) {
    std::optional<std::chrono::milliseconds> lost;  // nothing is written in a dry run
    // What an earlier attempt could not write is planned again, and said again where it fails again.
    carried_.refused.clear();
    carried_.unwritten.clear();
    if (!intents.empty()) job_.step(what_.words.write);
    for (std::size_t i = 0; i < intents.size(); ++i) {
      SettledWrite settled = write_and_settle(job_, std::move(intents[i]), std::move(headers[i]));
      take(settled);
      if (settled.lost) lost = std::max(lost.value_or(std::chrono::milliseconds{0}), *settled.lost);
    }
    if (!lost) count_cells();
    return lost;
  }

  void take(SettledWrite& settled) {
    for (RefusedRow& row : settled.refused) {
      if (has_content_.contains({row.tab, row.key})) carried_.unwritten.insert(row.key);
      carried_.refused.push_back(std::move(row));
    }
    for (const auto& row : settled.unwritten) {
      if (has_content_.contains(row)) carried_.unwritten.insert(row.second);
    }
  }

  void count_cells() {
    carried_.cells = 0;
    for (const auto& [key, count] : cells_by_key_)
      carried_.cells += carried_.unwritten.contains(key) ? 0 : count;
  }

  JobContext& job_;
  const Job& what_;
  Carried carried_;
  bool remembered_ = false;
  std::string spreadsheet_;                           // of the first plan's first tab
  std::map<std::string, std::int64_t> cells_by_key_;  // of the first plan
  std::set<std::pair<std::string, std::string>>
      has_content_;  // tab and key of rows with more than provenance
};

bool JobPlan::is_complete() const {
  return std::all_of(tabs.begin(), tabs.end(), [](const TabPlan& tab) { return tab.is_complete(); });
}

Carried carry_out(JobContext& job, const Job& what) { return JobCarrier(job, what).run(); }

RunResult with_outcome(const JobContext& job, Carried carried, RunResult result) {
  for (const RefusedRow& row : carried.refused)
    result.warnings.push_back(sentence_of(row));
  if (!job.dry_run()) return result;
  result.always_listed |= kListPlan;
  std::move(carried.planned.begin(), carried.planned.end(), std::back_inserter(result.plan));
  return result;
}

Selection keys_in_scope(const JobContext& job, const SheetTable& table) {
  if (job.request.scope.type == ScopeType::kSelection) return select_keys(job.request.scope);
  Scope every_row;
  for (const TableRow& row : table.rows()) {
    if (!row.key.empty()) every_row.initiative_keys.push_back(row.key);
  }
  return select_keys(every_row);
}

RunResult selection_result(const Selection& selection, TabReport report) {
  RunResult result;
  const auto selected = static_cast<std::int64_t>(selection.keys.size());
  const std::int64_t saved = report.ok_count();
  result.count("selected_count", selected);
  result.count("saved_count", saved);
  result.count("failed_count", std::max<std::int64_t>(0, selected - saved));
  result.count("skipped_no_key", selection.skipped_no_key);
  result.rows = report.take_outcomes();
  result.warnings = std::move(report.warnings);
  result.summary.success = saved;
  result.summary.failed = selected - saved;
  result.summary.skipped = selection.skipped_no_key;
  return result;
}

}  // namespace roadmap
