#include <fmt/format.h>
#include <strings.h>
#include <unistd.h>

#include <charconv>
#include <condition_variable>
#include <iostream>
#include <mutex>
#include <nlohmann/json.hpp>

#include "app/client/api_client.h"
#include "app/client/run_report.h"
#include "app/commands/commands.h"
#include "app/config/config.h"
#include "app/http/run_json.h"
#include "app/process/files.h"
#include "app/process/stop_signals.h"
#include "app/serve/engine.h"
#include "core/actions/action_registry.h"
#include "core/actions/action_request_json.h"
#include "core/fields/cell_value.h"
#include "core/fields/text.h"
#include "core/store/process_lock.h"

namespace roadmap::app {
namespace {

using OrderedJson = nlohmann::ordered_json;

// Carriage return, then "erase to the end of the line" (ECMA-48, EL).
constexpr const char* kStartOver = "\r\x1b[K";

// One line on standard error that is written over again; nothing where that is no terminal.
class ProgressLine {
 public:
  ProgressLine() = default;
  ~ProgressLine() { clear(); }
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  void show(const std::string& text) {
    if (!on_terminal_ || text.empty()) return;
    std::cerr << kStartOver << text << std::flush;
    shown_ = true;
  }

  void clear() {
    if (shown_) std::cerr << kStartOver << std::flush;
    shown_ = false;
  }

