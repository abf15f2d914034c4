#pragma once

#include "core/actions/assistant_session.h"
#include "core/actions/job.h"
#include "core/actions/job_tabs.h"
#include "core/run/run_result.h"
#include "core/run/selection.h"
#include "core/sync/row_report.h"

namespace roadmap {

// A job on math models that asks the assistant what its planner wants to know: it reads, asks, reads again
// where anything was asked, for people may have approved and typed meanwhile, and carries its plan out.
class ModelJob {
 public:
  // `tabs`: MathModels, and what else it reads. Its words of reading are those of reading again.
  ModelJob(JobContext& job, JobTabs tabs) : job_(job), tabs_(std::move(tabs)), session_(job) {}

  virtual ~ModelJob() = default;

  RunResult run();

 protected:
  virtual JobWords words() const = 0;
  virtual JobPlan plan(const InitiativeIndex& stored) = 0;
  // Puts the questions to the assistant that the first reading leads to. True when any was really asked.
  virtual bool ask_all() = 0;
  // Of the last plan.
  virtual RunResult result(Carried carried) = 0;

  const SheetTable& math_models() const { return *tabs_.find(Tab::kMathModels); }
  // Who asked for named rows reads the answer in each of them; a run over all rows reports news.
  StatusPolicy status_policy() const;
  void step_to_question(int number, std::size_t count);
  void add_warnings_of_session(TabReport& report) const;

  static constexpr int kOtherSteps = 3;  // reading, reading again, writing

  JobContext& job_;
  JobTabs tabs_;
  Selection selection_;  // the selected keys, or every key of MathModels
  AssistantSession session_;
};

// Where math models and their parameters stand: in the workbook that the request was made from, whichever of
// its tabs; without a sheet context in the configured one. Throws Error as find_tab_of_request does.
std::string find_model_spreadsheet(JobContext& job);

// Whether the request selects no row that has a key.
bool selects_nothing(const JobContext& job);

// What a job on a selection of math models answers with, but for its counts.
RunResult result_on_models(const Selection& selection, TabReport report);

}  // namespace roadmap
