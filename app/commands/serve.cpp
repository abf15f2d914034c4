#include <iostream>

#include "app/commands/commands.h"
#include "app/commands/until_stopped.h"
#include "app/config/config.h"
#include "app/process/private_files.h"
#include "app/process/stop_signals.h"
#include "app/serve/service.h"
#include "app/telemetry/log.h"

namespace roadmap::app {

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

}  // namespace roadmap::app