 private:
  const bool on_terminal_ = ::isatty(STDERR_FILENO) != 0;
  bool shown_ = false;
};

// "limit=5" becomes {"limit": 5}. What is no number or flag stays a text: the reader of requests says then
// what the option takes.
void put_option(OrderedJson& options, const std::string& assignment) {
  const std::size_t equals = assignment.find('=');
  if (equals == std::string::npos)
    throw Error("usage", fmt::format("--set {} needs a value: NAME=VALUE", assignment));
  const std::string name = assignment.substr(0, equals);
  const std::string value = assignment.substr(equals + 1);
  int number = 0;
  const char* end = value.data() + value.size();
  const auto [stop, error] = std::from_chars(value.data(), end, number);
  if (value == "true" || value == "false") {
    options[name] = value == "true";
  } else if (error == std::errc{} && stop == end) {
    options[name] = number;
  } else {
    options[name] = value;
  }
}

// "INIT-000001, INIT-000002". Throws Error "usage" for no key at all: that would be a run over nothing.
std::vector<std::string> keys_in(const std::string& list) {
  std::vector<std::string> keys = split_keys(Cell(list));
  if (keys.empty()) throw Error("usage", fmt::format("--keys '{}' names no key: KEY or KEY,KEY", list));
  return keys;
}

// The request that the command line asks for, through the reader that HTTP requests go through too.
ActionRequest request_of(const RunOptions& options, const Settings& settings) {
  OrderedJson json = {{"action", options.action}};
  if (options.keys)
    json["scope"] = OrderedJson{{"type", "selection"}, {"initiative_keys", keys_in(*options.keys)}};
  if (!options.tab.empty()) {
    const SheetContext context = context_of_tab(options.tab, settings);
    json["sheet_context"] = OrderedJson{{"spreadsheet_id", context.spreadsheet_id}, {"tab", context.tab}};
  }
  json["options"] = OrderedJson{{"dry_run", options.dry_run}};
  for (const std::string& assignment : options.options)
    put_option(json["options"], assignment);
  json["requested_by"] = OrderedJson{{"ui", "cli"}};
  auto parsed = parse_action_request(json.dump(-1, ' ', false, OrderedJson::error_handler_t::replace));
  if (auto* request = std::get_if<ActionRequest>(&parsed)) return std::move(*request);
  std::string what;
  for (const RequestProblem& problem : std::get<RequestProblems>(parsed).problems) {
    what += fmt::format("{}{} {}", what.empty() ? "" : "; ",
                        problem.pointer.empty() ? "request" : problem.pointer.substr(1), problem.detail);
  }
  throw Error("usage", what);
}

// Beside a live service: it does the work, through its URL.
std::string run_there(const std::string& url, const std::string& secret, const ActionRequest& request,
                      ProgressLine& line) {
  ApiClient client(url, secret);
  const std::string run_id = client.start_run(request);
  line.show(fmt::format("{} at {}", run_id, url));
  std::string run = client.get_run(run_id, std::chrono::seconds{0});
  while (!has_ended(status_of(run))) {
    line.show(progress_of(run));
    run = client.get_run(run_id, ApiClient::kLongestWait);
  }
  return run;
}

std::string run_id_of(const EnqueueResult& result) {
  switch (result.kind) {
    case EnqueueResult::Kind::kAccepted:
    case EnqueueResult::Kind::kDeduplicated:
      return result.run_id;
    case EnqueueResult::Kind::kQueueFull:
      throw Error("queue_full", "Too many runs are waiting already; see roadmapd runs list.");
    case EnqueueResult::Kind::kKeyConflict:
    case EnqueueResult::Kind::kDraining:
      break;
  }
  throw Error("internal", "The ledger did not take the run.");
}

void cancel(Engine& engine, const std::string& run_id) {
  try {
    engine.ledger().cancel(run_id);
  } catch (const Error& error) {
    std::cerr << "roadmapd: the run could not be cancelled: " << error.what() << std::endl;
  }
}

// Blocks until the run has ended. A signal cancels it, a second one ends at once. Throws StorageError.
std::string wait_here(Engine& engine, const std::string& run_id, StopSignals& signals, ProgressLine& line) {
  std::mutex mutex;
  std::condition_variable changed;
  bool news = true;
  const Ledger::Subscription subscription = engine.ledger().subscribe(run_id, [&] {
    const std::lock_guard lock(mutex);
    news = true;
    changed.notify_one();
  });
  const SignalWatch canceller(signals, [&] {
    if (signals.wait() == StopSignals::Wake::kSignal) cancel(engine, run_id);
    if (signals.wait() == StopSignals::Wake::kSignal) ::_exit(kExitFailed);
  });
  std::string run;
  for (bool ended = false; !ended;) {
    {
      std::unique_lock lock(mutex);
      changed.wait(lock, [&] { return news; });
      news = false;
    }
    const std::optional<ActionRun> current = engine.ledger().find(run_id);
    if (!current) break;
    run = run_json(*current);
    ended = is_final(current->status);
    if (!ended) line.show(progress_of(run));
  }
  return run;
}

std::string run_here(const RunOptions& options, const ActionRequest& request, ProgressLine& line) {
  keep_files_private();
  StopSignals signals;
  const Config config = load_config(options.config_file, process_environment());
  const SystemClock clock;
  // The progress line is what people follow; the log speaks up when something is wrong.
  const LogLevel level = config.log.level == "debug" ? LogLevel::kDebug : LogLevel::kWarn;
  Log log(level, log_format_from(config.log.format), clock);
  Engine engine(config, log, clock);
  engine.start();
  std::string run = wait_here(engine, run_id_of(engine.enqueue(request, "")), signals, line);
  engine.drain();
  return run;
}

}  // namespace

SheetContext context_of_tab(const std::string& tab, const Settings& settings) {
  const std::vector<ConfiguredTab> tabs = configured_tabs(settings);
  std::vector<std::string_view> names;
  for (const ConfiguredTab& known : tabs) {
    if (::strcasecmp(known.tab.c_str(), tab.c_str()) == 0) return {known.spreadsheet_id, known.tab};
    names.push_back(known.tab);
  }
  throw Error("usage",
              fmt::format("--tab {}: no such tab is configured; there are {}", tab, spoken_list(names)));
}

int run(const RunOptions& options) {
  if (find_action(options.action) == nullptr) {  // before the configuration: a newcomer looks for the names
    std::vector<std::string_view> names;
    for (const ActionSpec& action : all_actions())
      names.push_back(action.name);
    throw Error("usage",
                fmt::format("there is no action '{}'; there are {}", options.action, spoken_list(names)));
  }
  const Config config = load_config(options.config_file, process_environment(), FileCheck::kSkipped);
  const ActionRequest request = request_of(options, config.job_settings());
  const std::optional<LockHolder> holder = find_lock_holder(config.ledger.path);
  ProgressLine line;
  const std::string run = holder && !holder->url.empty()
                              ? run_there(holder->url, config.secret, request, line)
                              : run_here(options, request, line);
  line.clear();
  std::cout << (options.json ? run + "\n" : describe_run(run));
  return status_of(run) == to_string(RunStatus::kSuccess) ? kExitOk : kExitFailed;
}

}  // namespace roadmap::app
