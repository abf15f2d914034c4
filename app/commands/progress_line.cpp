#include "app/commands/progress_line.h"

#include <unistd.h>

#include <iostream>

namespace roadmap::app {
namespace {

// Carriage return, then "erase to the end of the line" (ECMA-48, EL).
constexpr const char* kStartOver = "\r\x1b[K";

}  // namespace

ProgressLine::ProgressLine() : on_terminal_(::isatty(STDERR_FILENO) != 0) {}

void ProgressLine::show(const std::string& text) {
  if (!on_terminal_ || text.empty()) return;
  std::cerr << kStartOver << text << std::flush;
  shown_ = true;
}

void ProgressLine::clear() {
  if (shown_) std::cerr << kStartOver << std::flush;
  shown_ = false;
}

}  // namespace roadmap::app
