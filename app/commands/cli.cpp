#include "app/commands/cli.h"

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

  void add_config(CLI::App* sub) {
    sub->add_option("--config", config_file_,
                    "Configuration file (config.toml here, else /etc/roadmapd/config.toml)")
        ->type_name("FILE");
  }

  void add_serving();
  void add_running();
  void add_ledger();
  void add_tools();
  void add_init();
  void add_rehearse();

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

std::string config_or_default(const std::string& file) { return file.empty() ? default_config_file() : file; }

void CommandLine::add_serving() {
  CLI::App* serve_command =
      add("serve", "Run the service until it is told to stop", [this] { return serve(config_file_); });
  serve_command
      ->add_option("--config", config_file_, "Configuration file; config.example.toml explains every key")
      ->type_name("FILE")
      ->required();

  CLI::App* demo_command = add("demo", "Show the product on example workbooks, without a Google account",
                               [this] { return demo(demo_); });
  demo_command
      ->add_option("--port", demo_.port, "Port to listen on; 0 picks a free one (8000; any with --once)")
      ->check(CLI::Range(0, 65535).description(""))
      ->type_name("PORT");
  demo_command->add_flag("--once", demo_.once, "Run the jobs, print what they changed, and exit");
  demo_command
      ->add_option(
          "--data", demo_.data_dir,
          "Keep workbooks and ledger in this folder, and go on there next time; otherwise they are gone "
          "afterwards")
      ->type_name("DIR");
}

void CommandLine::add_running() {
  CLI::App* command = add("run", "Run one action and wait for it", [this] {
    run_.config_file = config_or_default(config_file_);
    return run(run_);
  });
  command->add_option("action", run_.action, "For example pm.backlog_sync; an unknown name lists all")
      ->required()
      ->type_name("ACTION");
  command->add_option("--keys", run_.keys, "The initiatives to work on, for example INIT-000001,INIT-000002")
      ->delimiter(',')
      ->type_name("KEYS");
  command->add_option("--tab", run_.tab, "The tab that the rows are on")->type_name("TAB");
  command->add_option("--set", run_.options, "An option of the action; may be repeated")
      ->type_name("NAME=VALUE")
      ->allow_extra_args(false);
  command->add_flag("--dry-run", run_.dry_run, "Only say what would change");
  command->add_flag("--json", run_.json, "Print the run as JSON");
  add_config(command);
}

void CommandLine::add_ledger() {
  CLI::App* runs = app_.add_subcommand("runs", "Look at the ledger of runs, or cancel one");
  runs->require_subcommand(0, 1);
  runs->footer("");
  runs->add_flag("--json", runs_.json, "Print JSON");
  const auto add_runs = [&](const char* name, const char* summary, std::function<int()> command) {
    CLI::App* sub = runs->add_subcommand(name, summary);
    sub->callback([this, command = std::move(command)] { chosen_ = command; });
    sub->footer("");
    sub->add_flag("--json", runs_.json, "Print JSON");
    add_config(sub);
    return sub;
  };
  const auto list = [this] {
    runs_.config_file = config_or_default(config_file_);
    return list_runs(runs_);
  };
  add_config(runs);
  runs->callback([this, list] {
    if (!chosen_) chosen_ = list;
  });
  CLI::App* list_command = add_runs("list", "The latest runs (the default)", list);
  list_command->add_option("--action", runs_.action, "Only runs of this action")->type_name("ACTION");
  list_command->add_option("--status", runs_.status, "Only runs in this status")
      ->check(CLI::IsMember({"queued", "running", "success", "failed", "cancelled"}));
  list_command->add_option("--limit", runs_.limit, "How many at most")
      ->check(CLI::Range(1, 200).description(""))
      ->type_name("N")
      ->capture_default_str();
  add_runs("show", "One run with its result and what happened",
           [this] {
             runs_.config_file = config_or_default(config_file_);
             return show_run(runs_, run_id_);
           })
      ->add_option("id", run_id_, "The run's id")
      ->required()
      ->type_name("ID");
  add_runs("cancel", "Cancel a run that is queued or running",
           [this] {
             runs_.config_file = config_or_default(config_file_);
             return cancel_run(runs_, run_id_);
           })
      ->add_option("id", run_id_, "The run's id")
      ->required()
      ->type_name("ID");
}

