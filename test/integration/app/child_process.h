#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

namespace roadmap::app {

// The executable under test with arguments, in a process of its own.
class ChildProcess {
 public:
  // `environment`: "NAME=value", added to this process's.
  explicit ChildProcess(const std::vector<std::string>& arguments,
                        const std::vector<std::string>& environment = {}, const std::string& folder = ".");
  ~ChildProcess();  // kills it
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;

  // Blocks for the next line of standard output; empty when it has ended.
  std::string read_line();
  void signal(int number);
  // Reads the rest of both outputs and waits for the end. Returns the exit code, 128 + signal when killed.
  int wait();

  // After wait().
  const std::string& output() const { return output_; }
  const std::string& errors() const { return errors_; }

 private:
  pid_t pid_ = -1;
  int out_ = -1;
  int err_ = -1;
  std::string pending_;  // of standard output, read and not yet handed out
  std::string output_;
  std::string errors_;
};

}  // namespace roadmap::app
