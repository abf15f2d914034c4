// What the command line takes.
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <csignal>
#include <exception>
#include <filesystem>
#include <iostream>
#include <string>
#include <string_view>
#include <vector>

#include "app/commands/commands.h"
#include "app/config/config.h"
#include "app/config/suggestion.h"
#include "app/process/memory.h"
#include "app/process/version.h"
#include "core/errors.h"
#include "core/fields/text.h"
#include "core/ledger/ledger.h"

namespace roadmap::app {
namespace {

constexpr const char* kSystemConfigFile = "/etc/roadmapd/config.toml";

// config.toml in this folder where there is one, else the system's.
std::string default_config_file() {
  std::error_code ignored;
  return std::filesystem::exists("config.toml", ignored) ? "config.toml" : kSystemConfigFile;
}

// The options of all commands and which command was chosen; lives while the arguments are parsed and used.
class CommandLine {
 public:
  CommandLine() {
    app_.name("roadmapd");
    app_.require_subcommand(1);
    app_.set_version_flag("--version", std::string("roadmapd ") + std::string(version()));
    app_.get_formatter()->column_width(34);
    app_.footer(
        "New here? `roadmapd demo` shows the product with example workbooks, without a Google account.\n"
        "To run it on your own sheets: `roadmapd init` writes config.toml, `roadmapd check` says what is "
        "still\n"
        "missing, `roadmapd menu` prints the menu. Then `roadmapd serve --config config.toml`.");
    add_serving();
    add_running();
    add_ledger();
    add_tools();
  }

  CLI::App& app() { return app_; }
  int execute() const { return chosen_(); }

 private:
  CLI::App* add(const char* name, const char* summary, std::function<int()> command) {
    CLI::App* sub = app_.add_subcommand(name, summary);
    sub->callback([this, command = std::move(command)] { chosen_ = command; });
    sub->footer("");
    return sub;
  }

  // Prints as "NAME TYPE" in the help.
  template <class Value>
  static CLI::Option* option(CLI::App* sub, const char* name, Value& value, const char* type,
                             const char* summary) {
    return sub->add_option(name, value, summary)->type_name(type);
  }

  static CLI::Range within(int min, int max) {
    CLI::Range range(min, max);
    range.description("");
    return range;
  }

  static void add_config(CLI::App* sub, std::string& file) {
    file = default_config_file();
    option(sub, "--config", file, "FILE",
           "Configuration file (config.toml here, else /etc/roadmapd/config.toml)")
        ->transform([](const std::string& given) { return given.empty() ? default_config_file() : given; });
  }

  void add_serving();
  void add_running();
  void add_ledger();
  void add_tools();
  void add_init();
  void add_rehearse();
  void add_emulator();