void CommandLine::add_init() {
  CLI::App* command = add("init", "Write a configuration: asks for the workbooks and finds their tabs",
                          [this] { return init(init_); });
  command
      ->add_option("--backlog", init_.backlog,
                   "The Central Backlog's address; without any, all are asked for")
      ->type_name("ADDRESS");
  command->add_option("--product-ops", init_.product_ops, "The Product Ops workbook's address")
      ->type_name("ADDRESS");
  command->add_option("--intake", init_.intakes, "An intake sheet's address; may be repeated")
      ->type_name("ADDRESS")
      ->allow_extra_args(false);
  command
      ->add_option("--service-account", init_.service_account_file,
                   "The account's key file, from the configuration's folder; \"\": the VM's own account")
      ->type_name("FILE")
      ->capture_default_str();
  command->add_option("--ledger", init_.ledger_file, "The database, from the configuration's folder")
      ->type_name("FILE")
      ->capture_default_str();
  command->add_option("--config", init_.config_file, "The file to write; must not exist")
      ->type_name("FILE")
      ->capture_default_str();
}

void CommandLine::add_rehearse() {
  CLI::App* command =
      add("rehearse", "Try on a scratch spreadsheet what the client assumes of Google", [this] {
        rehearse_.config_file = config_or_default(config_file_);
        return rehearse(rehearse_);
      });
  command
      ->add_option(
          "spreadsheet", rehearse_.spreadsheet_id,
          "The address or id of an empty spreadsheet that is shared with the account; never one that "
          "people work in")
      ->required()
      ->type_name("ADDRESS");
  command->add_option("--report", rehearse_.report_file, "Write what was found to this file, to send along")
      ->type_name("FILE");
  add_config(command);
}

void CommandLine::add_tools() {
  add_config(add("check", "Say what is still missing before the service can work",
                 [this] { return check(config_or_default(config_file_)); }));

  add_init();

  CLI::App* setup =
      add("setup-sheets", "Create the tabs and columns that the configured workbooks lack", [this] {
        setup_.config_file = config_or_default(config_file_);
        return setup_sheets(setup_);
      });
  setup->add_flag("--dry-run", setup_.dry_run, "Only say what would be done");
  setup->add_flag("--columns", setup_.columns, "Print all columns as Markdown, and do nothing else");
  add_config(setup);

  add_rehearse();

  CLI::App* command = add("emulator", "Serve the Google Sheets API locally, for development and tests",
                          [this] { return emulator(emulator_); });
  command->add_option("--port", emulator_.port, "Port to listen on; 0 picks a free one")
      ->check(CLI::Range(0, 65535).description(""))
      ->type_name("PORT")
      ->capture_default_str();
  command->add_option("--host", emulator_.host, "Address to listen on")
      ->type_name("HOST")
      ->capture_default_str();
  command
      ->add_option("--data", emulator_.data_dir,
                   "Keep workbooks in this folder; otherwise they are gone afterwards")
      ->type_name("DIR");
  command->add_option("--token", emulator_.token, "A bearer token that is always accepted")
      ->type_name("TEXT");
  command
      ->add_option("--write-credentials", emulator_.credentials_file,
                   "Write a service account's key file for this emulator")
      ->type_name("FILE");
  command
      ->add_option("--reads-per-minute", emulator_.reads_per_minute,
                   "Answer 429 beyond so many reads; 0: no limit")
      ->check(CLI::Range(0, 1000000).description(""))
      ->type_name("N");
  command
      ->add_option("--writes-per-minute", emulator_.writes_per_minute,
                   "Answer 429 beyond so many writes; 0: no limit")
      ->check(CLI::Range(0, 1000000).description(""))
      ->type_name("N");
  command->add_flag("--test-hooks", emulator_.test_hooks, "Serve call counts and faults under /_emulator/");

  CLI::App* backup_command = add("backup", "Copy the ledger to a file, also while the service runs",
                                 [this] { return backup(config_or_default(config_file_), file_); });
  backup_command->add_option("file", file_, "The copy; must not exist")->required()->type_name("FILE");
  add_config(backup_command);
  CLI::App* restore_command = add("restore", "Put a copy in the ledger's place; refuses to overwrite",
                                  [this] { return restore(config_or_default(config_file_), file_); });
  restore_command->add_option("file", file_, "A copy that backup made")->required()->type_name("FILE");
  add_config(restore_command);
  CLI::App* menu_command = add("menu", "Print the sheets' menu code as one file to paste into Apps Script",
                               [this] { return print_menu(out_file_); });
  menu_command->add_option("--out", out_file_, "Write it to this file, and say what to do with it")
      ->type_name("FILE");
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
  return execute(line);
}

}  // namespace roadmap::app
