#include <iostream>
#include <thread>

#include "app/commands/commands.h"
#include "app/commands/exit_code.h"
#include "app/commands/until_stopped.h"
#include "app/config.h"
#include "app/log.h"
#include "app/service.h"
#include "app/stop_signals.h"

namespace roadmap::app {

int serve(const std::string& config_file) {
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
