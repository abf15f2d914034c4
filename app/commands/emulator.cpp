#include "sheets_client/emulator/emulator.h"

#include <iostream>

#include "app/commands/commands.h"
#include "app/process/private_files.h"
#include "app/process/stop_signals.h"

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
