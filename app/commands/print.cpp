// Commands that only print what the program knows.
#include <iostream>

#include "app/commands/commands.h"
#include "app/commands/exit_code.h"
#include "app/config.h"
#include "app/http/openapi.h"

namespace roadmap::app {

int print_openapi() {
  std::cout << openapi_document() << "\n";
  return kExitOk;
}

int print_example_config() {
  std::cout << example_config();
  return kExitOk;
}

}  // namespace roadmap::app
