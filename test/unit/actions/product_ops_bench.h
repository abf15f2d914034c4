#pragma once

#include <string>
#include <vector>

#include "core/fields/registry.h"
#include "test/fakes/cell_printing.h"
#include "test/fakes/job_bench.h"

namespace roadmap::test {

// Three initiatives that stand on Scoring_Inputs, their inputs still empty.
struct ProductOpsBench : JobBench {
  ProductOpsBench() {
    for (const char* title : {"One", "Two", "Three"})
      add_row(intake(), {{"Title", title}});
    run("flow0.intake_sync");
    for (const char* key : {"INIT-000001", "INIT-000002", "INIT-000003"})
      add_row(scoring(), {{"Initiative Key", key}, {"Title", "a formula's text"}});
    sheets.reset_counts();
  }

  static void type(FakeTab& tab, int row, const std::string& header, Cell value) {
    tab.set(row, tab.column_of(header), std::move(value));
  }
  void rice(int row, Cell reach, Cell impact, Cell confidence, Cell effort) {
    type(scoring(), row, "RICE: Reach", std::move(reach));
    type(scoring(), row, "RICE: Impact", std::move(impact));
    type(scoring(), row, "RICE: Confidence", std::move(confidence));
    type(scoring(), row, "RICE: Effort", std::move(effort));
  }
  void wsjf(int row, double value, double criticality, double risk, double size) {
    type(scoring(), row, "WSJF: Business Value", value);
    type(scoring(), row, "WSJF: Time Criticality", criticality);
    type(scoring(), row, "WSJF: Risk Reduction", risk);
    type(scoring(), row, "WSJF: Job Size", size);
  }
  // An approved model of INIT-000001: value = a * b, both parameters approved.
  void model(const std::string& formula) {
    type(scoring(), 2, "Use Math Model", Cell(true));
    add_row(models(),
            {{"initiative_key", "INIT-000001"}, {"formula_text", formula}, {"approved_by_user", Cell(true)}});
  }
  int param(const std::string& name, Cell value, Cell approved = Cell(true)) {
    return add_row(params(), {{"initiative_key", "INIT-000001"},
                              {"param_name", name},
                              {"value", std::move(value)},
                              {"approved", std::move(approved)}});
  }

  Cell on_scoring(int row, const std::string& header) { return cell(scoring(), row, header); }
  std::string status(FakeTab& tab, int row) { return to_text(cell(tab, row, "Status")); }
  Cell value(const std::string& key, const char* name) {
    return stored(key)->value(field_id(Table::kInitiatives, name));
  }
  RunResult score(const std::vector<std::string>& keys) {
    return click("pm.score_selected", "Scoring_Inputs", keys);
  }
};

}  // namespace roadmap::test
