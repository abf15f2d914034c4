#pragma once

#include <string>

namespace roadmap::app {

// One line on standard error that is written over again; nothing where that is no terminal. One thread.
class ProgressLine {
 public:
  ProgressLine();
  ~ProgressLine() { clear(); }
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  void show(const std::string& text);
  void clear();

 private:
  const bool on_terminal_;
  bool shown_ = false;
};

}  // namespace roadmap::app
