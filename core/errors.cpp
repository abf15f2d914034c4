#include "core/errors.h"

namespace roadmap {
namespace {

std::string stop_code(StopReason reason) {
  switch (reason) {
    case StopReason::kCancelled:
      return "cancelled";
    case StopReason::kDeadline:
      return "deadline";
    case StopReason::kDraining:
      return "draining";
  }
  return "stopped";
}

std::string sentence_of(StopReason reason) {
  switch (reason) {
    case StopReason::kCancelled:
      return "The run was cancelled.";
    case StopReason::kDeadline:
      return "The run took longer than its time limit. Run it again.";
    case StopReason::kDraining:
      return "The service is shutting down; the run starts again with it.";
  }
  return "The run was stopped.";
}

}  // namespace

RunStopped::RunStopped(StopReason reason) : Error(stop_code(reason), sentence_of(reason)), reason_(reason) {}

}  // namespace roadmap
