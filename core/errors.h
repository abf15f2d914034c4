#pragma once

#include <array>
#include <cstddef>
#include <stdexcept>
#include <string>
#include <utility>

namespace roadmap {

// Base of what is thrown when infrastructure breaks (sheets, database, configuration). `what()` is one
// sentence that a PM or operator can act on. Expected trouble of a row is a RowOutcome, never an exception.
class Error : public std::runtime_error {
 public:
  explicit Error(std::string code, const std::string& message, std::string detail = {})
      : std::runtime_error(message), code_(std::move(code)), detail_(std::move(detail)) {}

  const std::string& code() const { return code_; }      // for programs: "sheet_forbidden"
  const std::string& detail() const { return detail_; }  // for the operator; never a secret

 private:
  std::string code_;
  std::string detail_;
};

// The ledger or store could not be read or written.
class StorageError : public Error {
 public:
  explicit StorageError(const std::string& message, std::string detail = {})
      : Error("storage", message, std::move(detail)) {}
};

enum class StopReason { kCancelled, kDeadline, kDraining };

// A run was told to stop. Its user stops it only before its commit; the deadline and the end of a drain also
// after it: then what it had planned to write is an open intent, which the next run there settles.
class RunStopped : public Error {
 public:
  explicit RunStopped(StopReason reason)
      : Error(words_of(reason).code, words_of(reason).sentence), reason_(reason) {}
  StopReason reason() const { return reason_; }

 private:
  struct Words {
    const char* code;
    const char* sentence;
  };
  static constexpr Words words_of(StopReason reason) {
    // In the order of StopReason.
    constexpr std::array<Words, 3> kWords = {{
        {"cancelled", "The run was cancelled."},
        {"deadline", "The run took longer than its time limit. Run it again."},
        {"draining", "The service is shutting down; the run starts again with it."},
    }};
    return kWords[static_cast<std::size_t>(reason)];
  }

  StopReason reason_;
};

}  // namespace roadmap
