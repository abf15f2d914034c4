#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "core/actions/job_context.h"
#include "core/run/run_result.h"
#include "core/store/database.h"
#include "test/fakes/fake_sheets.h"

namespace roadmap::test {

// A clock that moves only when told to.
class ManualClock : public Clock {
 public:
  UtcTime now() const override { return now_; }
  std::chrono::steady_clock::time_point steady_now() const override { return {}; }
  void advance(std::chrono::milliseconds by) { now_ += by; }

 private:
  UtcTime now_ = from_iso8601("2026-01-02T03:04:05Z");
};

class RecordingReporter : public RunReporter {
 public:
  void step(const RunProgress& progress) override { steps.push_back(progress); }
  void note(std::string_view message) override { notes.emplace_back(message); }
  void committed() override { ++commits; }

  std::vector<RunProgress> steps;
  std::vector<std::string> notes;
  int commits = 0;
};

// The product's jobs on sheets in memory and a real database: two intake tabs, one backlog, Product Ops.
class JobBench {
 public:
  JobBench();

  // Runs an action to its end on this thread. Throws what the job throws.
  RunResult run(const std::string& action, ActionRequest request = {});
  RunResult save(const std::vector<std::string>& keys, std::vector<SelectedRow> rows = {});
  // A PM's click on a tab of the Product Ops workbook.
  RunResult click(const std::string& action, const std::string& tab, const std::vector<std::string>& keys,
                  std::vector<SelectedRow> rows = {});

  FakeTab& intake() { return sheets.tab("intake", "EMEA"); }
  FakeTab& intake2() { return sheets.tab("intake", "APAC"); }
  FakeTab& backlog() { return sheets.tab("backlog", "Backlog"); }
  FakeTab& scoring() { return sheets.tab("ops", "Scoring_Inputs"); }
  FakeTab& models() { return sheets.tab("ops", "MathModels"); }
  FakeTab& params() { return sheets.tab("ops", "Params"); }
  // Appends a row with these columns filled; returns its row number.
  static int add_row(FakeTab& tab, const std::vector<std::pair<std::string, Cell>>& cells);
  static Cell cell(const FakeTab& tab, int row, const std::string& header);
  // The row of a key; 0 when it is not on the tab.
  static int row_of(const FakeTab& tab, const std::string& key);
  const InitiativeRecord* stored(const std::string& key);  // nullptr when unknown; valid until the next call

  FakeSheets sheets;
  Settings settings;
  ManualClock clock;
  RecordingReporter reporter;
  RunControl control;
  Assistant* assistant = nullptr;  // of the next runs
  std::unique_ptr<Database> database;
  std::unique_ptr<Store> store;

 private:
  std::optional<InitiativeRecord> found_;
  int runs_ = 0;
};

std::int64_t count_of(const RunResult& result, const std::string& name);

}  // namespace roadmap::test
