#include "test/fakes/job_bench.h"

#include <stdexcept>

#include "core/actions/action_registry.h"
#include "core/fields/registry.h"

namespace roadmap::test {

JobBench::JobBench() {
  DatabaseOptions options;
  options.path = ":memory:";
  database = std::make_unique<Database>(std::move(options));
  store = std::make_unique<Store>(*database);

  const std::vector<Cell> intake_header = {
      Cell("Initiative Key"), Cell("Title"),  Cell("Requesting Team"), Cell("Requester Email"),
      Cell("Country"),        Cell("Status"), Cell("Impact Low"),      Cell("Is Mandatory")};
  sheets.add_tab("intake", "EMEA", {intake_header});
  sheets.add_tab("intake", "APAC", {intake_header});
  sheets.add_tab("backlog", "Backlog",
                 {{Cell("Initiative Key"), Cell("Title"), Cell("PM Notes"), Cell("Requesting Team"),
                   Cell("Country"), Cell("Status"), Cell("Use Math Model"), Cell("Active Scoring Framework"),
                   Cell("Dependencies Initiatives"), Cell("Value Score"), Cell("Last Run Status"),
                   Cell("Updated At"), Cell("Updated Source")}});
  const auto add_ops = [&](Tab tab) {
    std::vector<Cell> header;
    for (const FieldId id : fields_on(tab))
      header.emplace_back(std::string(field(id).on(tab)->header));
    sheets.add_tab("ops", std::string(tab_name(tab)), {header});
  };
  for (const Tab tab : {Tab::kScoringInputs, Tab::kMathModels, Tab::kParams})
    add_ops(tab);
  settings.product_ops.spreadsheet_id = "ops";
  settings.backlogs = {{{"backlog", "Backlog", 1, 2}, ""}};
  IntakeSettings intake_book{"intake", "intake", {}};
  for (const char* name : {"EMEA", "APAC"}) {
    IntakeTabSettings tab;
    tab.key = name;
    tab.layout = {"intake", name, 1, 2};
    intake_book.tabs.push_back(tab);
  }
  settings.intakes = {intake_book};
}

RunResult JobBench::run(const std::string& action, ActionRequest request) {
  request.action = action;
  const ActionSpec* spec = find_action(action);
  if (spec == nullptr) throw std::out_of_range("no action " + action);
  JobContext job("run_" + std::to_string(++runs_), request, settings, sheets, *store, clock, control,
                 reporter, assistant);
  return run_action(*spec, job);
}

RunResult JobBench::save(const std::vector<std::string>& keys, std::vector<SelectedRow> rows) {
  ActionRequest request;
  request.scope.type = ScopeType::kSelection;
  request.scope.initiative_keys = keys;
  request.scope.rows = std::move(rows);
  request.sheet_context = SheetContext{"backlog", "Backlog"};
  return run("pm.save_selected", std::move(request));
}

RunResult JobBench::click(const std::string& action, const std::string& tab,
                          const std::vector<std::string>& keys, std::vector<SelectedRow> rows) {
  ActionRequest request;
  request.scope.type = ScopeType::kSelection;
  request.scope.initiative_keys = keys;
  request.scope.rows = std::move(rows);
  request.sheet_context = SheetContext{"ops", tab};
  return run(action, std::move(request));
}

int JobBench::add_row(FakeTab& tab, const std::vector<std::pair<std::string, Cell>>& cells) {
  const int row = tab.last_row() + 1;
  for (const auto& [header, value] : cells)
    tab.set(row, tab.column_of(header), value);
  return row;
}

Cell JobBench::cell(const FakeTab& tab, int row, const std::string& header) {
  return tab.get(row, tab.column_of(header));
}

int JobBench::row_of(const FakeTab& tab, const std::string& key) {
  const int column = tab.column_of("Initiative Key");
  for (int row = 2; row <= tab.last_row(); ++row) {
    if (to_text(tab.get(row, column)) == key) return row;
  }
  return 0;
}

const InitiativeRecord* JobBench::stored(const std::string& key) {
  found_.reset();
  for (InitiativeRecord& record : store->begin_planning().initiatives()) {
    if (record.key == key) found_ = std::move(record);
  }
  return found_ ? &*found_ : nullptr;
}

std::int64_t count_of(const RunResult& result, const std::string& name) {
  for (const auto& [counted, value] : result.counts) {
    if (counted == name) return value;
  }
  throw std::out_of_range("the result has no '" + name + "'");
}

}  // namespace roadmap::test
