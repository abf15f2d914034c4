#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "core/actions/job_context.h"
#include "core/errors.h"
#include "core/run/run_result.h"
#include "core/sync/intake_identity.h"
#include "core/sync/sheet_table.h"

namespace roadmap {

// A tab that a job reads, and the columns without which it cannot be used, beside the key's.
struct TabToRead {
  Tab tab{};
  TabLayout layout;
  std::vector<FieldId> needs{};
  bool optional = false;  // the job can do without it
};

// One of the Product Ops tabs, in that spreadsheet: the configured one, or where the job was called from.
// `needs`: as in TabToRead.
TabToRead product_ops_tab(const JobContext& job, const std::string& spreadsheet_id, Tab tab,
                          std::vector<FieldId> needs = {});

// Finds where a job works on the tab it was called from: configured tab names exactly, then
// ignoring case, else, in a backlog spreadsheet that lacks its configured tab, a name that contains
// "backlog". Without a sheet context the first configured workbook of `supported` counts. Throws Error
// ("unknown_spreadsheet", "unknown_tab") that lists what would be right. May read the spreadsheet's tabs.
TabToRead find_tab_of_request(JobContext& job, const std::vector<Tab>& supported);

// Where a tab of the Product Ops workbook stands, for a job on that tab whatever the request was made from:
// in the configured workbook, or in the request's where that is none of the configured ones and
// sheets.allow_any_spreadsheet is set. Throws Error "unknown_spreadsheet" or "no_product_ops".
TabToRead product_ops_of_request(const JobContext& job, Tab tab);
// The same for a job that always works on the configured workbook.
TabToRead configured_product_ops(const JobContext& job, Tab tab);

// The tabs of one spreadsheet that a job works on, of each kind at most one; none for a job on the database.
struct JobTabs {
  std::vector<TabToRead> wanted;
  std::function<void()> check{};        // called after each reading; throws where the job cannot use it
  std::map<Tab, SheetTable> usable{};   // as they were read last; those that can be used
  std::vector<std::string> warnings{};  // why an optional one cannot

  // Reads all of them with one call. Throws Error naming the tabs or headers found when one is missing or
  // lacks a column that it needs, unless it is optional, and SheetsError when the spreadsheet cannot be read.
  void read(JobContext& job);
  // Valid until the next reading, as are all of `tables()`; nullptr: not read, or not usable.
  const SheetTable* find(Tab tab) const;
  std::vector<SheetTable*> tables();
};

// The active intake tabs.
struct IntakeRead {
  std::vector<IntakeSource> sources;
  std::vector<FailedSource> failed;  // tabs that are missing or lack a column they need

  // Reads them with one call a spreadsheet. Throws SheetsError when one cannot be read, and Error when no tab
  // at all is usable: nothing was changed.
  void read(JobContext& job);
  std::vector<SheetTable*> tables();
};

struct BacklogRead {
  const BacklogSettings* settings = nullptr;  // of the job's settings
  SheetTable table;
};
struct BacklogReads {
  std::vector<BacklogRead> backlogs;
  std::vector<FailedSource> failed;
};

// Does one backlog's part of a job. What fails there is listed under `failed`, and the others go on; a stop,
// a failure of the database, and whatever fails where there is `only_one` end the job.
template <typename Work>
void for_one_backlog(const TabLayout& layout, bool only_one, std::vector<FailedSource>& failed, Work&& work) {
  try {
    work();
  } catch (const RunStopped&) {
    throw;
  } catch (const StorageError&) {
    throw;
  } catch (const Error& error) {
    if (only_one) throw;
    failed.push_back({layout.spreadsheet_id, layout.tab, error.what()});
  }
}

// The configured backlogs; with options.product_org only that one. One of several that cannot be read is
// listed under `failed`; throws Error or SheetsError when none can.
BacklogReads read_backlogs(JobContext& job);

}  // namespace roadmap
