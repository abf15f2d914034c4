#include "app/http/openapi.h"

#include <iostream>

#include "app/commands/commands.h"
#include "app/commands/exit_code.h"

namespace roadmap::app {

int openapi() {
  std::cout << openapi_document() << "\n";
  return kExitOk;
}

}  // namespace roadmap::app
