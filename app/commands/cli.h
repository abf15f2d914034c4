#pragma once

namespace roadmap::app {

// Runs the command that the arguments name. Returns the exit code: 0 done, 1 it did not work, 2 the arguments
// are wrong. What went wrong is one line on standard error.
int run_command_line(int argc, const char* const* argv);

}  // namespace roadmap::app
