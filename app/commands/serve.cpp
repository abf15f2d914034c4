#include <iostream>

#include "app/commands/commands.h"
#include "app/config/config.h"
#include "app/process/files.h"
#include "app/process/stop_signals.h"
#include "app/serve/service.h"
#include "app/telemetry/log.h"
#include "sheets_client/emulator/emulator.h"

namespace roadmap::app {
namespace {

sheets::emulator::EmulatorOptions options_of(const EmulatorCommand& command) {
  sheets::emulator::EmulatorOptions options;
  options.host = command.host;
  options.port = command.port;
  options.data_dir = command.data_dir;
  if (!command.token.empty()) options.fixed_token = command.token;
  options.reads_per_minute = command.reads_per_minute;
  options.writes_per_minute = command.writes_per_minute;
  options.test_hooks = command.test_hooks;
  return options;
}

}  // namespace

int serve_until_stopped(Service& service, StopSignals& signals) {
  const bool failed = signals.wait() == StopSignals::Wake::kFailed;
  if (failed) service.hurry();
  const SignalWatch impatient(signals, [&] {
    if (signals.wait() == StopSignals::Wake::kSignal) service.hurry();
  });
  service.drain();
  return failed ? kExitFailed : kExitOk;
}

int serve(const std::string& config_file) {
  keep_files_private();
  StopSignals signals;
  const Config config = load_config(config_file, process_environment());
  const SystemClock clock;
  Log log(log_level_from(config.log.level), log_format_from(config.log.format), clock);
  Service service(config, log, clock);
  service.on_failure([&] { signals.fail(); });
  service.start();
  std::cout << "listening on " << service.url() << std::endl;
  return serve_until_stopped(service, signals);
}

int emulator(const EmulatorCommand& command) {
  keep_files_private();
  StopSignals signals;
  sheets::emulator::EmulatorServer server(options_of(command));
  server.start();
  if (!command.credentials_file.empty()) {
    write_private_file(command.credentials_file, server.service_account_json());
  }
  std::cout << "listening on " << server.url() << std::endl;
  signals.wait();
  server.stop();
  return kExitOk;
}

}  // namespace roadmap::app
