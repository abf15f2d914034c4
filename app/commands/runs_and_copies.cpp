// Commands on the ledger: what its runs are, and copies of it.
#include <fmt/format.h>

#include <filesystem>
#include <iostream>

#include "app/client/api_client.h"
#include "app/client/run_report.h"
#include "app/commands/commands.h"
#include "app/config/config.h"
#include "app/http/run_json.h"
#include "core/ledger/ledger.h"
#include "core/store/database.h"
#include "core/store/process_lock.h"

namespace roadmap::app {
namespace {

constexpr const char* kReaderBoot = "reader";

Config ledger_config(const std::string& file) {
  return load_config(file, process_environment(), FileCheck::kSkipped);
}

// A ledger to read from beside a live service, or without one.
struct ReadLedger {
  SystemClock clock;
  Database database;
  Ledger ledger;

  explicit ReadLedger(const Config& config)
      : database({config.ledger.path, DatabaseAccess::kRead}),
        ledger(database, clock, LedgerOptions{}, kReaderBoot) {}
};

[[noreturn]] void unknown_run(const std::string& run_id) {
  throw Error("unknown_run", fmt::format("There is no run '{}'; see roadmapd runs list.", run_id));
}

CancelResult cancel_here(const Config& config, const std::string& run_id) {
  const SystemClock clock;
  const ProcessLock lock(config.ledger.path, clock.now());
  Database database({config.ledger.path});
  Ledger ledger(database, clock, LedgerOptions{}, kReaderBoot);
  return ledger.cancel(run_id);
}

}  // namespace

int list_runs(const RunsOptions& options) {
  const ReadLedger read(ledger_config(options.config_file));
  RunFilter filter;
  if (!options.action.empty()) filter.action = options.action;
  if (!options.status.empty()) filter.status = run_status_from(options.status);
  const RunPage page = read.ledger.list(filter, options.limit, "");
  if (options.json) {
    FailureReasons reasons(read.ledger);
    FailureReasons::Budget budget = kResultsReadByAList;
    for (const ActionRun& run : page.runs)
      std::cout << listed_run_json(run, reasons.of(run, budget)) << "\n";
  } else if (page.runs.empty()) {
    std::cout << "There are no runs.\n";
  } else {
    std::cout << describe_runs(page.runs);
  }
  return kExitOk;
}

int show_run(const RunsOptions& options, const std::string& run_id) {
  const ReadLedger read(ledger_config(options.config_file));
  const std::optional<ActionRun> run = read.ledger.find(run_id);
  if (!run) unknown_run(run_id);
  if (options.json) {
    std::cout << run_json(*run) << "\n";
  } else {
    std::cout << describe_run(run_json(*run)) << "  what happened:\n"
              << describe_events(read.ledger.events(run_id));
  }
  return kExitOk;
}

int cancel_run(const RunsOptions& options, const std::string& run_id) {
  const Config config = ledger_config(options.config_file);
  const std::optional<LockHolder> holder = find_lock_holder(config.ledger.path);
  if (holder && !holder->url.empty()) {
    ApiClient client(holder->url, config.secret);
    std::cout << describe_run(client.cancel_run(run_id));
    return kExitOk;
  }
  switch (cancel_here(config, run_id)) {
    case CancelResult::kUnknownRun:
      unknown_run(run_id);
    case CancelResult::kCancelled:
      std::cout << run_id << ": cancelled\n";
      return kExitOk;
    case CancelResult::kStopping:
      std::cout << run_id << ": was running when its service ended; it is cancelled at the next start\n";
      return kExitOk;
    case CancelResult::kAlreadyEnded:
      break;
  }
  throw Error("ended", fmt::format("The run '{}' has ended already.", run_id));
}

namespace {

void require_file_name(const std::string& file) {
  std::error_code ignored;  // what is not there is no folder
  if (file.empty()) throw Error("usage", "FILE is empty: name a file");
  if (std::filesystem::is_directory(file, ignored))
    throw Error("usage", fmt::format("'{}' is a folder: name a file in it", file));
}

}  // namespace

int backup(const std::string& config_file, const std::string& target) {
  require_file_name(target);
  const Config config = ledger_config(config_file);
  const Database database({config.ledger.path, DatabaseAccess::kRead});
  database.backup_to(target);
  std::cout << fmt::format("{} copied to {} and verified\n", config.ledger.path, target);
  return kExitOk;
}

int restore(const std::string& config_file, const std::string& source) {
  require_file_name(source);
  const Config config = ledger_config(config_file);
  const SystemClock clock;
  const ProcessLock lock(config.ledger.path, clock.now());  // no service may start meanwhile
  // A write-ahead log that is left of another database would be taken for the new one's.
  for (const char* suffix : {"", "-wal", "-shm"}) {
    const std::string file = config.ledger.path + suffix;
    if (std::filesystem::exists(file))
      throw Error("exists", fmt::format("{} exists; move it away first", file));
  }
  const Database database({source, DatabaseAccess::kRead});
  database.backup_to(config.ledger.path);
  std::cout << fmt::format("{} restored from {} and verified\n", config.ledger.path, source);
  return kExitOk;
}

}  // namespace roadmap::app
