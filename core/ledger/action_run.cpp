#include "core/ledger/action_run.h"

#include <array>

namespace roadmap {
namespace {

constexpr std::array<std::string_view, 5> kStatusNames = {"queued", "running", "success", "failed",
                                                          "cancelled"};

}  // namespace

std::string_view to_string(RunStatus status) { return kStatusNames[static_cast<std::size_t>(status)]; }

std::optional<RunStatus> run_status_from(std::string_view text) {
  for (std::size_t i = 0; i < kStatusNames.size(); ++i) {
    if (kStatusNames[i] == text) return static_cast<RunStatus>(i);
  }
  return std::nullopt;
}

}  // namespace roadmap
