#include <fmt/format.h>

#include <filesystem>
#include <iostream>

#include "app/commands/commands.h"
#include "app/config/config.h"
#include "core/store/database.h"
#include "core/store/process_lock.h"

namespace roadmap::app {

int backup(const std::string& config_file, const std::string& target) {
  const Config config = load_config(config_file, process_environment(), FileCheck::kSkipped);
  const Database database({config.ledger.path, DatabaseAccess::kRead});
  database.backup_to(target);
  std::cout << fmt::format("{} copied to {} and verified\n", config.ledger.path, target);
  return kExitOk;
}

int restore(const std::string& config_file, const std::string& source) {
  const Config config = load_config(config_file, process_environment(), FileCheck::kSkipped);
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
