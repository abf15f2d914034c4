#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/actions/job_context.h"
#include "core/run/run_result.h"
#include "core/sync/intake_identity.h"
#include "core/sync/sheet_table.h"

namespace roadmap {

// The active intake tabs, read with one call a spreadsheet.
struct IntakeRead {
  std::vector<IntakeSource> sources;
  std::vector<FailedSource> failed;  // tabs that are missing or lack a column they need
};

// Throws SheetsError when a spreadsheet cannot be read, and Error when no tab at all is usable: nothing was
// changed.
IntakeRead read_intake(JobContext& job);

struct BacklogRead {
  const BacklogSettings* settings = nullptr;  // of the job's settings
  SheetTable table;
};
struct BacklogReads {
  std::vector<BacklogRead> backlogs;
  std::vector<FailedSource> failed;
};

// The configured backlogs; with options.product_org only that one. One of several that cannot be read is
// listed under `failed`; throws Error or SheetsError when none can.
BacklogReads read_backlogs(JobContext& job);

// A tab that a job reads, and the columns without which it cannot be used, beside the key's.
struct TabToRead {
  Tab tab{};
  TabLayout layout;
  std::vector<FieldId> needs;
};

// Tabs of the Product Ops workbook, read with one call. Those that were not asked for, or cannot be used, are
// absent.
struct ProductOpsTables {
  std::optional<SheetTable> scoring_inputs;
  std::optional<SheetTable> math_models;
  std::optional<SheetTable> params;
  std::vector<std::string> warnings;  // why an optional one is absent

  std::optional<SheetTable>& table(Tab tab);
};

// `tabs`: of Product Ops, in one spreadsheet. Throws Error when one of the `required` is missing or lacks a
// column that it needs, and SheetsError when the spreadsheet cannot be read.
ProductOpsTables read_product_ops(JobContext& job, const std::vector<TabToRead>& tabs,
                                  const std::vector<Tab>& required);
// The configured Product Ops tabs, in that spreadsheet: the configured one, or where the job was called from.
std::vector<TabToRead> product_ops_layouts(const JobContext& job, const std::string& spreadsheet_id,
                                           const std::vector<Tab>& tabs);

// One tab. Throws Error naming the tabs or headers found when it is missing or lacks a column that it needs.
SheetTable read_tab(JobContext& job, const TabToRead& tab);

}  // namespace roadmap
