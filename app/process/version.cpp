#include "app/process/version.h"

namespace roadmap::app {

std::string_view version() { return ROADMAPD_VERSION; }

}  // namespace roadmap::app
