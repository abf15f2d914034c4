#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <iostream>
#include <stop_token>

#include "app/commands/commands.h"
#include "app/commands/workbook_finder.h"
#include "app/config/config.h"
#include "app/process/stop_signals.h"
#include "app/process/version.h"
#include "app/serve/sheets_access.h"
#include "core/setup/wanted_workbooks.h"
#include "sheets_client/rehearsal/rehearsal.h"

namespace roadmap::app {
namespace {

using sheets::rehearsal::Finding;

constexpr std::chrono::minutes kTimeToRehearse{30};

// The workbooks of a team are no place to rehearse in.
std::string scratch_id(const Config& config, const std::string& address) {
  std::string id = needed_spreadsheet_id(address);
  for (const WantedWorkbook& workbook : wanted_workbooks(config.job_settings())) {
    if (workbook.spreadsheet_id == id)
      throw Error("usage", fmt::format("this is the workbook of {}; make an empty spreadsheet, share it with "
                                       "the account, and give its address",
                                       workbook.section));
  }
  return id;
}

// The client and the person are one account, whose quota they share.
SheetsConfig half_the_quota(SheetsConfig sheets) {
  sheets.reads_per_minute = std::max(1, sheets.reads_per_minute / 2);
  sheets.writes_per_minute = std::max(1, sheets.writes_per_minute / 2);
  return sheets;
}

// A text in a cell of a Markdown table.
std::string table_cell(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '|') escaped += '\\';
    escaped += c == '\n' ? ' ' : c;
  }
  return escaped;
}

std::string report_of(const std::vector<Finding>& findings, const std::string& base_url) {
  std::string report = fmt::format(
      "# Rehearsal of roadmapd {} on {}\n\n{:%Y-%m-%d %H:%M} UTC. {} of {} assumptions are as assumed.\n\n"
      "| assumption | what is assumed | learned from | what Google did |\n| --- | --- | --- | --- |\n",
      version(), base_url,
      fmt::gmtime(std::chrono::system_clock::to_time_t(std::chrono::system_clock::now())),
      std::count_if(findings.begin(), findings.end(), [](const Finding& f) { return f.as_assumed(); }),
      findings.size());
  for (const Finding& finding : findings) {
    report += fmt::format("| {} | {} | {} | {} |\n", finding.assumption->name, finding.assumption->claim,
                          finding.assumption->source,
                          finding.as_assumed() ? "as assumed" : table_cell(finding.instead));
  }
  return report;
}

void tell(const Finding& finding) {
  std::cout << (finding.as_assumed()
                    ? fmt::format("as assumed  {}: {}", finding.assumption->name, finding.assumption->claim)
                    : fmt::format("DIFFERENT   {}: not so that {}. {}", finding.assumption->name,
                                  finding.assumption->claim, finding.instead))
            << std::endl;
}

}  // namespace

int rehearse(const RehearseOptions& options) {
  StopSignals signals;
  const Config config = load_config(options.config_file, process_environment());
  const std::string id = scratch_id(config, options.spreadsheet_id);
  std::ofstream report;
  if (!options.report_file.empty()) {
    report.open(options.report_file, std::ios::binary);
    if (!report) throw Error("usage", fmt::format("--report: {} cannot be written", options.report_file));
  }
  const SystemClock clock;
  const SheetsConfig shared = half_the_quota(config.sheets);
  SheetsAccess client(shared, clock, nullptr);
  SheetsAccess person(shared, clock, nullptr);

  std::stop_source stop;
  RunControl control;
  control.stop = stop.get_token();
  control.deadline = std::chrono::steady_clock::now() + kTimeToRehearse;
  const SignalWatch watch(signals, [&] {
    if (signals.wait() == StopSignals::Wake::kSignal) stop.request_stop();
  });

  const std::vector<Finding> findings =
      sheets::rehearsal::rehearse(client.client(), person.client(), id, control, tell);
  const bool all =
      std::all_of(findings.begin(), findings.end(), [](const Finding& f) { return f.as_assumed(); });
  if (report.is_open()) {
    report << report_of(findings, config.sheets.base_url);
    report.close();
    if (!report) throw Error("output", fmt::format("{} cannot be written", options.report_file));
  }
  std::cout
      << (all ? fmt::format("All {} assumptions hold.", findings.size())
              : "Send the report along (--report FILE): what is DIFFERENT may make a job fail or repeat it.")
      << std::endl;
  return all ? kExitOk : kExitFailed;
}

}  // namespace roadmap::app