  CLI::App app_{
      "Makes Google Sheets the user interface of a product team: runs the jobs behind the sheets' menu.\n"};
  std::function<int()> chosen_;
  std::string config_file_;
  DemoOptions demo_;
  RunOptions run_;
  RunsOptions runs_;
  std::string run_id_;
  InitOptions init_;
  SetupSheetsOptions setup_;
  RehearseOptions rehearse_;
  EmulatorCommand emulator_;
  std::string file_;
  std::string out_file_;
  bool example_ = false;
};

void CommandLine::add_serving() {
  CLI::App* serve_command =
      add("serve", "Run the service until it is told to stop", [this] { return serve(config_file_); });
  option(serve_command, "--config", config_file_, "FILE",
         "Configuration file; config.example.toml explains every key")
      ->required();

  CLI::App* demo_command = add("demo", "Show the product on example workbooks, without a Google account",
                               [this] { return demo(demo_); });
  option(demo_command, "--port", demo_.port, "PORT",
         "Port to listen on; 0 picks a free one (8000; any with --once)")
      ->check(within(0, 65535));
  demo_command->add_flag("--once", demo_.once, "Run the jobs, print what they changed, and exit");
  option(demo_command, "--data", demo_.data_dir, "DIR",
         "Keep workbooks and ledger in this folder, and go on there next time; otherwise they are gone "
         "afterwards");
}

void CommandLine::add_running() {
  CLI::App* command = add("run", "Run one action and wait for it", [this] { return run(run_); });
  option(command, "action", run_.action, "ACTION", "For example pm.backlog_sync; an unknown name lists all")
      ->required();
  option(command, "--keys", run_.keys, "KEYS",
         "The initiatives to work on, for example INIT-000001,INIT-000002");
  option(command, "--tab", run_.tab, "TAB", "The tab that the rows are on");
  option(command, "--set", run_.options, "NAME=VALUE", "An option of the action; may be repeated")
      ->allow_extra_args(false);
  command->add_flag("--dry-run", run_.dry_run, "Only say what would change");
  command->add_flag("--json", run_.json, "Print the run as JSON");
  add_config(command, run_.config_file);
}

void CommandLine::add_ledger() {
  CLI::App* runs = app_.add_subcommand("runs", "Look at the ledger of runs, or cancel one");
  runs->require_subcommand(0, 1);
  runs->footer("");
  const auto list = [this] { return list_runs(runs_); };
  const auto add_common = [this](CLI::App* command) {
    command->add_flag("--json", runs_.json, "Print JSON");
    add_config(command, runs_.config_file);
  };
  const auto add_runs = [&](const char* name, const char* summary, std::function<int()> command) {
    CLI::App* sub = runs->add_subcommand(name, summary);
    sub->callback([this, command = std::move(command)] { chosen_ = command; });
    sub->footer("");
    add_common(sub);
    return sub;
  };
  add_common(runs);
  runs->callback([this, list] {
    if (!chosen_) chosen_ = list;
  });
  CLI::App* list_command = add_runs("list", "The latest runs (the default)", list);
  option(list_command, "--action", runs_.action, "ACTION", "Only runs of this action");
  list_command->add_option("--status", runs_.status, "Only runs in this status")
      ->check(CLI::IsMember({"queued", "running", "success", "failed", "cancelled"}));
  option(list_command, "--limit", runs_.limit, "N", "How many at most")
      ->check(within(1, kMaxRunPage))
      ->capture_default_str();
  CLI::App* show_command = add_runs("show", "One run with its result and what happened",
                                    [this] { return show_run(runs_, run_id_); });
  option(show_command, "id", run_id_, "ID", "The run's id")->required();
  CLI::App* cancel_command = add_runs("cancel", "Cancel a run that is queued or running",
                                      [this] { return cancel_run(runs_, run_id_); });
  option(cancel_command, "id", run_id_, "ID", "The run's id")->required();
}

void CommandLine::add_init() {
  CLI::App* command = add("init", "Write a configuration: asks for the workbooks and finds their tabs",
                          [this] { return init(init_); });
  option(command, "--backlog", init_.backlog, "ADDRESS",
         "The Central Backlog's address; without any, all are asked for");
  option(command, "--product-ops", init_.product_ops, "ADDRESS", "The Product Ops workbook's address");
  option(command, "--intake", init_.intakes, "ADDRESS", "An intake sheet's address; may be repeated")
      ->allow_extra_args(false);
  option(command, "--service-account", init_.service_account_file, "FILE",
         "The account's key file, from the configuration's folder; \"\": the VM's own account")
      ->capture_default_str();
  option(command, "--ledger", init_.ledger_file, "FILE", "The database, from the configuration's folder")
      ->capture_default_str();
  option(command, "--config", init_.config_file, "FILE", "The file to write; must not exist")
      ->capture_default_str();
}

void CommandLine::add_rehearse() {
  CLI::App* command = add("rehearse", "Try on a scratch spreadsheet what the client assumes of Google",
                          [this] { return rehearse(rehearse_); });
  option(command, "spreadsheet", rehearse_.spreadsheet_id, "ADDRESS",
         "The address or id of an empty spreadsheet that is shared with the account; never one that "
         "people work in")
      ->required();
  option(command, "--report", rehearse_.report_file, "FILE",
         "Write what was found to this file, to send along");
  add_config(command, rehearse_.config_file);
}

void CommandLine::add_emulator() {
  CLI::App* command = add("emulator", "Serve the Google Sheets API locally, for development and tests",
                          [this] { return emulator(emulator_); });
  option(command, "--port", emulator_.port, "PORT", "Port to listen on; 0 picks a free one")
      ->check(within(0, 65535))
      ->capture_default_str();
  option(command, "--host", emulator_.host, "HOST", "Address to listen on")->capture_default_str();
  option(command, "--data", emulator_.data_dir, "DIR",
         "Keep workbooks in this folder; otherwise they are gone afterwards");
  option(command, "--token", emulator_.token, "TEXT", "A bearer token that is always accepted");
  option(command, "--write-credentials", emulator_.credentials_file, "FILE",
         "Write a service account's key file for this emulator");
  option(command, "--reads-per-minute", emulator_.reads_per_minute, "N",
         "Answer 429 beyond so many reads; 0: no limit")
      ->check(within(0, 1000000));
  option(command, "--writes-per-minute", emulator_.writes_per_minute, "N",
         "Answer 429 beyond so many writes; 0: no limit")
      ->check(within(0, 1000000));
  command->add_flag("--test-hooks", emulator_.test_hooks, "Serve call counts and faults under /_emulator/");
}

void CommandLine::add_tools() {
  add_config(add("check", "Say what is still missing before the service can work",
                 [this] { return check(config_file_); }),
             config_file_);

  add_init();

  CLI::App* setup = add("setup-sheets", "Create the tabs and columns that the configured workbooks lack",
                        [this] { return setup_sheets(setup_); });
  setup->add_flag("--dry-run", setup_.dry_run, "Only say what would be done");
  setup->add_flag("--columns", setup_.columns, "Print all columns as Markdown, and do nothing else");
  add_config(setup, setup_.config_file);

  add_rehearse();
  add_emulator();

  CLI::App* backup_command = add("backup", "Copy the ledger to a file, also while the service runs",
                                 [this] { return backup(config_file_, file_); });
  option(backup_command, "file", file_, "FILE", "The copy; must not exist")->required();
  add_config(backup_command, config_file_);
  CLI::App* restore_command = add("restore", "Put a copy in the ledger's place; refuses to overwrite",
                                  [this] { return restore(config_file_, file_); });
  option(restore_command, "file", file_, "FILE", "A copy that backup made")->required();
  add_config(restore_command, config_file_);
  CLI::App* menu_command = add("menu", "Print the sheets' menu code as one file to paste into Apps Script",
                               [this] { return print_menu(out_file_); });
  option(menu_command, "--out", out_file_, "FILE", "Write it to this file, and say what to do with it");
  add("config", "Print every setting with its default and what it is for",
      [] { return print_example_config(); })
      ->add_flag("--example", example_, "As config.example.toml")
      ->required();
  add("openapi", "Print the OpenAPI description of the HTTP API", [] { return print_openapi(); });
}

// A first argument that names no command: CLI11 would only say that one is missing.
std::string unknown_command(const CLI::App& app, int argc, const char* const* argv) {
  if (argc < 2 || argv[1][0] == '-') return "";
  std::vector<std::string_view> known;
  std::vector<std::string> names;
  for (const CLI::App* command : app.get_subcommands({}))
    names.push_back(command->get_name());
  if (std::find(names.begin(), names.end(), argv[1]) != names.end()) return "";
  known.assign(names.begin(), names.end());
  return std::string("there is no command '") + argv[1] + "'" + did_you_mean(argv[1], known) +
         "; there are " + spoken_list(known);
}

// Closed ones would give their numbers to what is opened next, and that would get what is printed.
void open_standard_streams() {
  int descriptor = ::open("/dev/null", O_RDWR);
  while (descriptor >= 0 && descriptor <= STDERR_FILENO)
    descriptor = ::open("/dev/null", O_RDWR);
  if (descriptor > STDERR_FILENO) ::close(descriptor);
}

// Whether what was printed is lost though somebody may wait for it: a reader that has gone, such as head(1),
// has what it wanted.
bool lost_output() {
  if (std::cout.flush()) return false;
  pollfd output{STDOUT_FILENO, POLLOUT, 0};
  return ::poll(&output, 1, 0) < 1 || (output.revents & (POLLERR | POLLHUP)) == 0;
}

// One line for people; newlines of a library's text would make it several.
void complain(const std::string& what) {
  std::string line = what;
  for (char& c : line)
    c = c == '\n' ? ' ' : c;
  std::cerr << "roadmapd: " << line << std::endl;
}

int execute(const CommandLine& line) {
  try {
    return line.execute();
  } catch (const ConfigError& error) {
    for (const std::string& problem : error.problems())
      complain(problem);
    return kExitUsage;
  } catch (const Error& error) {
    complain(error.detail().empty() ? error.what() : std::string(error.what()) + " (" + error.detail() + ")");
    return error.code() == "usage" ? kExitUsage : kExitFailed;
  } catch (const std::exception& error) {
    complain(error.what());
    return kExitFailed;
  }
}

}  // namespace

int run_command_line(int argc, const char* const* argv) {
  open_standard_streams();
  // A peer that closes its connection, or a reader that ends, is an error of that write and no reason to die.
  // So is a file that may grow no further (setrlimit(2)).
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
  share_one_arena();
  CommandLine line;
  if (const std::string unknown = unknown_command(line.app(), argc, argv); !unknown.empty()) {
    complain(unknown);
    return kExitUsage;
  }
  try {
    line.app().parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    const bool asked_for = error.get_exit_code() == static_cast<int>(CLI::ExitCodes::Success);
    if (asked_for) return line.app().exit(error);  // --help and --version
    complain(std::string(error.what()) + "; see roadmapd --help");
    return kExitUsage;
  }
  const int status = execute(line);
  if (!lost_output()) return status;
  complain("not all could be printed: standard output takes no more; is its disk full?");
  return status == kExitOk ? kExitFailed : status;
}

}  // namespace roadmap::app
