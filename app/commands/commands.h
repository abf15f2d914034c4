#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/run/action_request.h"
#include "core/run/settings.h"

// The commands behind `roadmapd NAME`. Each takes what the command line said, prints results on standard
// output, and returns the exit code. They throw Error when they cannot do their work.
namespace roadmap::app {

class Service;
class StopSignals;

inline constexpr int kExitOk = 0;
inline constexpr int kExitFailed = 1;
inline constexpr int kExitUsage = 2;

int serve(const std::string& config_file);

// Blocks until a signal or a failure, then drains the service. A second signal ends the drain at once.
// Returns the exit code.
int serve_until_stopped(Service& service, StopSignals& signals);

struct DemoOptions {
  std::optional<int> port;  // absent: 8000, with `once` a free one
  bool once = false;
  std::string data_dir;  // empty: in memory, gone afterwards
};
int demo(const DemoOptions& options);

struct RunOptions {
  std::string config_file;
  std::string action;
  std::optional<std::string> keys;  // parted by commas
  std::string tab;
  std::vector<std::string> options;  // "name=value"
  bool dry_run = false;
  bool json = false;
};
int run(const RunOptions& options);

// The configured spreadsheet that has this tab (names compare ignoring case). Throws Error listing the
// configured tabs when none has.
SheetContext context_of_tab(const std::string& tab, const Settings& settings);

struct RunsOptions {
  std::string config_file;
  std::string action;  // filters of the list; empty: any
  std::string status;
  int limit = 20;
  bool json = false;
};
int list_runs(const RunsOptions& options);
int show_run(const RunsOptions& options, const std::string& run_id);
int cancel_run(const RunsOptions& options, const std::string& run_id);

struct EmulatorCommand {
  int port = 8100;
  std::string host = "127.0.0.1";
  std::string data_dir;
  std::string token;
  std::string credentials_file;
  int reads_per_minute = 0;
  int writes_per_minute = 0;
  bool test_hooks = false;
};
int emulator(const EmulatorCommand& command);

struct SetupSheetsOptions {
  std::string config_file;
  bool dry_run = false;
  bool columns = false;  // only print what stands where; needs no configuration
};
int setup_sheets(const SetupSheetsOptions& options);

struct InitOptions {
  std::string config_file = "config.toml";                    // to be written; must not exist
  std::string service_account_file = "service_account.json";  // empty: the VM's own account
  std::string ledger_file = "roadmap.db";
  std::string backlog;  // addresses or ids; all empty: asked for
  std::string product_ops;
  std::vector<std::string> intakes;
};
int init(const InitOptions& options);

struct RehearseOptions {
  std::string config_file;
  std::string spreadsheet_id;  // or its address
  std::string report_file;     // empty: none
};
int rehearse(const RehearseOptions& options);

int check(const std::string& config_file);
int backup(const std::string& config_file, const std::string& target);
int restore(const std::string& config_file, const std::string& source);
int print_openapi();
int print_example_config();
// `out_file` empty: on standard output; else into that file, and the steps and the manifest on standard
// output.
int print_menu(const std::string& out_file);

// Runs the command that the arguments name. Returns the exit code: 0 done, 1 it did not work, 2 the arguments
// are wrong. What went wrong is one line on standard error.
int run_command_line(int argc, const char* const* argv);

}  // namespace roadmap::app
